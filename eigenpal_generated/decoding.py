# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""Decoders: from the JSON of a response to Python values, and the errors for what is not as documented."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timezone
from functools import partial
from typing import Any, NoReturn, TypeAlias, TypeVar, cast

from eigenpal_generated.encoding import UNSET, JsonObject, join_names

T = TypeVar("T")


class DecodeError(ValueError):
    """A response does not match the API: the field, the expected type and the value."""

    def __init__(self, field: str, expected: str, found: object) -> None:
        super().__init__(field, expected, found)
        self.field = field
        self.expected = expected
        self.found = found

    def inside(self, path: str) -> DecodeError:
        """Return a copy of the error with the field path prefixed by ``path``."""
        return DecodeError(join_path(path, self.field), self.expected, self.found)

    def describe(self, *, quoted: bool = True) -> str:
        """Describe the problem; unless ``quoted``, without a text or number that was found, which may be a secret."""
        found = _describe(self.found, quoted=quoted)
        return f"{self.field or 'the response'} should be {self.expected}, but is {found}"

    def __str__(self) -> str:
        return self.describe()


def join_path(path: str, field: str) -> str:
    """Return the path of a field below another."""
    return f"{path}{'.' if path and field and not field.startswith('[') else ''}{field}"


def _describe(value: object, *, quoted: bool) -> str:
    if value is None:
        return "null or missing"
    if value is UNSET:
        return "missing"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return f"the number {value}" if quoted else "a number"
    if isinstance(value, str):
        return f"the text {value[:40]!r}{'...' if len(value) > 40 else ''}" if quoted else "a string"
    if isinstance(value, dict):
        return _describe_object(list(cast("dict[str, Any]", value))) if quoted else "an object"
    return "a list" if isinstance(value, list) else type(value).__name__


def _describe_object(keys: list[str]) -> str:
    if not keys:
        return "an empty object"
    return f"an object with {join_names([key[:40] for key in keys[:4]])}{', ...' if len(keys) > 4 else ''}"


class MissingFieldError(AttributeError):
    """A field of a model was read that the server did not send as documented."""

    def __init__(self, reason: str, *, field: str) -> None:
        super().__init__(reason)
        self.field: str = field


MakeFieldError: TypeAlias = Callable[[str, str], AttributeError]
"""Makes the error for reading a field that could not be decoded, from a description and the path of the field."""


def _make_field_error(reason: str, field: str) -> AttributeError:
    return MissingFieldError(reason, field=field)


class _Defaults:
    make_field_error: MakeFieldError = staticmethod(_make_field_error)


def set_field_error(make_error: MakeFieldError) -> None:
    """Set how models that were not decoded from a response make the errors for fields that could not be decoded."""
    _Defaults.make_field_error = staticmethod(make_error)


class ResponseContext:
    """The response that models were decoded from, as far as the errors for their missing fields tell about it."""

    __slots__ = ("make_error", "problems", "quoted")

    def __init__(self, make_error: MakeFieldError | None = None, *, quoted: bool = False) -> None:
        self.make_error: MakeFieldError | None = make_error
        """Has to be picklable, because models are."""
        self.quoted: bool = quoted
        """Whether errors quote the text or number that was found."""
        self.problems: list[DecodeError] = []
        """What could not be decoded."""

    def make_field_error(self, problem: DecodeError) -> AttributeError:
        """Make the error for reading a field that could not be decoded."""
        make_error = self.make_error or _Defaults.make_field_error
        return make_error(problem.describe(quoted=self.quoted), problem.field)

    def __reduce__(self) -> tuple[Any, ...]:
        return _restore_context, (self.make_error, self.quoted)


def _restore_context(make_error: MakeFieldError | None, quoted: bool) -> ResponseContext:
    return ResponseContext(make_error, quoted=quoted)


Decode: TypeAlias = Callable[[Any], T]
"""Decodes a JSON value; raises a ``TypeError`` or ``ValueError``, as a `DecodeError` is, if it is not as documented."""


def raise_mismatch(value: Any) -> NoReturn:
    """Raise the error for a value that is not as documented, whatever it is: it is going to be decoded again."""
    raise DecodeError("", "as documented", value)


def decode_str(value: Any) -> str:
    """Decode a string."""
    if type(value) is not str:
        raise DecodeError("", "a string", value)
    return value


def decode_bool(value: Any) -> bool:
    """Decode a boolean."""
    if type(value) is not bool:
        raise DecodeError("", "a boolean", value)
    return value


def decode_int(value: Any) -> int:
    """Decode an integer. As in JSON Schema, 3.0 is an integer."""
    if type(value) is int:
        return value
    if type(value) is float and value.is_integer():
        return int(value)
    raise DecodeError("", "an integer", value)


def decode_float(value: Any) -> float:
    """Decode a number; whole numbers stay int."""
    if type(value) is not float and type(value) is not int:
        raise DecodeError("", "a number", value)
    return value


def decode_object(value: Any) -> dict[str, Any]:
    """Decode a free-form object."""
    if type(value) is dict:
        return cast("dict[str, Any]", value)
    if isinstance(value, (Mapping, JsonObject)):
        return dict(cast("Mapping[str, Any]", value))
    raise DecodeError("", "an object", value)


def decode_bytes(value: Any) -> bytes:
    """Return the bytes of a file."""
    if type(value) is not bytes:
        raise DecodeError("", "the bytes of a file", value)
    return value


def decode_optional_bytes(value: Any) -> bytes | None:
    """Return the bytes of a body, or None if there are none."""
    return None if value is None else decode_bytes(value)


def decode_any(value: Any) -> Any:
    """Return a value of any type unchanged."""
    return value


if sys.version_info >= (3, 11):
    parse_datetime: Callable[[str], datetime] = datetime.fromisoformat
else:

    def parse_datetime(value: str, /) -> datetime:
        """Parse a timestamp in the usual format."""
        return datetime.fromisoformat(value[:-1] + "+00:00" if value[-1:] == "Z" else value)


def decode_datetime(value: Any) -> datetime:
    """Decode a timestamp into an aware datetime, in UTC if it has no time zone.

    Digits beyond microseconds are dropped. A leap second is rejected, because datetime does not support it.
    """
    try:
        result = parse_datetime(value)
    except (TypeError, ValueError):
        result = _parse_unusual_iso(value)
    return result if result.tzinfo is not None else result.replace(tzinfo=timezone.utc)


def _parse_unusual_iso(value: object) -> datetime:
    if not isinstance(value, str):
        raise DecodeError("", "a timestamp", value)
    # Several times slower, and only needed for formats that some Python versions cannot parse.
    from dateutil.parser import isoparse

    try:
        return isoparse(value)
    except (ValueError, OverflowError):
        raise DecodeError("", "a timestamp", value) from None


def get_or_none(raw: Mapping[str, Any], *keys: str) -> Iterator[Any]:
    """Return the values of keys, with None for missing ones; at least one of them must be there."""
    if raw.keys().isdisjoint(keys):
        raise_mismatch(raw)
    return map(raw.get, keys)


def decode_list(decode: Decode[T], value: Any) -> list[T]:
    """Decode a list."""
    if type(value) is not list:
        raise DecodeError("", "a list", value)
    return [decode(entry) for entry in cast("list[Any]", value)]


def decode_map(decode: Decode[T], value: Any) -> dict[str, T]:
    """Decode an object whose values all have the same type."""
    return {key: decode(entry) for key, entry in decode_object(value).items()}


def decode_nullable(decode: Decode[T], value: Any) -> T | None:
    """Decode a value that may be null."""
    return None if value is None else decode(value)


def decode_chosen(choose: Callable[[Any], Decode[T]], value: Any) -> T:
    """Decode a value of a union; ``choose`` returns its decoder."""
    return choose(value)(value)


# Objects of `partial`, so that `_Reader` sees what they are made of.


def make_list_decoder(decode: Decode[T]) -> Decode[list[T]]:
    """Return the decoder of a list whose items ``decode`` decodes."""
    return partial(decode_list, decode)


def make_map_decoder(decode: Decode[T]) -> Decode[dict[str, T]]:
    """Return the decoder of an object whose values ``decode`` decodes."""
    return partial(decode_map, decode)


def make_nullable_decoder(decode: Decode[T]) -> Decode[T | None]:
    """Return the decoder of a value that may be null."""
    return partial(decode_nullable, decode)


def make_union_decoder(choose: Callable[[Any], Decode[T]]) -> Decode[T]:
    """Return the decoder of a union; ``choose`` returns the decoder for a value."""
    return partial(decode_chosen, choose)
