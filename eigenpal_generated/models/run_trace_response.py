# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `RunTraceResponse`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from eigenpal_generated.base_models import (
    Model,
    define as _define,
    make_mutable as _make_mutable,
    register as _register,
)
from eigenpal_generated.decoding import (
    decode_any as _decode_any,
    decode_list as _decode_list,
    decode_object as _decode_object,
    get_or_none as _get_or_none,
    make_list_decoder as _make_list_decoder,
)


@_define(frozen=True, eq=False, repr=False, kw_only=True)
class RunTraceResponse(Model):
    """The trace of a run."""

    events: list[Any]
    """The events, each a free-form object."""

    _wire_names: ClassVar[Mapping[str, str]] = {
        "events": "events",
    }
    _sent_as_null: ClassVar[frozenset[str]] = frozenset(("events",))

    @classmethod
    def _decoders(cls) -> dict[str, Callable[[Any], Any]]:
        return {
            "events": _make_list_decoder(_decode_any),
        }


_make_mutable_run_trace_response = _make_mutable(RunTraceResponse)


def _read_run_trace_response(raw: Any, /) -> Any:
    if raw.__class__ is not dict:
        raw = _decode_object(raw)
    try:
        events = raw["events"]
    except KeyError:
        (events,) = _get_or_none(raw, "events")
    events = _decode_list(_decode_any, events)
    self = _make_mutable_run_trace_response()
    self.events = events
    self._raw = raw
    self.__class__ = RunTraceResponse
    return self


decode_run_trace_response: Callable[[Any], RunTraceResponse] = _register(RunTraceResponse, _read_run_trace_response)
