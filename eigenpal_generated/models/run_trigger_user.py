# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `RunTriggerUser`."""

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
class RunTriggerUser(Model):
    """The user who started a run."""

    id: str
    """Id of the user."""
    name: str | None
    """Name of the user. None if not given."""
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
    def from_dict(cls, raw: Mapping[str, Any], /) -> RunTriggerUser:
        """Decode what came over the wire.

        Raises:
            DecodeError: A field is not what the API promises; the error names it.
        """
        if raw.__class__ is not dict:
            raw = _plain_object(raw)
        try:
            id_ = raw["id"]
            name = raw["name"]
            email = raw["email"]
        except KeyError:
            id_, name, email = _values_or_none(raw, "id", "name", "email")
        if id_.__class__ is not str:
            _mistyped("id", "a string", id_)
        if name is not None and name.__class__ is not str:
            _mistyped("name", "a string", name)
        if email.__class__ is not str:
            _mistyped("email", "a string", email)
        self = _unfrozen_run_trigger_user()
        self.id = id_
        self.name = name
        self.email = email
        self._raw = raw
        self.__class__ = RunTriggerUser
        decoded: RunTriggerUser = self
        return decoded


_unfrozen_run_trigger_user = _unfrozen(RunTriggerUser)
decode_run_trigger_user: Callable[[Mapping[str, Any]], RunTriggerUser] = RunTriggerUser.from_dict
