# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The type `AutomationStatus`."""

from __future__ import annotations

from typing import Literal, TypeAlias

AutomationStatus: TypeAlias = Literal["active", "archived"]
"""Status of a workflow or agent.

- `active`: it is active.
- `archived`: it is archived.
"""
