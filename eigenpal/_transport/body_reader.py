"""The body of an answer while it comes in: how much of it is taken, and for how long."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from eigenpal._transport.outcomes import TransportFailure
from eigenpal._transport.ranges import parse_content_length
from eigenpal_generated.runtime import ResponseKind

MAX_JSON_BYTES = 256 * 1024 * 1024
"""The most bytes that are read of an answer which has to be decoded in memory, after decompression.

Rows and runs take kilobytes, outputs of documents megabytes. Beyond this, decoding would need gigabytes, so whatever
sends it is broken or hostile; files, which may be larger, are streamed.
"""

MIN_BYTES_PER_SECOND = 1024
"""A body may take as long as one read, and a second more for every so many bytes that it brought.

A read timeout bounds only the wait for the next byte, so a server that sends one now and then would hold a caller for
ever.
"""

MAX_ERROR_BYTES = 1024 * 1024
"""What is read of an answer that is no success; no more is needed to say what went wrong."""

_DECODED = frozenset(("", "identity", "gzip", "deflate"))


class BodyReader:
    """Judges each chunk of a body, and keeps them where the body is to be held in memory."""

    __slots__ = (
        "_allowed",
        "_began",
        "_deadline",
        "_declared_size",
        "_has_body",
        "_is_error",
        "_limit",
        "_monotonic",
        "chunks",
        "size",
    )

    def __init__(
        self,
        status: int,
        headers: Mapping[str, str],
        response_kind: ResponseKind,
        seconds: float,
        deadline: float | None,
        monotonic: Callable[[], float],
        *,
        streaming: bool = False,
    ) -> None:
        """Begin to take an answer in.

        Args:
            status: Its status.
            headers: Its headers.
            response_kind: What the operation promises.
            seconds: The read timeout.
            deadline: When to give up in any case, by the monotonic.
            monotonic: Says what time it is.
            streaming: Whether the body goes elsewhere and not into memory.
        """
        self.chunks: list[bytes] = []
        self._declared_size: int | None = None
        self.size = 0
        self._monotonic = monotonic
        self._began = monotonic()
        self._allowed = seconds
        self._deadline = deadline
        self._is_error = status >= 300
        self._has_body = status != 204
        if self._is_error:
            self._limit: int | None = MAX_ERROR_BYTES
        elif streaming or (response_kind == "file" and "content-encoding" not in headers):
            self._limit = None
        else:
            # Compressed files too: a kilobyte can hold a gigabyte, and they were asked for as they are.
            self._limit = MAX_JSON_BYTES

    def check_headers(self, headers: Mapping[str, str]) -> TransportFailure | None:
        """Return why the body should not be read at all."""
        encoding = headers.get("content-encoding")
        if encoding is not None and encoding.strip().lower() not in _DECODED:
            # Other decoders are not bounded: a few kilobytes can become gigabytes in one step.
            return TransportFailure("encoding", f"is compressed as {encoding[:60]!r}, which was not asked for")
        declared = parse_content_length(headers)
        if declared is not None and self._limit is not None and declared > self._limit and not self._is_error:
            return self._too_large(declared)
        if encoding is None and self._has_body:
            self._declared_size = declared
        return None

    def append(self, chunk: bytes) -> TransportFailure | None:
        """Take a chunk; return why the rest should not be read."""
        failure = self.count(len(chunk))
        self.chunks.append(chunk)
        return failure

    def count(self, length: int) -> TransportFailure | None:
        """Take note of a chunk that is kept elsewhere; return why the rest should not be read."""
        self.size += length
        if self._limit is not None and self.size > self._limit:
            return self._too_large(None)
        now = self._monotonic()
        if self._deadline is not None and now >= self._deadline:
            return TransportFailure("timeout", f"{self.size} bytes came in time")
        if now - self._began > self._allowed + self.size / MIN_BYTES_PER_SECOND:
            return TransportFailure("timeout", f"{self.size} bytes came in {now - self._began:.1f} s")
        return None

    def exclude_time(self, seconds: float) -> None:
        """Do not count time in which it was not the server that was waited for."""
        self._began += seconds

    def check_complete(self) -> TransportFailure | None:
        """Return what is wrong where the end came before all that was declared; not every HTTP library notices."""
        if self._declared_size is None or self.size == self._declared_size:
            return None
        return TransportFailure("connection_lost", f"{self.size} of {self._declared_size} bytes came")

    def body(self) -> bytes:
        """Return what was kept."""
        chunks = self.chunks
        return chunks[0] if len(chunks) == 1 else b"".join(chunks)

    def _too_large(self, declared: int | None) -> TransportFailure:
        size = f"has {declared:,} bytes" if declared is not None else "has more"
        return TransportFailure(
            "too_large", f"{size}, but no operation answers with more than {self._limit:,} bytes in memory"
        )
