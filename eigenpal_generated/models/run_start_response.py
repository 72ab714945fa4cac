# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The type `RunStartResponse`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from eigenpal_generated import models as _models
from eigenpal_generated.runtime import decode_object as _decode_object

if TYPE_CHECKING:
    RunStartResponse: TypeAlias = "_models.Run | _models.RunAccepted"
    """A run that was started: `Run` if it finished while the server waited, else `RunAccepted`.

    Go by the content, not by the status of the answer: `timing` and `execution` are present in the whole run only.
    """
else:

    def __getattr__(name: str) -> object:
        # What it stands for is loaded when it is asked for; decoding loads the one variant that it needs.
        if name != "RunStartResponse":
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return _models.Run | _models.RunAccepted


def decode_run_start_response(value: Any) -> _models.Run | _models.RunAccepted:
    """Decode the variant that the answer holds: Run | RunAccepted."""
    raw = _decode_object(value)
    if "timing" in raw or "execution" in raw or raw.get("finished") is True:
        return _models.decode_run(raw)
    return _models.decode_run_accepted(raw)
