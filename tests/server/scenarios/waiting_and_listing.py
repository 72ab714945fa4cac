"""Scenarios of waiting for runs, watching and listing them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from eigenpal.errors import EigenpalRunFailedError, EigenpalTimeoutError, EigenpalValidationError
from eigenpal.testing import RunRejected
from eigenpal.types import Run
from tests.support.invoices import add_invoice_workflow

from ..blocking_client import ServerAndClient
from ..conftest import always_return
from .registry import FAST, INVOICE, echo, scenario

# --- waiting and watching ---


@scenario("run_and_wait", "runs.wait", "runs.watch", "run")
def a_run_seen_in_every_status(setup: ServerAndClient) -> None:
    setup.server.workflow("polled", unfinished_polls=3)(always_return({"a": 1}))
    seen: list[str] = []

    def note(run: Run) -> None:
        seen.append(run.execution.status)

    run = setup.run_and_wait("workflows.polled", on_update=note)
    assert (seen, run.output) == (["created", "pending", "running", "completed"], {"a": 1})
    started = setup.client.run("workflows.polled")
    assert [item.execution.status for item in setup.client.runs.watch(started.id, **FAST)] == seen
    assert setup.client.runs.wait(started.id, **FAST).finished


@scenario("run_many")
def many_runs_at_once(setup: ServerAndClient) -> None:
    with setup.client.run_many("workflows.echo", ({"n": number} for number in range(5))) as batch:
        assert [result.run.output["n"] for result in batch.in_order()] == [0, 1, 2, 3, 4]
    assert len(setup.server.runs) == 5


@scenario("run_and_wait", "runs.wait")
def runs_that_do_not_complete(setup: ServerAndClient) -> None:
    @setup.server.workflow("picky")
    def picky(input: dict[str, Any]) -> None:
        raise RunRejected("not for us") if input.get("reject") else ValueError("no total on page 1")

    rejected = setup.run_and_wait("workflows.picky", {"reject": True})
    assert (rejected.execution.status, rejected.error, rejected.output) == ("rejected", "not for us", None)
    with pytest.raises(EigenpalRunFailedError, match="no total on page 1") as failed:
        setup.run_and_wait("workflows.picky", raise_on_failure=True)
    assert failed.value.run.execution.status == "failed"
    stuck = setup.server.add_run("workflows.echo", status="waiting")
    with pytest.raises(EigenpalTimeoutError) as late:
        setup.client.runs.wait(stuck.id, timeout_seconds=2, **FAST)
    assert late.value.run_id == stuck.id
    assert late.value.last_run is not None
    assert late.value.last_run.execution.status == "waiting"


@scenario("run_and_wait", "runs.get", "runs.trace.get", "runs.connect", "runs.definition")
def everything_there_is_to_a_run(setup: ServerAndClient) -> None:
    add_invoice_workflow(setup.server)
    run = setup.run_and_wait("workflows.extract-invoice", {"invoice": INVOICE}, metadata={"k": "v"})
    client = setup.client
    plain = client.runs.get(run.id)
    assert (plain.input, plain.usage, plain.debug) == (None, None, None)
    assert not hasattr(plain.execution, "steps")
    full = client.runs.get(run.id, expand=["input", "usage", "execution", "debug"])
    assert (full.input.metadata, [item.name for item in full.input.files]) == ({"k": "v"}, ["invoice.txt"])
    assert (full.usage.ocr_pages_processed, full.usage.credits_charged) == (1, 1)
    assert [step["outputData"] for step in full.execution.steps][1]["total"] == 12.5
    assert full.debug.trace_id == f"trace_{run.id}"
    assert [file.path for file in full.files] == ["output/read/text.txt", "output/extract/invoice.csv"]
    statuses = [event["status"] for event in client.runs.trace.get(run.id).events if event["type"] == "status"]
    assert statuses == ["created", "pending", "running", "completed"]
    assert client.runs.connect(run.id)["status"] == "completed"
    assert client.runs.definition(run.id).definition["steps"] == [{"name": "read"}, {"name": "extract"}]


# --- listing ---


@scenario("runs.list", "runs.iter")
def listings_of_runs(setup: ServerAndClient) -> None:
    server, runs = setup.server, setup.client.runs
    server.agent("sorter")(echo)
    for number in range(12):
        server.clock.advance(3600)
        server.add_run(
            "agents.sorter" if number % 3 == 0 else "workflows.echo",
            {"n": number},
            status="failed" if number % 4 == 0 else "completed",
        )
    newest = [run.id for run in reversed(server.runs)]
    by_number = dict(enumerate(reversed(newest)))

    def found(**filters: Any) -> list[int]:
        ids = [row.id for row in runs.iter(page_size=5, **filters)]
        return sorted(number for number, run_id in by_number.items() if run_id in ids)

    assert [row.id for row in runs.iter(page_size=5)] == newest
    page = runs.list(limit=4, offset=2)
    assert [row.id for row in page.runs] == newest[2:6]
    server.add_run("workflows.echo")  # a cursor stays valid while runs are added
    assert [row.id for row in runs.list(limit=4, cursor=page.next_cursor).runs] == newest[6:10]

    # Filters use the timestamps that rows show, to the millisecond.
    tenth = runs.list(ids=by_number[10]).runs[0].timing
    assert found(created_after=tenth.created_at, created_before=tenth.created_at) == [10]
    assert found(completed_after=tenth.completed_at, completed_before=tenth.completed_at) == [10]

    now = server.clock.now()
    assert found(source="sorter", status="failed") == [0]
    assert found(status=["failed", "completed"], type="agent") == [0, 3, 6, 9]
    assert found(from_="now()-2h") == [9, 10, 11]
    assert found(created_after=now - timedelta(hours=3), created_before=now - timedelta(hours=2)) == [8, 9]
    assert found(ids=[by_number[1], by_number[2], "run_none"]) == [1, 2]
    with pytest.raises(EigenpalValidationError, match=r"query\.from"):
        runs.list(from_="yesterday")
    with pytest.raises(EigenpalValidationError, match=r"query\.cursor"):
        runs.list(cursor="mine")
