# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `TriggerFlags`."""

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
class TriggerFlags(Model):
    """Which ways of starting runs are switched on."""

    api: bool
    """Whether runs can be started through the API."""
    email: bool
    """Whether runs can be started by mail."""
    manual: bool
    """Whether runs can be started by hand, in the dashboard."""
    cron: bool
    """Whether runs are started on a schedule."""

    _wire_names: ClassVar[Mapping[str, str]] = {
        "api": "api",
        "email": "email",
        "manual": "manual",
        "cron": "cron",
    }
    _sent_as_null: ClassVar[frozenset[str]] = frozenset(
        (
            "api",
            "email",
            "manual",
            "cron",
        )
    )

    @classmethod
    def from_dict(cls, raw: Mapping[str, Any], /) -> TriggerFlags:
        """Decode what came over the wire.

        Raises:
            DecodeError: A field is not what the API promises; the error names it.
        """
        if raw.__class__ is not dict:
            raw = _plain_object(raw)
        _get: Callable[..., Any] = raw.get
        if type(api := _get("api")) is not bool:
            _mistyped("api", "a boolean", api)
        if type(email := _get("email")) is not bool:
            _mistyped("email", "a boolean", email)
        if type(manual := _get("manual")) is not bool:
            _mistyped("manual", "a boolean", manual)
        if type(cron := _get("cron")) is not bool:
            _mistyped("cron", "a boolean", cron)
        self = _unfrozen_trigger_flags()
        self.api = api
        self.email = email
        self.manual = manual
        self.cron = cron
        self._raw = raw
        self.__class__ = TriggerFlags
        decoded: TriggerFlags = self
        return decoded


_unfrozen_trigger_flags = _unfrozen(TriggerFlags)
