# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `PutAgentFileBody`."""

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
    make_nullable_decoder as _make_nullable_decoder,
    raise_mismatch as _raise_mismatch,
)


@_define(frozen=True, eq=False, repr=False, kw_only=True)
class PutAgentFileBody(Model):
    """Content of a source file, as text or Base64, with the properties that older clients send."""

    content_base64: str | None = None
    """Content of the file, encoded as Base64."""
    content: str | None = None
    """Content of the file as text."""
    content_type: str | None = None
    """Content type of the file, such as `text/markdown`."""

    _wire_names: ClassVar[Mapping[str, str]] = {
        "content_base64": "contentBase64",
        "content": "content",
        "content_type": "contentType",
    }

    @classmethod
    def _decoders(cls) -> dict[str, Callable[[Any], Any]]:
        return {
            "content_base64": _make_nullable_decoder(_decode_str),
            "content": _make_nullable_decoder(_decode_str),
            "content_type": _make_nullable_decoder(_decode_str),
        }


_make_mutable_put_agent_file_body = _make_mutable(PutAgentFileBody)


def _read_put_agent_file_body(raw: Any, /) -> Any:
    if raw.__class__ is not dict:
        raw = _decode_object(raw)
    content_base64 = raw.get("contentBase64")
    content = raw.get("content")
    content_type = raw.get("contentType")
    if (
        (content_base64 is not None and content_base64.__class__ is not str)
        or (content is not None and content.__class__ is not str)
        or (content_type is not None and content_type.__class__ is not str)
    ):
        _raise_mismatch(raw)
    self = _make_mutable_put_agent_file_body()
    self.content_base64 = content_base64
    self.content = content
    self.content_type = content_type
    self._raw = raw
    self.__class__ = PutAgentFileBody
    return self


decode_put_agent_file_body: Callable[[Any], PutAgentFileBody] = _register(PutAgentFileBody, _read_put_agent_file_body)
