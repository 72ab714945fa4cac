# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The type `FeedbackStatus`."""

from __future__ import annotations

from typing import Literal, TypeAlias

FeedbackStatus: TypeAlias = Literal["open", "resolved", "ignored"]
"""What has become of the feedback. The API specifies no more than the names.

- `open`: still to be dealt with.
- `resolved`: dealt with.
- `ignored`: will not be dealt with.
"""
