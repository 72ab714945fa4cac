"""The rules of waiting, with a clock that only the simulation moves."""

from __future__ import annotations

import json
import math
import pickle
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from eigenpal._waiting import Actions, Ask, Changed, RecentStarts, Rest, Wait, is_over
from eigenpal.errors import (
    EigenpalAuthError,
    EigenpalConnectionError,
    EigenpalError,
    EigenpalNotFoundError,
    EigenpalRateLimitError,
    EigenpalResponseError,
    EigenpalRunFailedError,
    EigenpalServerError,
    EigenpalTimeoutError,
    EigenpalValidationError,
)
from eigenpal_generated.models import Run, RunAccepted
from eigenpal_generated.runtime import Request, Response

EXAMPLES = Path(__file__).parents[1] / "contract" / "examples"
START = Request("run", "POST", "/api/v1/runs", starts_run=True, repeatable=False)
RUNNING = json.loads((EXAMPLES / "Run.running.json").read_text(encoding="utf-8"))
ACCEPTED = {"id": "run_1", "type": "workflow", "finished": False}


def run(status: str = "running", finished: bool | None = None, **changes: Any) -> Run:
    over = status in ("completed", "failed", "cancelled", "rejected") if finished is None else finished
    execution = {**RUNNING["execution"], "status": status}
    return Run.from_dict({**RUNNING, "id": "run_1", "finished": over, "execution": execution, **changes})


def parse_accepted(response: Response) -> RunAccepted:
    return RunAccepted.from_dict(response.data)


Look = Run | EigenpalError | None
"""What a look comes to; None for one that is not answered before the deadline."""


class Simulation:
    """Carries out what a wait wants, in no time but the clock's own."""

    def __init__(self, *looks: Look, takes: float = 0.0, start_takes: float = 0.0) -> None:
        self.now = 1000.0
        self.takes = takes
        self.start_takes = start_takes
        self.looks: Iterator[Look] | Callable[[float], Look] = iter(looks)
        self.looked: list[float] = []
        self.rested: list[float] = []
        self.statuses: list[str] = []
        self.deadlines: set[float | None] = set()
        self.starts = RecentStarts(self.clock)

    def clock(self) -> float:
        return self.now

    def wait(self, **options: Any) -> Wait:
        return Wait(self.clock, **options)

    def follow(self, wait: Wait, *, started: bool = False) -> Run:
        if started:
            self.starts.add("run_1")
        return self.carry_out(wait, wait.follow("run_1", self.starts))

    def start(self, wait: Wait) -> Run:
        return self.carry_out(wait, wait.start(START, parse_accepted, self.starts))

    def carry_out(self, wait: Wait, actions: Actions) -> Run:
        answer: Any = None
        fault: EigenpalError | None = None
        with wait:
            while True:
                try:
                    action = actions.send(answer) if fault is None else actions.throw(fault)
                except StopIteration:
                    return wait.outcome()
                answer, fault = None, None
                if isinstance(action, Changed):
                    self.statuses.append(action.run.execution.status)
                elif isinstance(action, Rest):
                    assert action.seconds >= 0
                    assert math.isfinite(action.seconds)
                    self.rested.append(action.seconds)
                    self.now += action.seconds
                else:
                    answer, fault = self.ask(action)

    def ask(self, action: Ask) -> tuple[Any, EigenpalError | None]:
        self.deadlines.add(action.deadline)
        if action.request.method == "POST":
            self.now += self.start_takes
            return action.parse(Response(201, {}, ACCEPTED)), None
        self.looked.append(self.now - 1000)
        look = self.looks(self.now - 1000) if callable(self.looks) else next(self.looks)
        remaining = math.inf if action.deadline is None else action.deadline - self.now
        if look is None or self.takes > remaining:
            assert action.deadline is not None
            self.now = max(action.deadline, self.now)
            return None, EigenpalTimeoutError("runs.get was not answered")
        self.now += self.takes
        return (look, None) if isinstance(look, Run) else (None, look)


# --- how it goes ------------------------------------------------------------------------------------------------------


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
    assert isinstance(first, Ask)
    assert first.request is START
    second = actions.send(RunAccepted.from_dict(ACCEPTED))
    assert isinstance(second, Ask)
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
    assert is_over(run(status, finished)) is over


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


# --- the deadline -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("interval", [0.1, 0.3, 1.0, 2.0, 60.0, None])
@pytest.mark.parametrize("takes", [0.0, 0.05, 0.2, 0.9, 5.0])
def test_one_second_means_one_second(interval: float | None, takes: float) -> None:
    world = Simulation(takes=takes)
    world.looks = lambda _: run()
    with pytest.raises(EigenpalTimeoutError):
        world.follow(world.wait(poll_interval_seconds=interval, timeout_seconds=1))
    assert world.now - 1000 == pytest.approx(1.0)
    # However slow the looks, the last one is not long before the deadline.
    assert world.looked[-1] + takes >= 0.75


@settings(max_examples=200)
@given(
    timeout=st.floats(0.001, 5000),
    interval=st.none() | st.floats(0.001, 10_000),
    takes=st.floats(0, 400),
    ends=st.none() | st.floats(0, 5000),
    outage=st.tuples(st.floats(0, 5000), st.floats(0, 5000)),
)
def test_no_wait_outlasts_its_deadline(
    timeout: float, interval: float | None, takes: float, ends: float | None, outage: tuple[float, float]
) -> None:
    world = Simulation(takes=takes)
    fault = EigenpalServerError("unavailable", status=503, retry_after=3)

    def look(now: float) -> Look:
        if min(outage) <= now <= max(outage):
            return fault
        return run("completed") if ends is not None and now >= ends else run()

    world.looks = look
    # A thousand looks at most, so that a short interval takes no longer to test than a long one.
    chosen = None if interval is None else max(interval, timeout / 1000)
    try:
        assert world.follow(world.wait(poll_interval_seconds=chosen, timeout_seconds=timeout)).finished
    except EigenpalTimeoutError:
        assert world.now - 1000 == pytest.approx(timeout, abs=1e-6)
    else:
        assert ends is not None
    assert world.now - 1000 <= timeout + 1e-6
    assert len(world.looked) < 1100


def test_a_run_that_ends_shortly_before_the_deadline_is_seen() -> None:
    world = Simulation()
    world.looks = lambda now: run("completed") if now > 0.5 else run()
    assert world.follow(world.wait(poll_interval_seconds=60, timeout_seconds=1)).finished
    assert world.looked == pytest.approx([0, 0.9])


def test_the_start_counts() -> None:
    world = Simulation(start_takes=200)
    world.looks = lambda _: run()
    with pytest.raises(EigenpalTimeoutError):
        world.start(world.wait())
    assert world.now - 1000 == pytest.approx(300)
    assert world.deadlines == {1300.0}


def test_the_error_says_how_to_go_on() -> None:
    world = Simulation()
    world.looks = lambda _: run()
    with pytest.raises(EigenpalTimeoutError) as caught:
        world.start(world.wait(timeout_seconds=5))
    error = caught.value
    assert (error.run_id, error.last_run, error.status) == ("run_1", run(), 0)
    assert str(error) == (
        "the run run_1 did not finish within 5 s; it was last seen as running. "
        "It goes on: client.runs.wait('run_1') waits for it again."
    )
    assert isinstance(error, TimeoutError)
    assert not getattr(error, "__notes__", [])
    copied = pickle.loads(pickle.dumps(error))
    assert (copied.run_id, copied.last_run) == ("run_1", run())


def test_the_error_says_what_went_wrong() -> None:
    world = Simulation()
    world.looks = lambda now: run() if now < 1 else EigenpalServerError("bad gateway", status=502)
    with pytest.raises(
        EigenpalTimeoutError, match="last seen as running, and the last look at it failed: bad gat"
    ) as at:
        world.follow(world.wait(timeout_seconds=5))
    assert isinstance(at.value.__cause__, EigenpalServerError)
    world = Simulation()
    world.looks = lambda _: EigenpalConnectionError("could not connect")
    with pytest.raises(
        EigenpalTimeoutError, match="it was never seen, and the last look at it failed: could not"
    ) as at:
        world.follow(world.wait(timeout_seconds=5))
    assert at.value.last_run is None


def test_a_last_look_that_the_deadline_cuts_short_is_no_trouble() -> None:
    world = Simulation(run(), run(), None)
    with pytest.raises(EigenpalTimeoutError, match=r"last seen as running\. It goes on"):
        world.follow(world.wait(timeout_seconds=3))


def test_without_a_deadline_it_waits_on() -> None:
    for endless in (None, math.inf, 10**400):
        world = Simulation()
        world.looks = lambda now: run("completed") if now >= 100_000 else run()
        world.follow(world.wait(timeout_seconds=endless))
        assert world.deadlines == {None}


# --- faults -----------------------------------------------------------------------------------------------------------

PASSING = [
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


@pytest.mark.parametrize("fault", PASSING, ids=lambda fault: fault.message)
def test_outages_are_outlived(fault: EigenpalError) -> None:
    world = Simulation()
    world.looks = lambda now: run("completed") if now > 200 else fault if now > 20 else run()
    assert world.follow(world.wait()).finished
    assert world.statuses == ["running", "completed"]


@pytest.mark.parametrize("fault", PASSING, ids=lambda fault: fault.message)
def test_outages_right_after_the_start_are_outlived(fault: EigenpalError) -> None:
    world = Simulation()
    world.looks = lambda now: run("completed") if now > 200 else fault
    assert world.start(world.wait()).finished


FINAL = [
    EigenpalAuthError("no key", status=401),
    EigenpalError("payment", status=402),
    EigenpalNotFoundError("gone", status=404),
    EigenpalValidationError("bad", status=400),
    EigenpalError("conflict", status=409),
    EigenpalError("the client is closed"),
    EigenpalResponseError("mistyped", field="timing", status=200),
]


@pytest.mark.parametrize("fault", FINAL, ids=lambda fault: fault.message)
def test_what_will_not_pass_is_raised_at_once(fault: EigenpalError) -> None:
    world = Simulation(run(), fault)
    with pytest.raises(type(fault)) as caught:
        world.follow(world.wait())
    assert caught.value is fault
    assert world.looked == [0, 2]


def test_a_server_that_was_never_heard() -> None:
    # Another page than the API from the first look on: base_url is wrong, and no waiting will help.
    world = Simulation(EigenpalResponseError("a page of HTML, not JSON", status=200))
    with pytest.raises(EigenpalResponseError):
        world.follow(world.wait())
    # No deadline and no answer: nobody would ever learn of it.
    world = Simulation(EigenpalConnectionError("could not connect"))
    with pytest.raises(EigenpalConnectionError):
        world.follow(world.wait(timeout_seconds=None))
    world = Simulation()
    world.looks = lambda now: EigenpalConnectionError("could not connect") if now < 100 else run("completed")
    assert world.follow(world.wait()).finished


def missing_until(moment: float) -> Callable[[float], Look]:
    gone = EigenpalNotFoundError("no such run", status=404)
    return lambda now: gone if now < moment else run("completed")


def test_a_run_may_be_unknown_in_the_first_seconds() -> None:
    world = Simulation()
    world.looks = missing_until(9)
    assert world.start(world.wait()).finished
    world = Simulation()
    world.looks = missing_until(11)
    with pytest.raises(EigenpalNotFoundError):
        world.start(world.wait())
    assert world.now - 1000 == 10


def test_a_run_of_unknown_age_has_to_be_there() -> None:
    world = Simulation()
    world.looks = missing_until(1)
    with pytest.raises(EigenpalNotFoundError):
        world.follow(world.wait())
    assert world.looked == [0]


def test_starts_are_remembered_for_a_while() -> None:
    world = Simulation()
    world.starts.add("run_1")
    assert world.starts.moment_of("run_1") == 1000
    assert world.starts.moment_of("run_2") is None
    world.now += 10
    world.starts.add("run_2")
    assert world.starts.moment_of("run_1") is None
    for number in range(3000):
        world.now += 0.01
        world.starts.add(f"run_{number}")
    assert len(vars(world.starts)["_moments"]) <= 1010


@pytest.mark.parametrize(
    ("retry_after", "interval", "rested"), [(7.0, None, 7.0), (0.5, None, 2.0), (20.0, 1.0, 20.0), (5000.0, None, 60.0)]
)
def test_retry_after_is_honoured(retry_after: float, interval: float | None, rested: float) -> None:
    slow = EigenpalRateLimitError("slow down", status=429, retry_after=retry_after)
    world = Simulation(run(), slow, run("completed"))
    world.follow(world.wait(poll_interval_seconds=interval))
    assert world.rested[1] == rested


def test_retry_after_beyond_the_deadline() -> None:
    slow = EigenpalServerError("maintenance", status=503, retry_after=30)
    world = Simulation(run(), slow, run("completed"))
    with pytest.raises(EigenpalTimeoutError, match="maintenance"):
        world.follow(world.wait(timeout_seconds=10))
    assert world.looked == [0, 2]
    assert world.now - 1000 == 10


def test_a_start_that_names_no_run() -> None:
    world = Simulation()
    actions = world.wait().start(START, parse_accepted, world.starts)
    next(actions)
    with pytest.raises(EigenpalResponseError, match="the id the server gave it cannot be used") as caught:
        actions.send(RunAccepted.from_dict({**ACCEPTED, "id": ".."}))
    assert caught.value.field == "id"


# --- what ends it early -----------------------------------------------------------------------------------------------


def word_on(error: BaseException, logged: pytest.LogCaptureFixture) -> str:
    if sys.version_info >= (3, 11):
        return "\n".join(getattr(error, "__notes__", []))
    return logged.text


def end_early(wait: Wait, actions: Actions, error: BaseException) -> None:
    with wait:
        next(actions)
        raise error


@pytest.mark.parametrize("kind", [KeyboardInterrupt, SystemExit, ZeroDivisionError])
def test_an_interrupt_carries_the_run(kind: type[BaseException], caplog: pytest.LogCaptureFixture) -> None:
    wait = Wait(lambda: 0.0)
    with pytest.raises(kind) as caught:
        end_early(wait, wait.follow("run_1", RecentStarts(lambda: 0.0)), kind())
    assert "the run run_1, not the run: client.runs.wait('run_1') waits for it again" in word_on(caught.value, caplog)


def test_an_error_carries_the_run(caplog: pytest.LogCaptureFixture) -> None:
    world = Simulation(EigenpalAuthError("no key", status=401))
    with pytest.raises(EigenpalAuthError) as caught:
        world.start(world.wait())
    assert "waiting for the run run_1" in word_on(caught.value, caplog)


def test_an_interrupt_of_the_start(caplog: pytest.LogCaptureFixture) -> None:
    world = Simulation()
    wait = world.wait()
    with pytest.raises(KeyboardInterrupt) as caught:
        end_early(wait, wait.start(START, parse_accepted, world.starts), KeyboardInterrupt())
    assert "may have been: client.runs.list()" in word_on(caught.value, caplog)


def test_an_error_of_the_start_is_left_alone(caplog: pytest.LogCaptureFixture) -> None:
    world = Simulation()
    wait = world.wait()
    error = EigenpalValidationError("no such input", status=400)
    with pytest.raises(EigenpalValidationError):
        end_early(wait, wait.start(START, parse_accepted, world.starts), error)
    assert not word_on(error, caplog)


def test_whoever_has_seen_enough_is_not_bothered(caplog: pytest.LogCaptureFixture) -> None:
    wait, enough = Wait(lambda: 0.0), GeneratorExit()
    with pytest.raises(GeneratorExit):
        end_early(wait, wait.follow("run_1", RecentStarts(lambda: 0.0)), enough)
    assert not word_on(enough, caplog)


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
