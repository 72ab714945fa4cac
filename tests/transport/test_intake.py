"""How much of a body is taken, and for how long; by a clock that the test turns."""

from __future__ import annotations

import pytest

from eigenpal._transport.body_reader import MAX_ERROR_BYTES, MIN_BYTES_PER_SECOND, BodyReader

from .harness import FakeTime


def intake(time: FakeTime, *, seconds: float = 10.0, deadline: float | None = None, status: int = 200) -> BodyReader:
    return BodyReader(status, {}, "json", seconds, deadline, time.environment.monotonic)


def test_a_drip_comes_to_its_end() -> None:
    time = FakeTime()
    body = intake(time)
    bytes_taken = 0
    while body.append(b"x") is None:
        time.sleep(1.0)
        bytes_taken += 1
        assert bytes_taken < 20
    assert bytes_taken >= 10


def test_a_slow_but_steady_body_may_take_hours() -> None:
    time = FakeTime()
    body = intake(time)
    for _ in range(7200):
        time.sleep(1.0)
        assert body.count(MIN_BYTES_PER_SECOND) is None


def test_a_pause_within_the_timeout_is_forgiven() -> None:
    time = FakeTime()
    body = intake(time)
    time.sleep(9.0)
    assert body.append(b"x") is None


def test_the_time_of_whoever_takes_the_pieces_does_not_count() -> None:
    time = FakeTime()
    body = intake(time)
    for _ in range(100):
        time.sleep(60.0)
        body.exclude_time(60.0)
        assert body.count(1) is None


def test_a_deadline_ends_it_in_any_case() -> None:
    time = FakeTime()
    body = intake(time, deadline=time.now + 2.0)
    time.sleep(1.0)
    assert body.append(b"x" * 1_000_000) is None
    time.sleep(1.0)
    fault = body.append(b"x")
    assert fault is not None
    assert (fault.kind, fault.reason) == ("timeout", "1000001 bytes came in time")


@pytest.mark.parametrize(("status", "faulty"), [(200, False), (404, True)])
def test_errors_are_read_up_to_a_bound(status: int, faulty: bool) -> None:
    body = intake(FakeTime(), status=status)
    assert (body.append(b"x" * (MAX_ERROR_BYTES + 1)) is not None) is faulty


@pytest.mark.parametrize(
    ("announced", "taken", "missing"), [("3", b"abc", False), ("4", b"abc", True), ("x", b"", False)]
)
def test_what_was_announced_has_to_come(announced: str, taken: bytes, missing: bool) -> None:
    body = intake(FakeTime())
    assert body.check_headers({"content-length": announced}) is None
    body.append(taken)
    assert (body.check_complete() is not None) is missing


def test_nothing_has_to_come_where_nothing_can() -> None:
    body = intake(FakeTime(), status=204)
    assert body.check_headers({"content-length": "5"}) is None
    assert body.check_complete() is None
