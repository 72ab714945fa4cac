# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The type `RunSection`."""

from __future__ import annotations

from typing import Literal, TypeAlias

RunSection: TypeAlias = Literal["input", "usage", "execution", "debug"]
"""A part of a run that is only sent when asked for.

- `input`: arguments, files and metadata.
- `usage`: tokens, credits and time.
- `execution`: the long form of `execution`.
- `debug`: trace id and observability data.
"""
