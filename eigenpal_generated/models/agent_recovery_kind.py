# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The type `AgentRecoveryKind`."""

from __future__ import annotations

from typing import Literal, TypeAlias

AgentRecoveryKind: TypeAlias = Literal["existing", "legacy_hydrate", "minimal_scaffold"]
"""Where the source of a new agent came from.

- `existing`: the repository already held a complete package.
- `legacy_hydrate`: it was restored from how agents used to be stored.
- `minimal_scaffold`: there was none; a minimal package was written.
"""
