"""What can come of sending a request once: an `Answer`, or a `Fault` where there was none.

Faults say what matters for the decision to repeat, in our own words, so that nothing above the transport knows the
exceptions of an HTTP library and no error of ours keeps one alive.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, NamedTuple

FailureKind = Literal[
    "connect_error",  # no connection was made: refused, no such host, no proxy
    "connect_timeout",  # no connection was made in time
    "tls",  # the two sides could not agree, or the certificate is not trusted
    "deadline_exceeded",  # the time of the whole call was over before it was sent
    "timeout",  # connected, but no answer, or not all of it, in time
    "connection_lost",  # the connection broke, or what came over it was not HTTP
    "encoding",  # the body is compressed in a way we did not ask for, or wrongly
    "too_large",  # the body is larger than the answer of any operation
    "unexpected_response",  # an answer that makes no sense, such as a redirect which is not followed
    "file",  # a file that was being uploaded could not be read as announced
]

RETRYABLE_KINDS = frozenset(("connect_error", "connect_timeout", "timeout", "connection_lost"))


class TransportFailure(NamedTuple):
    """Why there is no answer, or not all of it."""

    kind: FailureKind
    reason: str
    """In the words of whoever noticed it; may be empty."""
    sent: bool = True
    """Whether any of the request may have reached the server."""
    status: int = 0
    """The status of the answer that made it one, if there was an answer."""


class RawResponse(NamedTuple):
    """An answer of any status."""

    status: int
    headers: Mapping[str, str]
    """By name in lower case."""
    body: bytes
    """Empty while the answer is being streamed."""
    stream: Any = None
    """The driver's own handle on the rest of an answer that is being streamed."""


SendResult = RawResponse | TransportFailure


def is_retryable(failure: TransportFailure, repeatable: bool) -> bool:
    """Tell whether a request that came to this may be sent again."""
    if failure.kind not in RETRYABLE_KINDS:
        return False
    return repeatable or not failure.sent
