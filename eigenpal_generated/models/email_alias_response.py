# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `EmailAliasResponse`."""

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
class EmailAliasResponse(Model):
    """An email alias."""

    email: Any
    """The alias, a free-form object. Known keys: `id`, `agentId`, `address`, `label`, `status` and `allowlist`."""

    _wire_names: ClassVar[Mapping[str, str]] = {
        "email": "email",
    }
    _sent_as_null: ClassVar[frozenset[str]] = frozenset(("email",))

    @classmethod
    def _decoders(cls) -> dict[str, Callable[[Any], Any]]:
        return {
            "email": _decode_any,
        }


_make_mutable_email_alias_response = _make_mutable(EmailAliasResponse)


def _read_email_alias_response(raw: Any, /) -> Any:
    if raw.__class__ is not dict:
        raw = _decode_object(raw)
    try:
        email = raw["email"]
    except KeyError:
        (email,) = _get_or_none(raw, "email")
    self = _make_mutable_email_alias_response()
    self.email = email
    self._raw = raw
    self.__class__ = EmailAliasResponse
    return self


decode_email_alias_response: Callable[[Any], EmailAliasResponse] = _register(
    EmailAliasResponse, _read_email_alias_response
)
