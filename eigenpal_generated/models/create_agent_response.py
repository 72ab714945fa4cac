# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `CreateAgentResponse`."""

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
    decode_bool as _decode_bool,
    decode_object as _decode_object,
    decode_str as _decode_str,
    get_or_none as _get_or_none,
    make_nullable_decoder as _make_nullable_decoder,
    raise_mismatch as _raise_mismatch,
)
from eigenpal_generated.models.agent_summary import decode_agent_summary as _decode_agent_summary


@_define(frozen=True, eq=False, repr=False, kw_only=True)
class CreateAgentResponse(Model):
    """The created agent, and how its source was set up."""

    agent: _models.AgentSummary
    """The created agent."""
    source_recovered: bool | None = None
    """Whether existing source was recovered for the agent. None if the server did not send it."""
    recovery_kind: _models.AgentRecoveryKind | None = None
    """How the source was set up. One of `existing`, `legacy_hydrate`, `minimal_scaffold`. None if the server did not
    send it.
    """

    _wire_names: ClassVar[Mapping[str, str]] = {
        "agent": "agent",
        "source_recovered": "sourceRecovered",
        "recovery_kind": "recoveryKind",
    }
    _sent_as_null: ClassVar[frozenset[str]] = frozenset(("agent",))

    @classmethod
    def _decoders(cls) -> dict[str, Callable[[Any], Any]]:
        return {
            "agent": _models.decode_agent_summary,
            "source_recovered": _make_nullable_decoder(_decode_bool),
            "recovery_kind": _make_nullable_decoder(_decode_str),
        }


_make_mutable_create_agent_response = _make_mutable(CreateAgentResponse)


def _read_create_agent_response(raw: Any, /) -> Any:
    if raw.__class__ is not dict:
        raw = _decode_object(raw)
    try:
        agent = raw["agent"]
    except KeyError:
        (agent,) = _get_or_none(raw, "agent")
    source_recovered = raw.get("sourceRecovered")
    recovery_kind = raw.get("recoveryKind")
    agent = _decode_agent_summary(agent)
    if (source_recovered is not None and source_recovered.__class__ is not bool) or (
        recovery_kind is not None and recovery_kind.__class__ is not str
    ):
        _raise_mismatch(raw)
    self = _make_mutable_create_agent_response()
    self.agent = agent
    self.source_recovered = source_recovered
    self.recovery_kind = recovery_kind
    self._raw = raw
    self.__class__ = CreateAgentResponse
    return self


decode_create_agent_response: Callable[[Any], CreateAgentResponse] = _register(
    CreateAgentResponse, _read_create_agent_response
)
