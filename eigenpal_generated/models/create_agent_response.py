# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `CreateAgentResponse`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

import attrs

from eigenpal_generated import models as _models
from eigenpal_generated.runtime import (
    DecodeError as _DecodeError,
    Model,
    mistyped as _mistyped,
    plain_object as _plain_object,
    unfrozen as _unfrozen,
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
        _get: Callable[..., Any] = raw.get
        try:
            agent = _models.AgentSummary.from_dict(_get("agent"))
        except _DecodeError as _error:
            raise _error.inside("agent") from None
        if (source_recovered := _get("sourceRecovered")) is not None and type(source_recovered) is not bool:
            _mistyped("sourceRecovered", "a boolean", source_recovered)
        if (recovery_kind := _get("recoveryKind")) is not None and type(recovery_kind) is not str:
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
