"""The flow of a download: stream the file, resume it after a failure, check its length."""

from __future__ import annotations

from eigenpal._downloads.writers import DownloadWriter
from eigenpal._transport.actions import Flow, RunInThread, WriteBody
from eigenpal._transport.outcomes import RawResponse, SendResult, TransportFailure
from eigenpal._transport.ranges import ByteRange, make_resume_headers, parse_byte_range
from eigenpal._transport.request_flow import RequestFlow
from eigenpal_generated.runtime import Progress

_NOT_RESUMABLE = TransportFailure("connection_lost", "the server does not support resuming the file")


def download(flow: RequestFlow, writer: DownloadWriter, progress: Progress | None) -> Flow[SendResult | None]:
    """Download a file with a writer. Return None, or the failed result after the writer has aborted."""
    is_written = False
    try:
        yield RunInThread(writer.open)
        result = yield from _receive_file(flow, writer, progress)
        if result is None:
            yield RunInThread(writer.commit, writer.may_hang)
            is_written = True
        return result
    finally:
        # Also runs if the driver is interrupted, because it closes this generator.
        if not is_written:
            writer.abort()


def _receive_file(flow: RequestFlow, writer: DownloadWriter, progress: Progress | None) -> Flow[SendResult | None]:
    range_headers: tuple[tuple[str, str], ...] = ()
    size: int | None = None
    while True:
        response = yield from flow.send_with_retries(range_headers, streaming=True)
        if not isinstance(response, RawResponse) or not (
            response.is_success or (range_headers and response.status == 416)
        ):
            return response
        byte_range = parse_byte_range(response) or ByteRange(-1, None, None)
        if range_headers and not _is_continuation(response, byte_range, writer, size):
            range_headers = ()
            if response.status != 200:
                # The response has neither the rest nor the whole file, so request the whole file.
                if not writer.rewind():
                    return _NOT_RESUMABLE
                continue
        if not range_headers and not writer.rewind():
            return _NOT_RESUMABLE
        size = byte_range.total
        failure: TransportFailure | None = yield WriteBody(response, writer, progress, size)
        if failure is None:
            failure = _check_length(byte_range, writer)
        if failure is None:
            if progress is not None and writer.written == 0:
                progress(0, 0)
            return None
        range_headers = make_resume_headers(response, writer.written)
        if not range_headers and not writer.rewind():
            return failure
        if not (yield from flow.wait_before_retry(failure)):
            return failure


def _is_continuation(response: RawResponse, byte_range: ByteRange, writer: DownloadWriter, size: int | None) -> bool:
    if response.status != 206 or byte_range.start != writer.written:
        return False
    return size is None or byte_range.total is None or byte_range.total == size


def _check_length(byte_range: ByteRange, writer: DownloadWriter) -> TransportFailure | None:
    expected = byte_range.total if byte_range.total is not None else byte_range.length
    if expected is None or writer.written == expected:
        return None
    return TransportFailure("connection_lost", f"{writer.written} of {expected} bytes received")
