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
        _get: Callable[..., Any] = raw.get
        if type(id_ := _get("id")) is not str:
            _mistyped("id", "a string", id_)
        if (name := _get("name")) is not None and type(name) is not str:
            _mistyped("name", "a string", name)
        if type(email := _get("email")) is not str:
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
