# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The type `RunType`."""

from __future__ import annotations

from typing import Literal, TypeAlias

RunType: TypeAlias = Literal["workflow", "agent"]
"""Type of a run.

- `workflow`: a workflow run.
- `agent`: an agent run.
"""
