# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The type `AgentRecoveryKind`."""

from __future__ import annotations

from typing import Literal, TypeAlias

AgentRecoveryKind: TypeAlias = Literal["existing", "legacy_hydrate", "minimal_scaffold"]
"""How the source of a new agent was set up.

- `existing`: existing source was used.
- `legacy_hydrate`: the source was restored from its legacy form.
- `minimal_scaffold`: a minimal source package was created.
"""
