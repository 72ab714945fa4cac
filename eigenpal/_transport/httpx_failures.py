"""Failures: from the exceptions of httpx and the libraries it uses to `TransportFailure`."""

from __future__ import annotations

import re
import ssl
from collections.abc import Collection, Iterator, Mapping

from eigenpal._transport.certificates import find_certificate_sources
from eigenpal._transport.http_libraries import is_library_error
from eigenpal._transport.outcomes import FailureKind, TransportFailure
from eigenpal._transport.redaction import make_printable
from eigenpal._transport.request_trace import RequestTrace
from eigenpal._uploads.upload_errors import FileReadError, UploadDeadlineError
from eigenpal.errors import EigenpalError

# The connection was closed, not rejected.
_TLS_EOF_ERRORS = (ssl.SSLEOFError, ssl.SSLZeroReturnError, ssl.SSLSyscallError)

# httpx-aiohttp raises ConnectError for lost connections too. These aiohttp errors mean that there was no connection.
_AIOHTTP_CONNECT_ERRORS = frozenset(("ClientConnectorError", "ConnectionTimeoutError", "ClientProxyConnectionError"))
_AIOHTTP_PROXY_ERRORS = frozenset(("ClientProxyConnectionError", "ClientHttpProxyError"))

# h2 raises these when it opens a stream for a request: the server allows no more, or the connection is closing.
_STREAM_ERRORS = frozenset(("TooManyStreamsError", "NoAvailableStreamIDError"))
_NO_STREAM = r"Max outbound streams is \d+, \d+ open|ConnectionInputs\.SEND_HEADERS in state"


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
    if _is_refused_locally(error):
        return TransportFailure("not_sent", reason, sent=False)
    kind: FailureKind
    if _is_tls_failure(error):
        kind = "tls"
    elif is_library_error(error, "PoolTimeout"):
        kind, reason = "pool_timeout", ""
    elif is_library_error(error, "ConnectTimeout") and not was_sent and not _is_mislabelled_timeout(error):
        kind, reason = "connect_timeout", ""
    elif is_library_error(error, "ProxyError"):
        kind = "proxy_refused" if _is_refusal(reason) else "proxy_error"
    elif not was_sent:
        kind = "connect_error"
    elif _is_timeout(error):
        kind, reason = "timeout", ""
    elif is_library_error(error, "DecodingError"):
        kind, reason = "encoding", "is not compressed as declared in its headers"
    elif _is_bad_url(error):
        kind, reason = "unexpected_response", "redirects to an invalid URL"
    elif is_library_error(error, "HTTPError") or isinstance(error, OSError) or _is_from(error, "aiohttp", "h2"):
        # httpcore passes on what h2 raises while the body is received.
        kind = "connection_lost"
    else:
        return None
    is_proxy_failure = is_library_error(error, "ProxyError") or _has_cause(error, _AIOHTTP_PROXY_ERRORS)
    return TransportFailure(kind, reason, was_sent, is_proxy_failure=is_proxy_failure)


def locate_failure(error: Exception, trace: RequestTrace) -> TransportFailure | None:
    """Return the failure for an exception of a request; None if it is not a network error."""
    failure = failure_from_exception(error)
    if failure is None:
        if not trace.is_at_proxy or isinstance(error, EigenpalError):
            return None
        # httpcore passes on what its library for SOCKS raises, and its own AssertionError.
        failure = TransportFailure("connect_error", _extract_reason(error) or "unexpected response", sent=False)
    return trace.locate(failure)


def find_certificates(failure: TransportFailure, environ: Mapping[str, str], *, is_own: bool) -> TransportFailure:
    """Return a TLS failure that says where the trusted certificates come from."""
    if failure.kind != "tls":
        return failure
    variables = [source.variable for source in find_certificate_sources(environ)]
    return failure._replace(certificates=" and ".join(variables) if is_own else "http_client")


def _is_refusal(reason: str) -> bool:
    """Return whether a proxy has answered with a client error, which is the same another time."""
    return re.match(r"4\d\d\b(?<!408)(?<!429)", reason) is not None


def _is_connect_error(error: Exception) -> bool:
    cause = error.__cause__
    if cause is not None and _is_from(cause, "aiohttp"):
        return _has_base(cause, _AIOHTTP_CONNECT_ERRORS)
    return is_library_error(error, "ConnectError", "ConnectTimeout", "PoolTimeout", "ProxyError")


def _is_refused_locally(error: Exception) -> bool:
    """Return whether the HTTP library refused a request before it sent any of it.

    It may also refuse to continue with one: a body that is too long, or a stream that the server has closed.
    """
    if not is_library_error(error, "LocalProtocolError", "RemoteProtocolError"):
        return False
    causes = list(_causes(error))
    # httpcore passes only the head of a request to h11 in this way, before it sends it.
    is_bad_head = any(type(cause).__module__.partition(".")[0] == "h11" for cause in causes)
    if is_bad_head and is_library_error(error, "LocalProtocolError"):
        return True
    return any(type(cause).__name__ in _STREAM_ERRORS or re.search(_NO_STREAM, str(cause)) for cause in causes)


def _is_bad_url(error: Exception) -> bool:
    """Return whether the URL of a redirect is invalid. httpx parses it even without following it."""
    if is_library_error(error, "RemoteProtocolError"):
        return "location header" in str(error)
    return is_library_error(error, "InvalidURL", "UnsupportedProtocol") or isinstance(error, UnicodeError)


def _is_timeout(error: Exception) -> bool:
    is_timeout = is_library_error(error, "TimeoutException") or isinstance(error, TimeoutError)
    return is_timeout and not _is_mislabelled_timeout(error)


def _is_mislabelled_timeout(error: Exception) -> bool:
    """Return whether httpx-aiohttp has reported another connection error as a timeout."""
    cause = error.__cause__
    # By name, because asyncio.TimeoutError is another class on Python 3.10.
    return cause is not None and _is_from(cause, "aiohttp") and not _has_base(cause, {"TimeoutError"})


def _has_cause(error: BaseException, names: Collection[str]) -> bool:
    return error.__cause__ is not None and _is_from(error.__cause__, "aiohttp") and _has_base(error.__cause__, names)


def _has_base(error: BaseException, names: Collection[str]) -> bool:
    return any(base.__name__ in names for base in type(error).__mro__)


def _is_from(error: BaseException, *libraries: str) -> bool:
    return any(base.__module__.partition(".")[0] in libraries for base in type(error).__mro__)


def _is_tls_failure(error: BaseException) -> bool:
    return any(isinstance(cause, ssl.SSLError) and not isinstance(cause, _TLS_EOF_ERRORS) for cause in _causes(error))


def _extract_reason(error: BaseException) -> str:
    """Return the message of the innermost cause, which is the most specific, as one line."""
    text = ""
    for cause in _causes(error):
        # That of a KeyError is only the key, such as the state of h2 that allows no more frames.
        if not isinstance(cause, KeyError):
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
        is_cut = cause.__cause__ is None and type(cause).__module__.partition(".")[0] in ("httpcore", "httpcore2")
        cause = cause.__context__ if is_cut else cause.__cause__
