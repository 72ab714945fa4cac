# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `UpdateEmailTriggerBody`."""

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
class UpdateEmailTriggerBody(Model):
    """Whether email can start the agent."""

    enabled: bool
    """Whether email can start the agent."""

    _wire_names: ClassVar[Mapping[str, str]] = {
        "enabled": "enabled",
    }
    _sent_as_null: ClassVar[frozenset[str]] = frozenset(("enabled",))

    @classmethod
    def from_dict(cls, raw: Mapping[str, Any], /) -> UpdateEmailTriggerBody:
        """Decode a JSON object.

        Raises:
            DecodeError: A field has an unexpected type; the error names it.
        """
        if raw.__class__ is not dict:
            raw = _decode_object(raw)
        try:
            enabled = raw["enabled"]
        except KeyError:
            (enabled,) = _get_or_none(raw, "enabled")
        if enabled.__class__ is not bool:
            _raise_type_error("enabled", "a boolean", enabled)
        self = _make_mutable_update_email_trigger_body()
        self.enabled = enabled
        self._raw = raw
        self.__class__ = UpdateEmailTriggerBody
        decoded: UpdateEmailTriggerBody = self
        return decoded


_make_mutable_update_email_trigger_body = _make_mutable(UpdateEmailTriggerBody)
decode_update_email_trigger_body: Callable[[Mapping[str, Any]], UpdateEmailTriggerBody] = (
    UpdateEmailTriggerBody.from_dict
)
