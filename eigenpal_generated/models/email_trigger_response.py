# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `EmailTriggerResponse`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

import attrs

from eigenpal_generated.runtime import (
    Model,
    anything as _anything,
    item_list as _item_list,
    plain_object as _plain_object,
    unfrozen as _unfrozen,
    values_or_none as _values_or_none,
)


@attrs.define(frozen=True, eq=False, repr=False, kw_only=True)
class EmailTriggerResponse(Model):
    """The email trigger of an agent, with its aliases."""

    trigger: Any
    """The trigger; None if the agent has none. Free-form; likely keys are `type` and `enabled`."""
    emails: list[Any]
    """The aliases of the agent. Each is free-form; likely keys are `id`, `agentId`, `address`, `label`, `status` and
    `allowlist`.
    """

    _wire_names: ClassVar[Mapping[str, str]] = {
        "trigger": "trigger",
        "emails": "emails",
    }
    _sent_as_null: ClassVar[frozenset[str]] = frozenset(
        (
            "trigger",
            "emails",
        )
    )

    @classmethod
    def from_dict(cls, raw: Mapping[str, Any], /) -> EmailTriggerResponse:
        """Decode what came over the wire.

        Raises:
            DecodeError: A field is not what the API promises; the error names it.
        """
        if raw.__class__ is not dict:
            raw = _plain_object(raw)
        try:
            trigger = raw["trigger"]
            emails = raw["emails"]
        except KeyError:
            trigger, emails = _values_or_none(raw, "trigger", "emails")
        emails = _item_list("emails", _anything, emails)
        self = _unfrozen_email_trigger_response()
        self.trigger = trigger
        self.emails = emails
        self._raw = raw
        self.__class__ = EmailTriggerResponse
        decoded: EmailTriggerResponse = self
        return decoded


_unfrozen_email_trigger_response = _unfrozen(EmailTriggerResponse)
decode_email_trigger_response: Callable[[Mapping[str, Any]], EmailTriggerResponse] = EmailTriggerResponse.from_dict
