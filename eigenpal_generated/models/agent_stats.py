# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `AgentStats`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, ClassVar

import attrs

from eigenpal_generated.runtime import (
    Model,
    decode_datetime as _decode_datetime,
    decode_field as _decode_field,
    decode_int as _decode_int,
    decode_object as _decode_object,
    make_mutable as _make_mutable,
    raise_type_error as _raise_type_error,
)


@attrs.define(frozen=True, eq=False, repr=False, kw_only=True)
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
    def from_dict(cls, raw: Mapping[str, Any], /) -> AgentStats:
        """Decode a JSON object.

        Raises:
            DecodeError: A field has an unexpected type; the error names it.
        """
        if raw.__class__ is not dict:
            raw = _decode_object(raw)
        example_count = raw.get("exampleCount")
        total_executions = raw.get("totalExecutions")
        last_execution_at = raw.get("lastExecutionAt")
        avg_duration_ms = raw.get("avgDurationMs")
        avg_credits = raw.get("avgCredits")
        if example_count is not None and example_count.__class__ is not int:
            example_count = _decode_field("exampleCount", _decode_int, example_count)
        if total_executions is not None and total_executions.__class__ is not int:
            total_executions = _decode_field("totalExecutions", _decode_int, total_executions)
        if last_execution_at is not None:
            last_execution_at = _decode_datetime("lastExecutionAt", last_execution_at)
        if (
            avg_duration_ms is not None
            and avg_duration_ms.__class__ is not int
            and avg_duration_ms.__class__ is not float
        ):
            _raise_type_error("avgDurationMs", "a number", avg_duration_ms)
        if avg_credits is not None and avg_credits.__class__ is not int and avg_credits.__class__ is not float:
            _raise_type_error("avgCredits", "a number", avg_credits)
        self = _make_mutable_agent_stats()
        self.example_count = example_count
        self.total_executions = total_executions
        self.last_execution_at = last_execution_at
        self.avg_duration_ms = avg_duration_ms
        self.avg_credits = avg_credits
        self._raw = raw
        self.__class__ = AgentStats
        decoded: AgentStats = self
        return decoded


_make_mutable_agent_stats = _make_mutable(AgentStats)
decode_agent_stats: Callable[[Mapping[str, Any]], AgentStats] = AgentStats.from_dict
