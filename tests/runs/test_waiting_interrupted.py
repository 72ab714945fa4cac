"""An exception that ends a wait early has a note with the id of the run, and does not stop the run."""

from __future__ import annotations

import asyncio

import pytest

from eigenpal._runs.polling import Wait, WaitFlow
from eigenpal.errors import EigenpalAuthError, EigenpalValidationError
from tests.support.notes import read_note

from .fake_poller import START, FakePoller, parse_accepted


def end_early(wait: Wait, flow: WaitFlow, error: BaseException) -> None:
    with wait:
        next(flow)
        raise error


@pytest.mark.parametrize("kind", [KeyboardInterrupt, SystemExit, ZeroDivisionError])
def test_an_interrupt_has_a_note_with_the_run(kind: type[BaseException], caplog: pytest.LogCaptureFixture) -> None:
    wait = FakePoller().make_wait()
    with pytest.raises(kind) as caught:
        end_early(wait, wait.poll("run_1"), kind())
    assert (
        "the run run_1 was interrupted, but the run was not stopped; resume with client.runs.wait('run_1')"
        in read_note(caught.value, caplog)
    )


@pytest.mark.parametrize("kind", [KeyboardInterrupt, asyncio.CancelledError])
def test_an_interrupt_is_also_logged(kind: type[BaseException], caplog: pytest.LogCaptureFixture) -> None:
    # Task groups, timeouts and asyncio.run replace the exception of a cancelled task, and its notes are lost.
    wait = FakePoller().make_wait()
    with pytest.raises(kind):
        end_early(wait, wait.poll("run_1"), kind())
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert f"{kind.__name__}: The wait for the run run_1 was interrupted" in caplog.text


def test_an_error_has_a_note_with_the_run(caplog: pytest.LogCaptureFixture) -> None:
    poller = FakePoller(EigenpalAuthError("no key", status=401))
    with pytest.raises(EigenpalAuthError) as caught:
        poller.start(poller.make_wait())
    assert "waiting for the run run_1" in read_note(caught.value, caplog)


def test_an_error_of_the_start_has_no_note(caplog: pytest.LogCaptureFixture) -> None:
    poller = FakePoller()
    wait = poller.make_wait()
    error = EigenpalValidationError("no such input", status=400)
    with pytest.raises(EigenpalValidationError):
        end_early(wait, wait.start(START, parse_accepted), error)
    assert not read_note(error, caplog)


def test_closing_a_watch_is_not_an_error(caplog: pytest.LogCaptureFixture) -> None:
    wait, closed = FakePoller().make_wait(), GeneratorExit()
    with pytest.raises(GeneratorExit):
        end_early(wait, wait.poll("run_1"), closed)
    assert not read_note(closed, caplog)
