# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `RunDebug`."""

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
    decode_object as _decode_object,
    decode_str as _decode_str,
    get_or_none as _get_or_none,
    make_nullable_decoder as _make_nullable_decoder,
    raise_mismatch as _raise_mismatch,
)


@_define(frozen=True, eq=False, repr=False, kw_only=True)
class RunDebug(Model):
    """Debug data of a run."""

    observability: Any
    """Observability data, a free-form object. None if there is none."""
    trace_id: str | None = None
    """Trace id of the run. None if it was not traced."""

    _wire_names: ClassVar[Mapping[str, str]] = {
        "observability": "observability",
        "trace_id": "traceId",
    }
    _sent_as_null: ClassVar[frozenset[str]] = frozenset(("observability",))

    @classmethod
    def _decoders(cls) -> dict[str, Callable[[Any], Any]]:
        return {
            "observability": _decode_any,
            "trace_id": _make_nullable_decoder(_decode_str),
        }


_make_mutable_run_debug = _make_mutable(RunDebug)


def _read_run_debug(raw: Any, /) -> Any:
    if raw.__class__ is not dict:
        raw = _decode_object(raw)
    try:
        observability = raw["observability"]
    except KeyError:
        (observability,) = _get_or_none(raw, "observability")
    trace_id = raw.get("traceId")
    if trace_id is not None and trace_id.__class__ is not str:
        _raise_mismatch(raw)
    self = _make_mutable_run_debug()
    self.observability = observability
    self.trace_id = trace_id
    self._raw = raw
    self.__class__ = RunDebug
    return self


decode_run_debug: Callable[[Any], RunDebug] = _register(RunDebug, _read_run_debug)
