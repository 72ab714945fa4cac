"""`run_many` of both clients: inputs, results, and progress."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import anyio
import anyio.lowlevel
import pytest

from eigenpal.errors import EigenpalAuthError, EigenpalError, EigenpalNotFoundError, EigenpalRunFailedError
from eigenpal.testing import Clock, EigenpalServer
from eigenpal.types import BatchProgress

from .clients import Kind, count_starts, make_inputs, run_many

# On trio, httpcore leaves generators behind if it is cancelled, or a deadline passes, while it reads a response.
pytestmark = pytest.mark.filterwarnings("ignore:Async generator:ResourceWarning")

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
