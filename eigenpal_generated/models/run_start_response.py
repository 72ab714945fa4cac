# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The type `RunStartResponse`."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeAlias

from eigenpal_generated import models as _models
from eigenpal_generated.decoding import decode_object as _decode_object, make_union_decoder as _make_union_decoder

if TYPE_CHECKING:
    RunStartResponse: TypeAlias = "_models.Run | _models.RunAccepted"
    """The started run: `Run` if it finished while the server waited, otherwise `RunAccepted`.

    Tell them apart by content, not by status code: only `Run` has `timing` and `execution`.
    """
else:

    def __getattr__(name: str) -> object:
        # Lazy, so that decoding loads only the variant that it needs.
        if name != "RunStartResponse":
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return _models.Run | _models.RunAccepted


def _choose_run_start_response(value: Any) -> Callable[[Any], _models.Run | _models.RunAccepted]:
    raw = _decode_object(value)
    if "timing" in raw or "execution" in raw or raw.get("finished") is True:
        return _models.decode_run
    return _models.decode_run_accepted


decode_run_start_response: Callable[[Any], RunStartResponse] = _make_union_decoder(_choose_run_start_response)
