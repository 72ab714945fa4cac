# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `PatchAgentResponse`."""

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
from eigenpal_generated.decoding import decode_object as _decode_object, get_or_none as _get_or_none
from eigenpal_generated.models.agent_summary import decode_agent_summary as _decode_agent_summary


@_define(frozen=True, eq=False, repr=False, kw_only=True)
class PatchAgentResponse(Model):
    """The updated agent."""

    agent: _models.AgentSummary
    """The updated agent."""

    _wire_names: ClassVar[Mapping[str, str]] = {
        "agent": "agent",
    }
    _sent_as_null: ClassVar[frozenset[str]] = frozenset(("agent",))

    @classmethod
    def _decoders(cls) -> dict[str, Callable[[Any], Any]]:
        return {
            "agent": _models.decode_agent_summary,
        }


_make_mutable_patch_agent_response = _make_mutable(PatchAgentResponse)


def _read_patch_agent_response(raw: Any, /) -> Any:
    if raw.__class__ is not dict:
        raw = _decode_object(raw)
    try:
        agent = raw["agent"]
    except KeyError:
        (agent,) = _get_or_none(raw, "agent")
    agent = _decode_agent_summary(agent)
    self = _make_mutable_patch_agent_response()
    self.agent = agent
    self._raw = raw
    self.__class__ = PatchAgentResponse
    return self


decode_patch_agent_response: Callable[[Any], PatchAgentResponse] = _register(
    PatchAgentResponse, _read_patch_agent_response
)
