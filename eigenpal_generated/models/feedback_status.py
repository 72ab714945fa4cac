# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The type `FeedbackStatus`."""

from __future__ import annotations

from typing import Literal, TypeAlias

FeedbackStatus: TypeAlias = Literal["open", "resolved", "ignored"]
"""Status of the feedback on a run.

- `open`: not dealt with yet.
- `resolved`: resolved.
- `ignored`: ignored.
"""
