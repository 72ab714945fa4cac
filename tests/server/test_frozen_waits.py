"""Clients of a server whose clock is frozen wait without taking time."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from eigenpal import AsyncEigenpalClient, EigenpalClient
from eigenpal.errors import EigenpalRateLimitError, EigenpalTimeoutError
from eigenpal.testing import Clock, EigenpalServer
from eigenpal_generated.models import Run

from .blocking_client import ServerAndClient, start_server_and_client
from .conftest import always_return


@pytest.fixture(params=["sync", "async"])
def setup(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[ServerAndClient]:
    with start_server_and_client(request.param, tmp_path) as setup:
        yield setup


def seconds_between_requests(server: EigenpalServer) -> list[float]:
    moments = [request.at for request in server.requests]
    return [(later - earlier).total_seconds() for earlier, later in pairwise(moments)]


@pytest.mark.parametrize("as_date", [False, True])
def test_retry_after(setup: ServerAndClient, as_date: bool) -> None:
    retry_after: Any = 50
    if as_date:
        # Of the server's clock, whatever that of the client shows.
        setup.server.clock.advance(timedelta(days=365))
        setup.server.clock.advance_to(setup.server.clock.now().replace(microsecond=0) + timedelta(seconds=1))
        retry_after = setup.server.clock.now() + timedelta(seconds=50)
    setup.server.faults.add("runs.list", status=429, retry_after=retry_after)
    setup.client.runs.list()
    assert seconds_between_requests(setup.server) == [50]
    setup.server.requests.clear()
    setup.server.faults.add("runs.list", status=429, retry_after=20, times=None)
    with pytest.raises(EigenpalRateLimitError):
        setup.client.runs.list()
    assert seconds_between_requests(setup.server) == [20, 20, 20]


def test_a_run_of_ten_minutes(setup: ServerAndClient) -> None:
    setup.server.workflow("slow", queue_seconds=60, run_seconds=540)(always_return({"done": True}))
    seen: list[str] = []

    def on_update(run: Run) -> None:
        seen.append(run.execution.status)

    run = setup.client.run_and_wait("workflows.slow", timeout_seconds=660, on_update=on_update)
    assert (run.output, run.timing.duration_ms) == ({"done": True}, 540_000)
    assert seen == ["created", "pending", "running", "completed"]
    assert timedelta(seconds=600) <= setup.server.clock.now() - run.timing.created_at < timedelta(seconds=630)


def test_a_wait_that_times_out(setup: ServerAndClient) -> None:
    setup.server.workflow("slow", run_seconds=600)(always_return({"done": True}))
    with pytest.raises(EigenpalTimeoutError, match=r"did not finish within 300 s; .* running") as caught:
        setup.client.run_and_wait("workflows.slow", timeout_seconds=300)
    run_id = caught.value.run_id
    assert 295 < sum(seconds_between_requests(setup.server)) <= 300
    assert setup.client.runs.wait(run_id, timeout_seconds=400).output == {"done": True}


def test_an_outage_while_waiting(setup: ServerAndClient) -> None:
    setup.server.workflow("slow", run_seconds=600)(always_return({"done": True}))
    setup.server.faults.add("runs.get", status=503, times=20, skip=3)
    run = setup.client.run_and_wait("workflows.slow", timeout_seconds=700)
    assert run.output == {"done": True}


def test_a_function_that_really_takes_time(setup: ServerAndClient) -> None:
    @setup.server.workflow("busy")
    def busy(input: dict[str, Any]) -> dict[str, Any]:
        time.sleep(0.5)
        return {"done": True}

    # Otherwise, its polls would have passed the time-out before the function returns.
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("eigenpal.testing._server.run_executor.REFRESH_TIMEOUT_SECONDS", 0.01)
        run = setup.client.run_and_wait("workflows.busy", poll_interval_seconds=10, timeout_seconds=30)
    assert run.output == {"done": True}


def test_clients_that_the_application_makes() -> None:
    with EigenpalServer(clock=Clock(frozen=True), run_seconds=3600) as server, pytest.MonkeyPatch.context() as patch:
        for name, value in server.environment.items():
            patch.setenv(name, value)
        with EigenpalClient() as client:
            assert client.run_and_wait("workflows.echo", {"a": 1}, timeout_seconds=4000).output == {"a": 1}

        async def main() -> None:
            async with AsyncEigenpalClient() as client:
                assert (await client.run_and_wait("workflows.echo", {"a": 1}, timeout_seconds=4000)).finished

        asyncio.run(main())


def test_many_clients_at_once() -> None:
    with EigenpalServer(clock=Clock(frozen=True), run_seconds=3600) as server, server.client() as client:
        with ThreadPoolExecutor(8) as pool:
            waits = [pool.submit(client.run_and_wait, "workflows.echo", timeout_seconds=None) for _ in range(8)]
            assert all(wait.result().finished for wait in waits)

        async def main() -> None:
            async with server.async_client() as client:
                waits = (client.run_and_wait("workflows.echo", timeout_seconds=None) for _ in range(8))
                assert all(run.finished for run in await asyncio.gather(*waits))

        asyncio.run(main())


def test_a_clock_that_goes_on_is_waited_for() -> None:
    with EigenpalServer(clock=Clock(frozen=True), run_seconds=0.3) as server, server.client() as client:
        server.clock.resume()
        began = time.monotonic()
        client.run_and_wait("workflows.echo")
        assert time.monotonic() - began >= 0.3


def test_an_application_whose_sleep_is_replaced(setup: ServerAndClient, monkeypatch: pytest.MonkeyPatch) -> None:
    go_on = threading.Event()

    @setup.server.workflow("busy")
    def busy(input: dict[str, Any]) -> dict[str, Any]:
        return {"done": go_on.wait(60)}

    slept: list[float] = []
    monkeypatch.setattr("time.sleep", slept.append)
    setup.server.faults.add("run", status=429, retry_after=30)
    run = setup.client.run("workflows.busy")
    threading.Timer(0.1, go_on.set).start()
    assert len(setup.server.runs) == 1
    assert setup.client.runs.wait(run.id).output == {"done": True}
    assert slept == []
