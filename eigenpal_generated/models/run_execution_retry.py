# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `RunExecutionRetry`."""

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
    decode_float as _decode_float,
    decode_object as _decode_object,
    decode_str as _decode_str,
    get_or_none as _get_or_none,
    make_nullable_decoder as _make_nullable_decoder,
    raise_mismatch as _raise_mismatch,
)


@_define(frozen=True, eq=False, repr=False, kw_only=True)
class RunExecutionRetry(Model):
    """Position of a run in a chain of retries."""

    number: float
    """Number of retries before this run; 0 for a first attempt."""
    previous_run_id: str | None
    """Id of the run that this one retries. None for a first attempt."""
    next_run: _models.RunRetryLink | None
    """The run that retries this one. None if there is none."""

    _wire_names: ClassVar[Mapping[str, str]] = {
        "number": "number",
        "previous_run_id": "previousRunId",
        "next_run": "nextRun",
    }
    _sent_as_null: ClassVar[frozenset[str]] = frozenset(
        (
            "number",
            "previous_run_id",
            "next_run",
        )
    )

    @classmethod
    def _decoders(cls) -> dict[str, Callable[[Any], Any]]:
        return {
            "number": _decode_float,
            "previous_run_id": _make_nullable_decoder(_decode_str),
            "next_run": _make_nullable_decoder(_models.decode_run_retry_link),
        }


_make_mutable_run_execution_retry = _make_mutable(RunExecutionRetry)


def _read_run_execution_retry(raw: Any, /) -> Any:
    if raw.__class__ is not dict:
        raw = _decode_object(raw)
    try:
        number = raw["number"]
        previous_run_id = raw["previousRunId"]
        next_run = raw["nextRun"]
    except KeyError:
        number, previous_run_id, next_run = _get_or_none(raw, "number", "previousRunId", "nextRun")
    if next_run is not None:
        next_run = _models.decode_run_retry_link(next_run)
    if (number.__class__ is not int and number.__class__ is not float) or (
        previous_run_id is not None and previous_run_id.__class__ is not str
    ):
        _raise_mismatch(raw)
    self = _make_mutable_run_execution_retry()
    self.number = number
    self.previous_run_id = previous_run_id
    self.next_run = next_run
    self._raw = raw
    self.__class__ = RunExecutionRetry
    return self


decode_run_execution_retry: Callable[[Any], RunExecutionRetry] = _register(RunExecutionRetry, _read_run_execution_retry)
