# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `CreateEmailAliasBody`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

import attrs

from eigenpal_generated.runtime import (
    Model,
    item_list as _item_list,
    mistyped as _mistyped,
    plain_object as _plain_object,
    text as _text,
    unfrozen as _unfrozen,
)


@attrs.define(frozen=True, eq=False, repr=False, kw_only=True)
class CreateEmailAliasBody(Model):
    """Settings of a new email alias."""

    email: str | None = None
    """Email address of the alias. How it goes together with `alias` is not specified."""
    alias: str | None = None
    """Name of the alias; likely what the server forms the address from."""
    label: str | None = None
    """Label for the alias, for people."""
    allowlist: list[str] | None = None
    """Senders whose mail is accepted: addresses, or patterns such as `*@example.com`. Whose is accepted if it is left
    out is not specified.
    """
    allow: list[str] | None = None
    """Likely another spelling of `allowlist`, which is the one to use."""
    reply_config: dict[str, Any] | None = None
    """Settings for replies to the senders; free-form, its keys are not specified."""

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
        """Decode what came over the wire.

        Raises:
            DecodeError: A field is not what the API promises; the error names it.
        """
        if raw.__class__ is not dict:
            raw = _plain_object(raw)
        email = raw.get("email")
        alias = raw.get("alias")
        label = raw.get("label")
        allowlist = raw.get("allowlist")
        allow = raw.get("allow")
        reply_config = raw.get("replyConfig")
        if email is not None and email.__class__ is not str:
            _mistyped("email", "a string", email)
        if alias is not None and alias.__class__ is not str:
            _mistyped("alias", "a string", alias)
        if label is not None and label.__class__ is not str:
            _mistyped("label", "a string", label)
        if allowlist is not None:
            allowlist = _item_list("allowlist", _text, allowlist)
        if allow is not None:
            allow = _item_list("allow", _text, allow)
        if reply_config is not None and reply_config.__class__ is not dict:
            _mistyped("replyConfig", "an object", reply_config)
        self = _unfrozen_create_email_alias_body()
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


_unfrozen_create_email_alias_body = _unfrozen(CreateEmailAliasBody)
decode_create_email_alias_body: Callable[[Mapping[str, Any]], CreateEmailAliasBody] = CreateEmailAliasBody.from_dict
