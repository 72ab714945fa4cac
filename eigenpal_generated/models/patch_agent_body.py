# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `PatchAgentBody`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

import attrs

from eigenpal_generated.runtime import (
    Model,
    decode_object as _decode_object,
    make_mutable as _make_mutable,
    raise_type_error as _raise_type_error,
)


@attrs.define(frozen=True, eq=False, repr=False, kw_only=True)
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
    def from_dict(cls, raw: Mapping[str, Any], /) -> PatchAgentBody:
        """Decode a JSON object.

        Raises:
            DecodeError: A field has an unexpected type; the error names it.
        """
        if raw.__class__ is not dict:
            raw = _decode_object(raw)
        name = raw.get("name")
        description = raw.get("description")
        config = raw.get("config")
        if name is not None and name.__class__ is not str:
            _raise_type_error("name", "a string", name)
        if description is not None and description.__class__ is not str:
            _raise_type_error("description", "a string", description)
        if config is not None and config.__class__ is not dict:
            _raise_type_error("config", "an object", config)
        self = _make_mutable_patch_agent_body()
        self.name = name
        self.description = description
        self.config = config
        self._raw = raw
        self.__class__ = PatchAgentBody
        decoded: PatchAgentBody = self
        return decoded


_make_mutable_patch_agent_body = _make_mutable(PatchAgentBody)
decode_patch_agent_body: Callable[[Mapping[str, Any]], PatchAgentBody] = PatchAgentBody.from_dict
