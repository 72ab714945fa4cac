"""How a wait goes when nothing goes wrong, and what it may be asked for."""

from __future__ import annotations

import math
from typing import Any

import pytest

from eigenpal._runs.polling import SendRequest, Wait, is_finished
from eigenpal.errors import EigenpalRunFailedError
from eigenpal_generated.models import RunAccepted

from .simulation import ACCEPTED, START, Simulation, parse_accepted, run


def test_looks_at_once_then_every_two_seconds() -> None:
    world = Simulation(run("created"), run("running"), run("running"), run("completed", output={"a": 1}))
    result = world.start(world.wait())
    assert result.output == {"a": 1}
    assert world.looked == [0, 2, 4, 6]
    assert world.statuses == ["created", "running", "completed"]
    assert world.deadlines == {1300.0}


def test_the_first_request_after_the_start_is_for_the_run() -> None:
    world = Simulation(run("completed"))
    wait = world.wait()
    actions = wait.start(START, parse_accepted, world.starts)
    first = next(actions)
    assert isinstance(first, SendRequest)
    assert first.request is START
    second = actions.send(RunAccepted.from_dict(ACCEPTED))
    assert isinstance(second, SendRequest)
    assert (second.request.method, second.request.path, second.request.query) == ("GET", "/api/v1/runs/run_1", ())


def test_the_interval_grows_gently_for_long_runs() -> None:
    world = Simulation()
    world.looks = lambda now: run("completed") if now >= 3600 else run()
    world.follow(world.wait(timeout_seconds=None))
    assert world.rested[:20] == [2.0] * 20
    assert world.rested == sorted(world.rested)
    assert max(world.rested) == 15.0
    for moment, rest in zip(world.looked, world.rested, strict=False):
        assert rest <= max(2.0, 0.05 * moment)


def test_a_chosen_interval_stays() -> None:
    world = Simulation()
    world.looks = lambda now: run("completed") if now >= 400 else run()
    world.follow(world.wait(poll_interval_seconds=0.5, timeout_seconds=1000))
    assert set(world.rested) == {0.5}


def test_each_status_is_told_once() -> None:
    statuses = ["created", "created", "pending", "running", "running", "finalizing", "finalizing", "completed"]
    world = Simulation(*[run(status) for status in statuses])
    world.follow(world.wait())
    assert world.statuses == ["created", "pending", "running", "finalizing", "completed"]


def test_a_status_that_comes_back_is_told_again() -> None:
    world = Simulation(run("running"), run("waiting"), run("running"), run("completed"))
    world.follow(world.wait())
    assert world.statuses == ["running", "waiting", "running", "completed"]


def test_an_end_is_told_once_and_only_when_it_is_final() -> None:
    world = Simulation(run("running"), run("completed", finished=False), run("completed", output={"a": 1}))
    assert world.follow(world.wait()).output == {"a": 1}
    assert world.statuses == ["running", "completed"]


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
        ("running", True, False),
        ("expired", True, True),
    ],
)
def test_what_is_an_end(status: str, finished: bool, over: bool) -> None:
    assert is_finished(run(status, finished)) is over


def test_failed_runs_are_returned() -> None:
    for status in ("failed", "cancelled", "rejected"):
        world = Simulation(run(status, error="no pages"))
        assert world.follow(world.wait()).error == "no pages"


def test_failed_runs_are_raised_where_that_is_asked_for() -> None:
    for status in ("failed", "cancelled", "rejected", "expired"):
        world = Simulation(run(status, finished=True, error="no pages"))
        with pytest.raises(EigenpalRunFailedError, match=f"the run run_1 ended as {status}: no pages") as caught:
            world.follow(world.wait(raise_on_failure=True))
        assert caught.value.run.error == "no pages"
        assert not getattr(caught.value, "__notes__", [])
    world = Simulation(run("completed"))
    assert world.follow(world.wait(raise_on_failure=True)).finished


# --- arguments --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "kind", "message"),
    [
        ({"poll_interval_seconds": 0}, ValueError, "poll_interval_seconds must be more than 0 seconds, not 0"),
        ({"poll_interval_seconds": -1}, ValueError, "poll_interval_seconds must be more than 0"),
        ({"poll_interval_seconds": math.nan}, ValueError, "poll_interval_seconds must be more than 0 seconds, not nan"),
        ({"poll_interval_seconds": math.inf}, ValueError, "must be finite; leave it out"),
        ({"poll_interval_seconds": 10**400}, ValueError, "must be finite; leave it out"),
        ({"poll_interval_seconds": -(10**400)}, ValueError, "must be more than 0 seconds"),
        ({"poll_interval_seconds": "2"}, TypeError, "poll_interval_seconds must be a number of seconds, not str"),
        ({"poll_interval_seconds": True}, TypeError, "not bool"),
        ({"raise_on_failure": "false"}, TypeError, "raise_on_failure must be a bool, not str"),
        ({"on_update": "print"}, TypeError, "on_update must be callable with a run, not str"),
        ({"timeout_seconds": 0}, ValueError, "timeout_seconds must be more than 0 seconds"),
        ({"timeout_seconds": -5.5}, ValueError, "not -5.5"),
        ({"timeout_seconds": math.nan}, ValueError, "not nan"),
        ({"timeout_seconds": "300"}, TypeError, "timeout_seconds must be a number of seconds, not str"),
    ],
)
def test_arguments_that_make_no_sense(options: dict[str, Any], kind: type[Exception], message: str) -> None:
    with pytest.raises(kind, match=message):
        Wait(lambda: 0.0, **options)


@pytest.mark.parametrize(
    ("run_id", "kind", "message"),
    [
        ("", ValueError, "id must not be ''"),
        ("..", ValueError, "id must not be '..'"),
        (None, TypeError, "id must be a str, not NoneType"),
        (run(), TypeError, "id must be a str, not Run; give its id"),
    ],
)
def test_ids_that_are_none(run_id: Any, kind: type[Exception], message: str) -> None:
    world = Simulation()
    with pytest.raises(kind, match=message):
        world.wait().follow(run_id, world.starts)


def test_an_outcome_before_the_end_is_a_bug() -> None:
    with pytest.raises(RuntimeError):
        Wait(lambda: 0.0).outcome()
