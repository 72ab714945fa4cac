"""Reading response bodies within limits of size, time and length."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterable, Iterator, Mapping
from typing import cast

import httpx

from eigenpal import _clock
from eigenpal._transport.actions import SendRequest
from eigenpal._transport.httpx_failures import failure_from_exception
from eigenpal._transport.outcomes import TransportFailure

MAX_JSON_BYTES = 256 * 1024 * 1024
"""The size limit, after decompression, of a response that is decoded in memory.

Real responses take kilobytes or a few megabytes, and decoding more than this would need gigabytes of memory. Files may
be larger, because they are streamed.
"""

MIN_BYTES_PER_SECOND = 1024
"""The minimum rate of a body: it may take one read timeout, plus a second for each of this many bytes.

The read timeout limits only the wait for the next byte, so a server that trickles bytes could block a call forever.
"""

MAX_ERROR_BYTES = 1024 * 1024
"""The maximum number of bytes read of an error response."""

_MAX_LENGTH_DIGITS = 18

_ENCODINGS = frozenset(("", "identity", "gzip", "deflate"))


class BodyReader:
    """Yields the chunks of a body. If it ends early, `failure` is set to the reason."""

    __slots__ = (
        "_deadline",
        "_expected_size",
        "_is_raw",
        "_max_size",
        "_monotonic",
        "_read_timeout",
        "_rest",
        "_trace",
        "_wait_began",
        "_waited",
        "failure",
        "is_streamed",
        "response",
        "size",
    )

    def __init__(
        self, response: httpx.Response, headers: Mapping[str, str], send: SendRequest, monotonic: Callable[[], float]
    ) -> None:
        """Check the headers of a response, without reading its body.

        Args:
            response: The response, whose body may have been read already by a mock or an event hook.
            headers: Its headers, with names in lower case.
            send: The request that was sent.
            monotonic: The clock.
        """
        status = response.status_code
        is_success = 200 <= status < 300
        encoding = headers.get("content-encoding")
        self.response = response
        self.is_streamed: bool = send.streaming and is_success
        """Whether the caller streams the body."""
        self.failure: TransportFailure | None = None
        self.size = 0
        self._monotonic = monotonic
        self._read_timeout = send.timeouts["read"]
        self._deadline = send.deadline
        self._trace = send.trace
        self._waited = 0.0
        self._rest = bytearray()
        # Bypassing httpx is faster, but only possible if the body is not compressed, streamed or already read.
        self._is_raw = encoding is None and not self.is_streamed and not response.is_stream_consumed
        self._expected_size: int | None = None
        self._max_size: int | None = MAX_JSON_BYTES
        if status >= 300:
            self._max_size = MAX_ERROR_BYTES
        elif self.is_streamed or (send.response_kind in ("file", "optional_file") and encoding is None):
            # Compressed files in memory stay limited: a kilobyte can expand to a gigabyte.
            self._max_size = None
        if encoding is not None and encoding.strip().lower() not in _ENCODINGS:
            # Other decoders have no limit: a few kilobytes can expand to gigabytes in one step.
            self.failure = TransportFailure("encoding", f"has a compression that was not requested: {encoding!r}")
            return
        length = parse_content_length(headers)
        if length is not None and self._max_size is not None and length > self._max_size and is_success:
            self._fail_as_too_large(f"has {length:,} bytes")
        elif encoding is None and status != 204 and send.method != "HEAD":
            self._expected_size = length

    def __iter__(self) -> Iterator[bytes]:
        return self.iter_bytes()

    def iter_bytes(self, chunk_size: int | None = None) -> Iterator[bytes]:
        """Yield the body in chunks, as received or of ``chunk_size``."""
        response = self.response
        if not self._is_readable():
            return
        raw = cast("httpx.SyncByteStream", response.stream)
        chunks: Iterable[bytes] = raw if self._is_raw else response.iter_bytes()
        self._begin_wait()
        try:
            for chunk in chunks:
                self._count(len(chunk))
                yield from self._split(chunk, chunk_size)
                if self.failure is not None:
                    return
                self._begin_wait()
            if self._rest:
                yield bytes(self._rest)
            self._check_complete()
        except Exception as error:
            self.failure = failure_from_exception(error)
            if self.failure is None:
                raise
        finally:
            self._trace.end_phase()

    async def aiter_bytes(self, chunk_size: int | None = None) -> AsyncGenerator[bytes]:
        """Yield the body in chunks, as received or of ``chunk_size``."""
        response = self.response
        if not self._is_readable():
            self._trace.end_phase()
            return
        raw = cast("httpx.AsyncByteStream", response.stream)
        chunks: AsyncIterator[bytes] = aiter(raw) if self._is_raw else response.aiter_bytes()
        self._begin_wait()
        try:
            while (received := await self._wait_for(chunks)) is not None:
                self._count(len(received))
                for chunk in self._split(received, chunk_size):
                    yield chunk
                if self.failure is not None:
                    return
                self._begin_wait()
            if self.failure is not None:
                return
            if self._rest:
                yield bytes(self._rest)
            self._check_complete()
        except Exception as error:
            self.failure = failure_from_exception(error)
            if self.failure is None:
                raise
        finally:
            self._trace.end_phase()
            if isinstance(chunks, AsyncGenerator):
                await chunks.aclose()

    def _is_readable(self) -> bool:
        # httpx closes a response if an event hook raises, even before its body was read.
        return self.failure is None and (self.response.is_stream_consumed or not self.response.is_closed)

    def _begin_wait(self) -> None:
        if self.size and self.size == self._expected_size and not self.is_streamed:
            return  # only the end is missing, and whoever streams may have taken time since
        self._wait_began = self._measure()
        # What arrives may be no part of the body, such as the sizes of its chunks, or not decode to anything.
        self._trace.limit_body(self._read_timeout + self.size / MIN_BYTES_PER_SECOND - self._waited)

    async def _wait_for(self, chunks: AsyncIterator[bytes]) -> bytes | None:
        """Return the next chunk; None at the end, or if there was none in time."""
        if not self.is_streamed:
            # The driver limits it.
            return await anext(chunks, None)
        import anyio  # here, because the synchronous client does not need it

        with anyio.CancelScope(deadline=anyio.current_time() + self._trace.remaining()):
            return await anext(chunks, None)
        self._waited += self._measure() - self._wait_began
        self._fail_as_too_slow()
        return None

    def _split(self, received: bytes, chunk_size: int | None) -> Iterator[bytes]:
        if chunk_size is None:
            yield received
            return
        self._rest += received
        while len(self._rest) >= chunk_size:
            yield bytes(self._rest[:chunk_size])
            del self._rest[:chunk_size]

    def _count(self, length: int) -> None:
        self.size += length
        now = self._monotonic()
        # Only the time spent waiting for the server, not the time spent on processing chunks.
        self._waited += now - _clock.skipped_seconds - self._wait_began
        if self._max_size is not None and self.size > self._max_size:
            self._fail_as_too_large("is too large")
        elif self._deadline is not None and now >= self._deadline:
            self.failure = TransportFailure("timeout", f"{self.size} bytes received before the deadline")
        elif self._waited > self._read_timeout + self.size / MIN_BYTES_PER_SECOND:
            self._fail_as_too_slow()

    def _measure(self) -> float:
        # Without what other threads and tasks have skipped meanwhile.
        return self._monotonic() - _clock.skipped_seconds

    def _check_complete(self) -> None:
        # Not every HTTP library checks the length.
        if self._expected_size is not None and self.size != self._expected_size:
            self.failure = TransportFailure("connection_lost", f"{self.size} of {self._expected_size} bytes received")

    def _fail_as_too_slow(self) -> None:
        self.failure = TransportFailure("timeout", f"{self.size} bytes received in {self._waited:.1f} s")

    def _fail_as_too_large(self, size: str) -> None:
        self.failure = TransportFailure(
            "too_large", f"{size}; the maximum for a response in memory is {self._max_size:,} bytes"
        )


def lowercase_headers(response: httpx.Response) -> dict[str, str]:
    """Return the headers as a dict with lower-case names; each lookup in `httpx.Headers` is a linear search."""
    headers: dict[str, str] = {}
    for raw_name, raw_value in response.headers.raw:
        name = raw_name.decode("latin-1").lower()
        value = raw_value.decode("latin-1")
        headers[name] = f"{headers[name]}, {value}" if name in headers else value
    return headers


def parse_content_length(headers: Mapping[str, str]) -> int | None:
    """Return the Content-Length, the size of the body on the wire; None if it is missing or malformed."""
    value = headers.get("content-length", "").strip()
    return int(value) if value.isascii() and value.isdigit() and len(value) <= _MAX_LENGTH_DIGITS else None
