# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `RunTraceResponse`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

import attrs

from eigenpal_generated.runtime import (
    Model,
    anything as _anything,
    item_list as _item_list,
    plain_object as _plain_object,
    unfrozen as _unfrozen,
    values_or_none as _values_or_none,
)


@attrs.define(frozen=True, eq=False, repr=False, kw_only=True)
class RunTraceResponse(Model):
    """The trace of a run."""

    events: list[Any]
    """The events, in the order the server sends them. Each is free-form; what it holds depends on the kind of run."""

    _wire_names: ClassVar[Mapping[str, str]] = {
        "events": "events",
    }
    _sent_as_null: ClassVar[frozenset[str]] = frozenset(("events",))

    @classmethod
    def from_dict(cls, raw: Mapping[str, Any], /) -> RunTraceResponse:
        """Decode what came over the wire.

        Raises:
            DecodeError: A field is not what the API promises; the error names it.
        """
        if raw.__class__ is not dict:
            raw = _plain_object(raw)
        try:
            events = raw["events"]
        except KeyError:
            (events,) = _values_or_none(raw, "events")
        events = _item_list("events", _anything, events)
        self = _unfrozen_run_trace_response()
        self.events = events
        self._raw = raw
        self.__class__ = RunTraceResponse
        decoded: RunTraceResponse = self
        return decoded


_unfrozen_run_trace_response = _unfrozen(RunTraceResponse)
decode_run_trace_response: Callable[[Mapping[str, Any]], RunTraceResponse] = RunTraceResponse.from_dict
