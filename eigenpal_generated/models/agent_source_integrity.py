# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The type `AgentSourceIntegrity`."""

from __future__ import annotations

from typing import Literal, TypeAlias

AgentSourceIntegrity: TypeAlias = Literal["healthy", "source_missing", "unregistered"]
"""Whether an agent and its source package belong together. The API specifies no more than the names.

- `healthy`: likely, both are there.
- `source_missing`: likely, the repository has no package for the agent.
- `unregistered`: likely, there is a package, but the agent is not registered for it.
"""
