"""Which faults a wait outlives, and which end it."""

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

from .simulation import ACCEPTED, START, Look, Simulation, parse_accepted, run

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
    EigenpalResponseError("raise_type_error", field="timing", status=200),
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
    assert world.starts.find_start_time("run_1") == 1000
    assert world.starts.find_start_time("run_2") is None
    world.now += 10
    world.starts.add("run_2")
    assert world.starts.find_start_time("run_1") is None
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
