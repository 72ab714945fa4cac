# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The type `AutomationStatus`."""

from __future__ import annotations

from typing import Literal, TypeAlias

AutomationStatus: TypeAlias = Literal["active", "archived"]
"""Whether a workflow or agent is in use. The API specifies no more than the names.

- `active`: it is in use.
- `archived`: it has been put away.
"""
