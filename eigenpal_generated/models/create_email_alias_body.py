# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `CreateEmailAliasBody`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

import attrs

from eigenpal_generated.runtime import (
    Model,
    decode_list as _decode_list,
    decode_object as _decode_object,
    decode_str as _decode_str,
    make_mutable as _make_mutable,
    raise_type_error as _raise_type_error,
)


@attrs.define(frozen=True, eq=False, repr=False, kw_only=True)
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
    def from_dict(cls, raw: Mapping[str, Any], /) -> CreateEmailAliasBody:
        """Decode a JSON object.

        Raises:
            DecodeError: A field has an unexpected type; the error names it.
        """
        if raw.__class__ is not dict:
            raw = _decode_object(raw)
        email = raw.get("email")
        alias = raw.get("alias")
        label = raw.get("label")
        allowlist = raw.get("allowlist")
        allow = raw.get("allow")
        reply_config = raw.get("replyConfig")
        if email is not None and email.__class__ is not str:
            _raise_type_error("email", "a string", email)
        if alias is not None and alias.__class__ is not str:
            _raise_type_error("alias", "a string", alias)
        if label is not None and label.__class__ is not str:
            _raise_type_error("label", "a string", label)
        if allowlist is not None:
            allowlist = _decode_list("allowlist", _decode_str, allowlist)
        if allow is not None:
            allow = _decode_list("allow", _decode_str, allow)
        if reply_config is not None and reply_config.__class__ is not dict:
            _raise_type_error("replyConfig", "an object", reply_config)
        self = _make_mutable_create_email_alias_body()
        self.email = email
        self.alias = alias
        self.label = label
        self.allowlist = allowlist
        self.allow = allow
        self.reply_config = reply_config
        self._raw = raw
        self.__class__ = CreateEmailAliasBody
        decoded: CreateEmailAliasBody = self
        return decoded


_make_mutable_create_email_alias_body = _make_mutable(CreateEmailAliasBody)
decode_create_email_alias_body: Callable[[Mapping[str, Any]], CreateEmailAliasBody] = CreateEmailAliasBody.from_dict
