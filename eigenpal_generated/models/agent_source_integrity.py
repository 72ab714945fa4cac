# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The type `AgentSourceIntegrity`."""

from __future__ import annotations

from typing import Literal, TypeAlias

AgentSourceIntegrity: TypeAlias = Literal["healthy", "source_missing", "unregistered"]
"""State of an agent's source package.

- `healthy`: the source package has no known problem.
- `source_missing`: the source package is missing.
- `unregistered`: the source package is not registered.
"""
