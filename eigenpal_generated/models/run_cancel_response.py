# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `RunCancelResponse`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

import attrs

from eigenpal_generated import models as _models
from eigenpal_generated.runtime import (
    DecodeError as _DecodeError,
    Model,
    mistyped as _mistyped,
    plain_object as _plain_object,
    unfrozen as _unfrozen,
)


@attrs.define(frozen=True, eq=False, repr=False, kw_only=True)
class RunCancelResponse(Model):
    """What a cancellation did."""

    id: str
    """Id of the run."""
    type: _models.RunType
    """Kind of the run. One of `workflow`, `agent`."""
    finished: bool
    """Whether the run is in a final state now. False after `requested`, until it has stopped."""
    execution: _models.RunCancelExecution
    """State of the run after the request."""
    cancellation: _models.RunCancellation
    """What became of the request."""

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

    @classmethod
    def from_dict(cls, raw: Mapping[str, Any], /) -> RunCancelResponse:
        """Decode what came over the wire.

        Raises:
            DecodeError: A field is not what the API promises; the error names it.
        """
        if raw.__class__ is not dict:
            raw = _plain_object(raw)
        _get: Callable[..., Any] = raw.get
        if type(id_ := _get("id")) is not str:
            _mistyped("id", "a string", id_)
        if type(type_ := _get("type")) is not str:
            _mistyped("type", "a string", type_)
        if type(finished := _get("finished")) is not bool:
            _mistyped("finished", "a boolean", finished)
        try:
            execution = _models.RunCancelExecution.from_dict(_get("execution"))
        except _DecodeError as _error:
            raise _error.inside("execution") from None
        try:
            cancellation = _models.RunCancellation.from_dict(_get("cancellation"))
        except _DecodeError as _error:
            raise _error.inside("cancellation") from None
        self = _unfrozen_run_cancel_response()
        self.id = id_
        self.type = type_
        self.finished = finished
        self.execution = execution
        self.cancellation = cancellation
        self._raw = raw
        self.__class__ = RunCancelResponse
        decoded: RunCancelResponse = self
        return decoded


_unfrozen_run_cancel_response = _unfrozen(RunCancelResponse)
