# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `AgentVersionAuthor`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

import attrs

from eigenpal_generated.runtime import (
    Model,
    decode_object as _decode_object,
    get_or_none as _get_or_none,
    make_mutable as _make_mutable,
    raise_type_error as _raise_type_error,
)


@attrs.define(frozen=True, eq=False, repr=False, kw_only=True)
class AgentVersionAuthor(Model):
    """User who released a version of an agent."""

    id: str
    """Id of the user."""
    email: str
    """Email address of the user."""
    name: str | None
    """Name of the user. None if not set."""
    image: str | None
    """URL of the user's picture. None if there is none."""

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
        """Decode a JSON object.

        Raises:
            DecodeError: A field has an unexpected type; the error names it.
        """
        if raw.__class__ is not dict:
            raw = _decode_object(raw)
        try:
            id_ = raw["id"]
            email = raw["email"]
            name = raw["name"]
            image = raw["image"]
        except KeyError:
            id_, email, name, image = _get_or_none(raw, "id", "email", "name", "image")
        if id_.__class__ is not str:
            _raise_type_error("id", "a string", id_)
        if email.__class__ is not str:
            _raise_type_error("email", "a string", email)
        if name is not None and name.__class__ is not str:
            _raise_type_error("name", "a string", name)
        if image is not None and image.__class__ is not str:
            _raise_type_error("image", "a string", image)
        self = _make_mutable_agent_version_author()
        self.id = id_
        self.email = email
        self.name = name
        self.image = image
        self._raw = raw
        self.__class__ = AgentVersionAuthor
        decoded: AgentVersionAuthor = self
        return decoded


_make_mutable_agent_version_author = _make_mutable(AgentVersionAuthor)
decode_agent_version_author: Callable[[Mapping[str, Any]], AgentVersionAuthor] = AgentVersionAuthor.from_dict
