# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The type `AgentRecoveryKind`."""

from __future__ import annotations

from typing import Literal, TypeAlias

AgentRecoveryKind: TypeAlias = Literal["existing", "legacy_hydrate", "minimal_scaffold"]
"""Where the source of a new agent came from. The API specifies no more than the names.

- `existing`: likely, the repository held its package already.
- `legacy_hydrate`: likely, it was restored from how agents used to be stored.
- `minimal_scaffold`: likely, there was none, and a minimal package was written.
"""
