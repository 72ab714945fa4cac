# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `RunCancelResponse`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from eigenpal_generated import models as _models
from eigenpal_generated.base_models import (
    Model,
    define as _define,
    make_mutable as _make_mutable,
    register as _register,
)
from eigenpal_generated.decoding import (
    decode_bool as _decode_bool,
    decode_object as _decode_object,
    decode_str as _decode_str,
    get_or_none as _get_or_none,
    raise_mismatch as _raise_mismatch,
)
from eigenpal_generated.models.run_cancel_execution import decode_run_cancel_execution as _decode_run_cancel_execution
from eigenpal_generated.models.run_cancellation import decode_run_cancellation as _decode_run_cancellation


@_define(frozen=True, eq=False, repr=False, kw_only=True)
class RunCancelResponse(Model):
    """Result of a request to cancel a run."""

    id: str
    """Id of the run."""
    type: _models.RunType
    """Type of the run. One of `workflow`, `agent`."""
    finished: bool
    """Whether the run has finished. False after `requested`, until the run has stopped."""
    execution: _models.RunCancelExecution
    """Status of the run after the request."""
    cancellation: _models.RunCancellation
    """What the request did."""

    _wire_names: ClassVar[Mapping[str, str]] = {
        "id": "id",
        "type": "type",
        "finished": "finished",
        "execution": "execution",
        "cancellation": "cancellation",
    }
    _sent_as_null: ClassVar[frozenset[str]] = frozenset(
        (
            "id",
            "type",
            "finished",
            "execution",
            "cancellation",
        )
    )

    _strict: ClassVar[frozenset[str]] = frozenset(("id",))

    @classmethod
    def _decoders(cls) -> dict[str, Callable[[Any], Any]]:
        return {
            "id": _decode_str,
            "type": _decode_str,
            "finished": _decode_bool,
            "execution": _models.decode_run_cancel_execution,
            "cancellation": _models.decode_run_cancellation,
        }


_make_mutable_run_cancel_response = _make_mutable(RunCancelResponse)


def _read_run_cancel_response(raw: Any, /) -> Any:
    if raw.__class__ is not dict:
        raw = _decode_object(raw)
    try:
        id_ = raw["id"]
        type_ = raw["type"]
        finished = raw["finished"]
        execution = raw["execution"]
        cancellation = raw["cancellation"]
    except KeyError:
        id_, type_, finished, execution, cancellation = _get_or_none(
            raw, "id", "type", "finished", "execution", "cancellation"
        )
    execution = _decode_run_cancel_execution(execution)
    cancellation = _decode_run_cancellation(cancellation)
    if id_.__class__ is not str or type_.__class__ is not str or finished.__class__ is not bool:
        _raise_mismatch(raw)
    self = _make_mutable_run_cancel_response()
    self.id = id_
    self.type = type_
    self.finished = finished
    self.execution = execution
    self.cancellation = cancellation
    self._raw = raw
    self.__class__ = RunCancelResponse
    return self


decode_run_cancel_response: Callable[[Any], RunCancelResponse] = _register(RunCancelResponse, _read_run_cancel_response)
