# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `UpdateEmailTriggerBody`."""

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
class UpdateEmailTriggerBody(Model):
    """Whether email can start the agent."""

    enabled: bool
    """Whether email can start the agent."""

    _wire_names: ClassVar[Mapping[str, str]] = {
        "enabled": "enabled",
    }
    _sent_as_null: ClassVar[frozenset[str]] = frozenset(("enabled",))

    @classmethod
    def _decoders(cls) -> dict[str, Callable[[Any], Any]]:
        return {
            "enabled": _decode_bool,
        }


_make_mutable_update_email_trigger_body = _make_mutable(UpdateEmailTriggerBody)


def _read_update_email_trigger_body(raw: Any, /) -> Any:
    if raw.__class__ is not dict:
        raw = _decode_object(raw)
    try:
        enabled = raw["enabled"]
    except KeyError:
        (enabled,) = _get_or_none(raw, "enabled")
    if enabled.__class__ is not bool:
        _raise_mismatch(raw)
    self = _make_mutable_update_email_trigger_body()
    self.enabled = enabled
    self._raw = raw
    self.__class__ = UpdateEmailTriggerBody
    return self


decode_update_email_trigger_body: Callable[[Any], UpdateEmailTriggerBody] = _register(
    UpdateEmailTriggerBody, _read_update_email_trigger_body
)
