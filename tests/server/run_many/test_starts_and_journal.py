"""`run_many` of both clients: no input is started twice, also by a later call with the same journal."""

from __future__ import annotations

import os
import random
import re
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import Any

import pytest

from eigenpal.errors import EigenpalConnectionError, EigenpalTimeoutError
from eigenpal.testing import Clock, EigenpalServer
from eigenpal.types import RunResult

from .child_process import CHILD
from .clients import Kind, count_starts, make_inputs, run_many

# On trio, httpcore leaves generators behind if it is cancelled, or a deadline passes, while it reads a response.
pytestmark = pytest.mark.filterwarnings("ignore:Async generator:ResourceWarning")

# --- starts are never repeated blindly --------------------------------------------------------------------------------

FAULTS: list[dict[str, Any]] = [
    {"reset": True, "after": True, "times": 3, "skip": 4},
    {"reset": True, "times": 3},
    {"status": 500, "times": 2},
    {"status": 502, "times": 2, "after": True},
    {"truncate": True, "times": 2, "after": True},
    {"garbage": True, "after": True},
    {"status": 429, "times": 6, "retry_after": 3},
    {"status": 503, "times": 3},
]


@pytest.mark.parametrize("honors_keys", [False, True])
@pytest.mark.parametrize("in_order", [False, True])
def test_one_run_for_each_input_under_faults(kind: Kind, honors_keys: bool, in_order: bool) -> None:
    with EigenpalServer(idempotency=honors_keys, clock=Clock(frozen=True), run_seconds=2) as server:
        for fault in FAULTS:
            server.faults.add("run", **fault)
        server.faults.add("runs.get", status=503, times=2)
        server.faults.add("runs.get", garbage=True, times=1)
        server.faults.add("runs.list", reset=True, times=2)
        # One start may meet all of the refusals.
        found = run_many(kind, server, make_inputs(40), in_order=in_order, client={"max_retries": 9})
        assert found.error is None
        assert [str(result.error) for result in found.results if not result.ok] == []
        assert sorted(output["n"] for output in found.outputs) == list(range(40))
        assert len(server.runs) == 40
        assert not in_order or [result.index for result in found.results] == list(range(40))


def test_a_start_that_did_not_happen_is_repeated_after_a_minute(kind: Kind, server: EigenpalServer) -> None:
    server.faults.add("run", reset=True, skip=2)
    began = server.clock.now()
    found = run_many(kind, server, make_inputs(10))
    assert len(found.outputs) == len(server.runs) == 10
    assert (server.clock.now() - began).total_seconds() > 60
    marks = [request.headers["idempotency-key"] for request in server.requests.of("run")]
    assert (len(marks), len(set(marks))) == (11, 10)


@pytest.mark.parametrize("run_id", ["", "..", "\\ud800"])
def test_a_start_with_an_id_that_cannot_be_used_is_searched_for(
    kind: Kind, server: EigenpalServer, tmp_path: Path, run_id: str
) -> None:
    body, headers = f'{{"id": "{run_id}"}}', {"content-type": "application/json"}
    server.faults.add("run", status=202, body=body, headers=headers, after=True, skip=1)
    found = run_many(kind, server, make_inputs(3), journal=tmp_path / "j")
    assert len(found.outputs) == len(server.runs) == 3


def test_unknown_starts_are_reported_on_request(kind: Kind, server: EigenpalServer) -> None:
    server.faults.add("run", reset=True, skip=2)
    server.faults.add("run", reset=True, after=True, skip=2)
    found = run_many(kind, server, make_inputs(10), on_unknown="report")
    (unknown,) = [result.error for result in found.results if not result.ok]
    assert isinstance(unknown, EigenpalConnectionError)
    assert unknown.outcome_unknown
    assert unknown.hint is not None and "because on_unknown is 'report'" in unknown.hint
    assert found.summary.unknown == 1
    assert (len(server.runs), count_starts(server)) == (9, 10)


def test_without_another_run_to_compare_with_nothing_is_repeated(kind: Kind, server: EigenpalServer) -> None:
    server.faults.add("run", reset=True, times=2)
    found = run_many(kind, server, make_inputs(2))
    for result in found.results:
        assert isinstance(result.error, EigenpalConnectionError)
        assert "none of the runs that were started by this call" in str(result.error)
    assert (len(server.runs), count_starts(server)) == (0, 2)


def test_a_rerun_is_not_taken_for_the_run(kind: Kind, server: EigenpalServer) -> None:
    def rerun(result: RunResult) -> None:
        with server.client() as client:
            for run in server.runs:
                if not run.retry_number:
                    client.rerun(run.id)

    server.faults.add("run", reset=True, after=True, skip=3)
    found = run_many(kind, server, make_inputs(6), on_result=rerun, concurrency=1)
    originals = [run.id for run in server.runs if not run.retry_number]
    assert sorted(str(result.run_id) for result in found.results) == sorted(originals)
    assert len(originals) == 6


# --- the journal ------------------------------------------------------------------------------------------------------


def test_a_loop_that_was_left_goes_on(kind: Kind, server: EigenpalServer, tmp_path: Path) -> None:
    journal = tmp_path / "j.jsonl"
    first = run_many(kind, server, make_inputs(30), journal=journal, stop_after=5, concurrency=4)
    assert 5 <= len(server.runs) <= 5 + 16
    second = run_many(kind, server, make_inputs(30), journal=journal, skip_finished=True, concurrency=4)
    # The caller had not finished with the last result.
    assert second.summary.skipped == 4
    keys = {result.key for result in first.results[:4]} | {result.key for result in second.results}
    assert len(keys) == len(server.runs) == 30
    third = run_many(kind, server, make_inputs(30), journal=journal, in_order=True)
    assert [output["n"] for output in third.outputs] == list(range(30))
    assert len(server.runs) == 30


def test_failed_runs_are_started_again_on_request(kind: Kind, server: EigenpalServer, tmp_path: Path) -> None:
    broken = {"yes"}

    @server.workflow("flaky")
    def flaky(input: dict[str, Any], files: Any) -> dict[str, Any]:
        if broken and input["n"] % 2:
            raise RuntimeError("broken")
        return input

    def run(**options: Any) -> list[tuple[bool, int]]:
        options = {"target": "workflows.flaky", "journal": tmp_path / "j", "in_order": True, **options}
        return [(result.ok, result.attempt) for result in run_many(kind, server, make_inputs(4), **options).results]

    once = [(True, 1), (False, 1), (True, 1), (False, 1)]
    assert run() == once
    assert run() == once
    assert len(server.runs) == 4
    assert run(retry_failed=True) == [(True, 1), (False, 2), (True, 1), (False, 2)]
    broken.clear()
    assert run(retry_failed=True, skip_finished=True) == [(True, 3), (True, 3)]
    assert run(retry_failed=True, skip_finished=True) == []
    marks = [request.headers["idempotency-key"] for request in server.requests.of("run")]
    assert len(set(marks)) == len(marks) == len(server.runs) == 8


def test_an_input_that_was_changed_is_a_new_one(kind: Kind, server: EigenpalServer, tmp_path: Path) -> None:
    journal = tmp_path / "j"
    run_many(kind, server, [{"n": 1}, {"n": 2}], journal=journal)
    found = run_many(kind, server, [{"n": 1}, {"n": 3}], journal=journal)
    assert sorted(output["n"] for output in found.outputs) == [1, 3]
    assert len(server.runs) == 3
    # With a key of yours, the input is not looked at.
    run_many(kind, server, {"a": {"n": 5}}, journal=journal)
    assert run_many(kind, server, {"a": {"n": 6}}, journal=journal).outputs == [{"n": 5}]


def test_unfinished_runs_of_inputs_that_are_gone(kind: Kind, tmp_path: Path) -> None:
    with EigenpalServer(idempotency=False, clock=Clock(frozen=True), run_seconds=1000) as server:
        journal = tmp_path / "j"
        first = run_many(kind, server, {"a": {"n": 1}, "b": {"n": 2}}, journal=journal, timeout_seconds=5)
        assert [type(result.error) for result in first.results] == [EigenpalTimeoutError] * 2
        assert dict(first.summary.unfinished_runs) == {result.key: result.run_id for result in first.results}
        second = run_many(kind, server, {"a": {"n": 1}}, journal=journal, timeout_seconds=5000)
        assert second.outputs == [{"n": 1}]
        assert second.summary.left_over_keys == ("b",)
        assert len(server.runs) == 2


def test_another_target_is_refused(kind: Kind, server: EigenpalServer, tmp_path: Path) -> None:
    run_many(kind, server, make_inputs(1), journal=tmp_path / "j")
    found = run_many(kind, server, make_inputs(1), journal=tmp_path / "j", metadata={"a": 1})
    assert isinstance(found.error, ValueError)
    assert "metadata differs" in str(found.error)


def test_starts_of_an_interrupted_call_are_searched_for_at_once(
    kind: Kind, server: EigenpalServer, tmp_path: Path
) -> None:
    journal = tmp_path / "j"
    inputs = {f"key {number}": {"n": number} for number in range(20)}
    run_many(kind, server, dict(list(inputs.items())[:19]), journal=journal)
    # As if the process had been killed while it started the last nine, of which the very last was not sent.
    lost = {f'"key {number}"' for number in range(11, 19)}
    kept = [
        line
        for line in journal.read_text().splitlines()
        if '"starting"' in line or not any(key in line for key in lost)
    ]
    started = next(line for line in kept if '"starting"' in line and '"key 18"' in line)
    journal.write_text("\n".join([*kept, started.replace("key 18", "key 19")]) + "\n")
    before = len(server.requests)
    found = run_many(kind, server, inputs, journal=journal, skip_finished=True)
    assert sorted(output["n"] for output in found.outputs) == list(range(11, 20))
    assert len(server.runs) == 20
    operations = [request.operation for request in server.requests[before:]]
    # Two searches, a minute apart: the second one reads the runs in question that were not found.
    assert operations.count("runs.list") == 2
    assert operations.count("runs.get") <= 2 * 8 + 9 + 2
    assert operations.count("run") == 1


@pytest.mark.parametrize("process_kind", ["sync", "asyncio"])
def test_a_process_that_is_killed_goes_on(process_kind: str, tmp_path: Path) -> None:
    chance = random.Random(process_kind)
    for number in range(60):
        (tmp_path / f"{number}.txt").write_text(f"document {number}")
    with EigenpalServer(idempotency=False) as server:
        for fault in (*FAULTS[:3], FAULTS[6]):
            changed: dict[str, Any] = {**fault, "skip": chance.randrange(10), "times": 2}
            server.faults.add("run", **changed)
        command = [sys.executable, "-c", textwrap.dedent(CHILD), process_kind, str(tmp_path), str(tmp_path / "j")]
        environment = {**os.environ, **server.environment}
        for _ in range(2):
            with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
                assert process.stdout is not None
                for _ in range(chance.randrange(1, 25)):
                    process.stdout.readline()
                process.kill()
        done = subprocess.run(command, env=environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        assert re.search(r"60 inputs in \d+ s: 60 completed", done.stdout)
        documents = [part.file.filename for run in server.runs for part in run.input_files]
        assert len(documents) == len(set(documents)) == 60
