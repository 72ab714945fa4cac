# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `RenameExpectedFileBody`."""

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
    decode_object as _decode_object,
    decode_str as _decode_str,
    get_or_none as _get_or_none,
    raise_mismatch as _raise_mismatch,
)


@_define(frozen=True, eq=False, repr=False, kw_only=True)
class RenameExpectedFileBody(Model):
    """The new name of an expected file."""

    name: str
    """The new name."""

    _wire_names: ClassVar[Mapping[str, str]] = {
        "name": "name",
    }
    _sent_as_null: ClassVar[frozenset[str]] = frozenset(("name",))

    @classmethod
    def _decoders(cls) -> dict[str, Callable[[Any], Any]]:
        return {
            "name": _decode_str,
        }


_make_mutable_rename_expected_file_body = _make_mutable(RenameExpectedFileBody)


def _read_rename_expected_file_body(raw: Any, /) -> Any:
    if raw.__class__ is not dict:
        raw = _decode_object(raw)
    try:
        name = raw["name"]
    except KeyError:
        (name,) = _get_or_none(raw, "name")
    if name.__class__ is not str:
        _raise_mismatch(raw)
    self = _make_mutable_rename_expected_file_body()
    self.name = name
    self._raw = raw
    self.__class__ = RenameExpectedFileBody
    return self


decode_rename_expected_file_body: Callable[[Any], RenameExpectedFileBody] = _register(
    RenameExpectedFileBody, _read_rename_expected_file_body
)
