# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `AgentVersionAuthor`."""

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
    def _decoders(cls) -> dict[str, Callable[[Any], Any]]:
        return {
            "id": _decode_str,
            "email": _decode_str,
            "name": _make_nullable_decoder(_decode_str),
            "image": _make_nullable_decoder(_decode_str),
        }


_make_mutable_agent_version_author = _make_mutable(AgentVersionAuthor)


def _read_agent_version_author(raw: Any, /) -> Any:
    if raw.__class__ is not dict:
        raw = _decode_object(raw)
    try:
        id_ = raw["id"]
        email = raw["email"]
        name = raw["name"]
        image = raw["image"]
    except KeyError:
        id_, email, name, image = _get_or_none(raw, "id", "email", "name", "image")
    if (
        id_.__class__ is not str
        or email.__class__ is not str
        or (name is not None and name.__class__ is not str)
        or (image is not None and image.__class__ is not str)
    ):
        _raise_mismatch(raw)
    self = _make_mutable_agent_version_author()
    self.id = id_
    self.email = email
    self.name = name
    self.image = image
    self._raw = raw
    self.__class__ = AgentVersionAuthor
    return self


decode_agent_version_author: Callable[[Any], AgentVersionAuthor] = _register(
    AgentVersionAuthor, _read_agent_version_author
)
