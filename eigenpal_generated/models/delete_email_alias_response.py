# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `DeleteEmailAliasResponse`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Literal

from eigenpal_generated.base_models import (
    Model,
    define as _define,
    make_mutable as _make_mutable,
    register as _register,
)
from eigenpal_generated.decoding import (
    decode_bool as _decode_bool,
    decode_object as _decode_object,
    get_or_none as _get_or_none,
    raise_mismatch as _raise_mismatch,
)


@_define(frozen=True, eq=False, repr=False, kw_only=True)
class DeleteEmailAliasResponse(Model):
    """Confirmation that an email alias was deleted."""

    removed: Literal[True]
    """Always true."""

    _wire_names: ClassVar[Mapping[str, str]] = {
        "removed": "removed",
    }
    _sent_as_null: ClassVar[frozenset[str]] = frozenset(("removed",))

    @classmethod
    def _decoders(cls) -> dict[str, Callable[[Any], Any]]:
        return {
            "removed": _decode_bool,
        }


_make_mutable_delete_email_alias_response = _make_mutable(DeleteEmailAliasResponse)


def _read_delete_email_alias_response(raw: Any, /) -> Any:
    if raw.__class__ is not dict:
        raw = _decode_object(raw)
    try:
        removed = raw["removed"]
    except KeyError:
        (removed,) = _get_or_none(raw, "removed")
    if removed.__class__ is not bool:
        _raise_mismatch(raw)
    self = _make_mutable_delete_email_alias_response()
    self.removed = removed
    self._raw = raw
    self.__class__ = DeleteEmailAliasResponse
    return self


decode_delete_email_alias_response: Callable[[Any], DeleteEmailAliasResponse] = _register(
    DeleteEmailAliasResponse, _read_delete_email_alias_response
)
