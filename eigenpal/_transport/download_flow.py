"""The flow of a download: stream the file, resume it after a failure, check its length."""

from __future__ import annotations

from functools import partial

from eigenpal._downloads.part_file import PartRecord
from eigenpal._downloads.writers import DownloadWriter
from eigenpal._transport.actions import Flow, RunInThread, WriteBody
from eigenpal._transport.outcomes import RawResponse, SendResult, TransportFailure
from eigenpal._transport.ranges import (
    ByteRange,
    find_validator,
    is_end_of_file,
    is_strong_etag,
    make_resume_headers,
    parse_byte_range,
)
from eigenpal._transport.request_flow import RANGE_STATUSES, RequestFlow
from eigenpal_generated.runtime import Progress

_NOT_RESUMABLE = TransportFailure("connection_lost", "the server does not support resuming the file")

# Otherwise a server that sends a byte per connection, or a byte now and then, could keep a download going for years.
_FREE_RENEWALS = 1000
_MIN_BYTES_PER_RENEWAL = 1024
_MIN_BYTES_PER_SECOND = 1024


def download(flow: RequestFlow, writer: DownloadWriter, progress: Progress | None) -> Flow[SendResult | None]:
    """Download a file with a writer. Return None, or the failed result after the writer has aborted."""
    is_written = False
    try:
        kept: PartRecord | None = yield RunInThread(partial(writer.open, flow.url_hash))
        result = yield from _Download(flow, writer, progress, kept).receive()
        if result is None:
            yield RunInThread(writer.commit, writer.may_hang)
            is_written = True
        return result
    finally:
        # Also runs if the driver is interrupted, because it closes this generator.
        if not is_written:
            writer.abort()


class _Download:
    """The state of a download over its attempts."""

    def __init__(
        self, flow: RequestFlow, writer: DownloadWriter, progress: Progress | None, kept: PartRecord | None
    ) -> None:
        self._flow = flow
        self._writer = writer
        self._progress = progress
        self._validator: str | None = None if kept is None else kept.etag
        self._size: int | None = None if kept is None else kept.size
        # The furthest position reached, so that receiving the same bytes again is no progress.
        self._furthest = writer.written
        self._renewals = 0

    def receive(self) -> Flow[SendResult | None]:
        """Request the file, or its rest, until all bytes are written. Return None, or the failed result."""
        writer = self._writer
        while True:
            range_headers = make_resume_headers(self._validator, writer.written)
            if not range_headers and not writer.rewind():
                return _NOT_RESUMABLE
            response = yield from self._flow.send_with_retries(range_headers, streaming=True)
            if not isinstance(response, RawResponse) or not (
                response.is_success or (range_headers and response.status in RANGE_STATUSES)
            ):
                return response
            if range_headers and is_end_of_file(response, writer.written):
                return None
            byte_range = parse_byte_range(response)
            if not range_headers or not self._is_continuation(response, byte_range):
                self._validator = None
                if range_headers and response.status != 200:
                    # The response has neither the rest nor the whole file, so request the whole file.
                    continue
                if not writer.rewind():
                    return _NOT_RESUMABLE
                # Ranges are only defined for GET.
                self._validator = None if self._flow.url_hash is None else find_validator(response)
                self._size = None
            if byte_range is not None and byte_range.total is not None:
                self._size = byte_range.total
            etag = self._validator if is_strong_etag(self._validator) else None
            writer.identify(self._flow.url_hash, etag, self._size)
            began = self._flow.monotonic()
            failure: TransportFailure | None = yield WriteBody(response, writer, self._progress, self._size)
            if failure is None:
                failure = self._check_length(response)
            elif failure.kind in ("connection_lost", "timeout") and writer.written == self._size:
                # Only the end of the response is missing, such as the last chunk.
                failure = None
            if failure is None:
                if self._progress is not None and writer.written == 0:
                    self._progress(0, 0)
                return None
            self._note_progress(self._flow.monotonic() - began)
            if self._validator is None and not writer.rewind():
                return failure
            if not (yield from self._flow.wait_before_retry(failure)):
                return failure

    def _is_continuation(self, response: RawResponse, byte_range: ByteRange | None) -> bool:
        if response.status != 206 or byte_range is None or byte_range.start != self._writer.written:
            return False
        etag = response.headers.get("etag", "").strip()
        if etag and is_strong_etag(self._validator) and etag != self._validator:
            # The server has ignored If-Range.
            return False
        return self._size is None or byte_range.total is None or byte_range.total == self._size

    def _check_length(self, response: RawResponse) -> TransportFailure | None:
        written = self._writer.written
        if self._size is not None and written != self._size:
            return TransportFailure("connection_lost", f"{written} of {self._size} bytes received")
        if self._size is None and response.status == 206:
            # It may be shorter than requested; the next response says whether there is more.
            return TransportFailure("connection_lost", f"{written} bytes of unknown size received")
        return None

    def _note_progress(self, seconds: float) -> None:
        """Renew the retries if enough bytes arrived that the next attempt will not request again."""
        written = self._writer.written
        received = written - self._furthest
        if self._validator is None or received <= 0:
            return
        self._furthest = written
        self._renewals += 1
        is_fast = received >= seconds * _MIN_BYTES_PER_SECOND
        if is_fast and self._renewals <= _FREE_RENEWALS + written // _MIN_BYTES_PER_RENEWAL:
            self._flow.renew_retries()
