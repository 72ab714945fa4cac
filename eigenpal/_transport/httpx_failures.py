"""From the exceptions of httpx, and of what it may stand on, to our own failures."""

from __future__ import annotations

import ssl
from collections.abc import Collection, Iterator

import httpx

from eigenpal._transport.body_reader import MAX_ERROR_BYTES
from eigenpal._transport.httpx_requests import DeadlineExceeded, lowercase_headers
from eigenpal._transport.outcomes import FailureKind, RawResponse, TransportFailure
from eigenpal._uploads.files import FileReadError
from eigenpal.errors import EigenpalError

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


def response_from_hook_error(error: httpx.HTTPStatusError) -> RawResponse:
    """Return the answer that an event hook of the caller's own client raised for."""
    response = error.response
    try:
        body = response.content
    except httpx.ResponseNotRead:
        body = b""
    return RawResponse(response.status_code, lowercase_headers(response), body[:MAX_ERROR_BYTES])
