"""No call starts two runs, whether or not the server honors idempotency keys, and a run that may exist can be found."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import datetime, timezone
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from eigenpal.errors import EigenpalError
from eigenpal.testing import EigenpalServer

from .blocking_client import ServerAndClient

BEGAN = datetime(2026, 1, 1, tzinfo=timezone.utc)
FILE = {"content": b"abc", "filename": "a.txt"}
QUICK = {"poll_interval_seconds": 0.01}


class Start(NamedTuple):
    """A method that starts a run of the workflow echo, or repeats an earlier run."""

    operation: str
    call: Callable[..., Any]
    """Takes a client, the id of an earlier run, and perhaps a key."""


def run(c: Any, earlier: str, **key: str) -> Any:
    return c.run("workflows.echo", {"a": 1}, **key)


def upload(c: Any, earlier: str, **key: str) -> Any:
    return c.run("workflows.echo", {"a": FILE}, metadata={"b": 1}, **key)


def run_and_wait(c: Any, earlier: str, **key: str) -> Any:
    return c.run_and_wait("workflows.echo", {}, **QUICK, **key)


def execute(c: Any, earlier: str, **key: str) -> Any:
    return c.workflows.executions.run_and_wait("echo", {}, **QUICK, **key)


def rerun(c: Any, earlier: str, **key: str) -> Any:
    return c.rerun(earlier, **key)


STARTS = {
    **{act.__name__: Start("run", act) for act in (run, upload, run_and_wait, execute)},
    "rerun": Start("rerun", rerun),
}

# Faults in the order in which they happen. 429 and 503 say that the request was not processed.
FAULTS: dict[str, list[dict[str, Any]]] = {
    "none": [],
    "reset before": [{"reset": True}],
    "reset after": [{"reset": True, "after": True}],
    "truncated": [{"truncate": True, "after": True}],
    "HTML before": [{"garbage": True}],
    "HTML after": [{"garbage": True, "after": True}],
    "no response": [{"hang": True, "after": True}],
    "500 before": [{"status": 500}],
    "502 after": [{"status": 502, "after": True}],
    "503 twice": [{"status": 503, "retry_after": 0, "times": 2}],
    "429, then reset after": [{"status": 429, "retry_after": 0}, {"reset": True, "after": True}],
    "503, then 504 after": [{"status": 503, "retry_after": 0}, {"status": 504, "after": True}],
    "older server": [
        {
            "after": True,
            "status": 200,
            "body": '{"run": {"id": "run_9"}}',
            "headers": {"content-type": "application/json"},
        }
    ],
}


@pytest.fixture(params=["sync", "async"])
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(params=[True, False], ids=["honors keys", "ignores keys"])
def setup(request: pytest.FixtureRequest, kind: str, tmp_path: Path) -> Iterator[ServerAndClient]:
    with EigenpalServer(idempotency=request.param) as server:
        found = ServerAndClient(kind, server, tmp_path)
        try:
            yield found
        finally:
            found.close()


def start_under_faults(setup: ServerAndClient, start: Start, faults: list[dict[str, Any]], key: str | None) -> None:
    """Start a run once, and check that there is at most one, and that it can be found where it may exist."""
    server, options = setup.server, {} if key is None else {"idempotency_key": key}
    client = (
        setup.client.with_options(timeout_seconds=0.2) if any("hang" in fault for fault in faults) else setup.client
    )
    earlier = server.add_run("workflows.echo", status="completed")
    for fault in faults:
        server.faults.add(start.operation, **fault)
    before = {run.id for run in server.runs}
    error: EigenpalError | None = None
    try:
        start.call(client, earlier.id, **options)
    except EigenpalError as caught:
        error = caught
    server.faults.clear()
    started = [run.id for run in server.runs if run.id not in before]
    sent = {request.headers["idempotency-key"] for request in server.requests.of(start.operation)[-1:]}
    assert len(started) <= 1
    if error is None:
        assert len(started) == 1
        return
    assert {error.idempotency_key} == sent
    assert key in (None, error.idempotency_key)
    if not error.outcome_unknown:
        assert started == []
        return
    assert error.hint is not None
    if start.operation == "rerun":
        rows = [row.id for row in setup.client.runs.iter() if row.execution.retry.previous_run_id == earlier.id]
        assert rows == started
    elif key is not None:
        # A rerun has the metadata of the run that it repeats.
        for run_id in started:
            setup.client.rerun(run_id)
        found = setup.client.runs.find_started(key, target="workflows.echo", started_after=BEGAN)
        assert ([] if found is None else [found.id]) == started


@pytest.mark.parametrize("faults", FAULTS.values(), ids=FAULTS)
def test_no_call_starts_two_runs(setup: ServerAndClient, faults: list[dict[str, Any]]) -> None:
    for name, start in STARTS.items():
        start_under_faults(setup, start, faults, f"key of {name}")
    start_under_faults(setup, STARTS["run"], faults, None)


def test_random_faults(setup: ServerAndClient) -> None:
    rng = random.Random(11)
    kinds = [faults for name, faults in FAULTS.items() if name != "no response"]
    for number in range(25):
        chosen = [fault for _ in range(rng.randrange(3)) for fault in rng.choice(kinds)]
        key = rng.choice([None, f"key-{number}"])
        start_under_faults(setup, rng.choice(list(STARTS.values())), chosen, key)


@pytest.mark.parametrize(("idempotency", "count"), [(True, 1), (False, 2)])
def test_a_server_that_ignores_keys_shows_a_blind_repeat(idempotency: bool, count: int) -> None:
    with EigenpalServer(idempotency=idempotency) as server, server.client() as client:
        for _ in range(2):
            client.run("workflows.echo", {}, idempotency_key="k")
            client.agents.list()
        assert len(server.runs) == count
