"""How a file is fetched: streamed, continued where it broke off, and checked for its length. Without I/O."""

from __future__ import annotations

from eigenpal._downloads.writers import Extent, Sink, continuation, extent_of
from eigenpal._transport.outcomes import Answer, Fault
from eigenpal._transport.request_flow import Call, Receive, Steps, Work
from eigenpal_generated.runtime import Progress


def fetched(call: Call, sink: Sink, progress: Progress | None) -> Steps[int]:
    """Fetch a file into a sink and return its size; on any failure, nothing of it stays there."""
    try:
        yield Work(sink.open)
        yield from _filled(call, sink, progress)
        yield Work(sink.finish)
    except BaseException:
        # Also where the driver is interrupted: it closes this generator.
        sink.discard()
        raise
    return sink.written


def _filled(call: Call, sink: Sink, progress: Progress | None) -> Steps[None]:
    asked_for_rest: tuple[tuple[str, str], ...] = ()
    size: int | None = None
    while True:
        answer = yield from call.answered(asked_for_rest, streaming=True)
        extent = extent_of(answer) or Extent(-1, None, None)
        if asked_for_rest and not _continues(answer, extent, sink, size):
            asked_for_rest = ()
            if answer.status != 200:
                # Not the rest of what is there; the whole file then, which is asked for below.
                _restart(call, sink)
                continue
        if not asked_for_rest:
            _restart(call, sink)
        size = extent.total
        fault = yield Receive(answer, sink, progress, size, call.given["read"])
        if fault is None:
            fault = _missing(extent, sink)
        if fault is None:
            if progress is not None and sink.written == 0:
                progress(0, 0)
            return
        asked_for_rest = continuation(answer, sink.written)
        if not asked_for_rest and not sink.restart():
            raise call.error(fault)
        yield from call.again(fault)


def _continues(answer: Answer, extent: Extent, sink: Sink, size: int | None) -> bool:
    if answer.status != 206 or extent.start != sink.written:
        return False
    return size is None or extent.total is None or extent.total == size


def _missing(extent: Extent, sink: Sink) -> Fault | None:
    announced = extent.total if extent.total is not None else extent.length
    if announced is None or sink.written == announced:
        return None
    return Fault("lost", f"{sink.written} of {announced} bytes came")


def _restart(call: Call, sink: Sink) -> None:
    if not sink.restart():
        raise call.error(Fault("lost", "and the server does not send the rest of the file alone"))
