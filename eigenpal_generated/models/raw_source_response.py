# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `RawSourceResponse`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

import attrs

from eigenpal_generated.runtime import (
    Model,
    decode_object as _decode_object,
    get_or_none as _get_or_none,
    make_mutable as _make_mutable,
    raise_type_error as _raise_type_error,
)


@attrs.define(frozen=True, eq=False, repr=False, kw_only=True)
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
    def from_dict(cls, raw: Mapping[str, Any], /) -> RawSourceResponse:
        """Decode a JSON object.

        Raises:
            DecodeError: A field has an unexpected type; the error names it.
        """
        if raw.__class__ is not dict:
            raw = _decode_object(raw)
        try:
            ref = raw["ref"]
            path = raw["path"]
            content_type = raw["contentType"]
            content = raw["content"]
        except KeyError:
            ref, path, content_type, content = _get_or_none(raw, "ref", "path", "contentType", "content")
        if ref.__class__ is not str:
            _raise_type_error("ref", "a string", ref)
        if path.__class__ is not str:
            _raise_type_error("path", "a string", path)
        if content_type.__class__ is not str:
            _raise_type_error("contentType", "a string", content_type)
        if content.__class__ is not str:
            _raise_type_error("content", "a string", content)
        self = _make_mutable_raw_source_response()
        self.ref = ref
        self.path = path
        self.content_type = content_type
        self.content = content
        self._raw = raw
        self.__class__ = RawSourceResponse
        decoded: RawSourceResponse = self
        return decoded


_make_mutable_raw_source_response = _make_mutable(RawSourceResponse)
decode_raw_source_response: Callable[[Mapping[str, Any]], RawSourceResponse] = RawSourceResponse.from_dict
