"""`run_many` of both clients, against a server that does not honor idempotency keys unless a test says otherwise."""

from __future__ import annotations

import asyncio
import gc
import logging
import os
import random
import re
import signal
import subprocess
import sys
import textwrap
import threading
import time
import warnings
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path
from typing import Any

import anyio
import anyio.lowlevel
import pytest

from eigenpal.errors import (
    EigenpalAuthError,
    EigenpalConnectionError,
    EigenpalError,
    EigenpalNotFoundError,
    EigenpalRunFailedError,
    EigenpalTimeoutError,
)
from eigenpal.testing import Clock, EigenpalServer
from eigenpal.types import BatchProgress, RunResult

from .run_many_clients import KINDS, Kind, make_inputs, run_many

# On trio, httpcore leaves generators behind if it is cancelled, or a deadline passes, while it reads a response.
pytestmark = pytest.mark.filterwarnings("ignore:Async generator:ResourceWarning")


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> Kind:
    return request.param  # type: ignore[no-any-return]


@pytest.fixture
def server() -> Iterator[EigenpalServer]:
    with EigenpalServer(idempotency=False, clock=Clock(frozen=True)) as server:
        yield server


def count_starts(server: EigenpalServer) -> int:
    return len(server.requests.of("run"))


# --- inputs and results -----------------------------------------------------------------------------------------------


async def iterate() -> AsyncIterator[dict[str, Any]]:
    for number in range(3):
        await anyio.lowlevel.checkpoint()
        yield {"n": number}


FORMS: dict[str, Callable[[], Any]] = {
    "list": lambda: [{"n": 0}, {"n": 1}, {"n": 2}],
    "generator": lambda: make_inputs(3),
    "pairs": lambda: [("a", {"n": 0}), ("b", {"n": 1}), ("c", {"n": 2})],
    "mapping": lambda: {"a": {"n": 0}, "b": {"n": 1}, "c": {"n": 2}},
}


@pytest.mark.parametrize("form", FORMS)
def test_forms_of_inputs(kind: Kind, server: EigenpalServer, form: str) -> None:
    found = run_many(kind, server, FORMS[form](), in_order=True)
    assert found.outputs == [{"n": 0}, {"n": 1}, {"n": 2}]
    assert [(result.index, result.ok, result.error, result.attempt) for result in found.results] == [
        (number, True, None, 1) for number in range(3)
    ]
    assert {result.run_id for result in found.results} == {run.id for run in server.runs}
    if form in ("pairs", "mapping"):
        assert [result.key for result in found.results] == ["a", "b", "c"]
    assert str(found.summary) == f"3 inputs in {found.summary.seconds:.0f} s: 3 completed"


def test_an_iterable_that_yields_the_same_mapping_again(kind: Kind, server: EigenpalServer) -> None:
    given: dict[str, Any] = {}

    def change() -> Iterator[dict[str, Any]]:
        for number in range(50):
            given["n"] = number
            yield given

    found = run_many(kind, server, change())
    assert sorted(output["n"] for output in found.outputs) == list(range(50))


@pytest.mark.parametrize("async_kind", ["asyncio", "trio"])
def test_asynchronous_iterables(async_kind: Kind, server: EigenpalServer) -> None:
    assert run_many(async_kind, server, iterate(), in_order=True).outputs == [{"n": 0}, {"n": 1}, {"n": 2}]


def test_keys_are_digests_of_values_and_of_the_bytes_of_files(
    kind: Kind, server: EigenpalServer, tmp_path: Path
) -> None:
    paths = [tmp_path / folder / "a.txt" for folder in ("1", "2", "3")]
    for path, content in zip(paths, (b"same", b"same", b"other"), strict=True):
        path.parent.mkdir()
        path.write_bytes(content)
    with paths[0].open("rb") as handle:
        inputs: list[dict[str, Any]] = [
            {"file": paths[0], "n": 1},
            {"n": 1, "file": paths[1]},
            {"n": 1, "file": handle},
            {"file": paths[2], "n": 1},
            {"file": paths[0], "n": 2},
        ]
        keys = sorted(result.key for result in run_many(kind, server, inputs).results)
    base = next(key.partition("#")[0] for key in keys if "#" in key)
    assert [key for key in keys if key.startswith(base)] == [base, f"{base}#2", f"{base}#3"]
    assert len(set(keys)) == 5
    sent = [part.file.content for run in server.runs for part in run.input_files]
    assert sorted(sent) == [b"other", b"same", b"same", b"same", b"same"]


@pytest.mark.parametrize("form", ["handle", "named", "list"])
def test_one_handle_in_several_inputs_is_never_sent_in_parts(
    kind: Kind, server: EigenpalServer, tmp_path: Path, form: str
) -> None:
    content = b"".join(b"%08d" % number for number in range(100_000))
    (tmp_path / "terms.bin").write_bytes(content)
    with (tmp_path / "terms.bin").open("rb") as handle:
        files: dict[str, Any] = {
            "handle": handle,
            "named": ("a.bin", handle),
            "list": [{"content": handle, "filename": "a.bin"}],
        }
        file = files[form]
        inputs = [(str(number), {"terms": file, "n": number}) for number in range(6)]
        found = run_many(kind, server, inputs)
    assert {part.file.content for run in server.runs for part in run.input_files} == {content}
    errors = [str(result.error) for result in found.results if not result.ok]
    assert any("is a file handle that another input uses at the same time" in error for error in errors)


def test_failures_stand_beside_successes(kind: Kind, server: EigenpalServer, tmp_path: Path) -> None:
    @server.workflow("half")
    def half(input: dict[str, Any], files: Any) -> dict[str, Any]:
        return {"half": 1 / input["n"]}

    inputs: list[Any] = [
        ("good", {"n": 2}),
        ("failing", {"n": 0}),
        ("missing", {"file": tmp_path / "missing.pdf"}),
        ("nested", {"n": {"file": tmp_path}}),
        ("good", {"n": 3}),
        ("refused", {"n": "refused"}),
    ]
    server.faults.add("run", status=413, skip=2)
    found = run_many(kind, server, inputs, target="workflows.half", in_order=True, concurrency=1)
    assert [type(result.error) for result in found.results] == [
        type(None),
        type(None),
        FileNotFoundError,
        ValueError,
        ValueError,
        EigenpalError,
    ]
    failed = found.results[1].run
    assert failed is not None and failed.execution.status == "failed"
    assert [result.ok for result in found.results] == [True, False, False, False, False, False]
    assert str(found.summary).splitlines()[1:] == [
        "  failed: failing",
        "  not started: missing, nested, good, refused",
    ]
    assert count_starts(server) == 3


def test_an_iterable_that_fails_loses_nothing(kind: Kind, server: EigenpalServer) -> None:
    def fail() -> Iterator[dict[str, Any]]:
        yield from make_inputs(5)
        raise LookupError("the database is gone")

    found = run_many(kind, server, fail(), concurrency=3)
    assert len(found.outputs) == 5
    assert isinstance(found.error, LookupError)


NO_INPUTS: list[tuple[Any, str]] = [
    ([{"n": 1}, Path("a.pdf")], r"inputs\[1\] is a file; an input is a mapping of names to values"),
    ([{"content": b"a", "filename": "a"}], r"inputs\[0\] is a file"),
    ([("a", 5)], r"inputs\[0\]\[1\] is of type int"),
    ([("a", {}, 3)], r"inputs\[0\] is a tuple, which must be a pair of key and input"),
    (["a"], r"inputs\[0\] is of type str"),
]


@pytest.mark.parametrize(("inputs", "message"), NO_INPUTS)
def test_items_that_are_no_inputs(kind: Kind, server: EigenpalServer, inputs: Any, message: str) -> None:
    found = run_many(kind, server, iter(inputs))
    assert isinstance(found.error, TypeError)
    assert re.match(message, str(found.error))
    assert len(found.outputs) == len(inputs) - 1
    # Those of a list are known before the first is started.
    sent = len(server.requests)
    with pytest.raises(TypeError, match=message):
        run_many(kind, server, inputs)
    assert len(server.requests) == sent


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ({"inputs": {"document": Path("a.pdf")}}, TypeError, r"inputs\['document'\] is a file; for one input, pass a"),
        ({"inputs": 5}, TypeError, "inputs must be an iterable"),
        ({"inputs": "abc"}, TypeError, "inputs must be an iterable"),
        ({"inputs": BytesIO(b"a")}, TypeError, "inputs must be an iterable .*, not _?io.BytesIO"),
        ({"inputs": {"a": {"n": 1}, 5: {"n": 2}}}, TypeError, "inputs has the key 5; the keys of inputs must be str"),
        ({"inputs": {"a": {"n": 1}, " ": {"n": 2}}}, ValueError, "inputs has an empty key"),
        ({"inputs": [{"n": 1}, ("", {"n": 2})]}, ValueError, r"the key of inputs\[1\] is empty"),
        ({"concurrency": 0}, ValueError, "concurrency must be between 1 and 1000, not 0"),
        ({"concurrency": "8"}, TypeError, "concurrency must be an int"),
        ({"on_unknown": "retry"}, ValueError, "on_unknown must be 'restart' or 'report', not 'retry'"),
        ({"retry_failed": True}, ValueError, "retry_failed needs journal="),
        ({"skip_finished": True}, ValueError, "skip_finished needs journal="),
        ({"journal": 5}, TypeError, "journal must be a path"),
        ({"journal": ""}, ValueError, "journal is empty"),
        ({"journal": b"j"}, TypeError, "journal must be a path, not bytes"),
        ({"journal": Path("a\0b")}, ValueError, "cannot be the path of a file"),
        ({"journal": "\ud800"}, ValueError, "cannot be the path of a file"),
        ({"progress": 5}, TypeError, "progress must be True or callable"),
        ({"timeout_seconds": 0}, ValueError, "timeout_seconds must be more than 0"),
        ({"metadata": {"eigenpal_idempotency_key": "a"}}, ValueError, "is set by the client"),
        ({"files": {"a": Path("a.pdf")}}, TypeError, "is a file to upload"),
        ({"target": "workflows..x"}, ValueError, "empty part"),
    ],
)
def test_invalid_arguments(
    kind: Kind, server: EigenpalServer, arguments: dict[str, Any], error: type[Exception], message: str
) -> None:
    client: Any = server.client() if kind == "sync" else server.async_client()
    with pytest.raises(error, match=message):
        client.run_many(**{"target": "workflows.echo", "inputs": [], **arguments})
    assert len(server.requests) == 0


def test_the_options_of_run(kind: Kind, server: EigenpalServer) -> None:
    run_many(kind, server, [("a b", {}), ("ü", {})], metadata={"ticket": 1}, trigger="cli", in_order=True)
    requests = server.requests.of("run")
    bodies: list[Any] = [request.json for request in requests]
    marks = sorted(body["metadata"]["eigenpal_idempotency_key"] for body in bodies)
    assert marks == sorted(request.headers["idempotency-key"] for request in requests)
    assert all(body["metadata"]["ticket"] == 1 for body in bodies)
    assert {request.headers["x-eigenpal-trigger"] for request in requests} == {"cli"}
    # Keys that a header cannot have are replaced.
    assert sorted(re.sub("^[0-9a-f]{12}", "*", mark) for mark in marks)[1] == "*.1/a b"
    assert all(mark.isascii() for mark in marks)


@pytest.mark.parametrize("key", ["\ud800", "a\0\nb", "x" * 100_000])
def test_any_text_is_a_key_and_can_be_shown(kind: Kind, server: EigenpalServer, tmp_path: Path, key: str) -> None:
    server.faults.add("run", reset=True, after=True, skip=1)
    inputs = [("a", {"n": 0}), (key, {"n": 1}), (key, {"n": 2})]
    for _ in range(2):
        found = run_many(kind, server, inputs, journal=tmp_path / "j", concurrency=1)
        assert sorted(result.key for result in found.results if result.ok) == sorted(["a", key])
        (error,) = [str(result.error) for result in found.results if not result.ok]
        shown = str(found.summary)
        assert shown.encode().count(b"\n") == 1
        assert shown.partition("not started: ")[2] == error.removeprefix("two inputs have the key ")
        assert len(error) < 200
    assert len(server.runs) == 2


def test_raise_on_failure(kind: Kind, server: EigenpalServer) -> None:
    @server.workflow("fail")
    def fail(input: dict[str, Any], files: Any) -> dict[str, Any]:
        raise RuntimeError("no")

    found = run_many(kind, server, make_inputs(100), target="workflows.fail", raise_on_failure=True)
    assert isinstance(found.error, EigenpalRunFailedError)
    assert found.results == []
    assert count_starts(server) <= 40


def test_runs_that_are_polled_together_advance(kind: Kind) -> None:
    with EigenpalServer(idempotency=False, unfinished_polls=4, clock=Clock(frozen=True)) as server:
        found = run_many(kind, server, make_inputs(6), timeout_seconds=60.0)
        assert [result.ok for result in found.results] == [True] * 6


def test_a_list_by_ids_is_a_poll() -> None:
    with EigenpalServer(unfinished_polls=3) as server, server.client() as client:
        run_id = client.run("workflows.echo", {}).id
        assert client.runs.list().runs[0].execution.status == "created"
        seen = [client.runs.list(ids=[run_id, "unknown"]).runs[0].execution.status for _ in range(4)]
        assert seen == ["created", "pending", "running", "completed"]


def test_a_client_that_is_closed_ends_the_batch(kind: Kind, server: EigenpalServer) -> None:
    """Also if the outcome of a start is being searched for, at once."""
    server.faults.add("run", reset=True, skip=1)

    async def close_async() -> None:
        async with server.async_client() as client:
            async for _ in client.run_many("workflows.echo", make_inputs(1000), concurrency=2):
                await client.aclose()

    def close_sync() -> None:
        with server.client() as client:
            for _ in client.run_many("workflows.echo", make_inputs(1000), concurrency=2):
                client.close()

    with pytest.raises(EigenpalError, match="this client is closed"):
        close_sync() if kind == "sync" else anyio.run(close_async, backend=kind)
    assert count_starts(server) < 1000


def test_a_batch_without_inputs(kind: Kind, server: EigenpalServer) -> None:
    found = run_many(kind, server, [])
    assert str(found.summary) == "0 inputs in 0 s: none started"
    assert len(server.requests) == 0


def test_a_batch_is_iterated_over_once(kind: Kind, server: EigenpalServer) -> None:
    client: Any = server.client() if kind == "sync" else server.async_client()
    batch = client.run_many("workflows.echo", [])
    batch.in_order()
    with pytest.raises(EigenpalError, match="can be iterated over once; call run_many again"):
        batch.in_order()


@pytest.mark.parametrize(("api_key", "error"), [("wrong_key", EigenpalAuthError), (None, EigenpalNotFoundError)])
def test_a_start_that_would_fail_for_all(
    kind: Kind, server: EigenpalServer, api_key: str | None, error: type[Exception]
) -> None:
    client = {} if api_key is None else {"api_key": api_key}
    found = run_many(kind, server, make_inputs(500), target="workflows.missing", client=client)
    assert isinstance(found.error, error)
    assert count_starts(server) <= 16


def test_settings_of_a_proxy_that_are_invalid(
    kind: Kind, server: EigenpalServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("NO_PROXY", "10.0.0.0/33")
    found = run_many(kind, server, make_inputs(50), client={"base_url": "http://api.invalid"})
    assert isinstance(found.error, EigenpalError)
    assert str(found.error).startswith("NO_PROXY has the entry '10.0.0.0/33', which is invalid")
    assert not found.error.outcome_unknown
    assert len(found.results) <= 8


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


CHILD = """
    import asyncio, signal, sys
    from pathlib import Path
    from eigenpal import AsyncEigenpalClient, EigenpalClient
    from eigenpal._runs.many import unknown_starts

    # A test that runs in the background inherits that it is ignored.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    kind, folder, journal = sys.argv[1:]
    unknown_starts.SETTLE_SECONDS = 1.0
    inputs = ({"document": path} for path in sorted(Path(folder).glob("*.txt")))
    options = {"journal": journal, "poll_interval_seconds": 0.05}

    async def main():
        async with AsyncEigenpalClient() as client:
            runs = client.run_many("workflows.echo", inputs, **options)
            async for result in runs:
                print(result.index, flush=True)
            print(runs.summary())

    if kind == "asyncio":
        asyncio.run(main())
    else:
        with EigenpalClient() as client:
            runs = client.run_many("workflows.echo", inputs, **options)
            for result in runs:
                print(result.index, flush=True)
            print(runs.summary())
"""


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


# --- leaving the loop -------------------------------------------------------------------------------------------------


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
    server.faults.add("run", hang=True, skip=1, times=7)  # closing waits a moment for starts in flight
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


# --- progress ---------------------------------------------------------------------------------------------------------


def test_progress_by_a_function(kind: Kind, server: EigenpalServer) -> None:
    seen: list[BatchProgress] = []
    run_many(kind, server, [{"n": 1}, {"n": 2}, {"a": Path("missing")}], progress=seen.append)
    assert (seen[-1].done, seen[-1].failed, seen[-1].running, seen[-1].total) == (3, 1, 0, 3)
    assert [progress.done for progress in seen] == sorted(progress.done for progress in seen)


def test_progress_by_tqdm(kind: Kind, server: EigenpalServer, capsys: pytest.CaptureFixture[str]) -> None:
    run_many(kind, server, [{"n": 1}, {"n": 2}], progress=True)
    shown = capsys.readouterr().err
    assert "workflows.echo: 100%" in shown
    assert "2/2" in shown


def test_progress_in_the_log(
    kind: Kind, server: EigenpalServer, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setitem(sys.modules, "tqdm.auto", None)
    with caplog.at_level(logging.INFO, "eigenpal"):
        run_many(kind, server, [{"n": 1}, {"n": 2}], progress=True)
    assert "workflows.echo: 2 of 2 done, 0 failed, 0 running" in caplog.text
