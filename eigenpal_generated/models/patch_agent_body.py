# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `PatchAgentBody`."""

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
    decode_object as _decode_object,
    decode_str as _decode_str,
    make_nullable_decoder as _make_nullable_decoder,
    raise_mismatch as _raise_mismatch,
)


@_define(frozen=True, eq=False, repr=False, kw_only=True)
class PatchAgentBody(Model):
    """Changes to an agent. Omitted properties are unchanged."""

    name: str | None = None
    """New display name of the agent."""
    description: str | None = None
    """New description of the agent."""
    config: dict[str, Any] | None = None
    """New configuration of the agent, a free-form object. Send the complete configuration."""

    _wire_names: ClassVar[Mapping[str, str]] = {
        "name": "name",
        "description": "description",
        "config": "config",
    }

    @classmethod
    def _decoders(cls) -> dict[str, Callable[[Any], Any]]:
        return {
            "name": _make_nullable_decoder(_decode_str),
            "description": _make_nullable_decoder(_decode_str),
            "config": _make_nullable_decoder(_decode_object),
        }


_make_mutable_patch_agent_body = _make_mutable(PatchAgentBody)


def _read_patch_agent_body(raw: Any, /) -> Any:
    if raw.__class__ is not dict:
        raw = _decode_object(raw)
    name = raw.get("name")
    description = raw.get("description")
    config = raw.get("config")
    if (
        (name is not None and name.__class__ is not str)
        or (description is not None and description.__class__ is not str)
        or (config is not None and config.__class__ is not dict)
    ):
        _raise_mismatch(raw)
    self = _make_mutable_patch_agent_body()
    self.name = name
    self.description = description
    self.config = config
    self._raw = raw
    self.__class__ = PatchAgentBody
    return self


decode_patch_agent_body: Callable[[Any], PatchAgentBody] = _register(PatchAgentBody, _read_patch_agent_body)
