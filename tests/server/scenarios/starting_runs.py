"""Scenarios of the starts of runs: inputs, overrides, waiting on the server, reruns, cancelling."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from eigenpal.errors import EigenpalValidationError
from eigenpal.testing import RunContext, UploadedFile

from ..blocking_client import ServerAndClient
from ..conftest import always_return
from .registry import FAST, scenario


@scenario("run", "runs.get", "runs.files.list")
def starts_as_json_and_as_a_form(setup: ServerAndClient) -> None:
    @setup.server.workflow("read")
    def read(input: dict[str, Any], files: dict[str, Any], context: RunContext) -> dict[str, Any]:
        one, many = files.get("one"), files.get("many", [])
        return {
            "input": input,
            "one": one and [one.filename, one.content_type, one.text()],
            "many": [file.text() for file in many],
            "metadata": context.metadata,
        }

    client = setup.client
    started = client.run("workflows.read", {"a": [1, None, {"b": "ü"}]}, metadata={"m": 1}, trigger="cli")
    assert started.finished is False
    run = client.runs.get(started.id, expand="input")
    assert run.output == {"input": {"a": [1, None, {"b": "ü"}]}, "one": None, "many": [], "metadata": {"m": 1}}
    assert (run.input.args, run.input.metadata, run.trigger.type) == ({"a": [1, None, {"b": "ü"}]}, {"m": 1}, "cli")

    path = setup.folder / "ö.txt"
    path.write_text("from disk")
    several = [{"content": b"1", "filename": "1.txt"}, {"content": b"2", "filename": "2.txt"}]
    started = client.run("workflows.read", {"one": path, "many": several, "n": 1}, metadata={"m": 2})
    assert client.runs.get(started.id).output == {
        "input": {"n": 1},
        "one": ["ö.txt", "text/plain", "from disk"],
        "many": ["1", "2"],
        "metadata": {"m": 2},
    }
    # A later start may refer to stored files.
    stored = client.runs.files.list(started.id).inputs
    again = client.run("workflows.read", files={"one": {"fileId": stored[0]["id"], "filename": "again.txt"}})
    assert client.runs.get(again.id).output["one"] == ["again.txt", "text/plain", "from disk"]


@scenario("run", "rerun", "runs.get", "run_and_wait")
def overrides_replace_the_outputs_of_steps(setup: ServerAndClient) -> None:
    read: list[str] = []

    @setup.server.workflow("pipeline", steps=["read", "extract"])
    def pipeline(input: dict[str, Any], files: Any, context: RunContext) -> dict[str, Any]:
        def produce() -> dict[str, str]:
            read.append("read")
            return {"text": "real"}

        text = context.step("read", produce)
        return {"upper": context.step("extract", {"upper": text["text"].upper()})["upper"]}

    plain = setup.run_and_wait("workflows.pipeline")
    forced = setup.run_and_wait("workflows.pipeline", overrides={"steps": {"read": {"text": "forced"}}})
    assert (plain.output, forced.output, read) == ({"upper": "REAL"}, {"upper": "FORCED"}, ["read"])
    steps = setup.client.runs.get(forced.id, expand=["execution"]).execution.steps
    assert [(step["stepName"], step["status"], step["overridden"], step["outputData"]) for step in steps] == [
        ("read", "completed", True, {"text": "forced"}),
        ("extract", "completed", False, {"upper": "FORCED"}),
    ]
    last = setup.run_and_wait("workflows.pipeline", overrides={"steps": {"extract": {"upper": "X"}}})
    assert (last.output, read) == ({"upper": "X"}, ["read"])
    again = setup.client.rerun(forced.id, wait_for_completion=60)
    assert again.output == {"upper": "FORCED"}
    with pytest.raises(EigenpalValidationError, match=r"no step 'reed'.*read, extract"):
        setup.client.run("workflows.pipeline", overrides={"steps": {"reed": {}}})


@scenario("run", "runs.wait")
def waits_on_the_server(setup: ServerAndClient) -> None:
    setup.server.workflow("slow", run_seconds=100)(always_return({"done": True}))
    assert setup.client.run("workflows.slow").finished is False
    before = setup.server.clock.now()
    short = setup.client.run("workflows.slow", wait_for_completion=30)
    assert (short.finished, short.type) == (False, "workflow")
    assert set(short) == {"id", "type", "finished", "source"}
    assert setup.server.clock.now() - before == timedelta(seconds=30)
    whole = setup.client.run("workflows.slow", wait_for_completion=600)
    assert (whole.finished, whole.output, whole.timing.duration_ms) == (True, {"done": True}, 100_000)
    assert setup.server.clock.now() - before == timedelta(seconds=130)
    assert [entry.status for entry in setup.server.requests.of("run")] == [201, 202, 200]
    assert setup.client.runs.wait(short.id, **FAST).output == {"done": True}


@scenario("run_and_wait", "rerun", "runs.get")
def reruns_of_the_original_and_of_the_latest(setup: ServerAndClient) -> None:
    server = setup.server

    def grown(version: int) -> Callable[..., dict[str, Any]]:
        def handler(input: dict[str, Any], files: dict[str, UploadedFile]) -> dict[str, Any]:
            return {"v": version, "file": files["file"].text()}

        return handler

    server.workflow("grow", version="1.0.0")(grown(1))
    first = setup.run_and_wait("workflows.grow", {"file": {"content": b"kept", "filename": "f.txt"}})
    server.workflow("grow", version="2.0.0")(grown(2))

    latest = setup.client.rerun(first.id, wait_for_completion=60)
    original = setup.client.rerun(first.id, version="original", wait_for_completion=60)
    assert latest.output == {"v": 2, "file": "kept"}
    assert original.output == {"v": 1, "file": "kept"}
    assert (original.execution.retry.number, original.execution.retry.previous_run_id) == (1, first.id)
    accepted = setup.client.rerun(original.id)
    assert accepted.finished is False
    assert setup.client.runs.get(original.id).execution.retry.next_run.id == accepted.id
    assert setup.client.runs.get(accepted.id).execution.retry.number == 2


@scenario("run", "runs.cancel", "runs.get")
def cancels_in_three_states(setup: ServerAndClient) -> None:
    @setup.server.workflow("long", queue_seconds=10, run_seconds=60)
    def long(input: dict[str, Any]) -> None: ...

    client = setup.client
    waiting = client.run("workflows.long")
    message = client.runs.cancel(waiting.id)
    assert (message.cancellation.state, message.cancellation.was_status, message.finished) == (
        "cancelled",
        "created",
        True,
    )

    running = client.run("workflows.long")
    setup.server.clock.advance(20)
    message = client.runs.cancel(running.id)
    assert (message.cancellation.state, message.cancellation.was_status, message.finished) == (
        "requested",
        "running",
        False,
    )
    assert client.runs.get(running.id).timing.cancel_requested_at is not None
    setup.server.clock.advance(2)
    ended = client.runs.get(running.id)
    assert (ended.execution.status, ended.output, ended.error) == ("cancelled", None, "The run was cancelled")
    message = client.runs.cancel(running.id)
    assert (message.cancellation.state, message.cancellation.was_status) == ("already_terminal", "cancelled")
    assert message.execution.status == "cancelled"
