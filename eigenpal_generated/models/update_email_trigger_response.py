# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `UpdateEmailTriggerResponse`."""

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
    decode_any as _decode_any,
    decode_object as _decode_object,
    get_or_none as _get_or_none,
)


@_define(frozen=True, eq=False, repr=False, kw_only=True)
class UpdateEmailTriggerResponse(Model):
    """The updated email trigger."""

    trigger: Any
    """The trigger, a free-form object. Known keys: `type` and `enabled`."""

    _wire_names: ClassVar[Mapping[str, str]] = {
        "trigger": "trigger",
    }
    _sent_as_null: ClassVar[frozenset[str]] = frozenset(("trigger",))

    @classmethod
    def _decoders(cls) -> dict[str, Callable[[Any], Any]]:
        return {
            "trigger": _decode_any,
        }


_make_mutable_update_email_trigger_response = _make_mutable(UpdateEmailTriggerResponse)


def _read_update_email_trigger_response(raw: Any, /) -> Any:
    if raw.__class__ is not dict:
        raw = _decode_object(raw)
    try:
        trigger = raw["trigger"]
    except KeyError:
        (trigger,) = _get_or_none(raw, "trigger")
    self = _make_mutable_update_email_trigger_response()
    self.trigger = trigger
    self._raw = raw
    self.__class__ = UpdateEmailTriggerResponse
    return self


decode_update_email_trigger_response: Callable[[Any], UpdateEmailTriggerResponse] = _register(
    UpdateEmailTriggerResponse, _read_update_email_trigger_response
)
