# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The type `ErrorSeverity`."""

from __future__ import annotations

from typing import Literal, TypeAlias

ErrorSeverity: TypeAlias = Literal["error", "warning"]
"""How bad an issue is. The API specifies no more than the names.

- `error`: likely, a reason to refuse the request.
- `warning`: likely, worth knowing, but no such reason.
"""
