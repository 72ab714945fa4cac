# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `CreateAgentBody`."""

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
    get_or_none as _get_or_none,
    make_nullable_decoder as _make_nullable_decoder,
    raise_mismatch as _raise_mismatch,
)


@_define(frozen=True, eq=False, repr=False, kw_only=True)
class CreateAgentBody(Model):
    """A new agent. Unknown properties are rejected."""

    name: str
    """Display name of the agent."""
    slug: str
    """Slug of the agent. The target of a run is `agents.<slug>`. It cannot be changed later."""
    description: str | None = None
    """Description of the agent."""
    config: dict[str, Any] | None = None
    """Configuration of the agent, a free-form object."""

    _wire_names: ClassVar[Mapping[str, str]] = {
        "name": "name",
        "slug": "slug",
        "description": "description",
        "config": "config",
    }
    _sent_as_null: ClassVar[frozenset[str]] = frozenset(
        (
            "name",
            "slug",
        )
    )

    @classmethod
    def _decoders(cls) -> dict[str, Callable[[Any], Any]]:
        return {
            "name": _decode_str,
            "slug": _decode_str,
            "description": _make_nullable_decoder(_decode_str),
            "config": _make_nullable_decoder(_decode_object),
        }


_make_mutable_create_agent_body = _make_mutable(CreateAgentBody)


def _read_create_agent_body(raw: Any, /) -> Any:
    if raw.__class__ is not dict:
        raw = _decode_object(raw)
    try:
        name = raw["name"]
        slug = raw["slug"]
    except KeyError:
        name, slug = _get_or_none(raw, "name", "slug")
    description = raw.get("description")
    config = raw.get("config")
    if (
        name.__class__ is not str
        or slug.__class__ is not str
        or (description is not None and description.__class__ is not str)
        or (config is not None and config.__class__ is not dict)
    ):
        _raise_mismatch(raw)
    self = _make_mutable_create_agent_body()
    self.name = name
    self.slug = slug
    self.description = description
    self.config = config
    self._raw = raw
    self.__class__ = CreateAgentBody
    return self


decode_create_agent_body: Callable[[Any], CreateAgentBody] = _register(CreateAgentBody, _read_create_agent_body)
