"""Failures: from the exceptions of httpx and the libraries it uses to `TransportFailure`."""

from __future__ import annotations

import ssl
from collections.abc import Collection, Iterator

import httpx

from eigenpal._transport.httpx_requests import UploadDeadlineError
from eigenpal._transport.outcomes import FailureKind, TransportFailure
from eigenpal._transport.redaction import make_printable
from eigenpal._uploads.files import FileReadError
from eigenpal.errors import EigenpalError

# The connection was closed, not rejected.
_TLS_EOF_ERRORS = (ssl.SSLEOFError, ssl.SSLZeroReturnError, ssl.SSLSyscallError)

# httpx-aiohttp raises ConnectError for lost connections too. These aiohttp errors mean that there was no connection.
_AIOHTTP_CONNECT_ERRORS = frozenset(("ClientConnectorError", "ConnectionTimeoutError", "ClientProxyConnectionError"))


def failure_from_exception(error: Exception) -> TransportFailure | None:
    """Return the failure for an exception; None if it is not a network error."""
    if isinstance(error, FileReadError):
        return TransportFailure("file", str(error))
    if isinstance(error, UploadDeadlineError):
        return TransportFailure("timeout", "", sent=False)
    if isinstance(error, EigenpalError):
        return None
    was_sent = not _is_connect_error(error)
    reason = _extract_reason(error)
    kind: FailureKind
    if _is_tls_failure(error):
        kind = "tls"
    elif isinstance(error, httpx.PoolTimeout):
        kind, reason = "pool_timeout", ""
    elif isinstance(error, httpx.ConnectTimeout) and not was_sent and not _is_mislabelled_timeout(error):
        kind, reason = "connect_timeout", ""
    elif not was_sent:
        kind = "connect_error"
    elif isinstance(error, (httpx.TimeoutException, TimeoutError)) and not _is_mislabelled_timeout(error):
        kind, reason = "timeout", ""
    elif isinstance(error, httpx.DecodingError):
        kind, reason = "encoding", "is not compressed as declared in its headers"
    elif isinstance(error, (httpx.InvalidURL, httpx.UnsupportedProtocol, UnicodeError)) or _is_bad_location(error):
        kind, reason = "unexpected_response", "redirects to an invalid URL"
    elif isinstance(error, (httpx.HTTPError, OSError)) or _is_aiohttp_error(error):
        kind = "connection_lost"
    else:
        return None
    return TransportFailure(kind, reason, was_sent)


def _is_connect_error(error: Exception) -> bool:
    cause = error.__cause__
    if cause is not None and _is_aiohttp_error(cause):
        return _has_base(cause, _AIOHTTP_CONNECT_ERRORS)
    return isinstance(error, (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError))


def _is_bad_location(error: Exception) -> bool:
    """Return whether httpx could not parse a redirect, which it does even without following it."""
    return isinstance(error, httpx.RemoteProtocolError) and "location header" in str(error)


def _is_mislabelled_timeout(error: Exception) -> bool:
    """Return whether httpx-aiohttp has reported another connection error as a timeout."""
    cause = error.__cause__
    # By name, because asyncio.TimeoutError is another class on Python 3.10.
    return cause is not None and _is_aiohttp_error(cause) and not _has_base(cause, {"TimeoutError"})


def _has_base(error: BaseException, names: Collection[str]) -> bool:
    return any(base.__name__ in names for base in type(error).__mro__)


def _is_aiohttp_error(error: BaseException) -> bool:
    return any(base.__module__.partition(".")[0] == "aiohttp" for base in type(error).__mro__)


def _is_tls_failure(error: BaseException) -> bool:
    return any(isinstance(cause, ssl.SSLError) and not isinstance(cause, _TLS_EOF_ERRORS) for cause in _causes(error))


def _extract_reason(error: BaseException) -> str:
    """Return the message of the innermost cause, which is the most specific, as one line."""
    text = ""
    for cause in _causes(error):
        text = str(cause) or text
    return make_printable(text)


def _causes(error: BaseException) -> Iterator[BaseException]:
    # Not every context, because one may be an unrelated exception that the caller was handling. But the httpcore pool
    # raises with "from None", and then only the context has the message of the operating system.
    cause: BaseException | None = error
    for _ in range(10):
        if cause is None:
            return
        yield cause
        is_cut = cause.__cause__ is None and type(cause).__module__.partition(".")[0] == "httpcore"
        cause = cause.__context__ if is_cut else cause.__cause__
