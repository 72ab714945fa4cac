"""Scenarios of the files of runs, of feedback, and of comparisons."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from eigenpal.errors import EigenpalError, EigenpalNotFoundError, EigenpalValidationError
from eigenpal.testing import RunContext, UploadedFile
from eigenpal_generated.decoding import decode_datetime
from tests.support.invoices import add_invoice_workflow

from ..blocking_client import ServerAndClient
from .registry import INVOICE, echo, scenario

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
