# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `ListEmailTriggersResponse`."""

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
class ListEmailTriggersResponse(Model):
    """All email aliases of the organization."""

    emails: list[Any]
    """The aliases. Each is free-form; likely keys are `id`, `agentId`, `address`, `label`, `status` and `allowlist`."""

    _wire_names: ClassVar[Mapping[str, str]] = {
        "emails": "emails",
    }
    _sent_as_null: ClassVar[frozenset[str]] = frozenset(("emails",))

    @classmethod
    def from_dict(cls, raw: Mapping[str, Any], /) -> ListEmailTriggersResponse:
        """Decode what came over the wire.

        Raises:
            DecodeError: A field is not what the API promises; the error names it.
        """
        if raw.__class__ is not dict:
            raw = _plain_object(raw)
        try:
            emails = raw["emails"]
        except KeyError:
            (emails,) = _values_or_none(raw, "emails")
        emails = _item_list("emails", _anything, emails)
        self = _unfrozen_list_email_triggers_response()
        self.emails = emails
        self._raw = raw
        self.__class__ = ListEmailTriggersResponse
        decoded: ListEmailTriggersResponse = self
        return decoded


_unfrozen_list_email_triggers_response = _unfrozen(ListEmailTriggersResponse)
decode_list_email_triggers_response: Callable[[Mapping[str, Any]], ListEmailTriggersResponse] = (
    ListEmailTriggersResponse.from_dict
)
