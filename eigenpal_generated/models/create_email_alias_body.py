# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `CreateEmailAliasBody`."""

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
    decode_list as _decode_list,
    decode_object as _decode_object,
    decode_str as _decode_str,
    make_list_decoder as _make_list_decoder,
    make_nullable_decoder as _make_nullable_decoder,
    raise_mismatch as _raise_mismatch,
)


@_define(frozen=True, eq=False, repr=False, kw_only=True)
class CreateEmailAliasBody(Model):
    """Settings of a new email alias."""

    email: str | None = None
    """Email address of the alias."""
    alias: str | None = None
    """Name of the alias."""
    label: str | None = None
    """Display label of the alias."""
    allowlist: list[str] | None = None
    """Senders whose email is accepted: addresses, or patterns such as `*@example.com`."""
    allow: list[str] | None = None
    """Use `allowlist` instead."""
    reply_config: dict[str, Any] | None = None
    """Settings for replies to senders, a free-form object."""

    _wire_names: ClassVar[Mapping[str, str]] = {
        "email": "email",
        "alias": "alias",
        "label": "label",
        "allowlist": "allowlist",
        "allow": "allow",
        "reply_config": "replyConfig",
    }

    @classmethod
    def _decoders(cls) -> dict[str, Callable[[Any], Any]]:
        return {
            "email": _make_nullable_decoder(_decode_str),
            "alias": _make_nullable_decoder(_decode_str),
            "label": _make_nullable_decoder(_decode_str),
            "allowlist": _make_nullable_decoder(_make_list_decoder(_decode_str)),
            "allow": _make_nullable_decoder(_make_list_decoder(_decode_str)),
            "reply_config": _make_nullable_decoder(_decode_object),
        }


_make_mutable_create_email_alias_body = _make_mutable(CreateEmailAliasBody)


def _read_create_email_alias_body(raw: Any, /) -> Any:
    if raw.__class__ is not dict:
        raw = _decode_object(raw)
    email = raw.get("email")
    alias = raw.get("alias")
    label = raw.get("label")
    allowlist = raw.get("allowlist")
    allow = raw.get("allow")
    reply_config = raw.get("replyConfig")
    if allowlist is not None:
        allowlist = _decode_list(_decode_str, allowlist)
    if allow is not None:
        allow = _decode_list(_decode_str, allow)
    if (
        (email is not None and email.__class__ is not str)
        or (alias is not None and alias.__class__ is not str)
        or (label is not None and label.__class__ is not str)
        or (reply_config is not None and reply_config.__class__ is not dict)
    ):
        _raise_mismatch(raw)
    self = _make_mutable_create_email_alias_body()
    self.email = email
    self.alias = alias
    self.label = label
    self.allowlist = allowlist
    self.allow = allow
    self.reply_config = reply_config
    self._raw = raw
    self.__class__ = CreateEmailAliasBody
    return self


decode_create_email_alias_body: Callable[[Any], CreateEmailAliasBody] = _register(
    CreateEmailAliasBody, _read_create_email_alias_body
)
