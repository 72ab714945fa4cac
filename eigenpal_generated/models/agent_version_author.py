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
    values_or_none as _values_or_none,
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
        try:
            id_ = raw["id"]
            email = raw["email"]
            name = raw["name"]
            image = raw["image"]
        except KeyError:
            id_, email, name, image = _values_or_none(raw, "id", "email", "name", "image")
        if id_.__class__ is not str:
            _mistyped("id", "a string", id_)
        if email.__class__ is not str:
            _mistyped("email", "a string", email)
        if name is not None and name.__class__ is not str:
            _mistyped("name", "a string", name)
        if image is not None and image.__class__ is not str:
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
decode_agent_version_author: Callable[[Mapping[str, Any]], AgentVersionAuthor] = AgentVersionAuthor.from_dict
