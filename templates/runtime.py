"""Requests and responses, the protocols of transports, the base of the client tree, and pagination.

Nothing here does I/O. A module under ``api/`` builds a `Request` from arguments. A `Transport`, which `eigenpal`
implements, sends it and passes the `Response` to ``parse`` of the same module.
"""

from __future__ import annotations

import os
import sys
import warnings
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping, Sequence
from functools import wraps
from typing import (
    IO,
    TYPE_CHECKING,
    Any,
    ClassVar,
    Final,
    Literal,
    NamedTuple,
    Protocol,
    TypeAlias,
    TypedDict,
    TypeVar,
    cast,
)

from eigenpal_generated.base_models import Page, is_same_json, load_module
from eigenpal_generated.decoding import DecodeError, ResponseContext, decode_int
from eigenpal_generated.encoding import UNSET, encode_query_int, encode_query_str, percent_encode

if TYPE_CHECKING:
    from typing_extensions import deprecated as deprecated

T = TypeVar("T")
TCallable = TypeVar("TCallable", bound=Callable[..., Any])

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
