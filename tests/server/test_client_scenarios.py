"""Every method of both clients against the server: what one call writes, the next one reads."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from eigenpal import AsyncEigenpalClient, EigenpalClient
from eigenpal.errors import (
    EigenpalAuthError,
    EigenpalConnectionError,
    EigenpalError,
    EigenpalForbiddenError,
    EigenpalNotFoundError,
    EigenpalRunFailedError,
    EigenpalServerError,
    EigenpalTimeoutError,
    EigenpalValidationError,
)
from eigenpal.testing import RunContext, RunRejected, UploadedFile
from eigenpal.types import Run
from eigenpal_generated.runtime import decode_datetime
from tests.support.invoices import add_invoice_workflow

from .blocking_client import ServerAndClient, list_methods, list_new_methods, start_server_and_client
from .conftest import always_return

FAST = {"poll_interval_seconds": 0.01}
INVOICE = {"content": b"Invoice No: A-17\nTotal: EUR 12.50\n", "filename": "invoice.txt"}


class Scenario(NamedTuple):
    function: Callable[[ServerAndClient], None]
    methods: frozenset[str]


SCENARIOS: dict[str, Scenario] = {}


def scenario(*methods: str) -> Callable[[Callable[[ServerAndClient], None]], Callable[[ServerAndClient], None]]:
    """Register a scenario, with the client methods that it calls."""

    def enter(function: Callable[[ServerAndClient], None]) -> Callable[[ServerAndClient], None]:
        SCENARIOS[function.__name__] = Scenario(function, frozenset(methods))
        return function

    return enter


# --- agents ---


@scenario("agents.create", "agents.get", "agents.update", "agents.list", "agents.iter", "run")
def agents_from_creation_to_archive(setup: ServerAndClient) -> None:
    agents = setup.client.agents
    made = agents.create(name="Receipt sorter", slug="receipt-sorter", description="Sorts", config={"model": "a"})
    assert (made.agent.slug, made.source_recovered, made.recovery_kind) == ("receipt-sorter", False, "minimal_scaffold")
    with pytest.raises(EigenpalValidationError, match=r"body\.slug.*already exists"):
        agents.create(name="Another", slug="receipt-sorter")

    setup.server.clock.advance(60)
    changed = agents.update("receipt-sorter", name="Sorter of receipts", config={"depth": 2}).agent
    assert (changed.name, changed.description, changed.config) == (
        "Sorter of receipts",
        "Sorts",
        {"model": "a", "depth": 2},
    )
    assert changed.updated_at - changed.created_at == timedelta(seconds=60)
    assert agents.get(made.agent.id).agent.to_dict() == changed.to_dict()

    for number in range(5):
        agents.create(name=f"Agent {number}", slug=f"agent-{number}")
    page = agents.list(limit=2, offset=1)
    assert ([one.slug for one in page.data], page.total, page.limit, page.offset) == (["agent-0", "agent-1"], 6, 2, 1)
    page = agents.list(limit=4, offset=4)
    assert ([one.slug for one in page.data], page.total) == (["agent-3", "agent-4"], 6)
    everyone = ["receipt-sorter", *(f"agent-{number}" for number in range(5))]
    assert [agent.slug for agent in agents.iter(page_size=2)] == everyone
    for search in ("RECEIPT", "SORTS"):
        assert [item.slug for item in agents.iter(search=search)] == ["receipt-sorter"]
    assert [value.slug for value in agents.iter(slug="agent-3")] == ["agent-3"]
    assert list(agents.iter(slug="agent")) == []

    setup.server.archive("agents.agent-3")
    assert "agent-3" not in [entry.slug for entry in agents.iter()]
    assert "agent-3" not in [entry.slug for entry in agents.iter(include_archived=False)]
    assert "agent-3" in [element.slug for element in agents.iter(include_archived=True)]
    with pytest.raises(EigenpalForbiddenError, match="archived") as archived:
        setup.client.run("agents.agent-3")
    assert archived.value.issues[0].code == "archived"


@scenario("agents.versions", "agents.list_files", "agents.get", "agents.put_file", "agents.upload_files")
def versions_and_files_of_an_agent(setup: ServerAndClient) -> None:
    setup.server.agent("sorter", versions=["1.0.0", "1.1.0"])(echo)
    setup.server.write_source("agents/sorter/notes/a.md", "# A ü")
    agents = setup.client.agents
    listed = agents.versions("sorter")
    assert [(version.version, version.latest) for version in listed.versions] == [("1.1.0", True), ("1.0.0", False)]
    assert listed.versions[1].source_ref == "refs/tags/agents/sorter/1.0.0"
    assert (listed.slug, listed.package_path) == ("sorter", "agents/sorter")
    agent = agents.get("sorter").agent
    assert (agent.latest_version, agent.latest_commit) == ("1.1.0", listed.versions[0].commit)

    rows = agents.list_files("sorter")["files"]
    assert [row["path"] for row in rows] == ["AGENTS.md", "agent.yaml", "config.json", "notes/a.md"]
    assert [row["path"] for row in agents.list_files("sorter", prefix="notes/")["files"]] == ["notes/a.md"]
    file = agents.list_files("sorter", path="notes/a.md", ref="agents/sorter/1.0.0")
    assert (file["content"], file["contentType"]) == ("# A ü", "text/markdown")
    with pytest.raises(EigenpalNotFoundError):
        agents.list_files("sorter", path="nothing")
    with pytest.raises(EigenpalError) as unknown:
        agents.list_files("sorter", ref="nothing")
    assert unknown.value.issues[0].field == "query.ref"
    included = agents.get("sorter", include=["files", "dataset"]).agent
    assert (len(included["files"]), included["dataset"]) == (4, {"examples": []})

    writes: list[Callable[[], Any]] = [
        lambda: agents.put_file("sorter", path="notes/a.md", content="# B"),
        lambda: agents.upload_files("sorter", files=[{"path": "b.md", "content": "b"}]),
    ]
    for refused in writes:
        with pytest.warns(DeprecationWarning, match="deprecated"), pytest.raises(EigenpalError, match="Git") as caught:
            refused()
        assert (caught.value.status, caught.value.request_id is not None) == (409, True)
        assert set(caught.value.envelope or {}) == {"error"}
    with pytest.warns(DeprecationWarning, match="deprecated"), pytest.raises(EigenpalNotFoundError):
        agents.put_file("nothing", path="a.md", content="")
    assert agents.list_files("sorter", path="notes/a.md")["content"] == "# A ü"


@scenario(
    *(f"agents.email_triggers.{name}" for name in ("list", "get", "update", "create_alias", "update_alias")),
    *("agents.email_triggers.delete_alias", "runs.list", "runs.get"),
)
def mail_that_starts_an_agent(setup: ServerAndClient) -> None:
    setup.server.agent("sorter")(echo)
    triggers = setup.client.agents.email_triggers
    assert triggers.get("sorter").emails == []
    assert triggers.update("sorter", enabled=True).trigger["enabled"] is True
    email: Any = triggers.create_alias("sorter", alias="receipts", label="Mail", allowlist=["*@example.com"]).email
    assert email["address"].startswith("receipts@")
    with pytest.raises(EigenpalValidationError, match="already in use"):
        triggers.create_alias("sorter", alias="receipts")

    run = setup.server.deliver_email(email["address"], sender="ada@example.com", subject="Trip")
    (row,) = setup.client.runs.list(trigger="email").runs
    assert row.id == run.id
    assert setup.client.runs.get(row.id).output == {"from": "ada@example.com", "subject": "Trip", "text": ""}
    with pytest.raises(ValueError, match=r"mallory@elsewhere\.org"):
        setup.server.deliver_email(email["address"], sender="mallory@elsewhere.org")

    # Null clears; missing fields stay unchanged.
    changed: Any = triggers.update_alias("sorter", email["id"], label=None, status="disabled").email
    assert (changed["label"], changed["status"], changed["allowlist"]) == (None, "disabled", ["*@example.com"])
    assert triggers.list().emails == [changed] == triggers.get("sorter").emails
    assert triggers.delete_alias("sorter", email["id"]).removed is True
    assert triggers.list().emails == []
    with pytest.raises(EigenpalNotFoundError):
        triggers.delete_alias("sorter", email["id"])


# --- workflows ---


@scenario("workflows.list", "workflows.iter", "workflows.get", "workflows.versions", "workflows.iter_versions")
def workflows_in_folders_and_versions(setup: ServerAndClient) -> None:
    setup.server.workflow("finance/extract", steps=["read"], versions=["1.0.0", "1.1.0", "2.0.0"], folder="fld_1")(echo)
    setup.server.workflow("parse", kind="block", name="Parser")(echo)
    workflows = setup.client.workflows
    assert [workflow.name for workflow in workflows.iter(page_size=1)] == ["echo", "finance/extract", "Parser"]
    page = workflows.list()
    assert (page.total, page.limit, page.offset) == (3, 50, 0)
    assert [item.name for item in workflows.list(folder_id="fld_1").data] == ["finance/extract"]
    assert [value.name for value in workflows.list(folder_id="null").data] == ["echo", "Parser"]
    assert [entry.name for entry in workflows.list(kind="block").data] == ["Parser"]
    assert [element.name for element in workflows.list(search="E", limit=1, offset=1).data] == ["finance/extract"]
    assert workflows.list(name="extract").data == []
    [found] = workflows.list(name="finance/extract").data
    detail = workflows.get(found.id)
    assert detail.version == "2.0.0"
    assert '"read"' in detail.yaml_content
    assert [version.version for version in workflows.iter_versions(found.id, page_size=1)] == [
        "2.0.0",
        "1.1.0",
        "1.0.0",
    ]
    page = workflows.versions(found.id, limit=2, offset=1)
    assert [(one.version, one.is_current) for one in page.data] == [("1.1.0", False), ("1.0.0", False)]
    assert page.total == 3
    with pytest.raises(EigenpalNotFoundError, match="nothing"):
        workflows.get("nothing")


def echo(input: dict[str, Any]) -> dict[str, Any]:
    return input


@scenario("workflows.executions.run_and_wait", "runs.definition", "run_and_wait", "run")
def runs_of_versions(setup: ServerAndClient) -> None:
    setup.server.workflow(
        "which", steps=["pick"], versions={"1.0.0": always_return({"v": 1}), "2.0.0": always_return({"v": 2})}
    )(always_return({"v": 0}))
    client = setup.client
    assert client.workflows.executions.run_and_wait("which", {}, **FAST)["output"] == {"v": 2}
    old = client.run_and_wait("workflows.which@1.0.0", {}, **FAST)
    assert (old.output, old.source.version) == ({"v": 1}, "1.0.0")
    assert client.run_and_wait({"type": "workflow", "slug": "which", "version": "1.0.0"}, {}, **FAST).output == {"v": 1}
    assert client.runs.definition(old.id).definition["version"] == "1.0.0"
    with pytest.raises(EigenpalNotFoundError, match=r"no version '9'.*1\.0\.0, 2\.0\.0"):
        client.run("workflows.which", version="9")


# --- starting ---


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


# --- files ---


@scenario(
    *("run_and_wait", "runs.artifacts.list", "runs.artifacts.download", "runs.artifacts.download_zip"),
    *("runs.artifacts.download_all", "runs.artifacts.stream", "runs.artifacts.stream_zip", "runs.get"),
)
def artifacts_in_every_way(setup: ServerAndClient) -> None:
    wanted = {"a/ü ?#%.csv": b"x,y\r\n", "empty.bin": b"", "page.png": bytes(range(256)) * 4096}

    @setup.server.agent("writer")
    def writer(input: dict[str, Any], files: Any, context: RunContext) -> None:
        for name, content in wanted.items():
            context.artifact(name, content)

    run = setup.run_and_wait("agents.writer")
    artifacts = setup.client.runs.artifacts
    paths = [artifact.path for artifact in artifacts.list(run.id).artifacts]
    assert paths == [*(f"output/{name}" for name in wanted), "trace.jsonl", "eigenpal.lock"]
    for name, content in wanted.items():
        assert artifacts.download(run.id, f"output/{name}") == content
    target = setup.folder / "page.png"
    assert artifacts.download(run.id, "output/page.png", to=target) == target.stat().st_size == 1024 * 1024
    with artifacts.stream(run.id, "output/page.png") as stream:
        assert b"".join(stream.iter_bytes(1000)) == wanted["page.png"]

    packed = artifacts.download_zip(run.id)
    with artifacts.stream_zip(run.id) as stream:
        assert b"".join(stream.iter_bytes(None)) == packed
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == wanted
    with zipfile.ZipFile(io.BytesIO(artifacts.download_zip(run.id, files="empty.bin"))) as archive:
        assert archive.namelist() == ["empty.bin"]

    saved = artifacts.download_all(run.id, setup.folder / "all")
    assert sorted(value.artifact.path for value in saved) == sorted(paths)
    assert all(Path(item.path).stat().st_size == item.size for item in saved)
    with pytest.raises(EigenpalNotFoundError, match=r"no artifact 'output/none'"):
        artifacts.download(run.id, "output/none")
    assert len(setup.client.runs.get(run.id).files) == 3


@scenario("run", "runs.files.list", "runs.files.upload", "runs.files.delete", "runs.get")
def files_of_a_run_that_has_not_started(setup: ServerAndClient) -> None:
    @setup.server.workflow("count", queue_seconds=10)
    def count(input: dict[str, Any], files: dict[str, UploadedFile]) -> dict[str, Any]:
        return {name: file.text() for name, file in files.items()}

    files = setup.client.runs.files
    run = setup.client.run("workflows.count", {"first": INVOICE})
    added = files.upload(run.id, {"content": b"second", "filename": "second.txt"})
    listed = files.list(run.id)
    assert [row["filename"] for row in listed.inputs] == ["invoice.txt", "second.txt"]
    assert added["size"] == len(b"second")
    files.delete(run.id, listed.inputs[0]["id"])
    assert files.list(run.id).inputs == [added]
    with pytest.raises(EigenpalNotFoundError):
        files.delete(run.id, listed.inputs[0]["id"])
    setup.server.clock.advance(20)
    assert setup.client.runs.get(run.id).output == {"file": "second"}
    with pytest.raises(EigenpalValidationError, match="before it starts"):
        files.delete(run.id, added["id"])
    with pytest.raises(EigenpalValidationError) as late:
        files.upload(run.id, INVOICE)
    assert late.value.issues[0].code == "run_already_started"


@scenario(
    *(f"runs.expected.{name}" for name in ("list", "copy_output", "upload", "rename", "delete", "download")),
    *("run_and_wait", "runs.comparison.get", "runs.feedback.update"),
)
def what_was_expected_of_a_run(setup: ServerAndClient) -> None:
    add_invoice_workflow(setup.server)
    run = setup.run_and_wait("workflows.extract-invoice", {"invoice": INVOICE})
    expected, comparison = setup.client.runs.expected, setup.client.runs.comparison
    assert comparison.get(run.id)["comparison"] is None
    assert expected.copy_output(run.id, output_file_name="text.txt")["name"] == "text.txt"
    assert (
        expected.copy_output(run.id, output_file_name="invoice.csv", expected_name="lines.csv")["name"] == "lines.csv"
    )
    assert expected.upload(run.id, {"content": b"\x00\xff", "filename": "a.bin"}, name="b.bin")["name"] == "b.bin"
    assert expected.download(run.id, "text.txt") == INVOICE["content"]
    assert expected.download(run.id, "b.bin") == b"\x00\xff"
    assert comparison.get(run.id)["comparison"]["missingFiles"] == ["lines.csv", "b.bin"]

    expected.rename(run.id, "lines.csv", name="invoice.csv")
    with pytest.raises(EigenpalValidationError, match="already exists"):
        expected.rename(run.id, "b.bin", name="invoice.csv")
    expected.delete(run.id, "b.bin")
    assert expected.list(run.id)["files"] == [{"name": "text.txt"}, {"name": "invoice.csv"}]
    assert comparison.get(run.id)["comparison"]["status"] == "pass"
    setup.client.runs.feedback.update(run.id, expected={"total": 13})
    assert comparison.get(run.id)["comparison"]["outputState"] == "diff"
    with pytest.raises(EigenpalNotFoundError):
        expected.download(run.id, "b.bin")


# --- review ---


@scenario(*(f"runs.feedback.{name}" for name in ("get", "update", "resolve", "clear")), "runs.get")
def feedback_from_first_word_to_last(setup: ServerAndClient) -> None:
    setup.server.agent("sorter")(echo)
    run = setup.server.add_run("agents.sorter")
    feedback = setup.client.runs.feedback
    assert feedback.get(run.id)["feedback"] is None
    said = feedback.update(run.id, body="Total is wrong", rating="fail", expected={"total": 1})
    assert (said["feedback"]["body"], said["feedback"]["rating"], said["expected"]) == (
        "Total is wrong",
        "fail",
        {"total": 1},
    )
    # Missing fields stay unchanged; null clears.
    said = feedback.update(run.id, rating=None)
    assert (said["feedback"]["body"], said["feedback"]["rating"], said["expected"]) == (
        "Total is wrong",
        None,
        {"total": 1},
    )
    said = feedback.resolve(run.id, feedback="Fixed")
    assert (said["feedback"]["status"], said["feedback"]["body"]) == ("resolved", "Fixed")
    assert said["feedback"]["resolvedAt"] is not None
    assert feedback.get(run.id) == said
    assert setup.client.runs.get(run.id, expand="execution").execution.feedback.status == "resolved"
    assert feedback.clear(run.id)["feedback"] is None
    assert feedback.update(run.id, expected=None)["expected"] is None
    with pytest.raises(EigenpalValidationError, match="values differ"):
        feedback.update(run.id, body="a", feedback="b")


@scenario("run_and_wait", "runs.compare", "runs.expected.copy_output", "runs.feedback.update")
def comparisons_of_workflows_and_agents(setup: ServerAndClient) -> None:
    @setup.server.workflow("two", steps=["one", "two"])
    def two(input: dict[str, Any], files: Any, context: RunContext) -> dict[str, Any]:
        context.step("one", {"same": True})
        return {"n": context.step("two", {"n": input["n"]})["n"]}

    @setup.server.agent("writer")
    def writer(input: dict[str, Any], files: Any, context: RunContext) -> dict[str, Any]:
        context.artifact(f"report-{input['day']}.txt", "text")
        return {"n": input["n"]}

    first, second = (setup.run_and_wait("workflows.two", {"n": number}) for number in (1, 2))
    compare = setup.client.runs.compare
    report = compare(first.id, second.id)
    assert (report.status, [step.output_state for step in report.steps]) == ("fail", ["match", "diff"])
    assert (report["runId"], report["comparedWithRunId"]) == (second.id, first.id)
    assert compare(first.id, second.id, step="one").status == "pass"
    with pytest.raises(EigenpalError, match="three"):
        compare(first.id, second.id, step="three")

    old = setup.run_and_wait("agents.writer", {"n": 1, "day": "2026-03-01"})
    new = setup.run_and_wait("agents.writer", {"n": 1, "day": "2026-03-02"})
    assert compare(old.id, new.id, baseline=True).missing_files == ["report-2026-03-01.txt"]
    assert compare(old.id, new.id, baseline=True, normalize_dates=True).status == "pass"
    assert compare(old.id, new.id).status == "fail"  # nothing is expected yet
    setup.client.runs.expected.copy_output(old.id, output_file_name="report-2026-03-01.txt")
    setup.client.runs.feedback.update(old.id, expected={"n": 1})
    assert compare(old.id, new.id, normalize_dates=True).status == "pass"
    with pytest.raises(EigenpalError, match="only two workflow runs or two agent runs"):
        compare(first.id, new.id)
    with pytest.raises(EigenpalNotFoundError):
        compare(first.id, "run_none")


@scenario("run_and_wait", "runs.compare", "runs.get")
def comparisons_with_runs_that_were_added(setup: ServerAndClient) -> None:
    @setup.server.workflow("two", steps=["one", "two"], run_seconds=0.2)
    def two(input: dict[str, Any], files: Any) -> dict[str, Any]:
        return {"n": 1}

    executed = setup.run_and_wait("workflows.two")
    added = setup.server.add_run("workflows.two", output={"n": 1}, seconds=0.2)
    compare = setup.client.runs.compare
    assert compare(added.id, executed.id).status == "pass"
    assert compare(executed.id, added.id).status == "pass"

    other = setup.server.add_run("workflows.two", steps={"one": {}, "two": {"n": 2}, "three": None})
    report = compare(executed.id, other.id)
    assert [(step.step_name, step.output_state) for step in report.steps] == [("one", "match"), ("two", "diff")]
    assert "'three'" in str(report.warnings)

    def read_steps(run_id: str) -> list[tuple[str, str, timedelta | None]]:
        steps = setup.client.runs.get(run_id, expand="execution").execution.steps
        times = [[step[key] and decode_datetime(step[key]) for key in ("startedAt", "completedAt")] for step in steps]
        durations = [end - start if start and end else None for start, end in times]
        return [(step["stepName"], step["status"], duration) for step, duration in zip(steps, durations, strict=True)]

    half = timedelta(seconds=0.1)
    assert read_steps(added.id) == read_steps(executed.id) == [("one", "completed", half), ("two", "completed", half)]
    failed = setup.server.add_run("workflows.two", status="failed", steps={"one": {}}, seconds=0.1)
    assert read_steps(failed.id) == [("one", "completed", half), ("two", "skipped", None)]
    running = setup.server.add_run("workflows.two", status="running", steps={"one": {}})
    assert read_steps(running.id) == [("one", "completed", timedelta()), ("two", "pending", None)]


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


# --- source ---


@scenario("source.repository", "source.raw", "source.releases", "source.lockfile", "automations.sync")
def the_source_of_everything(setup: ServerAndClient) -> None:
    setup.server.agent("sorter", versions=["1.0.0", "1.1.0"])(echo)
    setup.server.write_source("shared/prompt.md", "Be brief. ü")
    source = setup.client.source
    assert source.repository().remote_url.endswith(".git")
    raw = source.raw("shared/prompt.md", ref="main")
    assert raw.to_dict() == {
        "ref": "main",
        "path": "shared/prompt.md",
        "contentType": "text/markdown",
        "content": "Be brief. ü",
    }
    assert source.raw("agents/sorter/agent.yaml", ref="1.0.0").path == "agents/sorter/agent.yaml"
    missing: list[Callable[[], Any]] = [
        lambda: source.raw("shared/none.md"),
        lambda: source.raw("shared/prompt.md", ref="x"),
        lambda: source.raw("../../etc/passwd"),
        lambda: source.releases("agents/sorter", version="9"),
    ]
    for read in missing:
        with pytest.raises(EigenpalNotFoundError, match=r"No |no "):
            read()
    releases = source.releases("agents/sorter").releases
    assert [release.version for release in releases] == ["1.1.0", "1.0.0"]
    assert source.releases("agents/sorter", version="1.0.0").releases == releases[1:]
    lock = source.lockfile("agents/sorter@1.0.0")
    assert (lock.root.resolved_tag, lock.root.commit) == ("agents/sorter/1.0.0", releases[1].commit)
    assert lock["lockfileVersion"] == 1
    synced = setup.client.automations.sync("agents.sorter")
    assert (synced.automation.slug, synced.release.version, synced.warnings) == ("sorter", "1.1.0", [])
    setup.server.archive("agents.sorter")
    assert setup.client.automations.sync(synced.automation.id).automation.status == "archived"
    with pytest.raises(EigenpalNotFoundError):
        setup.client.automations.sync("nobody")


@scenario("source.encrypt_secrets", "source.decrypt_secrets", "run_and_wait")
def secrets_there_and_back(setup: ServerAndClient) -> None:
    run = setup.run_and_wait("workflows.echo")
    source, path = setup.client.source, "workflows/echo/secrets.yaml"
    secret = source.encrypt_secrets(source_path=path, secret_name="token", plaintext="s3cret ü").encrypted
    assert "s3cret" not in str(secret.to_dict())
    one = {"source_path": path, "secret_name": "token", "encrypted": secret}
    assert source.decrypt_secrets(execution_id=run.id, **one).plaintext == "s3cret ü"
    with pytest.raises(EigenpalValidationError, match="not encrypted"):
        source.decrypt_secrets(execution_id=run.id, **{**one, "secret_name": "another"})
    with pytest.raises(EigenpalForbiddenError, match="lockfile"):
        source.decrypt_secrets(execution_id=run.id, **{**one, "source_path": "agents/other/secrets.yaml"})
    with pytest.raises(EigenpalValidationError, match="executionId"):
        source.decrypt_secrets(**one)

    entries = [{"sourcePath": path, "secretName": name, "plaintext": name * 2} for name in ("a", "b")]
    sealed = source.encrypt_secrets(secrets=entries).secrets
    batch = [{"sourcePath": path, "secretName": name, "encrypted": sealed[name]} for name in ("a", "b")]
    assert source.decrypt_secrets(secrets=batch).secrets == {"a": "aa", "b": "bb"}
    assert "s3cret" not in str(list(setup.server.requests))


# --- errors and faults ---


@scenario("runs.get", "runs.list", "run", "agents.create")
def refusals_become_the_errors_of_the_client(setup: ServerAndClient) -> None:
    client = setup.client
    with pytest.raises(EigenpalAuthError) as refused:
        setup.make_client(api_key="wrong").runs.list()
    assert (refused.value.status, refused.value.request_id) == (401, setup.server.requests[-1].request_id)
    with pytest.raises(EigenpalNotFoundError) as missing:
        client.runs.get("run_none")
    assert (missing.value.issues[0].code, missing.value.operation) == ("not_found", "runs.get")
    with pytest.raises(EigenpalValidationError) as invalid:
        client.runs.list(created_after="never")
    assert invalid.value.issues[0].field == "query.createdAfter"
    with pytest.raises(EigenpalValidationError, match=r"body\.slug"):
        client.agents.create(name="A", slug="../etc")
    with pytest.raises(EigenpalNotFoundError, match=r"Registered workflows: echo"):
        client.run("workflows.ehco")
    setup.server.workflow("off", api_enabled=False)(echo)
    with pytest.raises(EigenpalForbiddenError, match="disabled") as disabled:
        client.run("workflows.off")
    assert (disabled.value.issues[0].code, bool(disabled.value.hint)) == ("api_trigger_disabled", True)
    for status, kind in ((402, EigenpalError), (413, EigenpalError), (500, EigenpalServerError)):
        setup.server.faults.add("runs.list", status=status, message="as ordered")
        with pytest.raises(kind, match="as ordered") as ordered:
            client.with_options(max_retries=0).runs.list()
        assert ordered.value.status == status


@scenario("runs.list", "runs.get", "runs.artifacts.download", "run_and_wait", "agents.update", "agents.create")
def faults_are_retried(setup: ServerAndClient) -> None:
    faults, client = setup.server.faults, setup.client
    client.agents.create(name="A", slug="a")
    faults.add("runs.list", status=503, times=2, retry_after=0)
    faults.add("runs.list", reset=True)
    setup.server.requests.clear()
    assert client.runs.list().runs == []
    assert [entry.status for entry in setup.server.requests] == [503, 503, None, 200]
    faults.add("agents.update", truncate=True)
    assert client.agents.update("a", name="B").agent.name == "B"

    faults.add("runs.get", status=502, garbage=False, retry_after=0, body="<html>")
    faults.add("runs.artifacts.download", truncate=True)
    add_invoice_workflow(setup.server)
    run = setup.run_and_wait("workflows.extract-invoice", {"invoice": INVOICE})
    assert client.runs.artifacts.download(run.id, run.files[0].path) == INVOICE["content"]
    assert [entry.fault for entry in setup.server.requests.of("runs.artifacts.download")] == [
        "truncate",
        None,
    ]

    faults.add("runs.get", hang=True, times=None)
    with pytest.raises(EigenpalTimeoutError):
        client.with_options(timeout_seconds=0.1, max_retries=0).runs.get(run.id)


@scenario("run", "rerun", "runs.find_started")
def a_key_starts_one_run(setup: ServerAndClient) -> None:
    server, client = setup.server, setup.client
    server.faults.add("run", after=True, reset=True)
    with pytest.raises(EigenpalConnectionError) as lost:
        client.run("workflows.echo", {"n": 3}, idempotency_key="order-17")
    assert lost.value.outcome_unknown
    began = server.clock.now()
    found = client.runs.find_started(lost.value.idempotency_key, target="workflows.echo", started_after=began)
    assert found.input.metadata == {"eigenpal_idempotency_key": "order-17"}
    # The server honors keys.
    assert client.run("workflows.echo", {"n": 3}, idempotency_key="order-17").id == found.id
    with pytest.raises(EigenpalValidationError, match="Idempotency-Key"):
        client.run("workflows.echo", {"n": 4}, idempotency_key="order-17")
    assert client.rerun(found.id, idempotency_key="r").id == client.rerun(found.id, idempotency_key="r").id
    assert client.runs.find_started("r", target="workflows.echo", started_after=began) is None
    keyed = client.with_options(default_headers={"Idempotency-Key": "order-18"})
    assert keyed.run("workflows.echo", {"n": 3}).id == keyed.run("workflows.echo", {"n": 3}).id


@scenario("request", "run", "runs.get")
def an_operation_by_its_path(setup: ServerAndClient) -> None:
    client = setup.client
    run = client.run("workflows.echo", {"n": 3}, wait_for_completion=10)
    path = f"/api/v1/runs/{run.id}"
    assert client.request("GET", path) == client.runs.get(run.id).to_dict()
    with pytest.raises(EigenpalNotFoundError):
        client.request("GET", f"{path}0")


# --- the table ---

PLAYED = frozenset[str]().union(*(scenario.methods for scenario in SCENARIOS.values()))


@pytest.mark.parametrize("kind", ["sync", "async"])
@pytest.mark.parametrize("name", SCENARIOS)
def test_scenario(name: str, kind: str, tmp_path: Path) -> None:
    function, methods = SCENARIOS[name]
    with start_server_and_client(kind, tmp_path) as setup:
        function(setup)
        assert setup.called == methods


@pytest.mark.parametrize("kind", [EigenpalClient, AsyncEigenpalClient])
def test_every_method_of_the_client_is_in_a_scenario(kind: type[Any]) -> None:
    # A new method of the document need not be: `make gaps` lists it, and test_new_methods.py calls it.
    client = kind(api_key="key", base_url="http://127.0.0.1:1")
    assert {*list_methods(client)} >= PLAYED
    assert {*list_methods(client)} - PLAYED <= list_new_methods(client)
