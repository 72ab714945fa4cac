"""What a test does wrong or oddly: it is told, or it does no harm."""

from __future__ import annotations

import threading
import time
from datetime import datetime, timezone
from typing import Any

import pytest

from eigenpal.testing import EigenpalServer, RunContext

from .conftest import Http, returning


def test_a_decorator_without_a_slug(server: EigenpalServer) -> None:
    decorators: list[Any] = [server.workflow, server.agent]
    for bare in decorators:
        with pytest.raises(TypeError, match=r'write @server\.\w+\("extract-invoice"\), not @server'):
            bare(returning({}))


def test_parameters_may_go_by_their_names(server: EigenpalServer, http: Http) -> None:
    def plain(input: Any) -> Any:
        return {"context": None, "files": None}

    def second(input: Any, context: RunContext) -> Any:
        return {"context": context.slug, "files": None}

    def turned(input: Any, context: RunContext, files: Any) -> Any:
        return {"context": context.slug, "files": list(files)}

    def only(input: Any, *, files: Any, context: RunContext) -> Any:
        return {"context": context.slug, "files": list(files)}

    def others(what: Any, sent: Any, way: RunContext) -> Any:
        return {"context": way.slug, "files": list(sent)}

    for function in (plain, second, turned, only, others):
        server.workflow(function.__name__)(function)
        output = http.finished(f"workflows.{function.__name__}")["output"]
        assert output["context"] in (None, function.__name__)
        assert output["files"] in (None, [])
    assert http.finished("workflows.turned")["output"] == {"context": "turned", "files": []}


def test_what_was_returned_cannot_be_changed_any_more(server: EigenpalServer, http: Http) -> None:
    kept: dict[str, Any] = {"tuple": (1, 2), "steps": []}

    @server.workflow("keep", steps=["one"])
    def keep(input: dict[str, Any], files: Any, context: RunContext) -> dict[str, Any]:
        context.step("one", kept)
        return kept

    run = http.finished("workflows.keep", {"a": 1})
    seeded = server.add_run("workflows.echo", kept, output=kept, metadata=kept)
    kept["steps"].append("later")
    as_sent = {"tuple": [1, 2], "steps": []}
    again = http.run(run["id"], "execution")
    assert (again["output"], again["execution"]["steps"][0]["outputData"]) == (as_sent, as_sent)
    found = http.run(seeded.id, "input")
    assert (found["output"], found["input"]["args"], found["input"]["metadata"]) == (as_sent, as_sent, as_sent)


@pytest.mark.parametrize(
    ("target", "options", "told"),
    [
        ("workflows.ehco", {}, r"No workflow 'ehco'.*Registered workflows: echo"),
        ("echo", {}, "Expected workflows"),
        ("workflows.echo", {"status": "complete"}, "no status 'complete'; it has one of created, pending"),
        ("workflows.echo", {"version": "9"}, r"no version '9'; released: 1\.0\.0"),
        ("workflows.echo", {"created_at": datetime(2026, 3, 20)}, "no time zone"),
    ],
)
def test_runs_that_cannot_be_added(server: EigenpalServer, target: str, options: dict[str, Any], told: str) -> None:
    with pytest.raises(ValueError, match=told):
        server.add_run(target, **options)
    assert server.runs == []


@pytest.mark.parametrize("name", ["input", "output", "metadata"])
def test_values_that_cannot_be_sent(server: EigenpalServer, name: str) -> None:
    values: dict[str, Any] = {name: {"a": object()}}
    with pytest.raises(TypeError, match=f"the {name} cannot be sent as JSON"):
        server.add_run("workflows.echo", **values)


def test_old_runs_of_what_may_not_be_started(server: EigenpalServer, http: Http) -> None:
    server.agent("old", api_enabled=False)(returning({}))
    server.archive("agents.old")
    run = server.add_run("agents.old", created_at=datetime(2026, 3, 20, tzinfo=timezone.utc))
    assert http.status(run.id) == "completed"
    with pytest.raises(ValueError, match="No agent 'none'"):
        server.archive("agents.none")


def test_functions_that_are_stuck_cost_their_readers_no_more_than_one(server: EigenpalServer, http: Http) -> None:
    stop = threading.Event()

    @server.workflow("stuck")
    def stuck(input: dict[str, Any]) -> dict[str, Any]:
        return {"stopped": stop.wait(30)}

    for _ in range(8):
        http.started("workflows.stuck")
    began = time.monotonic()
    statuses = {row["execution"]["status"] for row in http.get("/runs").json()["runs"]}
    first = time.monotonic() - began
    assert (statuses, len(server.runs)) == ({"running"}, 8)
    second = time.monotonic() - began - first
    stop.set()
    assert first < 4
    assert second < 1


def test_the_runs_of_the_server_are_up_to_date(server: EigenpalServer, http: Http) -> None:
    @server.workflow("brief")
    def brief(input: dict[str, Any]) -> dict[str, Any]:
        time.sleep(0.02)
        return {"done": True}

    http.started("workflows.brief")
    assert [(run.status, run.output) for run in server.runs] == [("completed", {"done": True})]


def test_the_environment_points_at_the_server(server: EigenpalServer, monkeypatch: pytest.MonkeyPatch) -> None:
    from eigenpal import EigenpalClient

    for name, value in server.environment.items():
        monkeypatch.setenv(name, value)
    with EigenpalClient() as client:
        assert client.runs.list().runs == []
