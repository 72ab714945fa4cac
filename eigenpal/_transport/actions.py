"""What the flows ask of a driver: each action, and what comes back for it."""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias, TypeVar

from eigenpal._transport.body_reader import BodyReader
from eigenpal._transport.outcomes import RawResponse
from eigenpal_generated.runtime import Progress, ResponseKind

if TYPE_CHECKING:
    from eigenpal._downloads.writers import DownloadWriter
    from eigenpal._uploads.multipart import Multipart

T = TypeVar("T")


class SendRequest(NamedTuple):
    """Send a request once; comes back as an `Outcome`, an `Answer` of whatever status or a `Fault`."""

    method: str
    url: str
    headers: tuple[tuple[str, str], ...]
    """Beside those that every request has."""
    content: bytes | Multipart | None
    """JSON, a multipart body or nothing."""
    is_own: bool
    """Whether it goes to the origin of ``base_url``: only then with the key and the default headers."""
    response_kind: ResponseKind
    """What a success holds."""
    timeouts: dict[str, float]
    deadline: float | None
    """When to give up reading the answer, by the clock."""
    streaming: bool
    """Whether the body of a success stays unread, for `Receive`."""


class Sleep(NamedTuple):
    """Do nothing for so many seconds; comes back as None."""

    seconds: float


class RunInThread(NamedTuple):
    """Do something that may block; comes back as what it returns."""

    function: Callable[[], Any]


class WriteBody(NamedTuple):
    """Write the rest of a streamed answer into a sink; comes back as None, or as the `Fault` that cut it short."""

    answer: RawResponse
    writer: DownloadWriter
    progress: Progress | None
    size: int | None
    """Of the whole file, where the server told."""
    seconds: float
    """The read timeout."""

    def body_reader(self, monotonic: Callable[[], float]) -> BodyReader:
        """Return what judges the pieces."""
        answer = self.answer
        return BodyReader(answer.status, answer.headers, "file", self.seconds, None, monotonic, streaming=True)

    def report_progress(self) -> None:
        """Tell the caller how much is written."""
        if self.progress is not None:
            self.progress(self.writer.written, self.size)


Action: TypeAlias = "SendRequest | Sleep | RunInThread | WriteBody"
Flow: TypeAlias = Generator[Action, Any, T]
