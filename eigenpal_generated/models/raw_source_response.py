# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `RawSourceResponse`."""

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
class RawSourceResponse(Model):
    """A file of the repository, as text."""

    ref: str
    """Git ref the file was read from."""
    path: str
    """Path of the file from the repository root."""
    content_type: str
    """Content type of the file, such as `text/yaml`."""
    content: str
    """Content of the file."""

    _wire_names: ClassVar[Mapping[str, str]] = {
        "ref": "ref",
        "path": "path",
        "content_type": "contentType",
        "content": "content",
    }
    _sent_as_null: ClassVar[frozenset[str]] = frozenset(
        (
            "ref",
            "path",
            "content_type",
            "content",
        )
    )

    @classmethod
    def _decoders(cls) -> dict[str, Callable[[Any], Any]]:
        return {
            "ref": _decode_str,
            "path": _decode_str,
            "content_type": _decode_str,
            "content": _decode_str,
        }


_make_mutable_raw_source_response = _make_mutable(RawSourceResponse)


def _read_raw_source_response(raw: Any, /) -> Any:
    if raw.__class__ is not dict:
        raw = _decode_object(raw)
    try:
        ref = raw["ref"]
        path = raw["path"]
        content_type = raw["contentType"]
        content = raw["content"]
    except KeyError:
        ref, path, content_type, content = _get_or_none(raw, "ref", "path", "contentType", "content")
    if (
        ref.__class__ is not str
        or path.__class__ is not str
        or content_type.__class__ is not str
        or content.__class__ is not str
    ):
        _raise_mismatch(raw)
    self = _make_mutable_raw_source_response()
    self.ref = ref
    self.path = path
    self.content_type = content_type
    self.content = content
    self._raw = raw
    self.__class__ = RawSourceResponse
    return self


decode_raw_source_response: Callable[[Any], RawSourceResponse] = _register(RawSourceResponse, _read_raw_source_response)
