# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `UpdateEmailAliasBody`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from eigenpal_generated import models as _models
from eigenpal_generated.base_models import (
    Model,
    define as _define,
    make_mutable as _make_mutable,
    register as _register,
)
from eigenpal_generated.decoding import (
    decode_bool as _decode_bool,
    decode_list as _decode_list,
    decode_object as _decode_object,
    decode_str as _decode_str,
    make_list_decoder as _make_list_decoder,
    make_nullable_decoder as _make_nullable_decoder,
    raise_mismatch as _raise_mismatch,
)
from eigenpal_generated.encoding import UNSET, Unset


@_define(frozen=True, eq=False, repr=False, kw_only=True)
class UpdateEmailAliasBody(Model):
    """Changes to an email alias. Omitted properties are unchanged."""

    label: str | Unset | None = UNSET
    """New display label of the alias. None removes it."""
    allowlist: list[str] | None = None
    """Senders whose email is accepted: addresses, or patterns such as `*@example.com`. Send the complete list."""
    allow: list[str] | None = None
    """Use `allowlist` instead."""
    status: _models.EmailAliasStatus | None = None
    """Status of the alias. One of `active`, `disabled`."""
    reply_config: dict[str, Any] | None = None
    """Settings for replies to senders, a free-form object."""
    require_sender_auth: bool | None = None
    """Whether to accept email only from authenticated senders."""

    _wire_names: ClassVar[Mapping[str, str]] = {
        "label": "label",
        "allowlist": "allowlist",
        "allow": "allow",
        "status": "status",
        "reply_config": "replyConfig",
        "require_sender_auth": "requireSenderAuth",
    }
    _sent_as_null: ClassVar[frozenset[str]] = frozenset(("label",))

    @classmethod
    def _decoders(cls) -> dict[str, Callable[[Any], Any]]:
        return {
            "label": _make_nullable_decoder(_decode_str),
            "allowlist": _make_nullable_decoder(_make_list_decoder(_decode_str)),
            "allow": _make_nullable_decoder(_make_list_decoder(_decode_str)),
            "status": _make_nullable_decoder(_decode_str),
            "reply_config": _make_nullable_decoder(_decode_object),
            "require_sender_auth": _make_nullable_decoder(_decode_bool),
        }


_make_mutable_update_email_alias_body = _make_mutable(UpdateEmailAliasBody)


def _read_update_email_alias_body(raw: Any, /) -> Any:
    if raw.__class__ is not dict:
        raw = _decode_object(raw)
    label = raw.get("label", UNSET)
    allowlist = raw.get("allowlist")
    allow = raw.get("allow")
    status = raw.get("status")
    reply_config = raw.get("replyConfig")
    require_sender_auth = raw.get("requireSenderAuth")
    if allowlist is not None:
        allowlist = _decode_list(_decode_str, allowlist)
    if allow is not None:
        allow = _decode_list(_decode_str, allow)
    if (
        (label is not UNSET and label is not None and label.__class__ is not str)
        or (status is not None and status.__class__ is not str)
        or (reply_config is not None and reply_config.__class__ is not dict)
        or (require_sender_auth is not None and require_sender_auth.__class__ is not bool)
    ):
        _raise_mismatch(raw)
    self = _make_mutable_update_email_alias_body()
    self.label = label
    self.allowlist = allowlist
    self.allow = allow
    self.status = status
    self.reply_config = reply_config
    self.require_sender_auth = require_sender_auth
    self._raw = raw
    self.__class__ = UpdateEmailAliasBody
    return self


decode_update_email_alias_body: Callable[[Any], UpdateEmailAliasBody] = _register(
    UpdateEmailAliasBody, _read_update_email_alias_body
)
