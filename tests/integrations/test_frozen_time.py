"""The embedded server and its clients where a test freezes or moves the time."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest

from eigenpal.errors import EigenpalTimeoutError
from eigenpal.testing import Clock, EigenpalServer
from tests.support.pages import ROOT

freezegun: Any = pytest.importorskip("freezegun")
time_machine: Any = pytest.importorskip("time_machine")

PAST = datetime(2020, 6, 1, 12, tzinfo=timezone.utc)
FUTURE = datetime(2040, 6, 1, 12, tzinfo=timezone.utc)

Freeze = Callable[[datetime], Any]

FREEZERS: dict[str, Freeze] = {
    "freezegun": lambda when: freezegun.freeze_time(when),
    "freezegun, ticking": lambda when: freezegun.freeze_time(when, tick=True),
    "freezegun, real asyncio": lambda when: freezegun.freeze_time(when, real_asyncio=True),
    "time-machine": lambda when: time_machine.travel(when, tick=False),
    "time-machine, ticking": lambda when: time_machine.travel(when, tick=True),
}
freezers = pytest.mark.parametrize("freeze", FREEZERS.values(), ids=FREEZERS)
kinds = pytest.mark.parametrize("kind", ["sync", "async"])
moments = pytest.mark.parametrize("when", [PAST, FUTURE], ids=["in the past", "in the future"])


def call(kind: str, server: EigenpalServer, use: Callable[[Any], Any], **options: Any) -> Any:
    """Return what the function returns for a client; for the asynchronous one, what it awaits."""
    if kind == "sync":
        with server.client(**options) as client:
            return use(client)

    async def main() -> Any:
        async with server.async_client(**options) as client:
            return await use(client)

    return asyncio.run(main())


@kinds
@freezers
@moments
def test_runs_finish_and_have_the_time_of_the_test(kind: str, freeze: Freeze, when: datetime) -> None:
    with EigenpalServer(run_seconds=0.25) as server, freeze(when):
        run = call(kind, server, lambda client: client.run_and_wait("workflows.echo", {"a": 1}, timeout_seconds=30))
        assert run.output == {"a": 1}
        assert when <= run.timing.created_at < when + timedelta(seconds=20)
        assert run.timing.completed_at - run.timing.started_at >= timedelta(seconds=0.25)
        # What applications list, such as the runs of the last hour.
        rows = call(kind, server, lambda client: client.runs.list(created_after=when - timedelta(hours=1)))
        assert [row.id for row in rows.runs] == [run.id]


@kinds
@freezers
def test_waits_time_out(kind: str, freeze: Freeze) -> None:
    with EigenpalServer() as server, freeze(PAST):
        run = server.add_run("workflows.echo", status="running", created_at=PAST - timedelta(days=7))
        with pytest.raises(EigenpalTimeoutError, match="did not finish within"):
            call(kind, server, lambda client: client.runs.wait(run.id, timeout_seconds=0.5))


@kinds
@freezers
def test_retries_are_sent(kind: str, freeze: Freeze) -> None:
    with EigenpalServer() as server, freeze(PAST):
        server.faults.add("runs.list", status=503, times=2)
        assert not call(kind, server, lambda client: client.runs.list())["runs"]


@kinds
@freezers
def test_server_side_waits_end(kind: str, freeze: Freeze) -> None:
    with EigenpalServer(run_seconds=0.25) as server, freeze(PAST):
        run = call(kind, server, lambda client: client.run("workflows.echo", {"a": 1}, wait_for_completion=60))
        assert run.output == {"a": 1}


@freezers
def test_handlers_sleep(freeze: Freeze) -> None:
    with EigenpalServer() as server, server.client() as client, freeze(PAST):

        @server.workflow("slow")
        async def slow(input: dict[str, Any]) -> dict[str, Any]:
            await asyncio.sleep(0.01)
            return input

        assert client.run_and_wait("workflows.slow", {"a": 1}, timeout_seconds=30).output == {"a": 1}


@freezers
@moments
def test_the_time_may_change_while_a_run_is_on_its_way(freeze: Freeze, when: datetime) -> None:
    with EigenpalServer() as server, server.client() as client:
        begun, go_on = threading.Event(), threading.Event()

        @server.workflow("slow")
        def slow(input: dict[str, Any]) -> dict[str, Any]:
            begun.set()
            assert go_on.wait(60)
            return input

        started = client.run("workflows.slow", {"a": 1})
        assert begun.wait(60)
        with freeze(when):
            go_on.set()
            run: Any = client.runs.wait(started.id, timeout_seconds=30)
        assert run.output == {"a": 1}
        assert timedelta(0) <= run.timing.completed_at - run.timing.created_at < timedelta(minutes=5)


@kinds
@freezers
def test_a_frozen_clock_of_the_server_is_its_own(kind: str, freeze: Freeze) -> None:
    with EigenpalServer(clock=Clock(FUTURE, frozen=True), run_seconds=600) as server, freeze(PAST):
        run = call(kind, server, lambda client: client.run_and_wait("workflows.echo", timeout_seconds=700))
        assert run.timing.created_at == FUTURE
        assert run.timing.completed_at == FUTURE + timedelta(seconds=600)


@pytest.mark.parametrize("freezer", ["freezegun", "time-machine"])
def test_a_server_that_is_started_in_frozen_time(freezer: str) -> None:
    with FREEZERS[freezer](PAST), EigenpalServer() as server, server.client() as client:
        run = client.run_and_wait("workflows.echo", {"a": 1})
        assert run.timing.created_at == PAST
        assert run.timing.completed_at == PAST
        assert server.requests[0].at == PAST


FIRST_USE = """
from freezegun import freeze_time
import eigenpal
from eigenpal.testing import EigenpalServer
for _ in range(2):
    with freeze_time("2020-06-01 12:00"), EigenpalServer(run_seconds=0.2) as server, server.client() as client:
        run = client.run_and_wait("workflows.echo", {"a": 1}, timeout_seconds=30)
        assert run.timing.created_at.year == 2020, run
        assert len(client.runs.list().runs) == 1
"""


def test_everything_is_imported_in_frozen_time() -> None:
    done = subprocess.run([sys.executable, "-c", FIRST_USE], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")
