# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The type `RunRerunResponse`."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from eigenpal_generated import models as _models

if TYPE_CHECKING:
    RunRerunResponse: TypeAlias = "_models.RunStartResponse"
    """The new run: `Run` if it finished while the server waited, otherwise `RunAccepted`."""
else:

    def __getattr__(name: str) -> object:
        # Lazy, so that decoding loads only the variant that it needs.
        if name != "RunRerunResponse":
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return _models.RunStartResponse
