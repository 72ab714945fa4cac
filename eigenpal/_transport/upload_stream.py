"""The stream of a request body with files, read chunk by chunk until the deadline."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Generator, Iterator
from functools import cache, partial
from typing import Any

from eigenpal._transport.daemon_threads import DaemonThread
from eigenpal._transport.request_trace import RequestTrace
from eigenpal._uploads.upload_body import UploadBody
from eigenpal._uploads.upload_errors import UploadDeadlineError


class UploadStream:
    """The stream of a body with files. In an event loop, they are read in a thread.

    HTTP libraries require that it is derived from a class of theirs, see `make_upload_stream`.
    """

    def __init__(
        self, body: UploadBody, deadline: float | None, monotonic: Callable[[], float], trace: RequestTrace
    ) -> None:
        self._body = body
        self._deadline = deadline
        self._monotonic = monotonic
        self._trace = trace

    def __iter__(self) -> Iterator[bytes]:
        unlimited = self._iter_chunks()
        chunks: Iterator[bytes] = unlimited
        if self._deadline is not None and self._body.may_hang:
            chunks = self._iter_before_deadline(unlimited, self._deadline)
        sent = 0
        for chunk in chunks:
            yield chunk
            sent += len(chunk)
            self._report(sent)

    def _report(self, sent: int) -> None:
        if self._body.progress is not None:
            self._body.progress(sent, self._body.size)

    def _iter_chunks(self) -> Generator[bytes]:
        for chunk in self._body.chunks():
            # The write timeout applies to each chunk, and there may be thousands.
            if self._deadline is not None and self._monotonic() >= self._deadline:
                raise UploadDeadlineError
            yield chunk

    def _iter_before_deadline(self, chunks: Generator[bytes], deadline: float) -> Iterator[bytes]:
        thread = DaemonThread()
        try:
            while chunk := thread.call(partial(next, chunks, b""), max(0.0, deadline - self._monotonic())):
                yield chunk
        except TimeoutError as error:
            raise UploadDeadlineError from error
        finally:
            self._end(thread, chunks)

    async def __aiter__(self) -> AsyncIterator[bytes]:
        chunks = self._iter_chunks()
        sent = 0
        if not self._body.blocking:
            for chunk in chunks:
                yield chunk
                sent += len(chunk)
                self._report(sent)
            return
        thread = DaemonThread()

        async def read() -> bytes:
            self._trace.unlimit_unseen()
            chunk: bytes = await thread.acall(partial(next, chunks, b""))
            self._trace.limit_unseen()
            return chunk

        try:
            chunk = await read()
            while chunk:
                sent += len(chunk)
                # The end is read before the last chunk is sent: aiohttp cancels what it reads when it has a response.
                following = await read() if sent == self._body.size else None
                yield chunk
                self._report(sent)
                chunk = await read() if following is None else following
        finally:
            self._end(thread, chunks)

    def _end(self, thread: DaemonThread, chunks: Generator[bytes]) -> None:
        if thread.is_busy:
            # Another attempt would use the file at the same time.
            self._body.abandon()
        thread.close(chunks.close)


@cache
def make_upload_stream(library: Any) -> type[Any]:
    """Return the class of upload streams for an HTTP library."""
    return type("UploadStream", (UploadStream, library.SyncByteStream, library.AsyncByteStream), {})
