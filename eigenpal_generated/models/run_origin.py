# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The type `RunOrigin`."""

from __future__ import annotations

from typing import Literal, TypeAlias

RunOrigin: TypeAlias = Literal["api", "cli"]
"""Value to record as the trigger of a run.

- `api`: an API client.
- `cli`: a command-line tool.
"""
