# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The type `ErrorSeverity`."""

from __future__ import annotations

from typing import Literal, TypeAlias

ErrorSeverity: TypeAlias = Literal["error", "warning"]
"""How bad an issue is.

- `error`: the request was refused because of it.
- `warning`: worth knowing, but no reason to refuse the request.
"""
