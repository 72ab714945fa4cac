# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `RunTiming`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, ClassVar

from eigenpal_generated.base_models import (
    Model,
    define as _define,
    make_mutable as _make_mutable,
    register as _register,
)
from eigenpal_generated.decoding import (
    decode_datetime as _decode_datetime,
    decode_float as _decode_float,
    decode_object as _decode_object,
    get_or_none as _get_or_none,
    make_nullable_decoder as _make_nullable_decoder,
    parse_datetime as _parse_datetime,
    raise_mismatch as _raise_mismatch,
)


@_define(frozen=True, eq=False, repr=False, kw_only=True)
class RunTiming(Model):
    """Timestamps and duration of a run."""

    created_at: datetime
    """When the run was created, in UTC."""
    started_at: datetime | None
    """When execution started, in UTC. None until then."""
    completed_at: datetime | None
    """When the run finished, in UTC. None until then."""
    duration_ms: float | None
    """Duration of the run, in milliseconds. None if unknown, for example before the run has finished."""
    cancel_requested_at: datetime | None
    """When cancellation was requested, in UTC. None if it never was."""

    _wire_names: ClassVar[Mapping[str, str]] = {
        "created_at": "createdAt",
        "started_at": "startedAt",
        "completed_at": "completedAt",
        "duration_ms": "durationMs",
        "cancel_requested_at": "cancelRequestedAt",
    }
    _sent_as_null: ClassVar[frozenset[str]] = frozenset(
        (
            "created_at",
            "started_at",
            "completed_at",
            "duration_ms",
            "cancel_requested_at",
        )
    )

    @classmethod
    def _decoders(cls) -> dict[str, Callable[[Any], Any]]:
        return {
            "created_at": _decode_datetime,
            "started_at": _make_nullable_decoder(_decode_datetime),
            "completed_at": _make_nullable_decoder(_decode_datetime),
            "duration_ms": _make_nullable_decoder(_decode_float),
            "cancel_requested_at": _make_nullable_decoder(_decode_datetime),
        }


_make_mutable_run_timing = _make_mutable(RunTiming)


def _read_run_timing(raw: Any, /) -> Any:
    if raw.__class__ is not dict:
        raw = _decode_object(raw)
    try:
        created_at = raw["createdAt"]
        started_at = raw["startedAt"]
        completed_at = raw["completedAt"]
        duration_ms = raw["durationMs"]
        cancel_requested_at = raw["cancelRequestedAt"]
    except KeyError:
        created_at, started_at, completed_at, duration_ms, cancel_requested_at = _get_or_none(
            raw, "createdAt", "startedAt", "completedAt", "durationMs", "cancelRequestedAt"
        )
    created_at = _parse_datetime(created_at)
    if started_at is not None:
        started_at = _parse_datetime(started_at)
    if completed_at is not None:
        completed_at = _parse_datetime(completed_at)
    if cancel_requested_at is not None:
        cancel_requested_at = _parse_datetime(cancel_requested_at)
    if (
        created_at.tzinfo is None
        or (started_at is not None and started_at.tzinfo is None)
        or (completed_at is not None and completed_at.tzinfo is None)
        or (duration_ms is not None and duration_ms.__class__ is not int and duration_ms.__class__ is not float)
        or (cancel_requested_at is not None and cancel_requested_at.tzinfo is None)
    ):
        _raise_mismatch(raw)
    self = _make_mutable_run_timing()
    self.created_at = created_at
    self.started_at = started_at
    self.completed_at = completed_at
    self.duration_ms = duration_ms
    self.cancel_requested_at = cancel_requested_at
    self._raw = raw
    self.__class__ = RunTiming
    return self


decode_run_timing: Callable[[Any], RunTiming] = _register(RunTiming, _read_run_timing)
