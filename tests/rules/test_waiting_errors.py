"""Which errors a wait retries, and which end it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from eigenpal.errors import (
    EigenpalAuthError,
    EigenpalConnectionError,
    EigenpalError,
    EigenpalNotFoundError,
    EigenpalRateLimitError,
    EigenpalResponseError,
    EigenpalServerError,
    EigenpalTimeoutError,
    EigenpalValidationError,
)
from eigenpal_generated.models import RunAccepted

from .fake_clock import ACCEPTED, START, FakeClock, PollResult, parse_accepted, run

TRANSIENT = [
    EigenpalConnectionError("the connection broke"),
    EigenpalTimeoutError("runs.get was not answered"),
    EigenpalServerError("internal", status=500),
    EigenpalServerError("bad gateway", status=502),
    EigenpalServerError("unavailable", status=503),
    EigenpalServerError("odd", status=599),
    EigenpalRateLimitError("slow down", status=429),
    EigenpalError("request timeout", status=408),
    EigenpalResponseError("a page of HTML, not JSON", status=200),
]


@pytest.mark.parametrize("error", TRANSIENT, ids=lambda error: error.message)
def test_transient_errors_are_retried(error: EigenpalError) -> None:
    clock = FakeClock()
    clock.polls = lambda now: run("completed") if now > 200 else error if now > 20 else run()
    assert clock.follow(clock.make_wait()).finished
    assert clock.statuses == ["running", "completed"]


@pytest.mark.parametrize("error", TRANSIENT, ids=lambda error: error.message)
def test_transient_errors_right_after_the_start_are_retried(error: EigenpalError) -> None:
    clock = FakeClock()
    clock.polls = lambda now: run("completed") if now > 200 else error
    assert clock.start(clock.make_wait()).finished


PERMANENT = [
    EigenpalAuthError("no key", status=401),
    EigenpalError("payment", status=402),
    EigenpalNotFoundError("gone", status=404),
    EigenpalValidationError("bad", status=400),
    EigenpalError("conflict", status=409),
    EigenpalError("the client is closed"),
    EigenpalResponseError("a field of the wrong type", field="timing", status=200),
]


@pytest.mark.parametrize("error", PERMANENT, ids=lambda error: error.message)
def test_permanent_errors_are_raised_at_once(error: EigenpalError) -> None:
    clock = FakeClock(run(), error)
    with pytest.raises(type(error)) as caught:
        clock.follow(clock.make_wait())
    assert caught.value is error
    assert clock.polled_at == [0, 2]


def test_a_server_that_never_responded() -> None:
    # HTML from the first poll on: base_url is wrong, and waiting does not help.
    clock = FakeClock(EigenpalResponseError("a page of HTML, not JSON", status=200))
    with pytest.raises(EigenpalResponseError):
        clock.follow(clock.make_wait())
    # Without a time limit, nobody would ever learn that there is no server.
    clock = FakeClock(EigenpalConnectionError("could not connect"))
    with pytest.raises(EigenpalConnectionError):
        clock.follow(clock.make_wait(timeout_seconds=None))
    clock = FakeClock()
    clock.polls = lambda now: EigenpalConnectionError("could not connect") if now < 100 else run("completed")
    assert clock.follow(clock.make_wait()).finished


def return_404_until(seconds: float) -> Callable[[float], PollResult]:
    gone = EigenpalNotFoundError("no such run", status=404)
    return lambda now: gone if now < seconds else run("completed")


def test_a_404_is_retried_for_ten_seconds_after_the_start() -> None:
    clock = FakeClock()
    clock.polls = return_404_until(9)
    assert clock.start(clock.make_wait()).finished
    clock = FakeClock()
    clock.polls = return_404_until(11)
    with pytest.raises(EigenpalNotFoundError):
        clock.start(clock.make_wait())
    assert clock.elapsed == 10


def test_a_404_of_a_run_of_unknown_age_is_raised_at_once() -> None:
    clock = FakeClock()
    clock.polls = return_404_until(1)
    with pytest.raises(EigenpalNotFoundError):
        clock.follow(clock.make_wait())
    assert clock.polled_at == [0]


def test_starts_are_remembered_for_ten_seconds() -> None:
    clock = FakeClock()
    clock.recent_starts.add("run_1", clock.now)
    assert clock.recent_starts.find_start_time("run_1") == 1000
    assert clock.recent_starts.find_start_time("run_2") is None
    clock.now += 10
    clock.recent_starts.add("run_2", clock.now)
    assert clock.recent_starts.find_start_time("run_1") is None
    for number in range(3000):
        clock.now += 0.01
        clock.recent_starts.add(f"run_{number}", clock.now)
    assert len(vars(clock.recent_starts)["_times"]) <= 1010


@pytest.mark.parametrize(
    ("retry_after", "interval", "delay"), [(7.0, None, 7.0), (0.5, None, 2.0), (20.0, 1.0, 20.0), (5000.0, None, 60.0)]
)
def test_retry_after_delays_the_next_poll(retry_after: float, interval: float | None, delay: float) -> None:
    slow = EigenpalRateLimitError("slow down", status=429, retry_after=retry_after)
    clock = FakeClock(run(), slow, run("completed"))
    clock.follow(clock.make_wait(poll_interval_seconds=interval))
    assert clock.slept[1] == delay


def test_retry_after_beyond_the_deadline() -> None:
    slow = EigenpalServerError("maintenance", status=503, retry_after=30)
    clock = FakeClock(run(), slow, run("completed"))
    with pytest.raises(EigenpalTimeoutError, match="maintenance"):
        clock.follow(clock.make_wait(timeout_seconds=10))
    assert clock.polled_at == [0, 2]
    assert clock.elapsed == 10


def test_a_start_with_an_unusable_id() -> None:
    clock = FakeClock()
    flow = clock.make_wait().start(START, parse_accepted)
    next(flow)
    with pytest.raises(EigenpalResponseError, match="the server returned an invalid id") as caught:
        flow.send(RunAccepted.from_dict({**ACCEPTED, "id": ".."}))
    assert caught.value.field == "id"
