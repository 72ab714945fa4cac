"""Limits of size, time and length while a body is read, on a fake clock."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from typing import Any

import httpx
import pytest

from eigenpal import _clock
from eigenpal._transport.actions import SendRequest
from eigenpal._transport.body_reader import MAX_ERROR_BYTES, MIN_BYTES_PER_SECOND, BodyReader, lowercase_headers
from eigenpal._transport.outcomes import TransportFailure
from eigenpal._transport.request_trace import RequestTrace
from eigenpal_generated.runtime import BEARER
from tests.support.event_loop import Kind
from tests.support.fake_clock import FakeClock


class SlowBody(httpx.SyncByteStream, httpx.AsyncByteStream):
    """A body whose chunks each take some seconds to arrive."""

    def __init__(self, chunks: Sequence[bytes], clock: FakeClock, seconds: float) -> None:
        self._chunks = chunks
        self._clock = clock
        self._seconds = seconds

    def __iter__(self) -> Iterator[bytes]:
        for chunk in self._chunks:
            self._clock.sleep(self._seconds)
            yield chunk

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for chunk in self:
            yield chunk


def read(
    kind: Kind,
    chunks: Sequence[bytes],
    *,
    seconds: float = 0.0,
    status: int = 200,
    headers: dict[str, str] | None = None,
    deadline: float | None = None,
    consumer_seconds: float = 0.0,
    streaming: bool = False,
    clock: FakeClock | None = None,
) -> tuple[int, TransportFailure | None]:
    """Read a body whose chunks each take ``seconds``; return its size and the failure. The read timeout is 10 s."""
    clock = clock or FakeClock()
    response = httpx.Response(status, headers=headers, stream=SlowBody(chunks, clock, seconds))
    until = None if deadline is None else clock.now + deadline
    trace = RequestTrace({}, until, clock.environment.monotonic)
    send = SendRequest("GET", "", (), None, True, BEARER, "json", {"read": 10.0}, until, streaming, trace)
    reader = BodyReader(response, lowercase_headers(response), send, clock.environment.monotonic)
    if kind == "sync":
        for _ in reader:
            clock.sleep(consumer_seconds)
    else:

        async def main() -> None:
            async for _ in reader.aiter_bytes():
                clock.sleep(consumer_seconds)

        asyncio.run(main())
    return reader.size, reader.failure


def test_a_byte_at_a_time_runs_into_the_timeout(kind: Kind) -> None:
    size, failure = read(kind, [b"x"] * 100, seconds=1.0)
    assert failure == TransportFailure("timeout", "11 bytes received in 11.0 s")
    assert size == 11


def test_time_that_other_threads_skip_does_not_count(kind: Kind, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_clock, "skipped_seconds", 0.0)

    class SkippingClock(FakeClock):
        def sleep(self, seconds: float) -> None:
            super().sleep(seconds)
            _clock.skip(seconds)

    assert read(kind, [b"x"] * 100, seconds=1.0, clock=SkippingClock()) == (100, None)


def test_a_slow_but_steady_body_may_take_hours(kind: Kind) -> None:
    assert read(kind, [b"x" * MIN_BYTES_PER_SECOND] * 7200, seconds=1.0) == (7200 * MIN_BYTES_PER_SECOND, None)


def test_one_wait_within_the_timeout_is_allowed(kind: Kind) -> None:
    assert read(kind, [b"x"], seconds=9.0) == (1, None)


@pytest.mark.parametrize("streaming", [False, True])
def test_time_spent_by_the_consumer_does_not_count(kind: Kind, streaming: bool) -> None:
    assert read(kind, [b"x"] * 100, consumer_seconds=60.0, streaming=streaming) == (100, None)


def test_a_deadline_ends_a_body_of_any_size(kind: Kind) -> None:
    size, failure = read(kind, [b"x" * 1_000_000, b"x"], seconds=1.0, deadline=2.0)
    assert failure == TransportFailure("timeout", "1000001 bytes received before the deadline")
    assert size == 1_000_001


@pytest.mark.parametrize(("status", "expected"), [(200, None), (404, "too_large")])
def test_error_responses_are_read_up_to_a_limit(kind: Kind, status: int, expected: Any) -> None:
    chunks = [b"x" * MAX_ERROR_BYTES, b"x", b"never read"]
    size, failure = read(kind, chunks, status=status)
    assert getattr(failure, "kind", None) == expected
    assert size == (MAX_ERROR_BYTES + 1 if expected else sum(map(len, chunks)))


@pytest.mark.parametrize(
    ("length", "body", "reason"),
    [
        ("3", b"abc", None),
        ("4", b"abc", "3 of 4 bytes received"),
        ("2", b"abc", "3 of 2 bytes received"),
        ("x", b"", None),
    ],
)
def test_the_body_is_checked_against_its_content_length(kind: Kind, length: str, body: bytes, reason: Any) -> None:
    _, failure = read(kind, [body], headers={"Content-Length": length})
    assert getattr(failure, "reason", None) == reason


def test_a_204_has_no_body_whatever_its_content_length(kind: Kind) -> None:
    assert read(kind, [], status=204, headers={"Content-Length": "5"}) == (0, None)
