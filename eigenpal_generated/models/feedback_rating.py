# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The type `FeedbackRating`."""

from __future__ import annotations

from typing import Literal, TypeAlias

FeedbackRating: TypeAlias = Literal["pass", "fail", "partial"]
"""Verdict on a run. The API specifies no more than the names.

- `pass`: the output is right.
- `fail`: the output is wrong.
- `partial`: some of it is right.
"""
