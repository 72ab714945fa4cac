# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `UpdateEmailTriggerBody`."""

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
class UpdateEmailTriggerBody(Model):
    """Whether mail may start the agent."""

    enabled: bool
    """Whether mail may start the agent."""

    _wire_names: ClassVar[Mapping[str, str]] = {
        "enabled": "enabled",
    }
    _sent_as_null: ClassVar[frozenset[str]] = frozenset(("enabled",))

    @classmethod
    def from_dict(cls, raw: Mapping[str, Any], /) -> UpdateEmailTriggerBody:
        """Decode what came over the wire.

        Raises:
            DecodeError: A field is not what the API promises; the error names it.
        """
        if raw.__class__ is not dict:
            raw = _plain_object(raw)
        try:
            enabled = raw["enabled"]
        except KeyError:
            (enabled,) = _values_or_none(raw, "enabled")
        if enabled.__class__ is not bool:
            _mistyped("enabled", "a boolean", enabled)
        self = _unfrozen_update_email_trigger_body()
        self.enabled = enabled
        self._raw = raw
        self.__class__ = UpdateEmailTriggerBody
        decoded: UpdateEmailTriggerBody = self
        return decoded


_unfrozen_update_email_trigger_body = _unfrozen(UpdateEmailTriggerBody)
decode_update_email_trigger_body: Callable[[Mapping[str, Any]], UpdateEmailTriggerBody] = (
    UpdateEmailTriggerBody.from_dict
)
