# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `UpdateEmailTriggerResponse`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

import attrs

from eigenpal_generated.runtime import (
    Model,
    decode_object as _decode_object,
    get_or_none as _get_or_none,
    make_mutable as _make_mutable,
)


@attrs.define(frozen=True, eq=False, repr=False, kw_only=True)
class UpdateEmailTriggerResponse(Model):
    """The updated email trigger."""

    trigger: Any
    """The trigger, a free-form object. Known keys: `type` and `enabled`."""

    _wire_names: ClassVar[Mapping[str, str]] = {
        "trigger": "trigger",
    }
    _sent_as_null: ClassVar[frozenset[str]] = frozenset(("trigger",))

    @classmethod
    def from_dict(cls, raw: Mapping[str, Any], /) -> UpdateEmailTriggerResponse:
        """Decode a JSON object.

        Raises:
            DecodeError: A field has an unexpected type; the error names it.
        """
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
        decoded: UpdateEmailTriggerResponse = self
        return decoded


_make_mutable_update_email_trigger_response = _make_mutable(UpdateEmailTriggerResponse)
decode_update_email_trigger_response: Callable[[Mapping[str, Any]], UpdateEmailTriggerResponse] = (
    UpdateEmailTriggerResponse.from_dict
)
