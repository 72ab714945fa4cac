# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The type `ErrorSeverity`."""

from __future__ import annotations

from typing import Literal, TypeAlias

ErrorSeverity: TypeAlias = Literal["error", "warning"]
"""Severity of an issue.

- `error`: an error.
- `warning`: a warning.
"""
