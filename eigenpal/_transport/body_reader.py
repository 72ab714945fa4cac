"""Reading response bodies within limits of size, time and length."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterable, Iterator, Mapping
from typing import cast

import httpx

from eigenpal._transport.actions import SendRequest
from eigenpal._transport.httpx_failures import failure_from_exception
from eigenpal._transport.outcomes import TransportFailure
from eigenpal._transport.ranges import parse_content_length

MAX_JSON_BYTES = 256 * 1024 * 1024
"""The size limit, after decompression, of a response that is decoded in memory.

Rows and runs take kilobytes, results of documents megabytes. Decoding more than this would need gigabytes, so whatever
sends it is broken or hostile. Files may be larger: they are streamed.
"""

MIN_BYTES_PER_SECOND = 1024
"""The slowest rate of a body: it may take one read timeout, plus a second for each of these many bytes.

A read timeout bounds only the wait for the next byte, so a server that sends one now and then would hold a call
for ever.
"""

MAX_ERROR_BYTES = 1024 * 1024
"""How much is read of an error response; the message needs no more."""

_ENCODINGS = frozenset(("", "identity", "gzip", "deflate"))


class BodyReader:
    """Yields the chunks of a body; afterwards `failure` says why it ended early, if it did."""

    __slots__ = (
        "_deadline",
        "_expected_size",
        "_is_raw",
        "_max_size",
        "_monotonic",
        "_read_timeout",
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
        """Check the headers of a response; nothing of its body is read yet.

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
        """Whether the body is left to whoever streams it."""
        self.failure: TransportFailure | None = None
        self.size = 0
        self._monotonic = monotonic
        self._read_timeout = send.timeouts["read"]
        self._deadline = send.deadline
        self._waited = 0.0
        # Faster, where httpx has nothing to decode, to split or to repeat.
        self._is_raw = encoding is None and not self.is_streamed and not response.is_stream_consumed
        self._expected_size: int | None = None
        self._max_size: int | None = MAX_JSON_BYTES
        if status >= 300:
            self._max_size = MAX_ERROR_BYTES
        elif self.is_streamed or (send.response_kind == "file" and encoding is None):
            # Not compressed files in memory: a kilobyte can hold a gigabyte, and files are requested uncompressed.
            self._max_size = None
        if encoding is not None and encoding.strip().lower() not in _ENCODINGS:
            # The decoders of other encodings are unbounded: a few kilobytes can become gigabytes in one step.
            self.failure = TransportFailure("encoding", f"is compressed as {encoding[:60]!r}, which was not requested")
            return
        length = parse_content_length(headers)
        if length is not None and self._max_size is not None and length > self._max_size and is_success:
            self._fail_as_too_large(f"has {length:,} bytes")
        elif encoding is None and status != 204:
            self._expected_size = length

    def __iter__(self) -> Iterator[bytes]:
        return self.iter_bytes()

    def iter_bytes(self, chunk_size: int | None = None) -> Iterator[bytes]:
        """Yield the body in chunks, as received or of ``chunk_size``."""
        response = self.response
        if not self._is_readable():
            return
        raw = cast("httpx.SyncByteStream", response.stream)
        chunks: Iterable[bytes] = raw if self._is_raw else response.iter_bytes(chunk_size)
        self._wait_began = self._monotonic()
        try:
            for chunk in chunks:
                self._count(len(chunk))
                yield chunk
                if self.failure is not None:
                    return
                self._wait_began = self._monotonic()
            self._check_complete()
        except Exception as error:
            self.failure = failure_from_exception(error)
            if self.failure is None:
                raise

    async def aiter_bytes(self, chunk_size: int | None = None) -> AsyncGenerator[bytes]:
        """Yield the body in chunks, as received or of ``chunk_size``."""
        response = self.response
        if not self._is_readable():
            return
        raw = cast("httpx.AsyncByteStream", response.stream)
        chunks: AsyncIterator[bytes] = aiter(raw) if self._is_raw else response.aiter_bytes(chunk_size)
        self._wait_began = self._monotonic()
        try:
            async for chunk in chunks:
                self._count(len(chunk))
                yield chunk
                if self.failure is not None:
                    return
                self._wait_began = self._monotonic()
            self._check_complete()
        except Exception as error:
            self.failure = failure_from_exception(error)
            if self.failure is None:
                raise
        finally:
            if isinstance(chunks, AsyncGenerator):
                await chunks.aclose()

    def _is_readable(self) -> bool:
        # httpx closes a response if an event hook raises, even if nothing of it was read.
        return self.failure is None and (self.response.is_stream_consumed or not self.response.is_closed)

    def _count(self, length: int) -> None:
        self.size += length
        now = self._monotonic()
        # Only the time spent waiting for the server, not the time the reader takes over each chunk.
        self._waited += now - self._wait_began
        if self._max_size is not None and self.size > self._max_size:
            self._fail_as_too_large("has more")
        elif self._deadline is not None and now >= self._deadline:
            self.failure = TransportFailure("timeout", f"{self.size} bytes received before the deadline")
        elif self._waited > self._read_timeout + self.size / MIN_BYTES_PER_SECOND:
            self.failure = TransportFailure("timeout", f"{self.size} bytes received in {self._waited:.1f} s")

    def _check_complete(self) -> None:
        # Not every HTTP library does.
        if self._expected_size is not None and self.size != self._expected_size:
            self.failure = TransportFailure("connection_lost", f"{self.size} of {self._expected_size} bytes received")

    def _fail_as_too_large(self, size: str) -> None:
        self.failure = TransportFailure(
            "too_large", f"{size}, but no operation returns more than {self._max_size:,} bytes in memory"
        )


def lowercase_headers(response: httpx.Response) -> dict[str, str]:
    """Return the headers as a dict with lower-case names, because httpx searches its own from the start each time."""
    headers: dict[str, str] = {}
    for raw_name, raw_value in response.headers.raw:
        name = raw_name.decode("latin-1").lower()
        value = raw_value.decode("latin-1")
        headers[name] = f"{headers[name]}, {value}" if name in headers else value
    return headers
