# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `RunTriggerUser`."""

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
class RunTriggerUser(Model):
    """The user who started a run."""

    id: str
    """Id of the user."""
    name: str | None
    """Name of the user. None if not set."""
    email: str
    """Email address of the user."""

    _wire_names: ClassVar[Mapping[str, str]] = {
        "id": "id",
        "name": "name",
        "email": "email",
    }
    _sent_as_null: ClassVar[frozenset[str]] = frozenset(
        (
            "id",
            "name",
            "email",
        )
    )

    @classmethod
    def _decoders(cls) -> dict[str, Callable[[Any], Any]]:
        return {
            "id": _decode_str,
            "name": _make_nullable_decoder(_decode_str),
            "email": _decode_str,
        }


_make_mutable_run_trigger_user = _make_mutable(RunTriggerUser)


def _read_run_trigger_user(raw: Any, /) -> Any:
    if raw.__class__ is not dict:
        raw = _decode_object(raw)
    try:
        id_ = raw["id"]
        name = raw["name"]
        email = raw["email"]
    except KeyError:
        id_, name, email = _get_or_none(raw, "id", "name", "email")
    if id_.__class__ is not str or (name is not None and name.__class__ is not str) or email.__class__ is not str:
        _raise_mismatch(raw)
    self = _make_mutable_run_trigger_user()
    self.id = id_
    self.name = name
    self.email = email
    self._raw = raw
    self.__class__ = RunTriggerUser
    return self


decode_run_trigger_user: Callable[[Any], RunTriggerUser] = _register(RunTriggerUser, _read_run_trigger_user)
