"""The body of an answer while it comes in: how much of it is taken, and for how long."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from eigenpal._downloads.writers import content_length
from eigenpal._transport.outcomes import Fault
from eigenpal._transport.responses import LARGEST_JSON
from eigenpal_generated.runtime import Answer as Promise

SLOWEST_BYTES_PER_SECOND = 1024
"""A body may take as long as one read, and a second more for every so many bytes that it brought.

A read timeout bounds only the wait for the next byte, so a server that sends one now and then would hold a caller for
ever.
"""

LARGEST_ERROR = 1024 * 1024
"""What is read of an answer that is no success; no more is needed to say what went wrong."""

_DECODED = frozenset(("", "identity", "gzip", "deflate"))


class Intake:
    """Judges each piece of a body, and keeps them where the body is to be held in memory."""

    __slots__ = (
        "_allowed",
        "_announced",
        "_began",
        "_clock",
        "_deadline",
        "_has_body",
        "_is_error",
        "_limit",
        "pieces",
        "size",
    )

    def __init__(
        self,
        status: int,
        headers: Mapping[str, str],
        promise: Promise,
        seconds: float,
        deadline: float | None,
        clock: Callable[[], float],
        *,
        streaming: bool = False,
    ) -> None:
        """Begin to take an answer in.

        Args:
            status: Its status.
            headers: Its headers.
            promise: What the operation promises.
            seconds: The read timeout.
            deadline: When to give up in any case, by the clock.
            clock: Says what time it is.
            streaming: Whether the body goes elsewhere and not into memory.
        """
        self.pieces: list[bytes] = []
        self._announced: int | None = None
        self.size = 0
        self._clock = clock
        self._began = clock()
        self._allowed = seconds
        self._deadline = deadline
        self._is_error = status >= 300
        self._has_body = status != 204
        if self._is_error:
            self._limit: int | None = LARGEST_ERROR
        elif streaming or (promise == "bytes" and "content-encoding" not in headers):
            self._limit = None
        else:
            # Compressed files too: a kilobyte can hold a gigabyte, and they were asked for as they are.
            self._limit = LARGEST_JSON

    def refusal(self, headers: Mapping[str, str]) -> Fault | None:
        """Return why the body should not be read at all."""
        encoding = headers.get("content-encoding")
        if encoding is not None and encoding.strip().lower() not in _DECODED:
            # Other decoders are not bounded: a few kilobytes can become gigabytes in one step.
            return Fault("encoding", f"is compressed as {encoding[:60]!r}, which was not asked for")
        announced = content_length(headers)
        if announced is not None and self._limit is not None and announced > self._limit and not self._is_error:
            return self._too_large(announced)
        if encoding is None and self._has_body:
            self._announced = announced
        return None

    def add(self, piece: bytes) -> Fault | None:
        """Take a piece; return why the rest should not be read."""
        fault = self.count(len(piece))
        self.pieces.append(piece)
        return fault

    def count(self, length: int) -> Fault | None:
        """Take note of a piece that is kept elsewhere; return why the rest should not be read."""
        self.size += length
        if self._limit is not None and self.size > self._limit:
            return self._too_large(None)
        now = self._clock()
        if self._deadline is not None and now >= self._deadline:
            return Fault("timeout", f"{self.size} bytes came in time")
        if now - self._began > self._allowed + self.size / SLOWEST_BYTES_PER_SECOND:
            return Fault("timeout", f"{self.size} bytes came in {now - self._began:.1f} s")
        return None

    def forgive(self, seconds: float) -> None:
        """Do not count time in which it was not the server that was waited for."""
        self._began += seconds

    def missing(self) -> Fault | None:
        """Return what is wrong where the end came before all that was announced; not every HTTP library notices."""
        if self._announced is None or self.size == self._announced:
            return None
        return Fault("lost", f"{self.size} of {self._announced} bytes came")

    def body(self) -> bytes:
        """Return what was kept."""
        pieces = self.pieces
        return pieces[0] if len(pieces) == 1 else b"".join(pieces)

    def _too_large(self, announced: int | None) -> Fault:
        size = f"has {announced:,} bytes" if announced is not None else "has more"
        return Fault("too_large", f"{size}, but no operation answers with more than {self._limit:,} bytes in memory")
