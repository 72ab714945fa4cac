"""Converts dataclasses to JSON for storage, and back by their type hints."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import datetime
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from eigenpal.testing._server.content import Content, UploadedFile

T = TypeVar("T")

LoadContent = Callable[[str], Content]

_type_hints = functools.lru_cache(get_type_hints)


def encode(value: Any) -> Any:
    """Return a value as JSON; contents are replaced by their digests, fields with ``stored=False`` are omitted."""
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Content):
        return value.sha256
    if isinstance(value, UploadedFile):
        content = value.stored_content.sha256
        return {"filename": value.filename, "content_type": value.content_type, "content": content}
    if is_dataclass(value):
        stored = [field.name for field in fields(value) if field.metadata.get("stored", True)]
        return {name: encode(getattr(value, name)) for name in stored}
    if isinstance(value, dict):
        return {name: encode(item) for name, item in cast("dict[str, Any]", value).items()}
    if isinstance(value, (list, tuple)):
        return [encode(item) for item in cast("list[Any]", value)]
    return value


def decode(kind: type[T], value: Any, load_content: LoadContent) -> T:
    """Return the dataclass for JSON from `encode`.

    Args:
        kind: The class.
        value: The JSON.
        load_content: Returns the content for a digest.

    Raises:
        LookupError: The class has no such field.
        TypeError: A field is missing, or a value has the wrong type.
        ValueError: A value is malformed.
    """
    decoded: T = _decode(kind, value, load_content)
    return decoded


def _decode(hint: Any, value: Any, load_content: LoadContent) -> Any:
    if value is None:
        return None
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        return _decode(next(item for item in arguments if item is not NoneType), value, load_content)
    if origin is list:
        return [_decode(arguments[0], item, load_content) for item in value]
    if origin is tuple:
        return tuple(_decode(arguments[0], item, load_content) for item in value)
    if origin is dict:
        return {name: _decode(arguments[1], item, load_content) for name, item in value.items()}
    if hint is datetime:
        return datetime.fromisoformat(value)
    if hint is Content:
        return load_content(value)
    if hint is UploadedFile:
        return UploadedFile(value["filename"], load_content(value["content"]), value["content_type"])
    if is_dataclass(hint):
        hints = _type_hints(cast("Any", hint))
        return cast("Any", hint)(**{name: _decode(hints[name], item, load_content) for name, item in value.items()})
    return value
