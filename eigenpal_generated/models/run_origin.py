# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The type `RunOrigin`."""

from __future__ import annotations

from typing import Literal, TypeAlias

RunOrigin: TypeAlias = Literal["api", "cli"]
"""Origin of a run, as whoever starts it declares.

- `api`: a program.
- `cli`: a command line tool.
"""
