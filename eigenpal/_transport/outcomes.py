"""The result of sending a request once: a `RawResponse`, or a `TransportFailure` if there is none.

A failure contains all that the retry rules need, so only the transport handles the exceptions of HTTP libraries.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, NamedTuple

FailureKind = Literal[
    "connect_error",  # no connection: refused, unknown host
    "connect_timeout",  # no connection in time
    "pool_timeout",  # all connections were in use all the time
    "not_sent",  # the HTTP library refused the request before it sent any of it
    "proxy_error",  # the proxy has not connected to the server
    "proxy_refused",  # the same, and it would not another time either: 403, 407
    "tls",  # the TLS handshake failed, or the certificate is not trusted
    "deadline_exceeded",  # the deadline passed before the request was sent
    "timeout",  # connected, but no complete response in time
    "connection_lost",  # the connection broke, or the response is not HTTP
    "encoding",  # the body is compressed in a way that was not requested, or is corrupt
    "too_large",  # the body is larger than a response in memory may be
    "undecodable",  # the body is not of the kind that the operation returns: HTML, invalid JSON
    "unexpected_response",  # any other response that cannot be used, such as a redirect that is not followed
    "file",  # a file could not be read while it was being uploaded
]


class UsedProxy(NamedTuple):
    """The proxy that a request is sent through."""

    url: str
    """Without credentials."""
    source: str
    """The variable that sets it, or ``http_client``."""
    sees_content: bool
    """Whether it handles each request, instead of only connecting to the server."""

    def __str__(self) -> str:
        return f"{self.url} ({self.source})"


class RawResponse(NamedTuple):
    """A response of any status."""

    status: int
    headers: Mapping[str, str]
    """Names are in lower case."""
    body: bytes
    """Empty if the response is streamed."""
    stream: Any = None
    """The driver's own reader for the body of a streamed response."""
    proxy: UsedProxy | None = None
    """The proxy that it came through."""

    @property
    def is_success(self) -> bool:
        """Whether the status is 2xx."""
        return 200 <= self.status < 300


class TransportFailure(NamedTuple):
    """Why there is no complete response."""

    kind: FailureKind
    reason: str
    """A clause for the error message; may be empty."""
    sent: bool = True
    """Whether any part of the request may have reached the server."""
    response: RawResponse | None = None
    """The response that caused the failure, if one did."""
    proxy: UsedProxy | None = None
    """The proxy that the request was sent through."""
    is_proxy_failure: bool = False
    """Whether the proxy failed, and nothing was sent to the server."""
    certificates: str = ""
    """What says which certificate authorities are trusted: variables, or ``http_client``."""


SendResult = RawResponse | TransportFailure
