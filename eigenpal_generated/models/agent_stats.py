# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `AgentStats`."""

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
    decode_int as _decode_int,
    decode_object as _decode_object,
    make_nullable_decoder as _make_nullable_decoder,
    parse_datetime as _parse_datetime,
    raise_mismatch as _raise_mismatch,
)


@_define(frozen=True, eq=False, repr=False, kw_only=True)
class AgentStats(Model):
    """Statistics of an agent and its runs. The server may add more."""

    example_count: int | None = None
    """Number of examples in the agent's dataset. None if the server did not send it."""
    total_executions: int | None = None
    """Total number of runs. None if the server did not send it."""
    last_execution_at: datetime | None = None
    """When the agent last ran, in UTC. None if it never ran."""
    avg_duration_ms: float | None = None
    """Average duration of a run, in milliseconds. None if there is no data."""
    avg_credits: float | None = None
    """Average credits charged per run. None if there is no data."""

    _wire_names: ClassVar[Mapping[str, str]] = {
        "example_count": "exampleCount",
        "total_executions": "totalExecutions",
        "last_execution_at": "lastExecutionAt",
        "avg_duration_ms": "avgDurationMs",
        "avg_credits": "avgCredits",
    }

    @classmethod
    def _decoders(cls) -> dict[str, Callable[[Any], Any]]:
        return {
            "example_count": _make_nullable_decoder(_decode_int),
            "total_executions": _make_nullable_decoder(_decode_int),
            "last_execution_at": _make_nullable_decoder(_decode_datetime),
            "avg_duration_ms": _make_nullable_decoder(_decode_float),
            "avg_credits": _make_nullable_decoder(_decode_float),
        }


_make_mutable_agent_stats = _make_mutable(AgentStats)


def _read_agent_stats(raw: Any, /) -> Any:
    if raw.__class__ is not dict:
        raw = _decode_object(raw)
    example_count = raw.get("exampleCount")
    total_executions = raw.get("totalExecutions")
    last_execution_at = raw.get("lastExecutionAt")
    avg_duration_ms = raw.get("avgDurationMs")
    avg_credits = raw.get("avgCredits")
    if example_count is not None and example_count.__class__ is not int:
        example_count = _decode_int(example_count)
    if total_executions is not None and total_executions.__class__ is not int:
        total_executions = _decode_int(total_executions)
    if last_execution_at is not None:
        last_execution_at = _parse_datetime(last_execution_at)
    if (
        (last_execution_at is not None and last_execution_at.tzinfo is None)
        or (
            avg_duration_ms is not None
            and avg_duration_ms.__class__ is not int
            and avg_duration_ms.__class__ is not float
        )
        or (avg_credits is not None and avg_credits.__class__ is not int and avg_credits.__class__ is not float)
    ):
        _raise_mismatch(raw)
    self = _make_mutable_agent_stats()
    self.example_count = example_count
    self.total_executions = total_executions
    self.last_execution_at = last_execution_at
    self.avg_duration_ms = avg_duration_ms
    self.avg_credits = avg_credits
    self._raw = raw
    self.__class__ = AgentStats
    return self


decode_agent_stats: Callable[[Any], AgentStats] = _register(AgentStats, _read_agent_stats)
