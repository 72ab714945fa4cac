# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `ListEmailTriggersResponse`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from eigenpal_generated.base_models import Page, define as _define, make_mutable as _make_mutable, register as _register
from eigenpal_generated.decoding import (
    decode_any as _decode_any,
    decode_list as _decode_list,
    decode_object as _decode_object,
    get_or_none as _get_or_none,
    make_list_decoder as _make_list_decoder,
)


@_define(frozen=True, eq=False, repr=False, kw_only=True)
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
    def _decoders(cls) -> dict[str, Callable[[Any], Any]]:
        return {
            "emails": _make_list_decoder(_decode_any),
        }


_make_mutable_list_email_triggers_response = _make_mutable(ListEmailTriggersResponse)


def _read_list_email_triggers_response(raw: Any, /) -> Any:
    if raw.__class__ is not dict:
        raw = _decode_object(raw)
    try:
        emails = raw["emails"]
    except KeyError:
        (emails,) = _get_or_none(raw, "emails")
    emails = _decode_list(_decode_any, emails)
    self = _make_mutable_list_email_triggers_response()
    self.emails = emails
    self._raw = raw
    self.__class__ = ListEmailTriggersResponse
    return self


decode_list_email_triggers_response: Callable[[Any], ListEmailTriggersResponse] = _register(
    ListEmailTriggersResponse, _read_list_email_triggers_response
)
