"""Waiting for a run without errors, and the options of a wait."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Any

import pytest

from eigenpal._runs.polling import SendRequest, compute_interval, is_finished
from eigenpal.errors import EigenpalRunFailedError
from eigenpal_generated.models import RunAccepted
from tests.support.examples import FINAL, IN_PROGRESS

from .fake_poller import ACCEPTED, START, FakePoller, parse_accepted, run


def test_polls_at_once_then_ever_more_slowly() -> None:
    poller = FakePoller(run("created"), run("running"), run("running"), run("completed", output={"a": 1}))
    result = poller.start(poller.make_wait())
    assert result.output == {"a": 1}
    assert poller.polled_at == pytest.approx([0, 0.2, 0.45, 0.7625])
    assert poller.statuses == ["created", "running", "completed"]
    assert poller.deadlines == {1300.0}


def test_the_first_request_after_the_start_polls_the_run() -> None:
    poller = FakePoller(run("completed"))
    wait = poller.make_wait()
    flow = wait.start(START, parse_accepted)
    first = next(flow)
    assert isinstance(first, SendRequest)
    assert first.request is START
    second = flow.send(RunAccepted.from_dict(ACCEPTED))
    assert isinstance(second, SendRequest)
    assert (second.request.method, second.request.path, second.request.query) == ("GET", "/api/v1/runs/run_1", ())


@pytest.mark.parametrize(
    ("run_seconds", "polls", "waited"),
    [
        (0.3, 2, 0.43),
        (1, 4, 1.34),
        (10, 11, 10.59),
        (60, 34, 63.13),
        (600, 86, 610.36),
    ],
)
def test_short_runs_are_seen_at_once_and_long_ones_polled_rarely(run_seconds: float, polls: int, waited: float) -> None:
    poller = FakePoller(response_seconds=0.1)
    poller.polls = lambda now: run("completed") if now >= run_seconds else run()
    poller.follow(poller.make_wait(timeout_seconds=None))
    assert len(poller.polled_at) == polls
    assert poller.elapsed == pytest.approx(waited, abs=0.01)


@pytest.mark.parametrize(
    ("elapsed", "interval"),
    [(0, 0.2), (0.4, 0.3), (4, 1.2), (7.2, 2), (7.3, 2), (40, 2), (100, 5), (299, 14.95), (301, 15), (1e9, 15)],
)
def test_the_default_interval(elapsed: float, interval: float) -> None:
    assert compute_interval(elapsed) == pytest.approx(interval)


def test_the_default_interval_never_shrinks() -> None:
    intervals = [compute_interval(seconds / 10) for seconds in range(4000)]
    assert all(one <= other for one, other in pairwise(intervals))


def test_polling_starts_fast_after_a_slow_start() -> None:
    poller = FakePoller(run(), run(), run("completed"), start_seconds=100)
    poller.start(poller.make_wait())
    assert poller.polled_at == pytest.approx([100, 100.2, 100.45])


def test_a_given_interval_is_constant() -> None:
    poller = FakePoller()
    poller.polls = lambda now: run("completed") if now >= 400 else run()
    poller.follow(poller.make_wait(poll_interval_seconds=0.5, timeout_seconds=1000))
    assert set(poller.sleeps) == {0.5}


def test_each_status_is_reported_once() -> None:
    statuses = ["created", "created", "pending", "running", "running", "finalizing", "finalizing", "completed"]
    poller = FakePoller(*[run(status) for status in statuses])
    poller.follow(poller.make_wait())
    assert poller.statuses == ["created", "pending", "running", "finalizing", "completed"]


def test_a_repeated_status_is_reported_again() -> None:
    poller = FakePoller(run("running"), run("waiting"), run("running"), run("completed"))
    poller.follow(poller.make_wait())
    assert poller.statuses == ["running", "waiting", "running", "completed"]


@pytest.mark.parametrize("final", FINAL)
def test_a_final_status_is_reported_once_the_run_has_finished(final: str) -> None:
    poller = FakePoller(run("running"), run(final, finished=False), run(final, output={"a": 1}))
    assert poller.follow(poller.make_wait()).output == {"a": 1}
    assert poller.statuses == ["running", final]


@pytest.mark.parametrize(
    ("status", "finished", "over"),
    [
        ("completed", True, True),
        ("failed", True, True),
        ("cancelled", True, True),
        ("rejected", True, True),
        ("running", False, False),
        ("completed", False, False),
        ("paused", False, False),
        *((status, True, False) for status in IN_PROGRESS),
        ("expired", True, True),
    ],
)
def test_is_finished(status: str, finished: bool, over: bool) -> None:
    assert is_finished(run(status, finished)) is over


@pytest.mark.parametrize("status", IN_PROGRESS)
def test_a_status_in_progress_is_reported_and_does_not_end_the_wait(status: str) -> None:
    poller = FakePoller(run(status), run("completed"))
    assert poller.follow(poller.make_wait()).execution.status == "completed"
    assert poller.statuses == [status, "completed"]
    assert poller.polled_at == pytest.approx([0, 0.2])


@pytest.mark.parametrize("status", FINAL)
def test_a_final_status_is_reported_and_ends_the_wait(status: str) -> None:
    poller = FakePoller(run("running"), run(status), run("created"))
    assert poller.follow(poller.make_wait()).execution.status == status
    assert poller.statuses == ["running", status]
    assert poller.polled_at == pytest.approx([0, 0.2])


def test_raise_on_failure() -> None:
    for status in ("failed", "cancelled", "rejected", "expired"):
        poller = FakePoller(run(status, finished=True, error="no pages"))
        with pytest.raises(
            EigenpalRunFailedError, match=f"the run run_1 ended with status {status}: no pages"
        ) as caught:
            poller.follow(poller.make_wait(raise_on_failure=True))
        assert caught.value.run.error == "no pages"
        assert not getattr(caught.value, "__notes__", [])
    poller = FakePoller(run("completed"))
    assert poller.follow(poller.make_wait(raise_on_failure=True)).finished


# --- arguments --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "kind", "message"),
    [
        ({"poll_interval_seconds": 0}, ValueError, "poll_interval_seconds must be more than 0 seconds, not 0"),
        ({"poll_interval_seconds": -1}, ValueError, "poll_interval_seconds must be more than 0"),
        ({"poll_interval_seconds": math.nan}, ValueError, "poll_interval_seconds must be more than 0 seconds, not nan"),
        ({"poll_interval_seconds": math.inf}, ValueError, "must be finite; omit it"),
        ({"poll_interval_seconds": 10**400}, ValueError, "must be finite; omit it"),
        ({"poll_interval_seconds": -(10**400)}, ValueError, "must be more than 0 seconds"),
        ({"poll_interval_seconds": "2"}, TypeError, "poll_interval_seconds must be a number of seconds, not str"),
        ({"poll_interval_seconds": True}, TypeError, "not bool"),
        ({"raise_on_failure": "false"}, TypeError, "raise_on_failure must be a bool, not str"),
        ({"on_update": "print"}, TypeError, "on_update must be callable, not str"),
        ({"timeout_seconds": 0}, ValueError, "timeout_seconds must be more than 0 seconds"),
        ({"timeout_seconds": -5.5}, ValueError, "not -5.5"),
        ({"timeout_seconds": math.nan}, ValueError, "not nan"),
        ({"timeout_seconds": "300"}, TypeError, "timeout_seconds must be a number of seconds, not str"),
    ],
)
def test_invalid_wait_options(options: dict[str, Any], kind: type[Exception], message: str) -> None:
    with pytest.raises(kind, match=message):
        FakePoller().make_wait(**options)


@pytest.mark.parametrize(
    ("run_id", "kind", "message"),
    [
        ("", ValueError, "id must not be empty"),
        ("..", ValueError, "id must not be '..'"),
        (None, TypeError, "id must be a str, not NoneType"),
        (run(), TypeError, "id must be a str, not Run; pass its id"),
    ],
)
def test_invalid_ids(run_id: Any, kind: type[Exception], message: str) -> None:
    poller = FakePoller()
    with pytest.raises(kind, match=message):
        poller.make_wait().poll(run_id)


def test_the_result_of_an_unfinished_wait_is_a_bug() -> None:
    with pytest.raises(RuntimeError):
        FakePoller().make_wait().result()
