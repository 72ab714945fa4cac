"""Between our values and those of httpx: requests on the way out, exceptions on the way in."""

from __future__ import annotations

import ssl
from collections.abc import AsyncIterator, Callable, Collection, Generator, Iterator, Mapping
from contextlib import suppress
from functools import cache, lru_cache
from inspect import signature
from typing import Any, Final

import httpx

from eigenpal._options import ClientOptions
from eigenpal._transport.body_reader import MAX_ERROR_BYTES, BodyReader
from eigenpal._transport.outcomes import FailureKind, RawResponse, TransportFailure
from eigenpal._transport.request_flow import RequestFlow, SendRequest
from eigenpal._transport.user_agent import user_agent_headers
from eigenpal._uploads.files import FileReadError
from eigenpal._uploads.multipart import Multipart
from eigenpal.errors import EigenpalError

_EMPTY: Final = httpx.ByteStream(b"")
_WITH_BODY = frozenset(("POST", "PUT", "PATCH"))
# A timeout of zero is no timeout to sockets, but another way of working.
_SHORTEST_TIMEOUT = 0.001


class DeadlineExceeded(Exception):
    """The deadline of a flow came while its body was on the way, so the server cannot have taken it."""


class DeadlineTimeouts(Mapping[str, float]):
    """The timeouts of the phases under a deadline: each is looked up when its phase begins, and ends with the deadline.

    Fixed when a request is sent, every phase might take all the time there was then, one after the other.
    """

    def __init__(self, timeouts: Mapping[str, float], deadline: float, monotonic: Callable[[], float]) -> None:
        self._timeouts = timeouts
        self._deadline = deadline
        self._monotonic = monotonic

    def __getitem__(self, phase: str) -> float:
        return max(_SHORTEST_TIMEOUT, min(self._timeouts[phase], self._deadline - self._monotonic()))

    def __iter__(self) -> Iterator[str]:
        return iter(self._timeouts)

    def __len__(self) -> int:
        return len(self._timeouts)


class UploadStream(httpx.SyncByteStream, httpx.AsyncByteStream):
    """A multipart body on its way; in an event loop, files are read by a thread."""

    def __init__(self, body: Multipart, deadline: float | None, monotonic: Callable[[], float]) -> None:
        self._body = body
        self._deadline = deadline
        self._monotonic = monotonic

    def __iter__(self) -> Iterator[bytes]:
        return self._pieces()

    def _pieces(self) -> Generator[bytes]:
        for piece in self._body.pieces():
            # A timeout is armed for each piece alone, and there may be thousands.
            if self._deadline is not None and self._monotonic() >= self._deadline:
                raise DeadlineExceeded
            yield piece

    async def __aiter__(self) -> AsyncIterator[bytes]:
        pieces = self._pieces()
        if not self._body.blocking:
            for piece in pieces:
                yield piece
            return
        from anyio import to_thread  # here, because the blocking client has no use for it

        # Nothing is lost with the thread, and the source may be a pipe in which nothing ever comes.
        abandoned: dict[str, Any] = {abandon_on_cancel(to_thread.run_sync): True}
        try:
            while piece := await to_thread.run_sync(next, pieces, b"", **abandoned):
                yield piece
        finally:
            # Where the task was cancelled the thread may still be reading; it then ends the generator itself.
            with suppress(ValueError):
                pieces.close()


@cache
def abandon_on_cancel(run_sync: Callable[..., object]) -> str:
    """Return the name of the argument that lets a cancelled task leave its thread behind."""
    # httpx takes any anyio, and before 4.1 the argument was called otherwise.
    return "abandon_on_cancel" if "abandon_on_cancel" in signature(run_sync).parameters else "cancellable"


@lru_cache(maxsize=256)
def _parsed_url(url: str) -> httpx.URL:
    # Taking an address apart is a tenth of a flow, and waiting for a run asks for the same one again and again.
    return httpx.URL(url)


class RequestBuilder:
    """Makes httpx requests; all headers that do not change are put together once."""

    def __init__(self, options: ClientOptions, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        host = httpx.URL(options.base_url).netloc.decode("ascii")
        self._own_json = _headers(options, host, is_json=True)
        self._own_json_with_body = self._own_json.copy()
        self._own_json_with_body["Content-Type"] = "application/json"
        self._own_bytes = _headers(options, host, is_json=False)

    def request(self, send: SendRequest) -> httpx.Request:
        """Make the httpx request for one sending.

        Raises:
            httpx.InvalidURL: A redirect led to an address that is none.
        """
        content = send.content
        if isinstance(content, bytes):
            stream: httpx.ByteStream | UploadStream = httpx.ByteStream(content)
        elif content is None:
            stream = _EMPTY
        else:
            stream = UploadStream(content, send.deadline, self._monotonic)
        timeouts: Mapping[str, float] = send.timeouts
        if send.deadline is not None:
            timeouts = DeadlineTimeouts(timeouts, send.deadline, self._monotonic)
        if send.is_own:
            own = self._own_json
            if send.response_kind == "file":
                own = self._own_bytes
            elif isinstance(content, bytes):
                own = self._own_json_with_body
            request = httpx.Request(
                send.method, _parsed_url(send.url), headers=own, stream=stream, extensions={"timeout": timeouts}
            )
        else:
            request = _foreign_request(send, timeouts)
        headers = request.headers
        for name, value in send.headers:
            headers[name] = value
        if content is None:
            if send.method in _WITH_BODY:
                headers["Content-Length"] = "0"
        elif isinstance(content, bytes):
            headers["Content-Length"] = str(len(content))
            if send.response_kind == "file":
                headers["Content-Type"] = "application/json"
        else:
            size = content.size
            if size is None:
                headers["Transfer-Encoding"] = "chunked"
            else:
                headers["Content-Length"] = str(size)
            return request
        # Kept on the request, where mocks and other transports look for it.
        request.read()
        return request


def _foreign_request(send: SendRequest, timeouts: Mapping[str, float]) -> httpx.Request:
    """Make a request to another origin than that of ``base_url``: it says nothing about this client."""
    headers = {"Accept": "*/*" if send.response_kind == "file" else "application/json"}
    headers["Accept-Encoding"] = "identity" if send.response_kind == "file" else "gzip, deflate"
    headers["User-Agent"] = user_agent_headers()["User-Agent"]
    return httpx.Request(send.method, send.url, headers=headers, content=b"", extensions={"timeout": timeouts})


def _headers(options: ClientOptions, host: str, *, is_json: bool) -> httpx.Headers:
    headers = httpx.Headers({"Host": host})
    for name, value in user_agent_headers().items():
        headers[name] = value
    headers["Accept"] = "application/json" if is_json else "*/*"
    # Only what can be decoded in bounded steps; files as they are, so that their length can be checked.
    headers["Accept-Encoding"] = "gzip, deflate" if is_json else "identity"
    for name, secret in options.default_headers:
        headers.pop(name, None)
        if secret is not None:
            headers[name] = secret.reveal()
    # Shown as [secure] by the repr of httpx.Headers.
    headers["Authorization"] = f"Bearer {options.api_key.reveal()}"
    return headers


def lowercase_headers(response: httpx.Response) -> dict[str, str]:
    """Return the headers as a dict by name in lower case; those of httpx are searched from the start each time."""
    headers: dict[str, str] = {}
    for raw_name, raw_value in response.headers.raw:
        name = raw_name.decode("latin-1").lower()
        value = raw_value.decode("latin-1")
        headers[name] = f"{headers[name]}, {value}" if name in headers else value
    return headers


def make_stream_reader(answer: RawResponse, flow: RequestFlow, monotonic: Callable[[], float]) -> BodyReader:
    """Return what judges the pieces of an answer that the caller reads."""
    reader = BodyReader(answer.status, answer.headers, "file", flow.timeouts["read"], None, monotonic, streaming=True)
    reader.check_headers(answer.headers)
    return reader


def make_stream_consumed_error() -> EigenpalError:
    """Make the error for a stream that is read a second time, or after its block."""
    return EigenpalError("the bytes of a stream can be read once, inside its with block")


def response_from_hook_error(error: httpx.HTTPStatusError) -> RawResponse:
    """Return the answer that an event hook of the caller's own client raised for."""
    response = error.response
    try:
        body = response.content
    except httpx.ResponseNotRead:
        body = b""
    return RawResponse(response.status_code, lowercase_headers(response), body[:MAX_ERROR_BYTES])


# --- what went wrong --------------------------------------------------------------------------------------------------

# Cut off in the middle rather than refused.
_TLS_ENDS = (ssl.SSLEOFError, ssl.SSLZeroReturnError, ssl.SSLSyscallError)

# aiohttp's own word for "no connection was made": httpx-aiohttp reports every lost one as such.
_AIOHTTP_UNCONNECTED = frozenset(("ClientConnectorError", "ConnectionTimeoutError", "ClientProxyConnectionError"))


def failure_from_exception(error: Exception) -> TransportFailure | None:
    """Say in our own terms what an exception of the network means; None for one that is not of the network."""
    if isinstance(error, FileReadError):
        return TransportFailure("file", str(error))
    if isinstance(error, DeadlineExceeded):
        return TransportFailure("timeout", "", sent=False)
    if isinstance(error, EigenpalError):
        return None
    was_sent = not _never_connected(error)
    reason = _reason(error)
    kind: FailureKind
    if _is_tls_failure(error):
        kind = "tls"
    elif isinstance(error, httpx.PoolTimeout):
        kind, reason = "connect_timeout", "all connections of the client were in use"
    elif isinstance(error, httpx.ConnectTimeout) and not was_sent and not _is_called_timeout(error):
        kind, reason = "connect_timeout", ""
    elif not was_sent:
        kind = "connect_error"
    elif isinstance(error, (httpx.TimeoutException, TimeoutError)) and not _is_called_timeout(error):
        kind, reason = "timeout", ""
    elif isinstance(error, httpx.DecodingError):
        kind, reason = "encoding", "is not compressed as it says"
    elif isinstance(error, (httpx.InvalidURL, httpx.UnsupportedProtocol, UnicodeError)) or _is_bad_location(error):
        kind, reason = "unexpected_response", "redirects to an address that is none"
    elif isinstance(error, (httpx.HTTPError, OSError)) or _is_of_aiohttp(error):
        kind = "connection_lost"
    else:
        return None
    return TransportFailure(kind, reason, was_sent)


def _never_connected(error: Exception) -> bool:
    cause = error.__cause__
    if cause is not None and _is_of_aiohttp(cause):
        return _has_base(cause, _AIOHTTP_UNCONNECTED)
    return isinstance(error, (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError))


def _is_bad_location(error: Exception) -> bool:
    """Tell whether httpx met a redirect that it cannot read; it looks at them also where it does not follow them."""
    return isinstance(error, httpx.RemoteProtocolError) and "location header" in str(error)


def _is_called_timeout(error: Exception) -> bool:
    """Tell whether httpx-aiohttp calls a timeout what was none: it has one name for all that happens to connections."""
    cause = error.__cause__
    # By name, for on Python 3.10 asyncio has one of its own.
    return cause is not None and _is_of_aiohttp(cause) and not _has_base(cause, {"TimeoutError"})


def _has_base(error: BaseException, names: Collection[str]) -> bool:
    return any(base.__name__ in names for base in type(error).__mro__)


def _is_of_aiohttp(error: BaseException) -> bool:
    return any(base.__module__.partition(".")[0] == "aiohttp" for base in type(error).__mro__)


def _is_tls_failure(error: BaseException) -> bool:
    return any(isinstance(cause, ssl.SSLError) and not isinstance(cause, _TLS_ENDS) for cause in _causes(error))


def _reason(error: BaseException) -> str:
    """Return the words of the innermost cause, which know most, as one line."""
    text = ""
    for cause in _causes(error):
        text = str(cause) or text
    words = " ".join(text.split())
    return "".join(character if character.isprintable() else "?" for character in words)


def _causes(error: BaseException) -> Iterator[BaseException]:
    # Not the contexts in general: the last of them is what the caller was dealing with when the request was made.
    # But httpcore's pool cuts the cause off with "from None", and leaves no other trace of what the system said.
    cause: BaseException | None = error
    for _ in range(10):
        if cause is None:
            return
        yield cause
        is_cut = cause.__cause__ is None and type(cause).__module__.partition(".")[0] == "httpcore"
        cause = cause.__context__ if is_cut else cause.__cause__
