"""`run_many` of both clients: interrupts, cancellation, closing, crashes."""

from __future__ import annotations

import asyncio
import gc
import logging
import os
import re
import signal
import subprocess
import sys
import textwrap
import threading
import time
import warnings
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import anyio
import pytest

from eigenpal.errors import EigenpalError, EigenpalTimeoutError
from eigenpal.testing import EigenpalServer
from eigenpal.types import RunResult

from .child_process import CHILD
from .clients import Kind, count_starts, make_inputs, run_many

# On trio, httpcore leaves generators behind if it is cancelled, or a deadline passes, while it reads a response.
pytestmark = pytest.mark.filterwarnings("ignore:Async generator:ResourceWarning")


@pytest.mark.parametrize("process_kind", ["sync", "asyncio"])
def test_ctrl_c_ends_the_process_though_starts_are_in_flight(process_kind: str, tmp_path: Path) -> None:
    with EigenpalServer(idempotency=False) as server:
        for number in range(20):
            (tmp_path / f"{number}.txt").write_text(f"document {number}")
        server.faults.add("run", hang=True, after=True, times=None, skip=3)
        command = [sys.executable, "-c", textwrap.dedent(CHILD), process_kind, str(tmp_path), str(tmp_path / "j")]
        environment = {**os.environ, **server.environment}
        with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
            assert process.stdout is not None
            for _ in range(3):
                process.stdout.readline()
            while count_starts(server) < 11:
                time.sleep(0.01)
            # On Python 3.10, asyncio is only interrupted safely while it waits for something.
            time.sleep(0.5)
            process.send_signal(signal.SIGINT)
            # It would otherwise wait for the timeout of 60 seconds.
            _, errors = process.communicate(timeout=20)
        assert process.returncode != 0
        assert b"KeyboardInterrupt" in errors


def test_an_interrupt_in_the_iterable_is_raised_though_it_cancels_starts(kind: Kind, server: EigenpalServer) -> None:
    def interrupt() -> Iterator[dict[str, Any]]:
        yield {"n": 0}
        while not count_starts(server):
            time.sleep(0.01)
            yield {"n": 1}
        raise KeyboardInterrupt

    server.faults.add("run", hang=True, times=None)
    with pytest.raises(KeyboardInterrupt):
        run_many(kind, server, interrupt(), concurrency=1000)


def test_leaving_the_loop_says_how_to_go_on(kind: Kind, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with EigenpalServer(idempotency=False, run_seconds=30) as server:
        server.faults.add("runs.get", status=400, skip=3)
        with caplog.at_level(logging.WARNING, "eigenpal"):
            found = run_many(kind, server, make_inputs(50), journal=tmp_path / "j", stop_after=1, concurrency=4)
        assert count_starts(server) <= 8
        assert re.search(r"run_many was left with \d runs still in progress \(run_.*goes on", caplog.text), caplog.text
        assert found.summary.unfinished >= 3


@pytest.mark.parametrize("backend", ["asyncio", "trio"])
def test_cancellation_stops_everything(backend: str, tmp_path: Path) -> None:
    async def main(server: EigenpalServer) -> None:
        async with server.async_client() as client:
            with anyio.move_on_after(0.3):
                async for _ in client.run_many("workflows.echo", make_inputs(50), journal=tmp_path / "j"):
                    raise AssertionError("no run ends")
            started = count_starts(server)
            assert 1 <= started <= 8
            # The journal is free again.
            batch = client.run_many("workflows.echo", make_inputs(50), journal=tmp_path / "j", timeout_seconds=0.2)
            async with batch:
                async for result in batch:
                    assert isinstance(result.error, EigenpalTimeoutError)
                    break
            assert count_starts(server) <= 8 + 8

    with EigenpalServer(idempotency=False, run_seconds=30) as server:
        anyio.run(main, server, backend=backend)


def test_leaving_the_loop_and_the_event_loop_at_once_is_quiet(server: EigenpalServer) -> None:
    async def main(results: int) -> None:
        client = server.async_client()
        async for _ in client.run_many("workflows.echo", make_inputs(20)):
            results -= 1
            if not results:
                break

    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        for number in range(18):
            asyncio.run(main(1 + number % 6))
            gc.collect()
    assert [str(warning.message) for warning in caught if "never awaited" in str(warning.message)] == []


@pytest.mark.parametrize("iterated_by", ["a thread", "asyncio", "trio"])
def test_closing_a_batch_ends_the_loop_of_another_thread_or_task(iterated_by: str, tmp_path: Path) -> None:
    def count(results: list[RunResult], server: EigenpalServer) -> None:
        assert results == []
        assert 1 <= count_starts(server) <= 8

    async def main(server: EigenpalServer) -> None:
        async with server.async_client() as client, anyio.create_task_group() as group:
            batch = client.run_many("workflows.echo", make_inputs(50), journal=tmp_path / "j")

            async def iterate() -> None:
                count([result async for result in batch], server)

            with anyio.fail_after(60):
                group.start_soon(iterate)
                while not server.runs:  # noqa: ASYNC110
                    await anyio.sleep(0.01)
                await batch.aclose()

    with EigenpalServer(idempotency=False, run_seconds=1000) as server:
        if iterated_by != "a thread":
            anyio.run(main, server, backend=iterated_by)
            return
        with server.client() as client, ThreadPoolExecutor(1) as threads:
            batch = client.run_many("workflows.echo", make_inputs(50), journal=tmp_path / "j")
            results = threads.submit(list, batch)
            while not server.runs:
                time.sleep(0.01)
            batch.close()
            count(results.result(60), server)


def test_what_a_batch_shows(server: EigenpalServer, tmp_path: Path) -> None:
    with server.client() as client:
        assert repr(client.run_many("workflows.echo", [])) == "RunBatch(target='workflows.echo', concurrency=8)"
    async_client = server.async_client()
    batch = async_client.run_many("workflows.echo", [], concurrency=50, journal=tmp_path / "j")
    assert repr(batch) == f"AsyncRunBatch(target='workflows.echo', concurrency=50, journal='{tmp_path / 'j'}')"
    anyio.run(async_client.aclose)


def test_closing_a_batch_whose_loop_is_at_work_in_another_thread(server: EigenpalServer, tmp_path: Path) -> None:
    """The loop may ask for the next result at any moment."""
    server.faults.add("run", hang=True, skip=1, times=None)  # closing waits a moment for starts in flight
    with server.client() as client:
        batch = client.run_many("workflows.echo", make_inputs(50), journal=tmp_path / "j")
        results: Any = iter(batch)
        next(results)
        closer = threading.Thread(target=batch.close)
        closer.start()
        while closer.is_alive() and not results.gi_running:
            time.sleep(0.001)
        assert list(results) == []
        closer.join()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here")
@pytest.mark.filterwarnings("ignore:.*multi-threaded.*fork:DeprecationWarning")
def test_a_process_that_is_forked_in_the_loop_ends(server: EigenpalServer, tmp_path: Path) -> None:
    """It has none of the threads, and one of them may have held the lock."""
    is_held, is_forked = threading.Event(), threading.Event()
    with server.client() as client:
        batch: Any = client.run_many("workflows.echo", make_inputs(20), journal=tmp_path / "j")
        results: Iterator[RunResult] = iter(batch)
        next(results)

        def hold() -> None:
            with batch._lock:
                is_held.set()
                is_forked.wait(60)

        holder = threading.Thread(target=hold)
        holder.start()
        is_held.wait(60)
        child = os.fork()
        if child == 0:
            batch.close()
            try:
                next(results)
            except EigenpalError:
                os._exit(7)
            os._exit(1)
        is_forked.set()
        holder.join()
        deadline = time.monotonic() + 60
        found, status = 0, 0
        while not found and time.monotonic() < deadline:
            time.sleep(0.01)
            found, status = os.waitpid(child, os.WNOHANG)
        if not found:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
        assert found
        assert os.waitstatus_to_exitcode(status) == 7
        assert len(list(results)) == 19


def test_python_exits_though_an_iterator_is_suspended() -> None:
    """Its threads end before it, and one of them may have held the lock."""
    script = """
        import sys
        from eigenpal.testing import EigenpalServer

        server = EigenpalServer(idempotency=False, run_seconds=1).start()
        results = iter(server.client().run_many("workflows.echo", [{"n": number} for number in range(50)]))
        print(next(results).ok, flush=True)
        server.stop()
    """
    command = [sys.executable, "-c", textwrap.dedent(script)]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert (ended.returncode, ended.stdout.strip()) == (0, "True"), ended.stderr


class FailingPath(os.PathLike[str]):
    """A file that raises what no input should."""

    def __fspath__(self) -> str:
        raise LookupError("the database is gone")


def test_a_batch_that_has_crashed_leaves_its_journal(kind: Kind, server: EigenpalServer, tmp_path: Path) -> None:
    for _ in range(2):
        found = run_many(kind, server, [{"file": FailingPath()}, {"n": 2}], journal=tmp_path / "j", concurrency=1)
        assert isinstance(found.error, LookupError)
    assert count_starts(server) == 0


def test_a_callback_that_exits_the_program_does_so(kind: Kind, server: EigenpalServer) -> None:
    def leave(_: object) -> None:
        raise SystemExit(3)

    with pytest.raises(SystemExit) as caught:
        run_many(kind, server, make_inputs(20), client={"on_response": leave})
    assert caught.value.code == 3
