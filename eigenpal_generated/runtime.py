# Generated from openapi/openapi.yaml by `make generate`; do not edit.
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
import warnings
from abc import ABCMeta
from collections.abc import (
    AsyncIterator,
    Awaitable,
    Callable,
    ItemsView,
    Iterable,
    Iterator,
    KeysView,
    Mapping,
    Sequence,
    ValuesView,
)
from contextlib import suppress
from copy import copy
from datetime import date, datetime, timedelta, timezone
from functools import lru_cache, partial, wraps
from importlib import import_module
from typing import (
    IO,
    TYPE_CHECKING,
    Any,
    ClassVar,
    Final,
    Generic,
    Literal,
    NamedTuple,
    NoReturn,
    Protocol,
    TypeAlias,
    TypedDict,
    TypeVar,
    cast,
    overload,
)
from urllib.parse import quote

if TYPE_CHECKING:
    from attrs import define as define
    from typing_extensions import deprecated as deprecated

T = TypeVar("T")
TCallable = TypeVar("TCallable", bound=Callable[..., Any])
TModel = TypeVar("TModel", bound="BaseModel")
TRow_co = TypeVar("TRow_co", covariant=True)


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
    """Base of classes that are sent as a JSON object, although they are not mappings: ``items`` are its properties."""

    __slots__ = ()


OTHER_WORDS: Final[Mapping[str, tuple[str, ...]]] = {
    "abort": ("cancel",),
    "agent": ("source",),
    "all": ("list", "iter"),
    "await": ("wait",),
    "began": ("started",),
    "create": ("run",),
    "data": ("output",),
    "describe": ("get",),
    "elapsed": ("duration",),
    "ended": ("completed",),
    "enqueue": ("run",),
    "event": ("watch",),
    "execute": ("run",),
    "failure": ("error",),
    "fetch": ("get", "download"),
    "file": ("artifact",),
    "find": ("list", "iter"),
    "finished": ("completed",),
    "get": ("download",),
    "invoke": ("run",),
    "job": ("run",),
    "join": ("wait",),
    "launch": ("run",),
    "log": ("trace",),
    "message": ("error",),
    "modify": ("update",),
    "paginate": ("iter",),
    "phase": ("status",),
    "poll": ("wait",),
    "query": ("list", "iter"),
    "read": ("get", "download"),
    "refresh": ("get",),
    "reload": ("get",),
    "remove": ("delete",),
    "repeat": ("rerun",),
    "response": ("output",),
    "restart": ("rerun",),
    "result": ("output",),
    "retrieve": ("get", "download"),
    "retry": ("rerun",),
    "save": ("download",),
    "search": ("list", "iter"),
    "start": ("run",),
    "state": ("status",),
    "stop": ("cancel",),
    "submit": ("run",),
    "task": ("run",),
    "terminate": ("cancel",),
    "trigger": ("run",),
    "workflow": ("source",),
}
"""Words of other SDKs, and what they may be called in this one."""

WORDS_FOR_ROWS: Final = frozenset(
    {"content", "data", "entries", "list", "objects", "records", "result", "results", "rows"}
)
"""What other SDKs call the rows of a page."""

WORDS_FOR_MORE: Final = frozenset(
    {"cursor", "has_more", "has_next", "has_next_page", "next", "next_page", "next_page_token"}
)
"""What other SDKs call that a page is not the last one."""


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


ResponseKind = Literal["json", "any", "file", "optional_file", "empty", "by_content_type"]
"""The body of a successful response: JSON, JSON or nothing, the bytes of a file, bytes or nothing, nothing, or whatever
its content type says: JSON, bytes or nothing."""


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
    recovery: str = ""
    """What to do before sending it again if it may have taken effect, as a clause; empty for a general one."""
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
    context: ResponseContext | None = None
    """Collects what of the response cannot be decoded."""


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


def load_module(name: str) -> Any:
    """Load a module of this package that is rarely needed."""
    return import_module(f"{__package__}.{name}")


# --- the client tree -------------------------------------------------------------------------------------------------


class Resource:
    """Base of the classes of the client tree."""

    _place: ClassVar[str] = "client"
    _root: ClassVar[str] = "Tree"
    """The class of the root of the tree."""

    def __repr__(self) -> str:
        shown: str = load_module("display").repr_resource(self)
        return shown

    if not TYPE_CHECKING:  # or checkers would accept every name

        def __getattr__(self, name: str) -> Any:
            if name.startswith("_") or hasattr(type(self), name):
                return object.__getattribute__(self, name)  # raises the usual error
            raise AttributeError(load_module("suggestions").describe_missing_member(self, name), name=name)


ROOTS: Final[dict[str, Callable[[], Resource]]] = {}
"""By the class of the root of its tree, a function for each client that makes one that sends nothing."""


class NoTransport:
    """Stands for a transport, and whatever belongs to it, in a client that sends nothing."""

    def __getattr__(self, name: str) -> NoTransport:
        return self


# --- pagination -------------------------------------------------------------------------------------------------------


class OffsetPagination(NamedTuple):
    """Offset pagination: the next page starts at the end of this one."""

    items: str
    """The property of a page with its rows."""
    total: str
    """The property of a page with the number of rows on all pages."""
    offset_parameter: str
    optional: frozenset[str] = frozenset()
    """The properties that the API may leave out or send as null."""

    def find_next(self, request: Request, page: Mapping[str, Any], rows: list[Any], _sent: set[Any]) -> Request | None:
        """Return the request for the page after ``page``, or None after the last page."""
        start = int(dict(request.query).get(self.offset_parameter, "0"))
        end = start + len(rows)
        following = request.with_query(**{self.offset_parameter: str(end)})
        found = page.get(self.total, UNSET)
        if found in (None, UNSET) and self.total in self.optional:
            # Short pages are no sign of the end, because a server may allow fewer rows than were asked for.
            return following if rows else None
        total = self._read_total(found)
        if not rows and end < total:
            expected = f"at most {end}, because there are no rows from {self.offset_parameter}={end} on"
            raise DecodeError(self.total, expected, total)
        # Where there are more rows than the total says, only an empty page is the end.
        return None if end == total or not rows else following

    def _read_total(self, found: Any) -> int:
        try:
            total = decode_int(found)
        except DecodeError:
            total = -1
        if total < 0:
            raise DecodeError(self.total, "a number of rows", found)
        return total


class CursorPagination(NamedTuple):
    """Cursor pagination: each page has the cursor of the next one, null on the last page."""

    items: str
    """The property of a page with its rows."""
    next_cursor: str
    """The property of a page with the cursor of the next page."""
    cursor_parameter: str
    offset_parameter: str | None = None
    optional: frozenset[str] = frozenset()
    """The properties that the API may leave out, which for the cursor means that the page is the last one."""
    last_cursor: str | None = None
    """What the API sends on the last page: null, or an empty string where null is not allowed."""

    def find_next(self, request: Request, page: Mapping[str, Any], _rows: list[Any], sent: set[Any]) -> Request | None:
        """Return the request for the page after ``page``, or None after the last page; adds a cursor to ``sent``."""
        cursor = page.get(self.next_cursor, UNSET)
        if cursor in (None, self.last_cursor) or (cursor is UNSET and self.next_cursor in self.optional):
            return None
        if type(cursor) is not str or not cursor:
            raise DecodeError(self.next_cursor, "a string with a cursor, or null", cursor)
        try:
            percent_encode(self.next_cursor, cursor)
        except ValueError:
            raise DecodeError(self.next_cursor, "a cursor that a URL can contain", cursor) from None
        sent.add(dict(request.query).get(self.cursor_parameter))
        if cursor in sent:
            # Following it would fetch the same pages in an endless loop.
            raise DecodeError(self.next_cursor, "a cursor that was not sent before", cursor)
        # The offset applies to the first page only; with a cursor, it would skip rows on every page.
        kept = tuple(pair for pair in request.query if pair[0] != self.offset_parameter)
        return request._replace(query=kept).with_query(**{self.cursor_parameter: cursor})


Pagination = OffsetPagination | CursorPagination


def _read_rows(page: Mapping[str, Any], pagination: Pagination) -> list[Any]:
    rows = page.get(pagination.items, UNSET)
    if rows in (None, UNSET) and pagination.items in pagination.optional:
        return []
    if type(rows) is not list:
        raise DecodeError(pagination.items, "a list", rows)
    return cast("list[Any]", rows)


class _PageReader:
    """Reads one page after the other, and knows what to request next."""

    def __init__(self, request: Request, parse: Callable[[Response], Any], pagination: Pagination) -> None:
        self.next_request: Request | None = request
        self._parse = parse
        self._pagination = pagination
        self._sent: set[Any] = set()
        self._previous: list[Any] = []
        self._pages = self._rows = 0

    def read(self, response: Response) -> list[Any]:
        """Return the rows of the page that was requested.

        What steers the iteration is read as it was sent, and an error if it does not match the API: a page whose rows,
        cursor or total cannot be read must never look like the last one.
        """
        request, page = cast("Request", self.next_request), self._parse(response)
        if not isinstance(page, Page):
            raise DecodeError("", "a page of results", response.data)
        raw = cast("dict[str, Any]", response.data)
        rows = _read_rows(raw, self._pagination)
        following = self._pagination.find_next(request, raw, rows, self._sent)
        if rows and is_same_json(rows, self._previous):
            # A server that ignores the offset or cursor would send the same page in an endless loop.
            raise DecodeError(self._pagination.items, "other rows than on the page before", rows)
        self.next_request = following
        self._previous = rows
        self._pages += 1
        self._rows += len(rows)
        return list(cast("Page[Any]", page))

    def add_note(self, error: Exception) -> None:
        """Add to an error which rows were returned before."""
        if not self._pages:
            return
        pages = "1 page" if self._pages == 1 else f"{self._pages} pages"
        rows = "1 row was" if self._rows == 1 else f"{self._rows} rows were"
        note = f"Raised while fetching page {self._pages + 1}; {rows} returned from {pages} before."
        if sys.version_info >= (3, 11):
            error.add_note(note)
        else:
            error.__notes__ = [*getattr(error, "__notes__", ()), note]  # type: ignore[attr-defined]


def iterate(
    transport: Transport, request: Request, parse: Callable[[Response], Any], pagination: Pagination
) -> Iterator[Any]:
    """Yield the rows of all pages. Each page is fetched when iteration reaches it."""
    reader = _PageReader(request, parse, pagination)
    while reader.next_request is not None:
        try:
            rows = transport.call(reader.next_request, reader.read)
        except Exception as error:
            reader.add_note(error)
            raise
        yield from rows


async def iterate_async(
    transport: AsyncTransport, request: Request, parse: Callable[[Response], Any], pagination: Pagination
) -> AsyncIterator[Any]:
    """Yield the rows of all pages. Each page is fetched when iteration reaches it."""
    reader = _PageReader(request, parse, pagination)
    while reader.next_request is not None:
        try:
            rows = await transport.call(reader.next_request, reader.read)
        except Exception as error:
            reader.add_note(error)
            raise
        for row in rows:
            yield row


def check_page_size(page_size: object, maximum: int | None = None) -> None:
    """Check the page size of an iterator, which must be at least 1 to make progress."""
    if page_size is not None:
        encode_query_int("page_size", page_size, 1, maximum)


def takes_page_size(limit: str) -> Callable[[TCallable], TCallable]:
    """Decorate an iterator, so that the error for ``limit``, as the API calls the page size, names ``page_size``."""

    def decorate(function: TCallable) -> TCallable:
        @wraps(function)
        def check_names(*args: Any, **kwargs: Any) -> Any:
            if limit in kwargs:
                raise TypeError(
                    f"{function.__qualname__}() takes page_size=, the number of rows per request, not {limit}=; "
                    "to stop after a number of rows, use itertools.islice"
                )
            return function(*args, **kwargs)

        return cast("TCallable", check_names)

    return decorate


# --- deprecations -----------------------------------------------------------------------------------------------------


def warn_deprecated(operation: str, name: str) -> None:
    """Warn at the line of the caller, outside of this package, that a deprecated parameter is passed."""
    from inspect import currentframe  # here, because it takes long to import

    root, level = __name__.partition(".")[0], 0
    frame = currentframe()
    while frame is not None and str(frame.f_globals.get("__name__")).partition(".")[0] == root:
        frame, level = frame.f_back, level + 1
    message = f"{name} of {operation} is deprecated; its documentation says what to use instead"
    warnings.warn(message, DeprecationWarning, stacklevel=level + 1)


if not TYPE_CHECKING:  # for checkers and editors, it is the one of PEP 702, which Python has from 3.13 on

    def deprecated(message: str) -> Callable[[TCallable], TCallable]:
        """Decorate a deprecated method: calling it warns at the line of the caller."""

        def decorate(function: TCallable) -> TCallable:
            @wraps(function)
            def warn(*args: Any, **kwargs: Any) -> Any:
                warnings.warn(message, DeprecationWarning, stacklevel=2)
                return function(*args, **kwargs)

            function.__deprecated__ = warn.__deprecated__ = message
            return _mark_coroutine_function(warn) if function.__code__.co_flags & _CO_COROUTINE else warn

        return decorate

    _CO_COROUTINE = 0x80  # of `inspect`

    def _mark_coroutine_function(function: TCallable) -> TCallable:
        """Mark a function that returns a coroutine as asynchronous; before Python 3.12, there is no mark."""
        if sys.version_info < (3, 12):
            return function
        from inspect import markcoroutinefunction

        return markcoroutinefunction(function)


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


# --- from the wire to models ------------------------------------------------------------------------------------------
#
# Each model has a straight-line decoder, which stops at the first value that is not as documented. Only then, the
# response is decoded again by `_Reader`, field by field, and what cannot be decoded is left out.


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


def read(decode: Decode[T], value: Any, context: ResponseContext | None = None) -> T:
    """Decode a JSON value. A part that is not as documented costs only the attribute that would hold it.

    Such an attribute is missing: reading it raises an ``AttributeError`` that describes the problem. An item of a list
    or map is left out. The problems are added to ``context``.

    Raises:
        DecodeError: It cannot be decoded at all, for example because it is not an object.
    """
    with suppress(TypeError, ValueError):
        return decode(value)
    context = context or ResponseContext()
    reader = _Reader(context)
    result: T = reader.read(decode, value, "")
    context.problems += reader.problems
    return result


class _Reader:
    """Decodes what is not as documented, field by field, and collects the problems."""

    def __init__(self, context: ResponseContext) -> None:
        self._context = context
        self.problems: list[DecodeError] = []

    def read(self, decode: Any, value: Any, path: str) -> Any:
        """Decode the value at a path.

        Raises:
            DecodeError: It cannot be decoded at all; the error has the full path.
        """
        model = _MODELS.get(decode) or getattr(decode, "__self__", None)
        if isinstance(model, type) and issubclass(model, BaseModel):  # the latter is the one of `Model.from_dict`
            return self.read_model(model, value, path)
        try:
            if not isinstance(decode, partial):
                return decode(value)
            kind, (inner,) = decode.func, decode.args
            if kind is decode_list:
                items = enumerate(decode_list(decode_any, value))
                return [item for _, item in self._read_items(inner, items, path, "[{}]")]
            if kind is decode_map:
                return dict(self._read_items(inner, decode_object(value).items(), path, ".{}" if path else "{}"))
            chosen: Any = decode_any if kind is decode_nullable and value is None else inner
            if kind is decode_chosen:
                chosen = inner(value)
        except DecodeError as error:
            raise error.inside(path) from None
        return self.read(chosen, value, path)

    def _read_items(
        self, decode: Any, items: Iterable[tuple[Any, Any]], path: str, place: str
    ) -> list[tuple[Any, Any]]:
        """Decode the items of a list or map, without those that cannot be decoded at all."""
        read: list[tuple[Any, Any]] = []
        refused: list[DecodeError] = []
        for key, value in items:
            try:
                read.append((key, self.read(decode, value, path + place.format(key))))
            except DecodeError as error:
                refused.append(error)
        if len(refused) > 1 and not read:
            # An empty list would be a lie: the server speaks of something else.
            raise refused[0]
        self.problems += refused
        return read

    def read_model(self, model: type[BaseModel], value: Any, path: str) -> Any:
        """Decode an object."""
        try:
            raw = decode_object(value)
        except DecodeError as error:
            raise error.inside(path) from None
        before = len(self.problems)
        wire_names, defaults = model._wire_names, model._defaults  # pyright: ignore[reportPrivateUsage]
        promised = [wire_name for name, wire_name in wire_names.items() if name not in defaults]
        if promised and not any(wire_name in raw for wire_name in promised):
            raise DecodeError(path, f"an object with {join_names(promised)}", value)
        values: dict[str, Any] = {}
        for name, decode in model._decoders().items():  # pyright: ignore[reportPrivateUsage]
            wire_name = wire_names[name]
            if wire_name not in raw and name in defaults:
                values[name] = copy(defaults[name])
                continue
            try:
                values[name] = self.read(decode, raw.get(wire_name), join_path(path, wire_name))
            except DecodeError as error:
                if name in model._strict:  # pyright: ignore[reportPrivateUsage]
                    del self.problems[before:]
                    raise
                self.problems.append(error)
        if len(self.problems) == before:
            return _fill(object.__new__(model), {**values, "_raw": raw})
        kind = _make_incomplete(cast("Any", model), frozenset(wire_names).difference(values))
        return _fill(object.__new__(kind), {**values, "_raw": raw, "_context": self._context, "_path": path})


def _fill(model: BaseModel, values: dict[str, Any]) -> BaseModel:
    for name, value in values.items():
        object.__setattr__(model, name, value)  # models are frozen
    return model


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


def is_same_json(one: Any, other: Any) -> bool:
    """Return whether two JSON values are equal."""
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


# On Python 3.11, a class with `__getattr__` is read several times slower, so that the names that other models have, and
# other SDKs, are descriptors there. Everywhere else, also before, the loss is small.
_IS_READING_SLOWED = sys.version_info[:2] == (3, 11)


class _MissingField:
    """A name that is no field of a model, which looks as if it were not there."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __get__(self, model: BaseModel | None, kind: type[BaseModel]) -> NoReturn:
        if model is None:
            raise AttributeError(f"type object {kind.__name__!r} has no attribute {self._name!r}")
        _raise_missing(model, self._name)


def _add_missing_fields(names: Iterable[str]) -> None:
    for name in names:
        if _IS_READING_SLOWED and not (hasattr(Model, name) or hasattr(Page, name) or name in vars(BaseModel)):
            setattr(BaseModel, name, _MissingField(name))


def _raise_missing(model: BaseModel, name: str) -> NoReturn:
    raise AttributeError(load_module("suggestions").describe_missing_field(model, name), name=name)


if not TYPE_CHECKING:

    def define(**options: bool) -> Callable[[type[BaseModel]], type[BaseModel]]:
        """Decorate a model, which attrs completes when it is first used as a class of attrs.

        Decoding needs only the slots, and importing attrs would take a tenth of the time until the first response.
        """

        def decorate(model: type[BaseModel]) -> type[BaseModel]:
            model.__attrs_attrs__ = _AttrsMember(model, "__attrs_attrs__", options)
            model.__init__ = _AttrsMember(model, "__init__", options)
            return model

        return decorate


class _AttrsMember:
    """Stands for a member that attrs makes, until that is used."""

    def __init__(self, model: type[BaseModel], name: str, options: dict[str, Any]) -> None:
        self._model: Any = model
        self._name = name
        self._options = options

    def __get__(self, instance: BaseModel | None, kind: type[BaseModel]) -> Any:
        self._complete_model()
        member = getattr(self._model, self._name)
        return member.__get__(instance, kind) if hasattr(member, "__get__") else member

    def _complete_model(self) -> None:
        from attrs import define as define_now

        model, annotations = self._model, self._model.__annotations__
        members = {
            "__annotations__": {name: annotations[name] for name in model._wire_names},
            "__module__": model.__module__,
            "__qualname__": model.__qualname__,
            **model._defaults,
        }
        # Of this class, attrs would make another one, but there are instances and subclasses of this one.
        twin: Any = cast("Any", define_now)(**self._options)(type(model.__name__, (), members))
        for name in ("__attrs_attrs__", "__init__"):
            setattr(model, name, getattr(twin, name))


class _ModelType(ABCMeta):
    """The type of models: adds their slots, and leaves what only looks like a field out of ``dir``."""

    def __new__(cls, name: str, bases: tuple[type, ...], members: dict[str, Any]) -> _ModelType:
        if "_wire_names" in members and "__slots__" not in members:
            fields: Iterable[str] = members["_wire_names"]
            members["_defaults"] = {field: members.pop(field) for field in fields if field in members}
            members["__slots__"] = tuple(fields)
        return super().__new__(cls, name, bases, members)

    def __dir__(cls) -> list[str]:
        missing = {name for name, value in vars(BaseModel).items() if isinstance(value, _MissingField)}
        own = {name for kind in cls.__mro__ if kind is not BaseModel for name in vars(kind)}
        return sorted({*super().__dir__()} - (missing - own))


class BaseModel(metaclass=_ModelType):
    """Base of models and pages: Python attributes, and the JSON object that they were decoded from."""

    __slots__ = ("__weakref__", "_raw")

    _wire_names: ClassVar[Mapping[str, str]] = {}
    _defaults: ClassVar[Mapping[str, Any]] = {}
    """The values of the fields that may be left out."""
    _sent_as_null: ClassVar[frozenset[str]] = frozenset()
    """Fields whose None is sent as null. In other fields, None is not sent."""
    _secrets: ClassVar[frozenset[str]] = frozenset()
    """Fields that are secrets, or lists or maps of secrets; masked in ``repr``."""
    _strict: ClassVar[frozenset[str]] = frozenset()
    """Fields without which an object cannot be decoded at all."""
    _decode: ClassVar[Callable[[Any], Any]] = raise_mismatch
    """The straight-line decoder."""

    _raw: dict[str, Any]

    @classmethod
    def from_dict(cls: type[TModel], raw: Mapping[str, Any], /) -> TModel:
        """Decode a JSON object.

        A field that the object lacks, or whose value is not as documented, is missing: reading the attribute raises an
        ``AttributeError`` that describes the problem.

        Raises:
            DecodeError: It is not such an object at all.
        """
        with suppress(TypeError, ValueError):
            return cast("TModel", cls._decode(raw))
        return cast("TModel", _Reader(ResponseContext()).read_model(cls._get_model(), raw, ""))

    @classmethod
    def _decoders(cls) -> dict[str, Callable[[Any], Any]]:
        """Return the decoder of each field."""
        raise NotImplementedError

    @classmethod
    def _get_model(cls) -> type[BaseModel]:
        """Return the class without the changes for missing fields."""
        return cls

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

    def __reduce__(self) -> tuple[Any, ...]:
        decoded = getattr(self, "_raw", None)
        if decoded is not None:
            return _restore, (type(self), _take_apart(decoded))
        return _construct, (type(self), {name: getattr(self, name) for name in self._wire_names})

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, BaseModel):
            return NotImplemented
        return self._get_model() is other._get_model() and is_same_json(self._data(), other._data())

    if not TYPE_CHECKING:  # checkers know what attrs adds

        def __replace__(self, /, **changes: Any) -> BaseModel:
            from attrs import evolve

            return evolve(self, **changes)

    # How a model is shown, and what is said of a missing attribute, is in modules that are loaded on first use.

    def __repr__(self) -> str:
        shown: str = load_module("display").repr_model(self)
        return shown

    # Sentry sends the items of mappings otherwise.
    __sentry_repr__ = __repr__

    def __rich_repr__(self) -> Iterator[tuple[str, Any]]:
        # Without it, rich shows all fields of attrs classes, also in tracebacks with local variables.
        shown: Iterator[tuple[str, Any]] = load_module("display").find_shown(self)
        return shown

    def _repr_pretty_(self, printer: Any, _is_cycle: bool) -> None:
        load_module("display").print_pretty(self, printer)

    def _ipython_key_completions_(self) -> list[str]:
        return list(self._data())

    def __dir__(self) -> list[str]:
        # Without secrets, because tools such as rich.inspect and debuggers show the values of all names.
        names: list[str] = load_module("display").list_names(self)
        return names

    if not TYPE_CHECKING:  # or checkers would accept every name

        def __getattr__(self, name: str) -> Any:
            if name.startswith("_") or hasattr(type(self), name):
                return object.__getattribute__(self, name)  # raises the usual error
            _raise_missing(self, name)

        if _IS_READING_SLOWED:
            del __getattr__

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: Any, _handler: Any) -> Any:
        return load_module("pydantic_schema").make_core_schema(cls)

    @property
    def __pydantic_serializer__(self) -> Any:
        # For fields of any type.
        try:
            return load_module("pydantic_schema").make_serializer()
        except ModuleNotFoundError:  # tools look at all attributes
            raise AttributeError("pydantic is not installed") from None

    @classmethod
    def __get_pydantic_json_schema__(cls, _schema: Any, _handler: Any) -> dict[str, Any]:
        schema: dict[str, Any] = load_module("pydantic_schema").make_json_schema(cls)
        return schema


class Model(BaseModel, Mapping[str, Any]):
    """Base of all models: Python attributes, and a read-only mapping with the API's property names.

    ``run.timing.created_at`` is a datetime; ``run["timing"]["createdAt"]`` is the value that the server sent. Fields
    that are new in the API are available only in the mapping.
    """

    __slots__ = ()

    def __iter__(self) -> Iterator[str]:
        return iter(self._data())

    def __len__(self) -> int:
        return len(self._data())

    def __bool__(self) -> bool:
        return True


def _restore(
    model: type[BaseModel], parts: list[_Part], path: str = "", context: ResponseContext | None = None
) -> BaseModel:
    raw = _put_together(parts)
    if context is not None:
        restored: BaseModel = _Reader(context).read_model(model, raw, path)
        return restored
    return model.from_dict(raw)


def _construct(model: type[BaseModel], fields: dict[str, Any]) -> BaseModel:
    return model(**fields)


class _KnownFields:
    """The attributes of attrs for the fields that are not missing."""

    def __get__(self, _incomplete: BaseModel | None, kind: Any) -> tuple[Any, ...]:
        attributes = kind._get_model().__attrs_attrs__
        return tuple(attribute for attribute in attributes if attribute.name in kind._wire_names)


@lru_cache(maxsize=256)
def _make_incomplete(model: type[Any], missing: frozenset[str]) -> type[BaseModel]:
    """Return a class for objects that lack some fields of a model, or contain an object that does.

    It is as if the model did not have these fields, for ``repr``, attrs and others, but reading them raises an error.
    """
    names = {name: wire for name, wire in model._wire_names.items() if name not in missing}

    def construct(_: type[BaseModel], **fields: Any) -> Any:
        return model(**fields)

    members: dict[str, Any] = {
        "__slots__": ("_context", "_path"),
        "__doc__": model.__doc__,
        "__module__": model.__module__,
        "__qualname__": model.__qualname__,
        "__attrs_attrs__": _KnownFields(),
        "_wire_names": names,
        "_get_model": classmethod(lambda _: model),
        # The constructor makes whole models, for example when attrs.evolve passes the missing fields.
        "__new__": construct,
        "__getattr__": _raise_field_error,
        "__reduce__": _reduce_incomplete,
    }
    return cast("type[BaseModel]", type(model.__name__, (model,), members))


def _raise_field_error(incomplete: Any, name: str) -> Any:
    missing = incomplete._get_model()._wire_names.keys() - incomplete._wire_names.keys()
    if name not in missing:
        if not name.startswith("_") and not hasattr(cast("object", type(incomplete)), name):
            _raise_missing(incomplete, name)
        return object.__getattribute__(incomplete, name)  # raises the usual error
    # Made elsewhere, because tracebacks include the variables of this function, and the value may be a secret.
    raise _make_field_error_of(incomplete, name)


def _make_field_error_of(incomplete: Any, name: str) -> AttributeError:
    model = incomplete._get_model()
    wire_name = model._wire_names[name]
    path = join_path(incomplete._path, wire_name)
    try:
        # The problem is not kept, because an exception keeps the variables of the functions that it came through.
        _Reader(incomplete._context).read(model._decoders()[name], incomplete._raw.get(wire_name), path)
    except DecodeError as problem:
        return cast("AttributeError", incomplete._context.make_field_error(problem))
    raise AssertionError(f"{path} is missing, but can be decoded")


def _reduce_incomplete(incomplete: Any) -> tuple[Any, ...]:
    parts = _take_apart(incomplete._raw)
    return _restore, (incomplete._get_model(), parts, incomplete._path, incomplete._context)


_MODELS: dict[Callable[[Any], Any], type[BaseModel]] = {}
"""The models by their decoders."""


def register(model: type[TModel], decode: Callable[[Any], Any]) -> Callable[[Any], TModel]:
    """Register the decoder of a model, which stops at the first value that is not as documented, and return it."""
    type.__setattr__(model, "_decode", staticmethod(decode))
    for name in cast("Any", model)._wire_names:
        first, *others = name.split("_")
        _add_missing_fields([name, f"{name}s", "".join([first, *map(str.capitalize, others)])])
    _MODELS[decode] = model
    return decode


def make_mutable(model: type[BaseModel]) -> Callable[[], Any]:
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


def _raise_frozen(model: BaseModel, name: str, _value: object = None) -> NoReturn:
    raise AttributeError(f"{type(model).__name__} is read-only; to_dict() returns a copy that you can change")


# --- pages ------------------------------------------------------------------------------------------------------------


class Page(BaseModel, JsonObject, Generic[TRow_co]):
    """Base of the pages of a list: iterates the rows of this page, and has the API's property names as keys.

    ``for run in page``, ``len(page)``, ``page[0]``, slices, ``in``, ``reversed`` and ``bool(page)`` are about the rows;
    ``page["nextCursor"]``, ``page.keys()``, ``page.get(...)``, ``dict(page)`` and ``page.to_dict()`` about the JSON
    object that the server sent. A page is neither a ``Mapping`` nor a ``Sequence``.
    """

    __slots__ = ()

    _rows_name: ClassVar[str]
    """The attribute with the rows."""

    def _rows(self) -> list[TRow_co]:
        return getattr(self, self._rows_name) or []

    def __iter__(self) -> Iterator[TRow_co]:
        return iter(self._rows())

    def __reversed__(self) -> Iterator[TRow_co]:
        return reversed(self._rows())

    def __len__(self) -> int:
        return len(self._rows())

    def __contains__(self, row: object, /) -> bool:
        return row in self._rows()

    @overload
    def __getitem__(self, key: str, /) -> Any: ...

    @overload
    def __getitem__(self, key: int, /) -> TRow_co: ...

    @overload
    def __getitem__(self, key: slice, /) -> list[TRow_co]: ...

    def __getitem__(self, key: int | slice | str, /) -> Any:
        if isinstance(key, str):
            return super().__getitem__(key)
        rows = self._rows()
        try:
            return rows[key]
        except IndexError:
            count = "1 row" if len(rows) == 1 else f"{len(rows)} rows"
            raise IndexError(f"row {key} is not on this {type(self).__name__}, which has {count}") from None

    def get(self, key: str, default: Any = None) -> Any:
        """Return the value that the server sent for a property, or ``default`` if it is absent."""
        return self._data().get(key, default)

    def keys(self) -> KeysView[str]:
        """Return the names of the properties that the server sent."""
        return self._data().keys()

    def values(self) -> ValuesView[Any]:
        """Return the values that the server sent."""
        return self._data().values()

    def items(self) -> ItemsView[str, Any]:
        """Return the names and values that the server sent; the rows are in the page itself."""
        return self._data().items()


_add_missing_fields([f"{word}{ending}" for word in OTHER_WORDS for ending in ("", "s", "_id")])
_add_missing_fields([*WORDS_FOR_ROWS, *WORDS_FOR_MORE, "cancel", "delete", "duration", "update", "wait"])
