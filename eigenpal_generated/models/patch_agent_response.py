# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `PatchAgentResponse`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

import attrs

from eigenpal_generated import models as _models
from eigenpal_generated.models.agent_summary import decode_agent_summary as _decode_agent_summary
from eigenpal_generated.runtime import (
    DecodeError as _DecodeError,
    Model,
    decode_object as _decode_object,
    get_or_none as _get_or_none,
    make_mutable as _make_mutable,
)


@attrs.define(frozen=True, eq=False, repr=False, kw_only=True)
class PatchAgentResponse(Model):
    """The updated agent."""

    agent: _models.AgentSummary
    """The updated agent."""

    _wire_names: ClassVar[Mapping[str, str]] = {
        "agent": "agent",
    }
    _sent_as_null: ClassVar[frozenset[str]] = frozenset(("agent",))

    @classmethod
    def from_dict(cls, raw: Mapping[str, Any], /) -> PatchAgentResponse:
        """Decode a JSON object.

        Raises:
            DecodeError: A field has an unexpected type; the error names it.
        """
        if raw.__class__ is not dict:
            raw = _decode_object(raw)
        try:
            agent = raw["agent"]
        except KeyError:
            (agent,) = _get_or_none(raw, "agent")
        try:
            agent = _decode_agent_summary(agent)
        except _DecodeError as _error:
            raise _error.inside("agent") from None
        self = _make_mutable_patch_agent_response()
        self.agent = agent
        self._raw = raw
        self.__class__ = PatchAgentResponse
        decoded: PatchAgentResponse = self
        return decoded


_make_mutable_patch_agent_response = _make_mutable(PatchAgentResponse)
decode_patch_agent_response: Callable[[Mapping[str, Any]], PatchAgentResponse] = PatchAgentResponse.from_dict
