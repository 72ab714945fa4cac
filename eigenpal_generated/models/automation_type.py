# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The type `AutomationType`."""

from __future__ import annotations

from typing import Literal, TypeAlias

AutomationType: TypeAlias = Literal["agent", "workflow"]
"""Type of an automation.

- `agent`: an agent.
- `workflow`: a workflow.
"""
