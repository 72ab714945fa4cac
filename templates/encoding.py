"""Encoders: from the arguments of methods to texts and JSON, as they are sent.

Nothing here does I/O. What cannot be sent is an error before the request.
"""

from __future__ import annotations

import enum
import json
import math
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta, timezone
from typing import Any, Final, Literal, TypeAlias, TypeVar, cast
from urllib.parse import quote

T = TypeVar("T")


class Unset(enum.Enum):
    """The type of `UNSET`, the default of arguments for which ``None`` means null."""

    UNSET = "UNSET"

    def __repr__(self) -> str:
        return "..."  # in the signatures that `help` and editors show

    def __bool__(self) -> Literal[False]:
        return False


# Not of its own type: the signatures of methods name only the types that callers pass.
UNSET: Final[Any] = Unset.UNSET


class JsonObject:
    """Base of models and pages, by which encoders and decoders know them: their ``items`` are the properties."""

    __slots__ = ()


def encode_path_segment(name: str, value: object, separators: str = "") -> str:
    """Percent-encode a path parameter as a segment, or as a part of one; ``separators`` stay as they are."""
    if not isinstance(value, str):
        hint = "; pass its id" if hasattr(value, "id") else ""
        raise TypeError(f"{name} must be a str, not {type(value).__name__}{hint}")
    if not value:
        raise ValueError(f"{name} must not be empty")
    if value in (".", ".."):
        raise ValueError(f"{name} must not be {value!r}, which would change the path of the URL")
    return percent_encode(name, value, separators)


def encode_path(name: str, value: object) -> str:
    """Percent-encode a path parameter whose slashes separate segments."""
    if not isinstance(value, str):
        raise TypeError(f"{name} must be a str, not {type(value).__name__}")
    pieces = value.split("/")
    for piece in pieces:
        if piece in ("", ".", ".."):
            raise ValueError(
                f"{name} must be a relative path such as 'output/summary.pdf', without empty, '.' or '..' parts, "
                f"not {value!r}"
            )
    return _check_length(name, "/".join([encode_path_segment(name, piece) for piece in pieces]))


# Longer URLs are rejected, and a value may come from a response: the id of a run, the path of a file, a cursor.
_MAX_URL_VALUE = 16 * 1024


def percent_encode(name: str, value: str, separators: str = "") -> str:
    """Percent-encode a text for a URL; ``separators`` stay as they are."""
    return _check_length(name, quote(_plain_str(name, value), safe=separators))


def _check_length(name: str, text: str) -> str:
    if len(text) > _MAX_URL_VALUE:
        raise ValueError(f"{name} is too long for a URL: {len(text)} characters, the maximum is {_MAX_URL_VALUE}")
    return text


def _plain_str(name: str, value: str) -> str:
    """Return a str subclass as plain str; the str() of an enum member may be its class and name."""
    if not value.isascii():
        try:
            value.encode()
        except UnicodeEncodeError:
            raise ValueError(f"{name} contains a lone surrogate, which is not valid text") from None
    return value if type(value) is str else str.__str__(value)


def encode_query_str(name: str, value: object) -> str:
    """Encode a text parameter."""
    if not isinstance(value, str):
        raise TypeError(f"{name} must be a str, not {type(value).__name__}")
    return _plain_str(name, value)


def encode_header(name: str, value: object) -> str:
    """Encode a header parameter, which must be printable ASCII."""
    text = encode_query_str(name, value)
    if not (text.isascii() and text.isprintable()) or text != text.strip():
        raise ValueError(
            f"{name} is sent as a header: it must be printable ASCII without surrounding spaces, not {text!r}"
        )
    return text


def encode_query_int(name: str, value: object, minimum: int | None = None, maximum: int | None = None) -> str:
    """Encode an integer parameter within the bounds the API documents."""
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(f"{name} must be an int, not {type(value).__name__}")
    _check_bounds(name, value, minimum, maximum)
    return str(int(value))


def encode_query_float(name: str, value: object, minimum: float | None = None, maximum: float | None = None) -> str:
    """Encode a number within the bounds the API documents."""
    if not isinstance(value, (int, float)) or isinstance(value, bool):
        raise TypeError(f"{name} must be a float, not {type(value).__name__}")
    if not math.isfinite(value):
        raise ValueError(f"{name} must be finite, not {value}")
    _check_bounds(name, value, minimum, maximum)
    return str(int(value)) if isinstance(value, int) else repr(float(value))


def _check_bounds(name: str, value: float, minimum: float | None, maximum: float | None) -> None:
    if minimum is not None and value < minimum:
        raise ValueError(f"{name} must be at least {minimum}, not {value}")
    if maximum is not None and value > maximum:
        raise ValueError(f"{name} must be at most {maximum}, not {value}")


def encode_query_bool(name: str, value: object) -> str:
    """Encode a boolean parameter."""
    if not isinstance(value, bool):
        raise TypeError(f"{name} must be a bool, not {type(value).__name__}")
    return "true" if value else "false"


def encode_query_list(name: str, value: object) -> str:
    """Encode a parameter that is a comma-separated list on the wire."""
    if isinstance(value, str):
        if not value:
            raise ValueError(f"{name} is empty; omit it or pass None")
        return _plain_str(name, value)
    if not isinstance(value, Iterable) or isinstance(value, (bytes, Mapping)):
        raise TypeError(f"{name} must be a str or a sequence of str, not {type(cast('object', value)).__name__}")
    texts: list[str] = []
    for item in cast("Iterable[object]", value):
        if not isinstance(item, str):
            raise TypeError(f"{name} must contain only str, not {type(item).__name__}")
        if not item or "," in item:
            raise ValueError(f"{name} contains {item!r}, but its values must not be empty or contain commas")
        texts.append(_plain_str(name, item))
    if not texts:
        raise ValueError(f"{name} is empty; omit it or pass None")
    return ",".join(texts)


def encode_query_datetime(name: str, value: object) -> str:
    """Encode a timestamp: a str unchanged, an aware datetime as ISO 8601 in UTC, a date as its midnight in UTC."""
    if isinstance(value, datetime):
        return format_datetime(name, value)
    if isinstance(value, date):
        return format_datetime(name, datetime(value.year, value.month, value.day, tzinfo=timezone.utc))
    if not isinstance(value, str):
        raise TypeError(f"{name} must be a str, a datetime or a date, not {type(value).__name__}")
    return _plain_str(name, value)


def encode_scalar(name: str, value: object) -> str:
    """Encode a parameter that is a string, a number, a boolean or a timestamp."""
    if isinstance(value, str):
        return _plain_str(name, value)
    if isinstance(value, bool):
        return encode_query_bool(name, value)
    if isinstance(value, (int, float)):
        return encode_query_float(name, value)
    if isinstance(value, datetime):
        return format_datetime(name, value)
    scalar = _convert_scalar(value, name)
    if scalar is UNSET:
        raise TypeError(f"{name} must be a str, int, float, bool or datetime, not {type(value).__name__}")
    return str(scalar) if scalar is value else encode_scalar(name, scalar)


Encoder: TypeAlias = Callable[[str, object], str]
"""Encodes a value; takes its name, for messages, and the value."""


def encode_items(name: str, value: object, encode: Encoder = encode_scalar, *, single: bool = False) -> list[str]:
    """Encode the items of an array, one text each. With ``single``, one value may stand for an array of one."""
    if not isinstance(value, Iterable) or isinstance(value, (str, bytes, bytearray, memoryview, Mapping)):
        if single:
            return [encode(name, cast("object", value))]
        hint = "; pass a list with it" if isinstance(value, str) else ""
        raise TypeError(f"{name} must be a sequence, not {type(cast('object', value)).__name__}{hint}")
    items = [encode(f"{name}[{index}]", item) for index, item in enumerate(cast("Iterable[object]", value))]
    if not items:
        # It would be the same as an argument that is omitted, which may mean the opposite.
        raise ValueError(f"{name} is empty; omit it or pass None")
    return items


def encode_delimited(
    name: str, value: object, encode: Encoder = encode_scalar, separator: str = ",", *, single: bool = False
) -> str:
    """Encode an array as one text, its items separated by a comma, a space or ``|``."""
    items = encode_items(name, value, encode, single=single)
    _check_separator(name, items, separator)
    return separator.join(items)


def _check_separator(name: str, texts: Iterable[str], separator: str) -> None:
    for text in texts:
        if not text or separator in text:
            what = {",": "commas", " ": "spaces"}.get(separator, repr(separator))
            raise ValueError(f"{name} contains {text!r}, but its values must not be empty or contain {what}")


def encode_properties(name: str, value: object) -> list[tuple[str, str]]:
    """Encode an object as one pair for each property, or for each item of a property that is an array."""
    pairs: list[tuple[str, str]] = []
    for key, item in _check_object(name, value).items():
        where = f"{name}.{key}"
        pairs += [(key, text) for text in encode_items(where, item, single=True)]
    return pairs


def encode_object(name: str, value: object, *, exploded: bool = False) -> str:
    """Encode an object as one text: ``a,1,b,2``, or ``a=1,b=2`` if it is ``exploded``."""
    pairs = [(key, encode_scalar(f"{name}.{key}", item)) for key, item in _check_object(name, value).items()]
    texts = [text for pair in pairs for text in pair]
    _check_separator(name, texts, ",")
    return ",".join([f"{key}={text}" for key, text in pairs] if exploded else texts)


def _check_object(name: str, value: object) -> dict[str, Any]:
    if not isinstance(value, (Mapping, JsonObject)):
        raise TypeError(f"{name} must be a mapping, not {type(value).__name__}")
    properties: dict[str, Any] = to_json(cast("Mapping[str, object]", value), name, format_datetime)
    if not properties:
        raise ValueError(f"{name} is empty; omit it or pass None")
    return properties


def encode_deep_object(name: str, wire_name: str, value: object) -> list[tuple[str, str]]:
    """Encode an object or array as pairs with brackets.

    They are ``name[key]`` for a property, ``name[]`` for each item of an array, and ``name[0][key]`` for items that are
    objects, as qs (Node.js), PHP and, without objects in arrays, Rack (Ruby) read them.
    """
    return list(_flatten(name, wire_name, to_json(value, name, format_datetime)))


def _flatten(where: str, key: str, value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, (dict, list)) and not value:
        raise ValueError(f"{where} is empty; omit it")
    if isinstance(value, dict):
        for name, item in cast("dict[str, Any]", value).items():
            if not name or "[" in name or "]" in name:
                raise ValueError(f"{where} has the key {name!r}, but its keys must not be empty or contain brackets")
            yield from _flatten(f"{where}.{name}", f"{key}[{name}]", item)
    elif isinstance(value, list):
        items = cast("list[Any]", value)
        is_flat = not any(isinstance(item, (dict, list)) for item in items)
        for index, item in enumerate(items):
            yield from _flatten(f"{where}[{index}]", f"{key}[]" if is_flat else f"{key}[{index}]", item)
    else:
        yield key, encode_scalar(where, value)


def encode_form(name: str, wire_name: str, value: object) -> list[tuple[str, str]]:
    """Encode a value of any shape as pairs: one for a scalar, for each item of an array, or property of an object."""
    if isinstance(value, (Mapping, JsonObject)):
        return encode_properties(name, cast("object", value))
    return [(wire_name, text) for text in encode_items(name, value, single=True)]


def encode_json(name: str, value: object, *, ascii_only: bool = False) -> str:
    """Encode a value as JSON text, for a parameter or a part of a multipart body; headers need ``ascii_only``."""
    return dump_json(to_json(value, name), ascii_only=ascii_only)


def dump_json(value: Any, *, ascii_only: bool = False) -> str:
    """Write what `to_json` returns as compact JSON text. Decimals keep all of their digits."""
    mark = ""

    def mark_decimal(decimal: object) -> str:
        nonlocal mark
        if not _is_decimal(decimal):
            raise TypeError(f"{describe_type(decimal)} cannot be sent as JSON")
        # The json module writes decimals only as text. It is marked at random, so that no other text is changed.
        mark = mark or os.urandom(16).hex()
        return f"{mark}{decimal}"

    text = json.dumps(value, ensure_ascii=ascii_only, separators=(",", ":"), allow_nan=False, default=mark_decimal)
    return re.sub(f'"{mark}([^"]+)"', r"\1", text) if mark else text


# What RFC 6265 allows in the value of a cookie, without the percent sign.
_COOKIE_CHARACTERS = "!#$&'()*+-./:<=>?@[]^_`{|}~"


def encode_cookies(pairs: Iterable[tuple[str, str]]) -> str:
    """Encode cookie parameters as the value of the Cookie header."""
    return "; ".join([f"{name}={quote(text, safe=_COOKIE_CHARACTERS)}" for name, text in pairs])


def format_datetime(name: str, value: datetime) -> str:
    """Format an aware datetime as ISO 8601 in UTC. A naive one is rejected, because its time zone is unknown."""
    _check_time_zone(name, value)
    try:
        in_utc = value.astimezone(timezone.utc)
    except OverflowError:
        raise ValueError(f"{name} is out of range in UTC: {value!r}") from None
    return in_utc.replace(tzinfo=None).isoformat(timespec="milliseconds") + "Z"


def _check_time_zone(name: str, value: datetime) -> timedelta:
    if value != value:
        raise ValueError(f"{name} is {value!r}, which is not a time; pass None")
    offset = value.utcoffset()
    if offset is None:
        raise ValueError(f"{name} must have a time zone, such as datetime.now(timezone.utc), not {value!r}")
    return offset


def _format_datetime_exactly(name: str, value: datetime) -> str:
    """Format an aware datetime as RFC 3339, with its offset and all of its digits."""
    if _check_time_zone(name, value) % timedelta(minutes=1):
        # RFC 3339 has no offsets with seconds, which some time zones had in the 19th century.
        value = value.astimezone(timezone.utc)
    text = value.isoformat()
    return f"{text[:-6]}Z" if text.endswith("+00:00") else text


def to_json(value: object, where: str, format_time: Callable[[str, datetime], str] = _format_datetime_exactly) -> Any:
    """Return a copy of ``value`` made of plain JSON types; errors name the path of a value, below ``where``.

    Dates, aware datetimes (by ``format_time``) and UUIDs become text, members of an Enum their values, and scalars of
    numpy plain numbers. A Decimal stays one, for `dump_json`.
    """
    try:
        return _to_json(value, where, format_time)
    except RecursionError:
        raise ValueError(f"{where} is nested too deeply to be sent as JSON, or contains itself") from None


def _to_json(value: object, where: str, format_time: Callable[[str, datetime], str]) -> Any:
    if isinstance(value, str):
        return _plain_str(where, value)
    if value is None or isinstance(value, (bool, int)):
        return value
    if isinstance(value, float):
        if not math.isfinite(value):
            raise ValueError(f"{where} is {value!r}, which cannot be sent as JSON; pass None")
        return value
    if isinstance(value, (Mapping, JsonObject)):
        result: dict[str, Any] = {}
        for key, item in cast("Mapping[object, object]", value).items():
            if not isinstance(key, str):
                raise TypeError(f"{where} has the key {key!r}; the keys of a JSON object must be str")
            result[_plain_str(where, key)] = _to_json(item, f"{where}[{key!r}]", format_time)
        return result
    if isinstance(value, (list, tuple)):
        items = cast("list[object]", value)
        return [_to_json(item, f"{where}[{index}]", format_time) for index, item in enumerate(items)]
    if isinstance(value, datetime):
        return format_time(where, value)
    scalar = _convert_scalar(value, where)
    if scalar is UNSET:
        raise TypeError(f"{where} is of type {describe_type(value)}, which cannot be sent as JSON{_suggest(value)}")
    return scalar


def _convert_scalar(value: object, where: str) -> Any:
    """Convert a value that has one obvious form in JSON; return `UNSET` for any other."""
    # Imported here, because most calls do not need it.
    from uuid import UUID

    if isinstance(value, enum.Enum):
        return UNSET if value is UNSET else to_json(value.value, where)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    if _is_decimal(value):
        if not cast("Any", value).is_finite():
            raise ValueError(f"{where} is {value!r}, which cannot be sent as JSON; pass None")
        return value
    if any(base.__module__ == "numpy" and base.__name__ == "generic" for base in type(value).__mro__):
        number = cast("Any", value).item()
        # Not those of times, which are numbers of an unknown unit, nor those that Python has no type for.
        if cast("Any", value).dtype.kind in "biuf" and isinstance(number, (int, float)):
            return to_json(number, where)
    return UNSET


def _is_decimal(value: object) -> bool:
    from decimal import Decimal

    return isinstance(value, Decimal)


def describe_type(value: object) -> str:
    """Return the name of the type of a value, with its module."""
    kind = type(value)
    return kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"


# What to do with a value that cannot be sent, by a member of its type. The first one that the type has applies.
_REMEDIES = (
    ("__fspath__", "pass str(...) for its text; files to upload are top-level values of the input of a run"),
    ("iter_content", "pass .json() or .text"),
    ("iter_bytes", "pass .json() or .text"),
    ("read", "files to upload are top-level values of the input of a run"),
    ("__await__", "await it first"),
    ("model_dump", 'pass .model_dump(mode="json")'),
    ("__attrs_attrs__", "pass attrs.asdict(...)"),
    ("__dataclass_fields__", "pass dataclasses.asdict(...)"),
    ("__struct_fields__", "pass msgspec.to_builtins(...)"),
    ("to_dicts", "pass .to_dicts()"),
    ("to_records", 'pass .to_dict(orient="records")'),
    ("isoformat", "pass .isoformat()"),
    ("total_seconds", "pass .total_seconds()"),
)


def _suggest(value: object) -> str:
    """Return how the value can be sent as JSON, as the end of a sentence; nothing if there is no obvious way."""
    kind = type(value)
    remedy = next((remedy for member, remedy in _REMEDIES if hasattr(kind, member)), None)
    if isinstance(value, (bytes, bytearray, memoryview)):
        remedy = "pass .decode(), or base64.b64encode(...).decode()"
    elif kind.__name__ in ("NAType", "Unset"):
        remedy = "pass None"
    elif kind.__module__ == "numpy" and not hasattr(kind, "__iter__"):
        scalars = {"datetime64": "pass str(...)", "timedelta64": "pass str(...)", "longdouble": "pass float(...)"}
        remedy = scalars.get(kind.__name__)
    elif remedy is not None:
        pass
    elif hasattr(kind, "tolist"):
        remedy = "pass .tolist()"
    elif isinstance(value, Iterable):
        remedy = "pass list(...)"
    elif hasattr(kind, "__float__"):
        remedy = "pass float(...)"
    elif kind.__str__ is not object.__str__:
        remedy = "pass str(...)"
    return "" if remedy is None else f"; {remedy}"


_NOTHING: Mapping[str, object] = {}
_NO_NAMES: Mapping[str, str] = {}


def make_json_body(
    body: object,
    *,
    required: Mapping[str, object] = _NOTHING,
    optional: Mapping[str, object] = _NOTHING,
    nullable: Mapping[str, object] = _NOTHING,
    names: Mapping[str, str] = _NO_NAMES,
    whole: str = "body",
    omissible: bool = False,
) -> Any:
    """Make a JSON body from ``body``, or from its properties if that is None.

    ``optional`` properties that are None are not sent; ``nullable`` ones are, as null, unless they are `UNSET`.
    ``names`` and ``whole`` are the arguments of the caller, for messages. If the body is ``omissible`` and nothing was
    passed, it is `UNSET`.
    """
    given = {name: value for name, value in (*required.items(), *nullable.items()) if value is not UNSET}
    given.update({name: value for name, value in optional.items() if value is not None})
    if body is None:
        if omissible and not given:
            return UNSET
        missing = [names.get(name, name) for name in required if name not in given]
        if missing:
            raise TypeError(
                f"missing {join_names(missing)}; pass each as a keyword argument, or all of them as {whole}="
            )
        return {name: to_json(value, names.get(name, name)) for name, value in given.items()}
    if given:
        raise TypeError(f"pass either {whole}= or {join_names([names.get(name, name) for name in given])}, not both")
    if not isinstance(body, (Mapping, JsonObject)):
        raise TypeError(f"{whole} must be a model or a mapping, not {type(body).__name__}")
    sent = to_json(cast("Mapping[str, object]", body), whole)
    missing = [name for name in required if name not in sent]
    if missing:
        raise ValueError(f"{whole} is missing {join_names(missing)}")
    return sent


JsonType = Literal["string", "integer", "number", "boolean", "array", "object", "null"]
_JSON_TYPES: Mapping[str, tuple[str, tuple[type, ...]]] = {
    "string": ("a str", (str,)),
    "integer": ("an int", (int,)),
    "number": ("a float", (int, float)),
    "boolean": ("a bool", (bool,)),
    "array": ("a list", (list,)),
    "object": ("a model or a mapping", (dict,)),
    "null": ("None", (type(None),)),
}


def make_json_value(name: str, value: object, *types: JsonType) -> Any:
    """Make a JSON body that is not made of properties; its type is one of ``types``, or any if there are none."""
    sent = to_json(value, name)
    for expected in types:
        if isinstance(sent, _JSON_TYPES[expected][1]) and (expected == "boolean" or not isinstance(sent, bool)):
            return sent
        if expected == "number" and _is_decimal(sent):
            return sent
    if types:
        # Above all a str for a list of str, which would be sent as it is.
        expectation = " or ".join([_JSON_TYPES[expected][0] for expected in types])
        raise TypeError(f"{name} must be {expectation}, not {type(value).__name__}")
    return sent


def check_binary(name: str, value: T) -> T:
    """Check that a binary body is not text, and return it."""
    if isinstance(value, str):
        raise TypeError(f"{name} must be bytes, a path or a binary file handle, not a str; encode it, or pass a Path")
    return value


def join_names(names: list[str]) -> str:
    """Format names for a message."""
    return ", ".join(repr(name) for name in names)
