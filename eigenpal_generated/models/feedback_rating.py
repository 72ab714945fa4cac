# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The type `FeedbackRating`."""

from __future__ import annotations

from typing import Literal, TypeAlias

FeedbackRating: TypeAlias = Literal["pass", "fail", "partial"]
"""Rating of a run.

- `pass`: the output is correct.
- `fail`: the output is wrong.
- `partial`: part of the output is correct.
"""
