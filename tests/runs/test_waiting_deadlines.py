"""No wait takes longer than its timeout, whatever happens."""

from __future__ import annotations

import itertools
import math
import pickle
from collections.abc import Callable

import pytest
from hypothesis import given, settings, strategies as st

from eigenpal._runs.polling import SendRequest, StatusChanged, Wait, WaitAction
from eigenpal._transport.actions import Sleep
from eigenpal.errors import (
    EigenpalConnectionError,
    EigenpalNotFoundError,
    EigenpalRateLimitError,
    EigenpalResponseError,
    EigenpalServerError,
    EigenpalTimeoutError,
)
from eigenpal_generated.models import Run

from .fake_poller import FakePoller, PollResult, run


@pytest.mark.parametrize("interval", [0.1, 0.3, 1.0, 2.0, 60.0, None])
@pytest.mark.parametrize("seconds", [0.0, 0.05, 0.2, 0.9, 5.0])
def test_a_timeout_of_one_second_takes_one_second(interval: float | None, seconds: float) -> None:
    poller = FakePoller(response_seconds=seconds)
    poller.polls = lambda _: run()
    with pytest.raises(EigenpalTimeoutError):
        poller.follow(poller.make_wait(poll_interval_seconds=interval, timeout_seconds=1))
    assert poller.elapsed == pytest.approx(1.0)
    # However slow the responses are, the last poll is shortly before the deadline.
    assert poller.polled_at[-1] + seconds >= 0.75


@settings(max_examples=200)
@given(
    timeout=st.floats(0.001, 5000),
    interval=st.none() | st.floats(0.001, 10_000),
    seconds=st.floats(0, 400),
    finishes_at=st.none() | st.floats(0, 5000),
    outage=st.tuples(st.floats(0, 5000), st.floats(0, 5000)),
)
def test_no_wait_exceeds_its_deadline(
    timeout: float, interval: float | None, seconds: float, finishes_at: float | None, outage: tuple[float, float]
) -> None:
    poller = FakePoller(response_seconds=seconds)
    fault = EigenpalServerError("unavailable", status=503, retry_after=3)

    def poll(now: float) -> PollResult:
        if min(outage) <= now <= max(outage):
            return fault
        return run("completed") if finishes_at is not None and now >= finishes_at else run()

    poller.polls = poll
    # A thousand polls at most, so that a short interval takes no longer to test than a long one.
    chosen = None if interval is None else max(interval, timeout / 1000)
    try:
        assert poller.follow(poller.make_wait(poll_interval_seconds=chosen, timeout_seconds=timeout)).finished
    except EigenpalTimeoutError:
        assert poller.elapsed == pytest.approx(timeout, abs=1e-6)
    else:
        assert finishes_at is not None
    assert poller.elapsed <= timeout + 1e-6
    assert len(poller.polled_at) < 1100


UNFINISHED: list[PollResult] = [
    run("created"),
    run("running"),
    run("paused"),
    run("running", finished=True),
    run("completed", finished=False),
]
ERRORS: list[PollResult] = [
    None,
    EigenpalConnectionError("the connection broke"),
    EigenpalTimeoutError("runs.get was not answered"),
    EigenpalServerError("bad gateway", status=502),
    EigenpalServerError("maintenance", status=503, retry_after=0.5),
    EigenpalRateLimitError("slow down", status=429, retry_after=5000),
    EigenpalResponseError("a page of HTML, not JSON", status=200),
    EigenpalNotFoundError("no such run", status=404),
]


@given(
    timeout=st.floats(0.001, 1000),
    interval=st.none() | st.floats(0.001, 100),
    start_seconds=st.floats(0, 2000),
    script=st.lists(st.tuples(st.sampled_from(UNFINISHED + ERRORS), st.floats(0, 100)), min_size=1, max_size=20),
)
def test_no_sequence_of_polls_exceeds_the_deadline(
    timeout: float, interval: float | None, start_seconds: float, script: list[tuple[PollResult, float]]
) -> None:
    poller = FakePoller(start_seconds=min(start_seconds, timeout))
    seen: list[Run] = []

    def poll(_: float) -> PollResult:
        result, poller.response_seconds = script[min(len(poller.polled_at), len(script)) - 1]
        if isinstance(result, Run) and poller.response_seconds <= (1000 + timeout) - poller.now:
            seen.append(result)
        return result

    poller.polls = poll
    chosen = None if interval is None else max(interval, timeout / 1000)
    with pytest.raises((EigenpalTimeoutError, EigenpalNotFoundError)) as caught:
        poller.start(poller.make_wait(poll_interval_seconds=chosen, timeout_seconds=timeout))
    elapsed = poller.elapsed
    if isinstance(caught.value, EigenpalTimeoutError):
        assert elapsed == pytest.approx(timeout, abs=1e-6)
        assert caught.value.run_id == "run_1"
        assert caught.value.last_run is (seen[-1] if seen else None)
    else:
        assert poller.start_seconds + 10 - 1e-6 <= elapsed <= timeout + 1e-6
    assert all(one != other for one, other in itertools.pairwise(poller.statuses))
    assert "completed" not in poller.statuses


def test_a_run_that_finishes_shortly_before_the_deadline_is_returned() -> None:
    poller = FakePoller()
    poller.polls = lambda now: run("completed") if now > 0.5 else run()
    assert poller.follow(poller.make_wait(poll_interval_seconds=60, timeout_seconds=1)).finished
    assert poller.polled_at == pytest.approx([0, 0.9])


def test_the_timeout_includes_the_start() -> None:
    poller = FakePoller(start_seconds=200)
    poller.polls = lambda _: run()
    with pytest.raises(EigenpalTimeoutError):
        poller.start(poller.make_wait())
    assert poller.elapsed == pytest.approx(300)
    assert poller.deadlines == {1300.0}


def test_the_timeout_error_says_how_to_resume() -> None:
    poller = FakePoller()
    poller.polls = lambda _: run()
    with pytest.raises(EigenpalTimeoutError) as caught:
        poller.start(poller.make_wait(timeout_seconds=5))
    error = caught.value
    assert (error.run_id, error.last_run, error.status) == ("run_1", run(), 0)
    assert str(error) == (
        "the run run_1 did not finish within 5 s; its last known status is running. "
        "The run is still in progress; resume with client.runs.wait('run_1')."
    )
    assert isinstance(error, TimeoutError)
    assert not getattr(error, "__notes__", [])
    copied = pickle.loads(pickle.dumps(error))
    assert (copied.run_id, copied.last_run) == ("run_1", run())


def test_the_timeout_error_shows_the_timeout_as_given() -> None:
    for given_seconds, shown in [(2_592_000, "2592000"), (1.5, "1.5"), (0.001, "0.001"), (1_234_567.25, "1234567.25")]:
        poller = FakePoller()
        poller.polls = lambda _: run()
        with pytest.raises(EigenpalTimeoutError, match=f"did not finish within {shown} s;"):
            poller.follow(poller.make_wait(timeout_seconds=given_seconds, poll_interval_seconds=given_seconds))


def test_the_timeout_error_shows_the_last_error() -> None:
    poller = FakePoller()
    poller.polls = lambda now: run() if now < 1 else EigenpalServerError("bad gateway", status=502)
    with pytest.raises(
        EigenpalTimeoutError, match="last known status is running, and the last poll failed: bad gat"
    ) as at:
        poller.follow(poller.make_wait(timeout_seconds=5))
    assert isinstance(at.value.__cause__, EigenpalServerError)
    poller = FakePoller()
    poller.polls = lambda _: EigenpalConnectionError("could not connect")
    with pytest.raises(EigenpalTimeoutError, match="its status is unknown, and the last poll failed: could not") as at:
        poller.follow(poller.make_wait(timeout_seconds=5))
    assert at.value.last_run is None


def test_the_timeout_error_does_not_show_an_error_before_a_successful_poll() -> None:
    poller = FakePoller(run(), EigenpalServerError("bad gateway", status=502), run(), None)
    with pytest.raises(EigenpalTimeoutError, match=r"last known status is running\. The run is") as caught:
        poller.follow(poller.make_wait(timeout_seconds=3))
    assert caught.value.__cause__ is None


def test_the_last_poll_is_sent_twice_its_response_time_before_the_deadline() -> None:
    poller = FakePoller(response_seconds=0.5)
    poller.polls = lambda now: run("completed") if now > 1 else run()
    assert poller.follow(poller.make_wait(poll_interval_seconds=60, timeout_seconds=10)).finished
    assert poller.polled_at == pytest.approx([0, 9])


def test_a_last_poll_cut_short_by_the_deadline_is_not_reported() -> None:
    poller = FakePoller(run(), run(), None)
    with pytest.raises(EigenpalTimeoutError, match=r"last known status is running\. The run is"):
        poller.follow(poller.make_wait(timeout_seconds=3))


def test_without_a_timeout_it_waits_on() -> None:
    for endless in (None, math.inf, 10**400):
        poller = FakePoller()
        poller.polls = lambda now: run("completed") if now >= 100_000 else run()
        poller.follow(poller.make_wait(timeout_seconds=endless))
        assert poller.deadlines == {None}


# --- held up past the deadline ----------------------------------------------------------------------------------------


def hold_up_once(kind: type[WaitAction], seconds: float) -> Callable[[WaitAction], float]:
    """Return a function that holds up the first action of a kind."""
    left = [seconds]
    return lambda action: left.pop() if left and isinstance(action, kind) else 0.0


HELD_UP = {
    "in the start": (FakePoller.start, SendRequest),
    "in a poll": (FakePoller.follow, SendRequest),
    "between polls": (FakePoller.follow, Sleep),
    "by the caller": (FakePoller.follow, StatusChanged),
}


@pytest.mark.parametrize(("carry_out", "kind"), HELD_UP.values(), ids=HELD_UP)
def test_a_wait_that_was_held_up_past_its_deadline_polls_once_more(
    carry_out: Callable[[FakePoller, Wait], Run], kind: type[WaitAction]
) -> None:
    poller = FakePoller()
    poller.hold_up = hold_up_once(kind, 3600)
    poller.polls = lambda now: run("completed") if now >= 3600 else run()
    assert carry_out(poller, poller.make_wait()).finished
    assert [polled_at for polled_at in poller.polled_at if polled_at >= 3600][-1] == poller.elapsed

    poller = FakePoller()
    poller.hold_up = hold_up_once(kind, 3600)
    poller.polls = lambda now: run("finalizing") if now >= 3600 else run()
    with pytest.raises(EigenpalTimeoutError, match="last known status is finalizing") as caught:
        carry_out(poller, poller.make_wait())
    assert caught.value.last_run == run("finalizing")
    assert poller.statuses[-1] == "finalizing"
    assert poller.deadlines == {1300.0, poller.now + 10}


@pytest.mark.parametrize(("timeout", "extra"), [(300, 10), (3, 3)])
def test_the_poll_after_the_deadline_is_limited(timeout: float, extra: float) -> None:
    poller = FakePoller(run(), None)
    poller.hold_up = hold_up_once(Sleep, 3600)
    with pytest.raises(EigenpalTimeoutError, match=r"last known status is running\. The run is"):
        poller.follow(poller.make_wait(timeout_seconds=timeout))
    assert poller.elapsed == pytest.approx(3600.2 + extra)


def test_an_error_of_the_poll_after_the_deadline_is_shown() -> None:
    poller = FakePoller(run(), EigenpalServerError("bad gateway", status=502, retry_after=5))
    poller.hold_up = hold_up_once(Sleep, 3600)
    with pytest.raises(EigenpalTimeoutError, match="the last poll failed: bad gateway") as caught:
        poller.follow(poller.make_wait())
    assert isinstance(caught.value.__cause__, EigenpalServerError)
    assert len(poller.sleeps) == 1


@pytest.mark.parametrize(("seconds", "polls"), [(0.9, 2), (1.1, 3)])
def test_a_wait_that_gives_up_slightly_late_was_not_held_up(seconds: float, polls: int) -> None:
    poller = FakePoller(response_seconds=0.01)
    poller.polls = lambda _: run()
    poller.hold_up = lambda action: seconds if isinstance(action, Sleep) and len(poller.sleeps) == 2 else 0.0
    with pytest.raises(EigenpalTimeoutError):
        poller.follow(poller.make_wait(poll_interval_seconds=60, timeout_seconds=1))
    assert poller.polled_at == pytest.approx([0, 0.9, 1 + seconds][:polls])


@pytest.mark.parametrize(("seconds", "polls"), [(19, 2), (21, 3)])
def test_a_wait_that_was_held_up_observes_retry_after(seconds: float, polls: int) -> None:
    slow = EigenpalServerError("maintenance", status=503, retry_after=30)
    poller = FakePoller(run(), slow, run())
    # The second sleep lasts from the second poll to the deadline.
    poller.hold_up = lambda action: seconds if isinstance(action, Sleep) and len(poller.sleeps) == 2 else 0.0
    with pytest.raises(EigenpalTimeoutError):
        poller.follow(poller.make_wait(timeout_seconds=10.2))
    assert poller.polled_at == pytest.approx([0, 0.2, 10.2 + seconds][:polls])


@pytest.mark.parametrize("seconds", [9.95, 10.05])
def test_a_caller_that_leaves_no_time_for_a_poll_gets_one(seconds: float) -> None:
    poller = FakePoller(run(), run("completed"))
    poller.hold_up = hold_up_once(StatusChanged, seconds)
    assert poller.follow(poller.make_wait(timeout_seconds=10)).finished
    assert poller.polled_at == pytest.approx([0, seconds])


def test_a_slow_caller_does_not_bring_the_last_poll_forward() -> None:
    poller = FakePoller(response_seconds=0.01)
    poller.polls = lambda _: run()
    poller.hold_up = hold_up_once(StatusChanged, 3)
    with pytest.raises(EigenpalTimeoutError):
        poller.follow(poller.make_wait(poll_interval_seconds=60, timeout_seconds=4))
    assert poller.polled_at == pytest.approx([0, 3.9])


@given(
    timeout=st.floats(0.2, 1000),
    interval=st.none() | st.floats(0.1, 100),
    held_up=st.lists(st.floats(0, 2000), min_size=1, max_size=10),
)
def test_no_wait_gives_up_on_a_run_that_finished_long_ago(
    timeout: float, interval: float | None, held_up: list[float]
) -> None:
    poller = FakePoller()
    poller.polls = lambda _: run()
    times = iter(held_up)
    poller.hold_up = lambda action: 0.0 if isinstance(action, SendRequest) else next(times, 0.0)
    chosen = None if interval is None else max(interval, timeout / 1000)
    with pytest.raises(EigenpalTimeoutError):
        poller.follow(poller.make_wait(poll_interval_seconds=chosen, timeout_seconds=timeout))
    assert poller.elapsed - poller.polled_at[-1] <= 1.2
    assert poller.elapsed >= timeout - 0.1
