# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `EmailTriggerResponse`."""

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
    decode_list as _decode_list,
    decode_object as _decode_object,
    get_or_none as _get_or_none,
    make_list_decoder as _make_list_decoder,
)


@_define(frozen=True, eq=False, repr=False, kw_only=True)
class EmailTriggerResponse(Model):
    """The email trigger of an agent and its aliases."""

    trigger: Any
    """The trigger, a free-form object. Known keys: `type` and `enabled`. None if the agent has none."""
    emails: list[Any]
    """The aliases of the agent, each a free-form object. Known keys: `id`, `agentId`, `address`, `label`, `status` and
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
    def _decoders(cls) -> dict[str, Callable[[Any], Any]]:
        return {
            "trigger": _decode_any,
            "emails": _make_list_decoder(_decode_any),
        }


_make_mutable_email_trigger_response = _make_mutable(EmailTriggerResponse)


def _read_email_trigger_response(raw: Any, /) -> Any:
    if raw.__class__ is not dict:
        raw = _decode_object(raw)
    try:
        trigger = raw["trigger"]
        emails = raw["emails"]
    except KeyError:
        trigger, emails = _get_or_none(raw, "trigger", "emails")
    emails = _decode_list(_decode_any, emails)
    self = _make_mutable_email_trigger_response()
    self.trigger = trigger
    self.emails = emails
    self._raw = raw
    self.__class__ = EmailTriggerResponse
    return self


decode_email_trigger_response: Callable[[Any], EmailTriggerResponse] = _register(
    EmailTriggerResponse, _read_email_trigger_response
)
