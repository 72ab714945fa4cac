# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `AgentVersionAuthor`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

import attrs

from eigenpal_generated.runtime import (
    Model,
    mistyped as _mistyped,
    plain_object as _plain_object,
    unfrozen as _unfrozen,
)


@attrs.define(frozen=True, eq=False, repr=False, kw_only=True)
class AgentVersionAuthor(Model):
    """Who released a version of an agent."""

    id: str
    """Id of the user."""
    email: str
    """Email address of the user."""
    name: str | None
    """Name of the user. None if not given."""
    image: str | None
    """Address of a picture of the user. None if there is none."""

    _wire_names: ClassVar[Mapping[str, str]] = {
        "id": "id",
        "email": "email",
        "name": "name",
        "image": "image",
    }
    _sent_as_null: ClassVar[frozenset[str]] = frozenset(
        (
            "id",
            "email",
            "name",
            "image",
        )
    )

    @classmethod
    def from_dict(cls, raw: Mapping[str, Any], /) -> AgentVersionAuthor:
        """Decode what came over the wire.

        Raises:
            DecodeError: A field is not what the API promises; the error names it.
        """
        if raw.__class__ is not dict:
            raw = _plain_object(raw)
        _get: Callable[..., Any] = raw.get
        if type(id_ := _get("id")) is not str:
            _mistyped("id", "a string", id_)
        if type(email := _get("email")) is not str:
            _mistyped("email", "a string", email)
        if (name := _get("name")) is not None and type(name) is not str:
            _mistyped("name", "a string", name)
        if (image := _get("image")) is not None and type(image) is not str:
            _mistyped("image", "a string", image)
        self = _unfrozen_agent_version_author()
        self.id = id_
        self.email = email
        self.name = name
        self.image = image
        self._raw = raw
        self.__class__ = AgentVersionAuthor
        decoded: AgentVersionAuthor = self
        return decoded


_unfrozen_agent_version_author = _unfrozen(AgentVersionAuthor)
