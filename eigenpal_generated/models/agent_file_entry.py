# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `AgentFileEntry`."""

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
    make_nullable_decoder as _make_nullable_decoder,
    raise_mismatch as _raise_mismatch,
)


@_define(frozen=True, eq=False, repr=False, kw_only=True)
class AgentFileEntry(Model):
    """A source file to write, with the properties that older clients send."""

    path: str
    """Path of the file."""
    content_base64: str | None = None
    """Content of the file, encoded as Base64."""
    content: str | None = None
    """Content of the file as text."""
    content_type: str | None = None
    """Content type of the file, such as `text/markdown`."""

    _wire_names: ClassVar[Mapping[str, str]] = {
        "path": "path",
        "content_base64": "contentBase64",
        "content": "content",
        "content_type": "contentType",
    }
    _sent_as_null: ClassVar[frozenset[str]] = frozenset(("path",))

    @classmethod
    def _decoders(cls) -> dict[str, Callable[[Any], Any]]:
        return {
            "path": _decode_str,
            "content_base64": _make_nullable_decoder(_decode_str),
            "content": _make_nullable_decoder(_decode_str),
            "content_type": _make_nullable_decoder(_decode_str),
        }


_make_mutable_agent_file_entry = _make_mutable(AgentFileEntry)


def _read_agent_file_entry(raw: Any, /) -> Any:
    if raw.__class__ is not dict:
        raw = _decode_object(raw)
    try:
        path = raw["path"]
    except KeyError:
        (path,) = _get_or_none(raw, "path")
    content_base64 = raw.get("contentBase64")
    content = raw.get("content")
    content_type = raw.get("contentType")
    if (
        path.__class__ is not str
        or (content_base64 is not None and content_base64.__class__ is not str)
        or (content is not None and content.__class__ is not str)
        or (content_type is not None and content_type.__class__ is not str)
    ):
        _raise_mismatch(raw)
    self = _make_mutable_agent_file_entry()
    self.path = path
    self.content_base64 = content_base64
    self.content = content
    self.content_type = content_type
    self._raw = raw
    self.__class__ = AgentFileEntry
    return self


decode_agent_file_entry: Callable[[Any], AgentFileEntry] = _register(AgentFileEntry, _read_agent_file_entry)
