"""`run_many` for runs that take no time.

The server is the embedded one, in a process of its own. Processor times are compared with those of a loop by hand: they
limit the rate of a client, and other load on the machine changes them least.
"""

from __future__ import annotations

import asyncio
import json
import os
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Coroutine, Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from io import FileIO
from itertools import count
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

import httpx
from anyio import to_thread

from benchmarks.embedded_server import serve
from benchmarks.measurement import ROOT, Result, format_ms, get_peak_memory, run_program
from eigenpal import AsyncEigenpalClient, EigenpalClient

_TARGET = "workflows.echo"
_TURNS = 5
_RUNS = 1000
"""Runs in each turn. With few, starting the threads of a batch, or opening its journal, would count for too much."""
_SLOW_RUNS = 500
"""Runs in each turn with a server that takes time to respond."""
_RUNS_FOR_A_SYNC = 3
"""About as many starts as share a sync of the journal, with 8 in flight."""
_LATENCY_SECONDS = 0.02
_MEGABYTE = 1024 * 1024

Action = Callable[..., object]


class _Actions(NamedTuple):
    """The same runs in several ways, with one of the clients."""

    run_many: Action
    run_many_with_syncs: Action
    """Without a journal, but while it takes the inputs it syncs a file, as often as a journal would."""
    run_by_hand: Action


def _make_inputs(runs: int = _RUNS) -> Iterator[dict[str, Any]]:
    return ({"n": number} for number in range(runs))


def _sync_line(file: FileIO) -> None:
    file.write(b"." * 79 + b"\n")
    os.fdatasync(file.fileno())


def _needs_sync(values: dict[str, Any]) -> bool:
    return not values["n"] % _RUNS_FOR_A_SYNC


@contextmanager
def _make_sync_actions(arguments: dict[str, Any], in_flight: int) -> Generator[_Actions, None, None]:
    with EigenpalClient(**arguments) as client, ThreadPoolExecutor(in_flight) as threads:

        def run_many(inputs: Any = None, **options: Any) -> None:
            for result in client.run_many(_TARGET, inputs or _make_inputs(), concurrency=in_flight, **options):
                assert result.ok

        def run_many_with_syncs(path: Path) -> None:
            def make_inputs() -> Iterator[dict[str, Any]]:
                for values in _make_inputs():
                    if _needs_sync(values):
                        _sync_line(file)
                    yield values

            with path.open("ab", buffering=0) as file:
                run_many(make_inputs())

        def run(values: dict[str, Any]) -> object:
            return client.run_and_wait(_TARGET, values).output

        def run_by_hand() -> None:
            assert all(threads.map(run, _make_inputs()))

        yield _Actions(run_many, run_many_with_syncs, run_by_hand)


@contextmanager
def _make_async_actions(arguments: dict[str, Any], in_flight: int) -> Generator[_Actions, None, None]:
    client = AsyncEigenpalClient(**arguments)

    async def run_many(inputs: Any = None, **options: Any) -> None:
        async for result in client.run_many(_TARGET, inputs or _make_inputs(), concurrency=in_flight, **options):
            assert result.ok

    async def run_many_with_syncs(path: Path) -> None:
        async def make_inputs() -> AsyncIterator[dict[str, Any]]:
            for values in _make_inputs():
                if _needs_sync(values):
                    await to_thread.run_sync(_sync_line, file)
                yield values

        with path.open("ab", buffering=0) as file:
            await run_many(make_inputs())

    async def run_by_hand() -> None:
        limit = asyncio.Semaphore(in_flight)

        async def run(values: dict[str, Any]) -> object:
            async with limit:
                return (await client.run_and_wait(_TARGET, values)).output

        assert all(await asyncio.gather(*(run(values) for values in _make_inputs())))

    with closing(asyncio.new_event_loop()) as loop:

        def make_action(work: Callable[..., Coroutine[Any, Any, None]]) -> Action:
            def run(*arguments: Any, **options: Any) -> None:
                loop.run_until_complete(work(*arguments, **options))

            return run

        yield _Actions(make_action(run_many), make_action(run_many_with_syncs), make_action(run_by_hand))
        loop.run_until_complete(client.aclose())


_CLIENTS = {"sync": _make_sync_actions, "async": _make_async_actions}


_SERVER = """
import sys, threading
from eigenpal.testing import EigenpalServer
with EigenpalServer() as server:
    if latency := float(sys.argv[1]):
        server.faults.add(latency=latency, times=None)
    print(server.port, flush=True)
    threading.Event().wait()
"""


@contextmanager
def _serve_runs(latency: float = 0.0) -> Generator[dict[str, Any], None, None]:
    """Run the embedded server and yield the arguments of a client of it."""
    process, port = serve("-c", _SERVER, str(latency))
    try:
        yield {"api_key": "ep_test_key", "base_url": f"http://127.0.0.1:{port}"}
    finally:
        process.kill()
        process.communicate()


class _Seconds(NamedTuple):
    """How long a run has taken."""

    processor: float
    elapsed: float


def _measure(runs: int, *actions: Callable[[], object]) -> list[_Seconds]:
    """Return the median times of a run with each of the actions, measured in turns."""
    times: list[list[_Seconds]] = [[] for _ in actions]
    for turn in range(_TURNS + 1):
        for measured, action in zip(times, actions, strict=True):
            processor, elapsed = time.process_time(), time.perf_counter()
            action()
            if turn:  # the first one opens the connections
                processor, elapsed = time.process_time() - processor, time.perf_counter() - elapsed
                measured.append(_Seconds(processor / runs, elapsed / runs))
    return [_Seconds(*map(median, zip(*measured, strict=True))) for measured in times]


def _compare(name: str, ours: float, theirs: float, budget: float | None) -> Result:
    return Result(name, format_ms(ours), format_ms(theirs), ours / theirs, budget)


def measure_batches() -> list[Result]:
    """Processor time for a run, against a loop by hand on the same client."""
    results: list[Result] = []
    with _serve_runs() as arguments:
        for kind, make_actions in _CLIENTS.items():
            for in_flight in (8, 50):
                with make_actions(arguments, in_flight) as actions:
                    ours, theirs = _measure(_RUNS, actions.run_many, actions.run_by_hand)
                    name = f"{kind} run_many, {in_flight} in flight / by hand"
                    results.append(_compare(name, ours.processor, theirs.processor, 1.15))
    return results


def measure_batch_journal() -> list[Result]:
    """What a journal adds to a run: in time if the server responds after 20 ms, in processor time if at once.

    What about as many syncs cost without a journal is measured too. The figures vary with the load of the machine.
    """
    results: list[Result] = []
    # The folder for temporary files may be in memory.
    (ROOT / ".cache").mkdir(exist_ok=True)
    with (
        _serve_runs() as arguments,
        _serve_runs(_LATENCY_SECONDS) as slow_arguments,
        tempfile.TemporaryDirectory(dir=ROOT / ".cache") as folder,
    ):
        paths = (Path(folder, f"{number}.jsonl") for number in count())
        for kind, make_actions in _CLIENTS.items():
            name = f"{kind} run_many"
            with make_actions(slow_arguments, 8) as actions:
                results.append(_measure_journal_time(name, actions, paths))
            with make_actions(arguments, 8) as actions:
                results += _measure_journal_processor_time(name, actions, paths)
    return results


def _measure_journal_time(name: str, actions: _Actions, paths: Iterator[Path]) -> Result:
    plain, journaled = _measure(
        _SLOW_RUNS,
        lambda: actions.run_many(_make_inputs(_SLOW_RUNS)),
        lambda: actions.run_many(_make_inputs(_SLOW_RUNS), journal=next(paths)),
    )
    return _compare(f"{name}, journal / none, 20 ms a response", journaled.elapsed, plain.elapsed, 1.05)


def _measure_journal_processor_time(name: str, actions: _Actions, paths: Iterator[Path]) -> list[Result]:
    plain, synced, journaled = _measure(
        _RUNS,
        actions.run_many,
        lambda: actions.run_many_with_syncs(next(paths)),
        lambda: actions.run_many(journal=next(paths)),
    )
    added = journaled.processor - plain.processor
    return [
        Result(f"{name}, journal, more for a run", format_ms(added), "-", added * 1000, None, unit="ms"),
        _compare(f"{name}, journal / none", journaled.processor, plain.processor, None),
        _compare(f"{name}, syncs alone / none", synced.processor, plain.processor, None),
        _compare(f"{name}, journal / syncs alone", journaled.processor, synced.processor, None),
    ]


def measure_batch_requests() -> list[Result]:
    """Requests for a run."""
    results: list[Result] = []
    with _serve_runs() as arguments:
        for kind, make_actions in _CLIENTS.items():
            responses: list[object] = []
            with make_actions({**arguments, "on_response": responses.append}, 8) as actions:
                actions.run_many()
            value = len(responses) / _RUNS
            results.append(Result(f"{kind} run_many, requests for a run", f"{value:.2f}", "-", value, 2.1, unit=""))
    return results


# --- memory -----------------------------------------------------------------------------------------------------------

_INPUTS = 100_000


def measure_batch_memory() -> list[Result]:
    """Memory that 100,000 inputs add to the process: those of a new batch, and those that a journal has results of."""
    results: list[Result] = []
    with tempfile.TemporaryDirectory() as folder:
        for name, journal in (("new", ""), ("finished before", f"{folder}/journal.jsonl")):
            program = f"from benchmarks.batches import print_memory; print_memory({journal!r})"
            grown = int(run_program(program)) / _MEGABYTE
            results.append(
                Result(f"memory for {_INPUTS:,} inputs, {name}", f"{grown:.1f} MB", "-", grown, 50, unit="MB")
            )
    return results


def print_memory(journal: str) -> None:
    """Print how many bytes a batch adds to the process, which has had another one before.

    Args:
        journal: Path of a journal to make, which has the results of all inputs; empty for a batch without one.
    """
    options: dict[str, Any] = {}
    if journal:
        _write_journal(Path(journal))
        options = {"journal": journal, "skip_finished": True}
    with httpx.Client(transport=_InstantTransport()) as http_client:
        client = EigenpalClient(api_key="key", base_url=_ADDRESS, http_client=http_client)

        def run_many(inputs: int, **options: Any) -> None:
            named = ((f"invoice {values['n']}.pdf", values) for values in _make_inputs(inputs))
            batch = client.run_many(_TARGET, named, **options)
            for result in batch:
                assert result.ok
            assert batch.summary().inputs == inputs
            assert batch.summary().skipped == (inputs if options else 0)

        run_many(2000)
        before = get_peak_memory()
        run_many(_INPUTS, **options)
        print(get_peak_memory() - before)


def _write_journal(path: Path) -> None:
    """Write the journal of a batch whose runs have all completed."""
    header = {"eigenpal_journal": 1, "batch": "0123456789ab", "server": _ADDRESS, "target": _TARGET}
    states = ({"state": "starting"}, {"state": "started", "at": 1_800_000_000}, {"state": "finished"})
    with path.open("w", encoding="utf-8") as file:
        file.write(json.dumps(header) + "\n")
        for number in range(_INPUTS):
            entry = {"key": f"invoice {number}.pdf", "attempt": 1, "run": f"run_{number}", "status": "completed"}
            file.writelines(json.dumps({**entry, **state}) + "\n" for state in states)


_ADDRESS = "https://api.test"
_EXAMPLES = ROOT / "tests/contract/examples"


class _InstantTransport(httpx.BaseTransport):
    """Responds to starts and reads in this process."""

    def __init__(self) -> None:
        self._numbers = count()
        self._started, self._read = (
            json.loads((_EXAMPLES / f"{name}.json").read_text(encoding="utf-8"))
            for name in ("RunStartResponse.accepted", "Run")
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        if request.method == "POST":
            request.read()
            return httpx.Response(202, json={**self._started, "id": f"run_{next(self._numbers)}"})
        return httpx.Response(200, json={**self._read, "id": request.url.path.rpartition("/")[2]})
