# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The type `RunSection`."""

from __future__ import annotations

from typing import Literal, TypeAlias

RunSection: TypeAlias = Literal["input", "usage", "execution", "debug"]
"""A section of a run that is only returned on request.

- `input`: arguments, files and metadata.
- `usage`: tokens, credits and duration.
- `execution`: the full form of `execution`.
- `debug`: trace id and observability data.
"""
