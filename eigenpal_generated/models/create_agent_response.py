# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `CreateAgentResponse`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

import attrs

from eigenpal_generated import models as _models
from eigenpal_generated.models.agent_summary import decode_agent_summary as _decode_agent_summary
from eigenpal_generated.runtime import (
    DecodeError as _DecodeError,
    Model,
    mistyped as _mistyped,
    plain_object as _plain_object,
    unfrozen as _unfrozen,
    values_or_none as _values_or_none,
)


@attrs.define(frozen=True, eq=False, repr=False, kw_only=True)
class CreateAgentResponse(Model):
    """The new agent, and where its source came from."""

    agent: _models.AgentSummary
    """The new agent."""
    source_recovered: bool | None = None
    """Whether source from before was used for the agent. None if the server left it out."""
    recovery_kind: _models.AgentRecoveryKind | None = None
    """Where the source came from. One of `existing`, `legacy_hydrate`, `minimal_scaffold`. None if the server left it
    out.
    """

    _wire_names: ClassVar[Mapping[str, str]] = {
        "agent": "agent",
        "source_recovered": "sourceRecovered",
        "recovery_kind": "recoveryKind",
    }
    _sent_as_null: ClassVar[frozenset[str]] = frozenset(("agent",))

    @classmethod
    def from_dict(cls, raw: Mapping[str, Any], /) -> CreateAgentResponse:
        """Decode what came over the wire.

        Raises:
            DecodeError: A field is not what the API promises; the error names it.
        """
        if raw.__class__ is not dict:
            raw = _plain_object(raw)
        try:
            agent = raw["agent"]
        except KeyError:
            (agent,) = _values_or_none(raw, "agent")
        source_recovered = raw.get("sourceRecovered")
        recovery_kind = raw.get("recoveryKind")
        try:
            agent = _decode_agent_summary(agent)
        except _DecodeError as _error:
            raise _error.inside("agent") from None
        if source_recovered is not None and source_recovered.__class__ is not bool:
            _mistyped("sourceRecovered", "a boolean", source_recovered)
        if recovery_kind is not None and recovery_kind.__class__ is not str:
            _mistyped("recoveryKind", "a string", recovery_kind)
        self = _unfrozen_create_agent_response()
        self.agent = agent
        self.source_recovered = source_recovered
        self.recovery_kind = recovery_kind
        self._raw = raw
        self.__class__ = CreateAgentResponse
        decoded: CreateAgentResponse = self
        return decoded


_unfrozen_create_agent_response = _unfrozen(CreateAgentResponse)
decode_create_agent_response: Callable[[Mapping[str, Any]], CreateAgentResponse] = CreateAgentResponse.from_dict
