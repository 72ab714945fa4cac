"""The actions that a flow yields to its driver, and what the driver sends back for each.

A flow is a generator without I/O. The transports are the drivers, which carry out its actions.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias, TypeVar

if TYPE_CHECKING:
    from eigenpal._downloads.writers import DownloadWriter
    from eigenpal._transport.outcomes import RawResponse
    from eigenpal._transport.request_trace import RequestTrace
    from eigenpal._uploads.upload_body import UploadBody
    from eigenpal_generated.runtime import Credential, Progress, ResponseKind

T = TypeVar("T")


class SendRequest(NamedTuple):
    """Send a request once. The driver sends back a `SendResult`."""

    method: str
    url: str
    headers: tuple[tuple[str, str], ...]
    """Headers in addition to those of every request."""
    content: bytes | UploadBody | None
    """The body; its type is among the headers."""
    with_credentials: bool
    """Whether its origin is that of ``base_url``. Only then are the API key and the default headers sent."""
    credential: Credential | None
    """How the API key is sent then, or None to send none."""
    response_kind: ResponseKind
    timeouts: dict[str, float]
    """Seconds for each phase: connect, read, write, pool."""
    deadline: float | None
    """When to stop waiting for the response, on the monotonic clock."""
    streaming: bool
    """Whether to leave the body of a success unread, for `WriteBody` or a stream."""
    trace: RequestTrace
    """Where to note how far the request has come."""


class Sleep(NamedTuple):
    """Sleep. The driver sends back None."""

    seconds: float


class RunInThread(NamedTuple):
    """Call a function that may block. The driver sends back what it returns."""

    function: Callable[[], Any]
    may_hang: bool = False
    """Whether it may never return, and can be left running if the task is cancelled."""


class WriteBody(NamedTuple):
    """Pass the body of a streamed response to a writer. The driver sends back None, or a `TransportFailure`."""

    response: RawResponse
    writer: DownloadWriter
    progress: Progress | None
    size: int | None
    """The size of the whole file, if known."""


Action: TypeAlias = "SendRequest | Sleep | RunInThread | WriteBody"
Flow: TypeAlias = Generator[Action, Any, T]
