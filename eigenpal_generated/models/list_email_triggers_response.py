# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `ListEmailTriggersResponse`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

import attrs

from eigenpal_generated.runtime import (
    Page,
    decode_any as _decode_any,
    decode_list as _decode_list,
    decode_object as _decode_object,
    get_or_none as _get_or_none,
    make_mutable as _make_mutable,
)


@attrs.define(frozen=True, eq=False, repr=False, kw_only=True)
class ListEmailTriggersResponse(Page["Any"]):
    """All email aliases of the organization."""

    emails: list[Any]
    """The aliases, each a free-form object. Known keys: `id`, `agentId`, `address`, `label`, `status` and `allowlist`.
    """

    _wire_names: ClassVar[Mapping[str, str]] = {
        "emails": "emails",
    }
    _rows_name: ClassVar[str] = "emails"
    _sent_as_null: ClassVar[frozenset[str]] = frozenset(("emails",))

    @classmethod
    def from_dict(cls, raw: Mapping[str, Any], /) -> ListEmailTriggersResponse:
        """Decode a JSON object.

        Raises:
            DecodeError: A field has an unexpected type; the error names it.
        """
        if raw.__class__ is not dict:
            raw = _decode_object(raw)
        try:
            emails = raw["emails"]
        except KeyError:
            (emails,) = _get_or_none(raw, "emails")
        emails = _decode_list("emails", _decode_any, emails)
        self = _make_mutable_list_email_triggers_response()
        self.emails = emails
        self._raw = raw
        self.__class__ = ListEmailTriggersResponse
        decoded: ListEmailTriggersResponse = self
        return decoded


_make_mutable_list_email_triggers_response = _make_mutable(ListEmailTriggersResponse)
decode_list_email_triggers_response: Callable[[Mapping[str, Any]], ListEmailTriggersResponse] = (
    ListEmailTriggersResponse.from_dict
)
