"""Mistakes in the user's test: they are reported, or do no harm."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable
from datetime import datetime, timezone
from typing import Any

import pytest

from eigenpal.testing import EigenpalServer, RunContext, RunRejected

from .conftest import Http, always_return, short_refresh_timeout


def test_a_decorator_without_a_slug(server: EigenpalServer) -> None:
    decorators: list[Any] = [server.workflow, server.agent]
    for bare in decorators:
        with pytest.raises(TypeError, match=r'use @server\.\w+\("some-slug"\), not @server'):
            bare(always_return({}))


def test_parameters_may_go_by_their_names(server: EigenpalServer, http: Http) -> None:
    def plain(input: Any) -> Any:
        return {"context": None, "files": None}

    def second(input: Any, context: RunContext) -> Any:
        return {"context": context.slug, "files": None}

    def reordered(input: Any, context: RunContext, files: Any) -> Any:
        return {"context": context.slug, "files": list(files)}

    def only(input: Any, *, files: Any, context: RunContext) -> Any:
        return {"context": context.slug, "files": list(files)}

    def others(what: Any, sent: Any, way: RunContext) -> Any:
        return {"context": way.slug, "files": list(sent)}

    for function in (plain, second, reordered, only, others):
        server.workflow(function.__name__)(function)
        output = http.run_and_wait(f"workflows.{function.__name__}")["output"]
        assert output["context"] in (None, function.__name__)
        assert output["files"] in (None, [])
    assert http.run_and_wait("workflows.reordered")["output"] == {"context": "reordered", "files": []}


def test_what_was_returned_cannot_be_changed_any_more(server: EigenpalServer, http: Http) -> None:
    kept: dict[str, Any] = {"tuple": (1, 2), "steps": []}

    @server.workflow("keep", steps=["one"])
    def keep(input: dict[str, Any], files: Any, context: RunContext) -> dict[str, Any]:
        context.step("one", kept)
        return kept

    run = http.run_and_wait("workflows.keep", {"a": 1})
    seeded = server.add_run("workflows.echo", kept, output=kept, metadata=kept)
    kept["steps"].append("later")
    as_sent = {"tuple": [1, 2], "steps": []}
    again = http.get_run(run["id"], "execution")
    assert (again["output"], again["execution"]["steps"][0]["outputData"]) == (as_sent, as_sent)
    found = http.get_run(seeded.id, "input")
    assert (found["output"], found["input"]["args"], found["input"]["metadata"]) == (as_sent, as_sent, as_sent)


@pytest.mark.parametrize(
    ("target", "options", "message"),
    [
        ("workflows.ehco", {}, r"No workflow 'ehco'.*Registered workflows: echo"),
        ("echo", {}, "Expected workflows"),
        ("workflows.echo", {"status": "complete"}, "status must be one of created, pending, .* not 'complete'"),
        ("workflows.echo", {"version": "9"}, r"no version '9'; released: 1\.0\.0"),
        ("workflows.echo", {"created_at": datetime(2026, 3, 20)}, "needs a time zone"),
        ("workflows.echo", {"status": "pending", "steps": {}}, "a run that is pending has not started"),
        ("agents.sorter", {"steps": {}}, "agents.sorter is an agent; only runs of workflows have steps"),
    ],
)
def test_runs_that_cannot_be_added(server: EigenpalServer, target: str, options: dict[str, Any], message: str) -> None:
    server.agent("sorter")(always_return({}))
    with pytest.raises(ValueError, match=message):
        server.add_run(target, **options)
    assert server.runs == []


@pytest.mark.parametrize("name", ["input", "output", "metadata"])
def test_values_that_cannot_be_sent(server: EigenpalServer, name: str) -> None:
    values: dict[str, Any] = {name: {"a": object()}}
    with pytest.raises(TypeError, match=f"the {name} is not JSON-serializable"):
        server.add_run("workflows.echo", **values)


@pytest.mark.parametrize(
    ("steps", "message"),
    [
        (["echo"], "steps must be a mapping of names to outputs, not list"),
        ({1: {}}, "a step name must be a str, not 1"),
        ({"echo": object()}, "the output of step 'echo' is not JSON-serializable"),
    ],
)
def test_steps_that_cannot_be_added(server: EigenpalServer, steps: Any, message: str) -> None:
    with pytest.raises(TypeError, match=message):
        server.add_run("workflows.echo", steps=steps)
    assert server.runs == []


def test_old_runs_of_what_may_not_be_started(server: EigenpalServer, http: Http) -> None:
    server.agent("old", api_enabled=False)(always_return({}))
    server.archive("agents.old")
    run = server.add_run("agents.old", created_at=datetime(2026, 3, 20, tzinfo=timezone.utc))
    assert http.get_status(run.id) == "completed"
    with pytest.raises(ValueError, match="No agent 'none'"):
        server.archive("agents.none")


def test_functions_that_are_stuck_cost_their_readers_no_more_than_one(server: EigenpalServer, http: Http) -> None:
    stop = threading.Event()

    @server.workflow("stuck")
    def stuck(input: dict[str, Any]) -> dict[str, Any]:
        return {"stopped": stop.wait(60)}

    for _ in range(40):
        http.start_run("workflows.stuck")
    # Half of the time that waiting for each of them would take.
    with short_refresh_timeout():
        statuses = {row["execution"]["status"] for row in http.get("/runs", timeout=20).json()["runs"]}
        began = time.monotonic()
        assert (statuses, len(server.runs)) == ({"running"}, 40)
    assert time.monotonic() - began < 20
    stop.set()


def test_the_runs_of_the_server_are_up_to_date(server: EigenpalServer, http: Http) -> None:
    @server.workflow("brief")
    def brief(input: dict[str, Any]) -> dict[str, Any]:
        time.sleep(0.02)
        return {"done": True}

    http.start_run("workflows.brief")
    assert [(run.status, run.output) for run in server.runs] == [("completed", {"done": True})]


def test_the_environment_points_at_the_server(server: EigenpalServer, monkeypatch: pytest.MonkeyPatch) -> None:
    from eigenpal import EigenpalClient

    for name, value in server.environment.items():
        monkeypatch.setenv(name, value)
    with EigenpalClient() as client:
        assert client.runs.list().runs == []


class Speechless(Exception):
    def __str__(self) -> str:
        raise RuntimeError("no words")


FILE = {"content": b"abc", "filename": "a.txt"}


def make_nested(depth: int) -> dict[str, Any]:
    value: dict[str, Any] = {}
    for _ in range(depth):
        value = {"deeper": value}
    return value


def raising(error: BaseException) -> Callable[[RunContext], Any]:
    def play(context: RunContext) -> Any:
        raise error

    return play


# What a handler does wrong, and the error of its run.
MISTAKES: dict[str, tuple[Callable[[Any], Any], str]] = {
    "an error without words": (raising(Speechless()), "Speechless"),
    "a key": (raising(KeyError("total")), "KeyError: 'total'"),
    "a refusal without words": (raising(RunRejected(Speechless())), "The run was rejected"),
    "too deep": (lambda context: make_nested(300), "nested more than 200 levels deep"),
    "no end": (lambda context: make_nested(5000), "is not JSON-serializable"),
    "a generator": (lambda context: (number for number in range(3)), "a dict or None, not generator"),
    "a class": (lambda context: {"a": dict}, "is not JSON-serializable"),
    "a huge number": (lambda context: {"a": 10**5000}, "is not JSON-serializable"),
    "more time than there is": (lambda context: context.sleep(1e12), "cannot sleep for 1000000000000.0 seconds"),
    "endless time": (lambda context: context.sleep(float("inf")), "cannot sleep for inf seconds"),
    "no time": (lambda context: context.sleep(float("nan")), "cannot sleep for nan seconds"),
    "an unknown status": (lambda context: context.sleep(1, status="lost"), "not 'lost'"),
    "progress of a thing": (lambda context: context.progress(object()), "a progress event is not JSON-serializable"),
    "progress of no number": (
        lambda context: context.progress(float("nan")),
        "a progress event is not JSON-serializable",
    ),
    "a thing that is logged": (lambda context: context.log(object()), "a log event is not JSON-serializable"),
    "a detail every event has": (lambda context: context.log("a", at=1), "'at' is part of every event"),
    "usage in words": (lambda context: context.usage(input_tokens="many"), "must be a finite number, not 'many'"),
    "usage of no number": (
        lambda context: context.usage(credits_charged=float("nan")),
        "must be a finite number, not nan",
    ),
    "an artifact of a number": (lambda context: context.artifact("a", 5), "bytes or str, not int"),
    "an artifact above its folder": (lambda context: context.artifact("a", "", step=".."), "not a valid artifact name"),
    "an artifact without a name": (lambda context: context.artifact("\ud800", ""), "not a valid artifact name"),
    "a step without a name": (lambda context: context.step(None, {}), "a step name must be a str"),
    "a step of a list": (lambda context: context.step([], {}), "a step name must be a str"),
}


@pytest.mark.parametrize(
    ("input", "expected"),
    [
        ({"invoice": "invoice.pdf"}, "no file was uploaded as 'invoice': it was sent as text; .* a Path, not a str"),
        ({"document": FILE}, "no file was uploaded as 'invoice'; uploaded: 'document'$"),
        ({}, "no file was uploaded as 'invoice'; uploaded: none$"),
    ],
)
def test_a_file_that_was_not_uploaded(server: EigenpalServer, input: dict[str, Any], expected: str) -> None:
    @server.workflow("read")
    def read(input: dict[str, Any], files: dict[str, Any]) -> dict[str, Any]:
        assert (files.get("invoice"), "invoice" in files) == (None, False)
        return {"size": files["invoice"].size}

    with server.client() as client:
        run = client.run_and_wait("workflows.read", input)
    assert re.search(expected, run.error or "")


@pytest.mark.parametrize("kind", ["workflow", "agent"])
@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_fails_its_run_and_nothing_else(
    frozen_server: EigenpalServer, frozen_http: Http, kind: str, mistake: str
) -> None:
    make, expected = MISTAKES[mistake]

    def play(input: dict[str, Any], files: dict[str, Any], context: RunContext) -> Any:
        return make(context)

    (frozen_server.workflow if kind == "workflow" else frozen_server.agent)("wrong")(play)
    run_id = frozen_http.start_run(f"{kind}s.wrong")["id"]
    frozen_server.clock.advance(10)
    run = frozen_http.get_run(run_id, "execution", "usage", "debug")
    assert run["execution"]["status"] in ("failed", "rejected")
    assert expected in run["error"]
    for path in ("", "/trace", "/artifacts"):
        assert frozen_http.get(f"/runs/{run_id}{path}").status_code == 200
    assert frozen_http.run_and_wait("workflows.echo", {"a": 1})["output"] == {"a": 1}


def test_a_detail_of_a_log_event_has_any_other_name(server: EigenpalServer, http: Http) -> None:
    @server.workflow("log")
    def log(input: dict[str, Any], files: dict[str, Any], context: RunContext) -> None:
        context.log("a", kind="tool", step=1)

    events = http.get(f"/runs/{http.run_and_wait('workflows.log')['id']}/trace").json()["events"]
    assert {"type": "log", "message": "a", "kind": "tool", "step": 1}.items() <= events[-2].items()


def test_what_cannot_be_registered(server: EigenpalServer) -> None:
    odd: Any = {"a": 1}
    with pytest.raises(TypeError, match="workflow 'odd' must be a function"):
        server.workflow("odd")(odd)
    with pytest.raises(TypeError, match="agent 'odd' must be a function"):
        server.agent("odd", versions={"1": odd})(always_return(None))


def test_files_are_uploaded_files(server: EigenpalServer) -> None:
    odd: Any = {"doc": b"bytes"}
    with pytest.raises(TypeError, match="'doc' must be an UploadedFile, not bytes"):
        server.add_run("workflows.echo", files=odd)
    assert server.runs == []


@pytest.mark.parametrize("status", ["created", "pending"])
def test_a_run_that_is_stuck_before_its_start_is_cancelled_at_once(
    server: EigenpalServer, http: Http, status: str
) -> None:
    run = server.add_run("workflows.echo", status=status)
    response = http.post(f"/runs/{run.id}/cancel").json()
    assert response["cancellation"] == {"state": "cancelled", "wasStatus": status}
    assert http.get_status(run.id) == "cancelled"
    assert [row["id"] for row in http.get("/runs?status=cancelled").json()["runs"]] == [run.id]


@pytest.mark.parametrize("status", ["running", "waiting", "finalizing"])
def test_a_run_that_is_stuck_in_flight_can_be_cancelled(
    frozen_server: EigenpalServer, frozen_http: Http, status: str
) -> None:
    frozen_server.agent("stuck")(always_return(None))
    run = frozen_server.add_run("agents.stuck", status=status)
    for _ in range(2):
        response = frozen_http.post(f"/runs/{run.id}/cancel").json()
        assert response["cancellation"] == {"state": "requested", "wasStatus": status}
    frozen_server.clock.advance(1)
    assert frozen_http.get_status(run.id) == "cancelled"
    assert frozen_http.post(f"/runs/{run.id}/cancel").json()["cancellation"]["state"] == "already_terminal"
