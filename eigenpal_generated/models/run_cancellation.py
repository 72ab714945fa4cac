# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `RunCancellation`."""

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
    decode_object as _decode_object,
    decode_str as _decode_str,
    get_or_none as _get_or_none,
    raise_mismatch as _raise_mismatch,
)


@_define(frozen=True, eq=False, repr=False, kw_only=True)
class RunCancellation(Model):
    """What a request to cancel a run did."""

    state: _models.RunCancellationState
    """What the request did. One of `cancelled`, `requested`, `already_terminal`."""
    was_status: _models.ExecutionStatus
    """Status of the run when the request arrived. One of `created`, `pending`, `running`, `waiting`, `finalizing`,
    `completed`, `failed`, `cancelled`, `rejected`.
    """

    _wire_names: ClassVar[Mapping[str, str]] = {
        "state": "state",
        "was_status": "wasStatus",
    }
    _sent_as_null: ClassVar[frozenset[str]] = frozenset(
        (
            "state",
            "was_status",
        )
    )

    @classmethod
    def _decoders(cls) -> dict[str, Callable[[Any], Any]]:
        return {
            "state": _decode_str,
            "was_status": _decode_str,
        }


_make_mutable_run_cancellation = _make_mutable(RunCancellation)


def _read_run_cancellation(raw: Any, /) -> Any:
    if raw.__class__ is not dict:
        raw = _decode_object(raw)
    try:
        state = raw["state"]
        was_status = raw["wasStatus"]
    except KeyError:
        state, was_status = _get_or_none(raw, "state", "wasStatus")
    if state.__class__ is not str or was_status.__class__ is not str:
        _raise_mismatch(raw)
    self = _make_mutable_run_cancellation()
    self.state = state
    self.was_status = was_status
    self._raw = raw
    self.__class__ = RunCancellation
    return self


decode_run_cancellation: Callable[[Any], RunCancellation] = _register(RunCancellation, _read_run_cancellation)
