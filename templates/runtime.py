"""Shared code of the generated modules: requests, encoders, decoders, the model base class, transport protocols.

Nothing here does I/O. A module under ``api/`` builds a `Request` from arguments. A `Transport`, which `eigenpal`
implements, sends it and passes the `Response` to ``parse`` of the same module.
"""

from __future__ import annotations

import enum
import json
import math
import os
import re
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta, timezone
from typing import (
    IO,
    Any,
    ClassVar,
    Final,
    Literal,
    NamedTuple,
    NoReturn,
    Protocol,
    TypeAlias,
    TypedDict,
    TypeVar,
    cast,
)
from urllib.parse import quote

T = TypeVar("T")


class Unset(enum.Enum):
    """The type of `UNSET`, the default of arguments for which ``None`` means null."""

    UNSET = "UNSET"

    def __repr__(self) -> str:
        return "UNSET"

    def __bool__(self) -> Literal[False]:
        return False


UNSET: Final = Unset.UNSET


# --- requests and responses -------------------------------------------------------------------------------------------


class BinaryReader(Protocol):
    """A binary file handle, or anything else whose ``read`` returns bytes, such as the body of an S3 object."""

    def read(self, size: int, /) -> bytes:
        """Return up to ``size`` bytes, and none at the end."""
        ...


class AsyncBinaryReader(Protocol):
    """A file handle of aiofiles, anyio or trio, for the asynchronous client."""

    def read(self, size: int, /) -> Awaitable[bytes]:
        """Return up to ``size`` bytes, and none at the end."""
        ...


class ReadablePath(Protocol):
    """A path that is not in the file system: of `zipfile.Path`, or of a resource of `importlib.resources`."""

    @property
    def name(self) -> str:
        """The last component."""
        ...

    def is_file(self) -> bool:
        """Return whether it is a file."""
        ...

    def read_bytes(self) -> bytes:
        """Return the content."""
        ...


class FileUpload(Protocol):
    """An upload as FastAPI, Starlette, Litestar, aiohttp and Bottle pass it to a request handler."""

    @property
    def filename(self) -> str | None:
        """The name of the file on the machine of the user."""
        ...

    @property
    def file(self) -> BinaryReader:
        """The content."""
        ...


class StreamUpload(Protocol):
    """An upload as Flask, Quart and Falcon pass it to a request handler."""

    @property
    def filename(self) -> str | None:
        """The name of the file on the machine of the user."""
        ...

    @property
    def stream(self) -> BinaryReader:
        """The content."""
        ...


FileSource: TypeAlias = os.PathLike[str] | BinaryReader | AsyncBinaryReader | ReadablePath | FileUpload | StreamUpload
"""Where a file comes from: a path, a binary file handle, or an upload of a web framework."""

_Content: TypeAlias = bytes | bytearray | memoryview | FileSource


class FileContent(TypedDict):
    """A file under another name: ``content`` is bytes, a path, a file handle or an upload."""

    content: _Content
    filename: str


class TypedFileContent(FileContent, total=False):
    """A file with its filename and content type. By default the type is guessed from the filename."""

    mime_type: str


FileInput: TypeAlias = (
    FileSource | FileContent | TypedFileContent | tuple[str, _Content] | tuple[str, _Content, str | None]
)
"""A file to upload: a path, a binary file handle, an upload of a web framework, ``{"content": ..., "filename": ...}``,
or a tuple of filename, content and perhaps content type."""

RequestContent: TypeAlias = str | bytes | FileInput
"""A body that is neither JSON nor a form: text, bytes, or a file."""

FormField: TypeAlias = tuple[str, str] | tuple[str, str, str]
"""A name, a text and, for a part of a multipart body, perhaps its content type."""

FileField: TypeAlias = tuple[str, FileInput] | tuple[str, FileInput, str]
"""A name, a file and perhaps the content type of files that have none of their own."""

ResponseKind = Literal["json", "any", "file", "optional_file", "empty"]
"""The body of a successful response: JSON, JSON or nothing, the bytes of a file, bytes or nothing, or nothing."""


class Credential(NamedTuple):
    """How a request carries the API key."""

    kind: Literal["bearer", "basic", "header", "query", "cookie"]
    """With ``basic``, the key is ``user:password``, or a user without a password."""
    name: str = ""
    """The name of the header, query parameter or cookie."""


BEARER: Final = Credential("bearer")


class Request(NamedTuple):
    """A request of one operation, ready to send."""

    operation: str
    """The operationId, which is also the path in the client tree."""
    method: str
    path: str
    """Percent-encoded, from the root of the host."""
    query: tuple[tuple[str, str], ...] = ()
    headers: tuple[tuple[str, str], ...] = ()
    json: Any = UNSET
    form: tuple[FormField, ...] = ()
    """Text parts of a multipart body, or the fields of a URL-encoded form."""
    files: tuple[FileField, ...] = ()
    """File parts of a multipart body."""
    multipart: bool = False
    urlencoded: bool = False
    """Whether the body is a URL-encoded form."""
    content: RequestContent | None = None
    """The body if it is neither JSON nor a form."""
    media_type: str = ""
    """The content type of JSON that is not ``application/json``, or of ``content``; a range such as ``image/*`` leaves
    it to the file."""
    accept: str = ""
    """The content type to ask for if it is JSON that is not ``application/json``."""
    credential: Credential | None = BEARER
    """How to send the API key, or None to send none."""
    response_kind: ResponseKind = "json"
    idempotent: bool = True
    """Whether the request is idempotent, so that it can be retried."""
    starts_run: bool = False
    """Whether a success means that a run was started."""
    server_wait_seconds: float = 0.0
    """The number of seconds the server may wait before it responds."""
    confidential: bool = False
    """Whether the request or the response contains secrets, so that errors must not quote the response."""
    progress: Progress | None = None
    """Called while a body with files is sent."""

    def with_query(self, /, **values: str) -> Request:
        """Return a copy with some query values replaced."""
        kept = tuple(pair for pair in self.query if pair[0] not in values)
        return self._replace(query=kept + tuple(values.items()))


class Response(NamedTuple):
    """A successful response, as the transport passes it to ``parse``."""

    status: int
    headers: Mapping[str, str]
    data: Any
    """Decoded JSON, bytes, or None, depending on `Request.response_kind`."""


Progress = Callable[[int, int | None], object]
"""Called with the number of bytes sent or received so far and the total, or None if the total is unknown."""

DownloadTarget: TypeAlias = str | os.PathLike[str] | IO[bytes]
"""Where to write a download: a path, which is written atomically, or a binary file handle."""


class Transport(Protocol):
    """Sends requests; implemented by the transport of the synchronous client."""

    def call(self, request: Request, parse: Callable[[Response], T], /) -> T:
        """Send the request and return the successful response decoded by ``parse``."""
        ...

    def download(self, request: Request, to: DownloadTarget, progress: Progress | None, /) -> int:
        """Stream the response to ``to`` and return the number of bytes written."""
        ...


class AsyncTransport(Protocol):
    """Sends requests; implemented by the transport of the asynchronous client."""

    async def call(self, request: Request, parse: Callable[[Response], T], /) -> T:
        """Send the request and return the successful response decoded by ``parse``."""
        ...

    async def download(self, request: Request, to: DownloadTarget, progress: Progress | None, /) -> int:
        """Stream the response to ``to`` and return the number of bytes written."""
        ...


# --- pages ------------------------------------------------------------------------------------------------------------


class OffsetPagination(NamedTuple):
    """Offset pagination: the next page starts at the end of this one."""

    items: str
    """The attribute of a page with its items."""
    total: str
    """The attribute of a page with the number of items on all pages."""
    offset_parameter: str

    def next_request(self, request: Request, page: Any, sent: set[str | None]) -> Request | None:
        """Return the request for the page after ``page``, or None after the last page."""
        count = len(getattr(page, self.items) or ())
        total: int | None = getattr(page, self.total)
        reached = int(dict(request.query).get(self.offset_parameter, "0")) + count
        if count == 0 or (total is not None and reached >= total):
            return None
        return request.with_query(**{self.offset_parameter: str(reached)})


class CursorPagination(NamedTuple):
    """Cursor pagination: each page has the cursor of the next one."""

    items: str
    """The attribute of a page with its items."""
    next_cursor: str
    """The attribute of a page with the cursor of the next page, None on the last page."""
    wire_name: str
    """The API's name of the cursor."""
    cursor_parameter: str
    offset_parameter: str | None = None

    def next_request(self, request: Request, page: Any, sent: set[str | None]) -> Request | None:
        """Return the request for the page after ``page``, or None after the last page; adds a cursor to ``sent``."""
        cursor: str | None = getattr(page, self.next_cursor)
        if not cursor:
            return None
        sent.add(dict(request.query).get(self.cursor_parameter))
        if cursor in sent:
            # Following it would fetch the same pages in an endless loop.
            raise DecodeError(self.wire_name, "a cursor that was not sent before", cursor)
        # The offset applies to the first page only; with a cursor, it would skip items on every page.
        kept = tuple(pair for pair in request.query if pair[0] != self.offset_parameter)
        return request._replace(query=kept).with_query(**{self.cursor_parameter: cursor})


Pagination = OffsetPagination | CursorPagination


def _make_page_parser(
    request: Request, parse: Callable[[Response], Any], pagination: Pagination, sent: set[str | None]
) -> Callable[[Response], tuple[list[Any], Request | None]]:
    def parse_page(response: Response) -> tuple[list[Any], Request | None]:
        page = parse(response)
        return getattr(page, pagination.items) or [], pagination.next_request(request, page, sent)

    return parse_page


def iterate(
    transport: Transport, request: Request, parse: Callable[[Response], Any], pagination: Pagination
) -> Iterator[Any]:
    """Yield the items of all pages. Each page is fetched when iteration reaches it."""
    next_request: Request | None = request
    sent: set[str | None] = set()
    while next_request is not None:
        items, next_request = transport.call(next_request, _make_page_parser(next_request, parse, pagination, sent))
        yield from items


async def iterate_async(
    transport: AsyncTransport, request: Request, parse: Callable[[Response], Any], pagination: Pagination
) -> AsyncIterator[Any]:
    """Yield the items of all pages. Each page is fetched when iteration reaches it."""
    next_request: Request | None = request
    sent: set[str | None] = set()
    while next_request is not None:
        items, next_request = await transport.call(
            next_request, _make_page_parser(next_request, parse, pagination, sent)
        )
        for item in items:
            yield item


# --- from arguments to the wire ---------------------------------------------------------------------------------------


def encode_path_segment(name: str, value: object, separators: str = "") -> str:
    """Percent-encode a path parameter as a segment, or as a part of one; ``separators`` stay as they are."""
    if not isinstance(value, str):
        hint = "; pass its id" if hasattr(value, "id") else ""
        raise TypeError(f"{name} must be a str, not {type(value).__name__}{hint}")
    if not value:
        raise ValueError(f"{name} must not be empty")
    if value in (".", ".."):
        raise ValueError(f"{name} must not be {value!r}, which would change the path of the URL")
    return quote(_plain_str(name, value), safe=separators)


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
    return "/".join([encode_path_segment(name, piece) for piece in pieces])


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
    if not isinstance(value, Mapping):
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
    if isinstance(value, Mapping):
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
    if isinstance(value, Mapping):
        result: dict[str, Any] = {}
        for key, item in cast("Mapping[object, object]", value).items():
            if not isinstance(key, str):
                raise TypeError(f"{where} has the key {key!r}; the keys of a JSON object must be str")
            result[_plain_str(where, key)] = _to_json(item, f"{where}.{key}", format_time)
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


def make_file_parts(
    prefix: str, files: Mapping[str, FileInput | Sequence[FileInput]] | None
) -> list[tuple[str, FileInput]]:
    """Name the file parts of a multipart body: one per file, with the same name for all files of a list.

    A tuple that begins with a str is one file: its filename and its content.
    """
    if files is not None and not isinstance(cast("object", files), Mapping):
        raise TypeError(f"files must be a mapping of names to files, not {type(files).__name__}")
    parts: list[tuple[str, FileInput]] = []
    for name, value in (files or {}).items():
        several = isinstance(value, (list, tuple)) and not (
            isinstance(value, tuple) and value and isinstance(cast("object", value[0]), str)
        )
        for file in cast("Sequence[FileInput]", value) if several else (cast("FileInput", value),):
            parts.append((f"{prefix}{encode_query_str('a name in files', name)}", file))
    return parts


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
                f"missing {_join_names(missing)}; pass each as a keyword argument, or all of them as {whole}="
            )
        return {name: to_json(value, names.get(name, name)) for name, value in given.items()}
    if given:
        raise TypeError(f"pass either {whole}= or {_join_names([names.get(name, name) for name in given])}, not both")
    if not isinstance(body, Mapping):
        raise TypeError(f"{whole} must be a model or a mapping, not {type(body).__name__}")
    sent = to_json(cast("Mapping[str, object]", body), whole)
    missing = [name for name in required if name not in sent]
    if missing:
        raise ValueError(f"{whole} is missing {_join_names(missing)}")
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


def _join_names(names: list[str]) -> str:
    return ", ".join(repr(name) for name in names)


# --- from the wire to models ------------------------------------------------------------------------------------------


class DecodeError(ValueError):
    """A response does not match the API: the field, the expected type and the value."""

    def __init__(self, field: str, expected: str, found: object) -> None:
        super().__init__(field, expected, found)
        self.field = field
        self.expected = expected
        self.found = found

    def inside(self, name: str) -> DecodeError:
        """Return a copy of the error with the field path prefixed by ``name``."""
        separator = "" if not self.field or self.field.startswith("[") else "."
        return DecodeError(f"{name}{separator}{self.field}", self.expected, self.found)

    def describe(self, *, quoted: bool = True) -> str:
        """Describe the problem; unless ``quoted``, without a text or number that was found, which may be a secret."""
        found = _describe(self.found, quoted=quoted)
        return f"{self.field or 'the response'} should be {self.expected}, but is {found}"

    def __str__(self) -> str:
        return self.describe()


def _describe(value: object, *, quoted: bool) -> str:
    if value is None:
        return "null or missing"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return f"the number {value}" if quoted else "a number"
    if isinstance(value, str):
        return f"the text {value[:40]!r}{'...' if len(value) > 40 else ''}" if quoted else "a string"
    return "a list" if isinstance(value, list) else "an object" if isinstance(value, dict) else type(value).__name__


def raise_type_error(field: str, expected: str, found: object) -> NoReturn:
    """Raise the error for a field that is not of the documented type."""
    raise DecodeError(field, expected, found)


def decode_str(value: Any) -> str:
    """Decode a string."""
    if type(value) is not str:
        raise_type_error("", "a string", value)
    return value


def decode_bool(value: Any) -> bool:
    """Decode a boolean."""
    if type(value) is not bool:
        raise_type_error("", "a boolean", value)
    return value


def decode_int(value: Any) -> int:
    """Decode an integer. As in JSON Schema, 3.0 is an integer."""
    if type(value) is int:
        return value
    if type(value) is float and value.is_integer():
        return int(value)
    raise_type_error("", "an integer", value)


def decode_float(value: Any) -> float:
    """Decode a number; whole numbers stay int."""
    if type(value) is not float and type(value) is not int:
        raise_type_error("", "a number", value)
    return value


def decode_object(value: Any) -> dict[str, Any]:
    """Decode a free-form object."""
    if type(value) is dict:
        return cast("dict[str, Any]", value)
    if isinstance(value, Mapping):
        return dict(cast("Mapping[str, Any]", value))
    raise_type_error("", "an object", value)


def decode_bytes(value: Any) -> bytes:
    """Return the bytes of a file."""
    if type(value) is not bytes:
        raise_type_error("", "the bytes of a file", value)
    return value


def decode_optional_bytes(value: Any) -> bytes | None:
    """Return the bytes of a body, or None if there are none."""
    return None if value is None else decode_bytes(value)


def decode_any(value: Any) -> Any:
    """Return a value of any type unchanged."""
    return value


if sys.version_info >= (3, 11):
    _parse_iso = datetime.fromisoformat
else:

    def _parse_iso(value: str, /) -> datetime:
        return datetime.fromisoformat(value[:-1] + "+00:00" if value[-1:] == "Z" else value)


def decode_datetime(field: str, value: Any) -> datetime:
    """Decode a timestamp into an aware datetime, in UTC if it has no time zone.

    Digits beyond microseconds are dropped. A leap second is rejected, because datetime does not support it.
    """
    try:
        result = _parse_iso(value)
    except (TypeError, ValueError):
        result = _parse_unusual_iso(field, value)
    return result if result.tzinfo is not None else result.replace(tzinfo=timezone.utc)


def _parse_unusual_iso(field: str, value: object) -> datetime:
    if not isinstance(value, str):
        raise_type_error(field, "a timestamp", value)
    # Several times slower, and only needed for formats that some Python versions cannot parse.
    from dateutil.parser import isoparse

    try:
        return isoparse(value)
    except (ValueError, OverflowError):
        raise_type_error(field, "a timestamp", value)


def get_or_none(raw: Mapping[str, Any], *keys: str) -> Iterator[Any]:
    """Yield the values of keys, with None for missing ones."""
    return map(raw.get, keys)


def decode_field(name: str, decode: Callable[[Any], T], value: Any) -> T:
    """Decode the value of a field, so that an error names the full path of the field."""
    try:
        return decode(value)
    except DecodeError as error:
        raise error.inside(name) from None


def decode_list(name: str, decode: Callable[[Any], T], value: Any) -> list[T]:
    """Decode a list."""
    if type(value) is not list:
        raise_type_error(name, "a list", value)
    entries = cast("list[Any]", value)
    try:
        return [decode(entry) for entry in entries]
    except DecodeError:
        for index, entry in enumerate(entries):
            decode_field(f"{name}[{index}]", decode, entry)
        raise


def decode_map(name: str, decode: Callable[[Any], T], value: Any) -> dict[str, T]:
    """Decode an object whose values all have the same type."""
    entries = decode_field(name, decode_object, value)
    return {key: decode_field(f"{name}.{key}" if name else key, decode, entry) for key, entry in entries.items()}


# These functions do without recursion, because responses may be nested almost as deeply as Python's recursion limit,
# and then pickling, copying or comparing them as they are would exceed it.


def _take_apart(value: dict[str, Any]) -> list[_Part]:
    """Return copies of a JSON object and all objects and arrays in it, each with the places of those inside."""
    parts: list[_Part] = [(dict(value), [])]
    for container, links in parts:
        is_object = isinstance(container, dict)
        for key, item in cast("dict[str, Any]", container).items() if is_object else enumerate(container):
            if type(item) in (dict, list):
                links.append((key, len(parts)))
                parts.append((item.copy(), []))
        for key, _ in links:
            container[key] = None
    return parts


def _put_together(parts: list[_Part]) -> dict[str, Any]:
    for container, links in parts:
        for key, position in links:
            container[key] = parts[position][0]
    return cast("dict[str, Any]", parts[0][0])


_Part: TypeAlias = tuple[Any, list[tuple[Any, int]]]


def _get_container_type(value: object) -> type[object] | None:
    return type(value) if type(value) in (dict, list) else None


def _is_same_json(one: Any, other: Any) -> bool:
    stack = [(one, other)]
    while stack:
        one, other = stack.pop()
        kind = _get_container_type(one)
        if kind is not _get_container_type(other):
            return False
        if kind is dict:
            if one.keys() != other.keys():
                return False
            stack += [(one[key], other[key]) for key in one]
        elif kind is list:
            if len(one) != len(other):
                return False
            stack += zip(one, other, strict=True)
        elif one is not other and one != other:
            return False
    return True


class Model(Mapping[str, Any]):
    """Base of all models: Python attributes, and a read-only mapping with the API's property names.

    ``run.timing.created_at`` is a datetime; ``run["timing"]["createdAt"]`` is the value that the server sent. Fields
    that are new in the API are available only in the mapping.
    """

    __slots__ = ("__weakref__", "_raw")

    _wire_names: ClassVar[Mapping[str, str]] = {}
    _sent_as_null: ClassVar[frozenset[str]] = frozenset()
    """Fields whose None is sent as null. In other fields, None is not sent."""
    _secrets: ClassVar[frozenset[str]] = frozenset()
    """Fields that are secrets, or lists or maps of secrets; masked in ``repr``."""

    _raw: dict[str, Any]

    @classmethod
    def from_dict(cls, raw: Mapping[str, Any], /) -> Model:
        """Decode a JSON object."""
        raise TypeError(f"{cls.__name__} cannot be decoded")

    def _data(self) -> dict[str, Any]:
        try:
            return self._raw
        except AttributeError:  # made by its constructor, not decoded
            raw: dict[str, Any] = {}
            for name, wire_name in self._wire_names.items():
                value = getattr(self, name)
                if value is not UNSET and (value is not None or name in self._sent_as_null):
                    raw[wire_name] = to_json(value, f"{type(self).__name__}.{name}")
            return raw

    def to_dict(self) -> dict[str, Any]:
        """Return a copy of the JSON object that was received or will be sent."""
        return _put_together(_take_apart(self._data()))

    def __getitem__(self, key: str, /) -> Any:
        data = self._data()
        try:
            return data[key]
        except KeyError:
            names = ", ".join(map(repr, data)) or "no keys"
            raise KeyError(f"{key!r} is not in this {type(self).__name__}, which has {names}") from None

    def __iter__(self) -> Iterator[str]:
        return iter(self._data())

    def __len__(self) -> int:
        return len(self._data())

    def __bool__(self) -> bool:
        return True

    def __reduce__(self) -> tuple[Any, ...]:
        decoded = getattr(self, "_raw", None)
        if decoded is not None:
            return _restore, (type(self), _take_apart(decoded))
        return _construct, (type(self), {name: getattr(self, name) for name in self._wire_names})

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Model):
            return NotImplemented
        return type(self) is type(other) and _is_same_json(self._data(), other._data())

    def _repr_fields(self) -> Iterator[str]:
        for name in self._wire_names:
            value = getattr(self, name)
            if value is not None and value is not UNSET:
                yield f"{name}={'***' if name in self._secrets else _shorten(value)}"

    def _repr_summary(self) -> str:
        """Format the model with its first field only."""
        shown = list(self._repr_fields())
        return f"{type(self).__name__}({', '.join(shown[:1])}{', ...' if len(shown) > 1 else ''})"

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(self._repr_fields())})"

    def __rich_repr__(self) -> Iterator[tuple[str, Any]]:
        # Without it, rich shows all fields of attrs classes, also in tracebacks with local variables.
        for name in self._wire_names:
            value = getattr(self, name)
            if value is not None and value is not UNSET:
                yield name, "***" if name in self._secrets else value


def _restore(model: type[Model], parts: list[_Part]) -> Model:
    return model.from_dict(_put_together(parts))


def _construct(model: type[Model], fields: dict[str, Any]) -> Model:
    return model(**fields)


def make_mutable(model: type[Model]) -> Callable[[], Any]:
    """Return a class of the same layout whose attributes can be set.

    Decoding fills an instance of it and then sets its ``__class__`` to ``model``, which is several times faster than
    setting each attribute of a frozen attrs instance.
    """
    # The error raised by attrs has no hint.
    type.__setattr__(model, "__setattr__", _raise_frozen)
    type.__setattr__(model, "__delattr__", _raise_frozen)
    # A subclass without its own slots, because assigning a base class to ``__class__`` is fastest.
    members = {name: getattr(object, name) for name in ("__init__", "__setattr__", "__delattr__")}
    return type(model.__name__, (model,), {"__slots__": (), **members})


def _raise_frozen(model: Model, name: str, _value: object = None) -> NoReturn:
    raise AttributeError(f"{type(model).__name__} is read-only; to_dict() returns a copy that you can change")


def _shorten(value: Any) -> str:
    if isinstance(value, Model):
        return value._repr_summary()  # pyright: ignore[reportPrivateUsage] - another model
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, list):
        items = cast("list[Any]", value)
        return f"[{len(items)} items]" if len(items) != 1 else "[1 item]"
    if isinstance(value, dict):
        entries = cast("dict[str, Any]", value)
        return "{" + ", ".join([*map(repr, list(entries)[:4]), *(["..."] if len(entries) > 4 else [])]) + "}"
    if isinstance(value, str) and len(value) > 60:
        return repr(f"{value[:57]}...")
    return repr(value)
