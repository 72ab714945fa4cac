"""What ends a wait early carries the run, and leaves it alone."""

from __future__ import annotations

import asyncio
import sys

import pytest

from eigenpal._runs.polling import Actions, RecentStarts, Wait
from eigenpal.errors import EigenpalAuthError, EigenpalValidationError

from .simulation import START, Simulation, parse_accepted


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


@pytest.mark.parametrize("kind", [KeyboardInterrupt, asyncio.CancelledError])
def test_an_interrupt_is_logged_too(kind: type[BaseException], caplog: pytest.LogCaptureFixture) -> None:
    # A task group, a time limit and asyncio.run take the exception of a cancelled task, and its notes with it.
    wait = Wait(lambda: 0.0)
    with pytest.raises(kind):
        end_early(wait, wait.follow("run_1", RecentStarts(lambda: 0.0)), kind())
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert f"{kind.__name__}: This ended the wait for the run run_1, not the run" in caplog.text


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
