# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `RunCancelResponse`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

import attrs

from eigenpal_generated import models as _models
from eigenpal_generated.models.run_cancel_execution import decode_run_cancel_execution as _decode_run_cancel_execution
from eigenpal_generated.models.run_cancellation import decode_run_cancellation as _decode_run_cancellation
from eigenpal_generated.runtime import (
    DecodeError as _DecodeError,
    Model,
    decode_object as _decode_object,
    get_or_none as _get_or_none,
    make_mutable as _make_mutable,
    raise_type_error as _raise_type_error,
)


@attrs.define(frozen=True, eq=False, repr=False, kw_only=True)
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

    @classmethod
    def from_dict(cls, raw: Mapping[str, Any], /) -> RunCancelResponse:
        """Decode a JSON object.

        Raises:
            DecodeError: A field has an unexpected type; the error names it.
        """
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
        if id_.__class__ is not str:
            _raise_type_error("id", "a string", id_)
        if type_.__class__ is not str:
            _raise_type_error("type", "a string", type_)
        if finished.__class__ is not bool:
            _raise_type_error("finished", "a boolean", finished)
        try:
            execution = _decode_run_cancel_execution(execution)
        except _DecodeError as _error:
            raise _error.inside("execution") from None
        try:
            cancellation = _decode_run_cancellation(cancellation)
        except _DecodeError as _error:
            raise _error.inside("cancellation") from None
        self = _make_mutable_run_cancel_response()
        self.id = id_
        self.type = type_
        self.finished = finished
        self.execution = execution
        self.cancellation = cancellation
        self._raw = raw
        self.__class__ = RunCancelResponse
        decoded: RunCancelResponse = self
        return decoded


_make_mutable_run_cancel_response = _make_mutable(RunCancelResponse)
decode_run_cancel_response: Callable[[Mapping[str, Any]], RunCancelResponse] = RunCancelResponse.from_dict
