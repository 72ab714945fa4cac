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

from .fake_poller import ACCEPTED, START, FakePoller, PollResult, parse_accepted, run

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
    poller = FakePoller()
    poller.polls = lambda now: run("completed") if now > 200 else error if now > 20 else run()
    assert poller.follow(poller.make_wait()).finished
    assert poller.statuses == ["running", "completed"]


@pytest.mark.parametrize("error", TRANSIENT, ids=lambda error: error.message)
def test_transient_errors_right_after_the_start_are_retried(error: EigenpalError) -> None:
    poller = FakePoller()
    poller.polls = lambda now: run("completed") if now > 200 else error
    assert poller.start(poller.make_wait()).finished


PERMANENT = [
    EigenpalAuthError("no key", status=401),
    EigenpalError("payment", status=402),
    EigenpalNotFoundError("gone", status=404),
    EigenpalValidationError("bad", status=400),
    EigenpalError("conflict", status=409),
    EigenpalError("the client is closed"),
    EigenpalConnectionError("an untrusted certificate", is_tls_failure=True),
    EigenpalConnectionError("the proxy requires credentials", is_proxy_refusal=True),
    EigenpalResponseError("a field of the wrong type", field="timing", status=200),
]


@pytest.mark.parametrize("error", PERMANENT, ids=lambda error: error.message)
def test_permanent_errors_are_raised_at_once(error: EigenpalError) -> None:
    poller = FakePoller(run(), error)
    with pytest.raises(type(error)) as caught:
        poller.follow(poller.make_wait())
    assert caught.value is error
    assert poller.polled_at == pytest.approx([0, 0.2])


def test_a_server_that_never_responded() -> None:
    # HTML from the first poll on: base_url is wrong, and waiting does not help.
    poller = FakePoller(EigenpalResponseError("a page of HTML, not JSON", status=200))
    with pytest.raises(EigenpalResponseError):
        poller.follow(poller.make_wait())
    # Without a time limit, nobody would ever learn that there is no server.
    poller = FakePoller(EigenpalConnectionError("could not connect"))
    with pytest.raises(EigenpalConnectionError):
        poller.follow(poller.make_wait(timeout_seconds=None))
    poller = FakePoller()
    poller.polls = lambda now: EigenpalConnectionError("could not connect") if now < 100 else run("completed")
    assert poller.follow(poller.make_wait()).finished


def return_404_until(seconds: float) -> Callable[[float], PollResult]:
    gone = EigenpalNotFoundError("no such run", status=404)
    return lambda now: gone if now < seconds else run("completed")


def test_a_404_is_retried_for_ten_seconds_after_the_start() -> None:
    poller = FakePoller()
    poller.polls = return_404_until(9)
    assert poller.start(poller.make_wait()).finished
    poller = FakePoller()
    poller.polls = return_404_until(11)
    with pytest.raises(EigenpalNotFoundError):
        poller.start(poller.make_wait())
    assert poller.polled_at[-2] < 10 <= poller.polled_at[-1] == poller.elapsed < 11


def test_a_404_of_a_run_of_unknown_age_is_raised_at_once() -> None:
    poller = FakePoller()
    poller.polls = return_404_until(1)
    with pytest.raises(EigenpalNotFoundError):
        poller.follow(poller.make_wait())
    assert poller.polled_at == [0]


def test_starts_are_remembered_for_ten_seconds() -> None:
    poller = FakePoller()
    poller.recent_starts.add("run_1", poller.now)
    assert poller.recent_starts.find_start_time("run_1") == 1000
    assert poller.recent_starts.find_start_time("run_2") is None
    poller.now += 10
    poller.recent_starts.add("run_2", poller.now)
    assert poller.recent_starts.find_start_time("run_1") is None
    for number in range(3000):
        poller.now += 0.01
        poller.recent_starts.add(f"run_{number}", poller.now)
    assert len(vars(poller.recent_starts)["_times"]) <= 1010


@pytest.mark.parametrize(
    ("retry_after", "interval", "delay"), [(7.0, None, 7.0), (0.1, None, 0.25), (20.0, 1.0, 20.0), (5000.0, None, 60.0)]
)
def test_retry_after_delays_the_next_poll(retry_after: float, interval: float | None, delay: float) -> None:
    slow = EigenpalRateLimitError("slow down", status=429, retry_after=retry_after)
    poller = FakePoller(run(), slow, run("completed"))
    poller.follow(poller.make_wait(poll_interval_seconds=interval))
    assert poller.sleeps[1] == pytest.approx(delay)


def test_retry_after_beyond_the_deadline() -> None:
    slow = EigenpalServerError("maintenance", status=503, retry_after=30)
    poller = FakePoller(run(), slow, run("completed"))
    with pytest.raises(EigenpalTimeoutError, match="maintenance"):
        poller.follow(poller.make_wait(timeout_seconds=10))
    assert poller.polled_at == pytest.approx([0, 0.2])
    assert poller.elapsed == pytest.approx(10)


def test_a_start_with_an_unusable_id() -> None:
    poller = FakePoller()
    flow = poller.make_wait().start(START, parse_accepted)
    next(flow)
    with pytest.raises(EigenpalResponseError, match="the server returned an invalid id") as caught:
        flow.send(RunAccepted.from_dict({**ACCEPTED, "id": ".."}))
    assert caught.value.field == "id"
