# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `RunTiming`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, ClassVar

import attrs

from eigenpal_generated.runtime import (
    Model,
    decode_datetime as _decode_datetime,
    decode_object as _decode_object,
    get_or_none as _get_or_none,
    make_mutable as _make_mutable,
    raise_type_error as _raise_type_error,
)


@attrs.define(frozen=True, eq=False, repr=False, kw_only=True)
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
    def from_dict(cls, raw: Mapping[str, Any], /) -> RunTiming:
        """Decode a JSON object.

        Raises:
            DecodeError: A field has an unexpected type; the error names it.
        """
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
        created_at = _decode_datetime("createdAt", created_at)
        if started_at is not None:
            started_at = _decode_datetime("startedAt", started_at)
        if completed_at is not None:
            completed_at = _decode_datetime("completedAt", completed_at)
        if duration_ms is not None and duration_ms.__class__ is not int and duration_ms.__class__ is not float:
            _raise_type_error("durationMs", "a number", duration_ms)
        if cancel_requested_at is not None:
            cancel_requested_at = _decode_datetime("cancelRequestedAt", cancel_requested_at)
        self = _make_mutable_run_timing()
        self.created_at = created_at
        self.started_at = started_at
        self.completed_at = completed_at
        self.duration_ms = duration_ms
        self.cancel_requested_at = cancel_requested_at
        self._raw = raw
        self.__class__ = RunTiming
        decoded: RunTiming = self
        return decoded


_make_mutable_run_timing = _make_mutable(RunTiming)
decode_run_timing: Callable[[Mapping[str, Any]], RunTiming] = RunTiming.from_dict
