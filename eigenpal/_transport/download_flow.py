"""How a file is download: streamed, continued where it broke off, and checked for its length. Without I/O."""

from __future__ import annotations

from eigenpal._downloads.writers import DownloadWriter
from eigenpal._transport.actions import Flow, RunInThread, WriteBody
from eigenpal._transport.outcomes import RawResponse, TransportFailure
from eigenpal._transport.ranges import ByteRange, parse_byte_range, resume_headers
from eigenpal._transport.request_flow import RequestFlow
from eigenpal_generated.runtime import Progress


def download(flow: RequestFlow, writer: DownloadWriter, progress: Progress | None) -> Flow[int]:
    """Fetch a file into a writer and return its size; on any failure, nothing of it stays there."""
    try:
        yield RunInThread(writer.open)
        yield from _fill(flow, writer, progress)
        yield RunInThread(writer.commit)
    except BaseException:
        # Also where the driver is interrupted: it closes this generator.
        writer.abort()
        raise
    return writer.written


def _fill(flow: RequestFlow, writer: DownloadWriter, progress: Progress | None) -> Flow[None]:
    range_headers: tuple[tuple[str, str], ...] = ()
    size: int | None = None
    while True:
        answer = yield from flow.send_with_retries(range_headers, streaming=True)
        byte_range = parse_byte_range(answer) or ByteRange(-1, None, None)
        if range_headers and not _is_continuation(answer, byte_range, writer, size):
            range_headers = ()
            if answer.status != 200:
                # Not the rest of what is there; the whole file then, which is asked for below.
                _rewind(flow, writer)
                continue
        if not range_headers:
            _rewind(flow, writer)
        size = byte_range.total
        failure = yield WriteBody(answer, writer, progress, size, flow.timeouts["read"])
        if failure is None:
            failure = _check_length(byte_range, writer)
        if failure is None:
            if progress is not None and writer.written == 0:
                progress(0, 0)
            return
        range_headers = resume_headers(answer, writer.written)
        if not range_headers and not writer.rewind():
            raise flow.error(failure)
        yield from flow.retry_or_raise(failure)


def _is_continuation(answer: RawResponse, byte_range: ByteRange, writer: DownloadWriter, size: int | None) -> bool:
    if answer.status != 206 or byte_range.start != writer.written:
        return False
    return size is None or byte_range.total is None or byte_range.total == size


def _check_length(byte_range: ByteRange, writer: DownloadWriter) -> TransportFailure | None:
    announced = byte_range.total if byte_range.total is not None else byte_range.length
    if announced is None or writer.written == announced:
        return None
    return TransportFailure("connection_lost", f"{writer.written} of {announced} bytes came")


def _rewind(flow: RequestFlow, writer: DownloadWriter) -> None:
    if not writer.rewind():
        raise flow.error(TransportFailure("connection_lost", "and the server does not send the rest of the file alone"))
