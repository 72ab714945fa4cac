# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `TriggerFlags`."""

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
    decode_bool as _decode_bool,
    decode_object as _decode_object,
    get_or_none as _get_or_none,
    raise_mismatch as _raise_mismatch,
)


@_define(frozen=True, eq=False, repr=False, kw_only=True)
class TriggerFlags(Model):
    """Which triggers are enabled."""

    api: bool
    """Whether runs can be started through the API."""
    email: bool
    """Whether runs can be started by email."""
    manual: bool
    """Whether runs can be started manually."""
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
    def _decoders(cls) -> dict[str, Callable[[Any], Any]]:
        return {
            "api": _decode_bool,
            "email": _decode_bool,
            "manual": _decode_bool,
            "cron": _decode_bool,
        }


_make_mutable_trigger_flags = _make_mutable(TriggerFlags)


def _read_trigger_flags(raw: Any, /) -> Any:
    if raw.__class__ is not dict:
        raw = _decode_object(raw)
    try:
        api = raw["api"]
        email = raw["email"]
        manual = raw["manual"]
        cron = raw["cron"]
    except KeyError:
        api, email, manual, cron = _get_or_none(raw, "api", "email", "manual", "cron")
    if (
        api.__class__ is not bool
        or email.__class__ is not bool
        or manual.__class__ is not bool
        or cron.__class__ is not bool
    ):
        _raise_mismatch(raw)
    self = _make_mutable_trigger_flags()
    self.api = api
    self.email = email
    self.manual = manual
    self.cron = cron
    self._raw = raw
    self.__class__ = TriggerFlags
    return self


decode_trigger_flags: Callable[[Any], TriggerFlags] = _register(TriggerFlags, _read_trigger_flags)
