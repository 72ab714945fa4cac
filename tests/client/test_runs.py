"""Starting runs and waiting for them, with both clients."""

from __future__ import annotations

import asyncio
import io
import json
import logging
import math
import re
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import nullcontext
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import pytest
from hypothesis import given, strategies as st

from eigenpal.errors import (
    EigenpalError,
    EigenpalForbiddenError,
    EigenpalNotFoundError,
    EigenpalResponseError,
    EigenpalRunFailedError,
    EigenpalServerError,
    EigenpalTimeoutError,
)
from eigenpal.types import Run, RunAccepted
from tests.support.either_client import EitherClient
from tests.support.examples import FINAL, IN_PROGRESS, load_example, run_json, serve_run
from tests.support.fake_clock import FakeClock
from tests.support.multipart import parse_multipart
from tests.support.notes import read_note

from .conftest import MakeClient

RUN_ID = load_example("Run")["id"]


@pytest.fixture
def pdf(tmp_path: Path) -> Path:
    path = tmp_path / "contract.pdf"
    path.write_bytes(b"%PDF-1.7\r\n\x00 binary")
    return path


# --- starting ---------------------------------------------------------------------------------------------------------


def test_all_options_of_a_start(make_client: MakeClient) -> None:
    client = make_client(serve_run())
    body = load_example("RunStartBody")
    client.call(
        lambda c: c.run(
            {"type": "workflow", "slug": "extract-invoice", "version": "1.2.0"},
            body["input"],
            wait_for_completion=30,
            overrides=body["overrides"],
            metadata=body["metadata"],
            files=body["files"],
            trigger="cli",
        )
    )
    assert client.sent == ["POST /api/v1/runs?version=1.2.0&wait_for_completion=30"]
    assert json.loads(client.requests[0].content) == body
    assert client.requests[0].headers["x-eigenpal-trigger"] == "cli"


def test_a_start_with_files_is_multipart(make_client: MakeClient, pdf: Path) -> None:
    client = make_client(serve_run())
    content = {"content": b"a,b", "filename": "rows.csv", "mime_type": "text/csv"}
    given = {"contract": pdf, "pages": [pdf, content], "language": "en"}
    client.call(
        lambda c: c.run("workflows.x@2.0", given, overrides={"steps": {"read": {"a": 1}}}, metadata={"ticket": "é"})
    )
    assert client.sent == ["POST /api/v1/runs?version=2.0"]
    [request] = client.requests
    assert parse_multipart(request.content, request.headers["content-type"]) == [
        ("target", None, None, b"workflows.x"),
        ("input", None, None, b'{"language":"en"}'),
        ("overrides", None, None, b'{"steps":{"read":{"a":1}}}'),
        ("metadata", None, None, '{"ticket":"é"}'.encode()),
        ("files.contract", "contract.pdf", "application/pdf", pdf.read_bytes()),
        ("files.pages", "contract.pdf", "application/pdf", pdf.read_bytes()),
        ("files.pages", "rows.csv", "text/csv", b"a,b"),
    ]
    assert given == {"contract": pdf, "pages": [pdf, content], "language": "en"}


class Reports(list[tuple[int, int | None]]):
    """A progress callback that remembers what it was called with."""

    def __call__(self, sent: int, total: int | None) -> None:
        self.append((sent, total))


STARTS: dict[str, Callable[[Any, Any, Any], Any]] = {
    "run": lambda client, given, progress: client.run("workflows.x", given, progress=progress),
    "run_and_wait": lambda client, given, progress: client.run_and_wait("workflows.x", given, progress=progress),
    "executions": lambda client, given, progress: client.workflows.executions.run_and_wait(
        "x", given, progress=progress
    ),
}


@pytest.mark.parametrize("start", STARTS)
def test_the_progress_of_an_upload(make_client: MakeClient, pdf: Path, start: str) -> None:
    finished = httpx.Response(200, json=load_example("RunStartResponse.finished"))
    client = make_client(serve_run(start=finished))
    reports = Reports()
    client.call(lambda c: STARTS[start](c, {"a": pdf}, reports))
    size = len(client.requests[0].content)
    assert reports[0][1] == size
    assert reports[-1] == (size, size)


def test_no_progress_without_files(make_client: MakeClient) -> None:
    reports = Reports()
    make_client(serve_run()).call(lambda c: c.run("workflows.x", {"a": 1}, progress=reports))
    assert reports == []


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("RunStartResponse.accepted", RunAccepted),
        ("RunStartResponse.wait_expired", RunAccepted),
        ("RunStartResponse.finished", Run),
    ],
)
def test_starts_return_the_response_of_the_server(make_client: MakeClient, name: str, kind: type[Any]) -> None:
    client = make_client(serve_run(start=httpx.Response(200, json=load_example(name))))
    for run in (client.call(lambda c: c.run("workflows.x")), client.call(lambda c: c.rerun("run_1"))):
        assert type(run) is kind
        assert run.to_dict() == load_example(name)


def test_rerun(make_client: MakeClient) -> None:
    client = make_client(serve_run())
    client.call(lambda c: c.rerun("run_1"))
    client.call(lambda c: c.rerun("run_1", version="latest"))
    client.call(lambda c: c.rerun("run_1", version="original", wait_for_completion=5))
    assert client.sent == [
        "POST /api/v1/runs/run_1/rerun",
        "POST /api/v1/runs/run_1/rerun?version=latest",
        "POST /api/v1/runs/run_1/rerun?version=original&wait_for_completion=5",
    ]
    assert [request.content for request in client.requests] == [b"", b"", b""]


REFUSED: list[tuple[Callable[[Any], Any], type[Exception], str]] = [
    (lambda c: c.run(""), ValueError, "target is empty"),
    (lambda c: c.run("workflows.x", version=""), ValueError, "version is empty"),
    (lambda c: c.run("workflows.x", {"a": b"x"}), TypeError, "input['a'] must not be bytes"),
    (lambda c: c.run("workflows.x", {"a": {1, 2}}), TypeError, "set, which cannot be sent as JSON"),
    (lambda c: c.run("workflows.x", {"a": float("nan")}), ValueError, "input['a'] is nan, which cannot be sent"),
    (lambda c: c.run("workflows.x", wait_for_completion=601), ValueError, "at most 600"),
    (lambda c: c.run("workflows.x", wait_for_completion=1.5), TypeError, "wait_for_completion must be an int"),
    (lambda c: c.run("workflows.x", files={"a": Path("x")}), TypeError, "pass it as input={'a': ...}"),
    (lambda c: c.run("workflows.x", files=[1]), TypeError, "files must be a mapping"),
    (lambda c: c.run("workflows.x", files={"a": [{"fileId": "f"}, b"x"]}), TypeError, "files['a'] is a file to upload"),
    (lambda c: c.run("workflows.x", files={"a": "fil_1"}), TypeError, "files['a'] is of type str; files= takes"),
    (lambda c: c.run("workflows.x", files={"a": {"id": "fil_1"}}), TypeError, "is a mapping without 'fileId'"),
    (lambda c: c.run("workflows.x", overrides=[1]), TypeError, "overrides must be a mapping such as {'steps': {'read"),
    (lambda c: c.run("workflows.x", metadata="T-1"), TypeError, "metadata must be a mapping such as"),
    (lambda c: c.run("workflows.x", contract=Path("x")), TypeError, "contract"),
    (lambda c: c.run_and_wait("workflows.x", timeout_seconds=-1), ValueError, "timeout_seconds must be more than 0"),
    (lambda c: c.run_and_wait("workflows.x", poll_interval_seconds=0), ValueError, "poll_interval_seconds must be"),
    (lambda c: c.run_and_wait("workflows.x", on_update=5), TypeError, "on_update must be callable"),
    (lambda c: c.run("workflows.x", {"a": ("a", b"x")}, progress=5), TypeError, "progress must be callable, not int"),
    (lambda c: c.runs.files.upload("run_1", ("a", b"x"), progress=5), TypeError, "progress must be callable, not int"),
    (lambda c: c.workflows.executions.run_and_wait("agents.x"), ValueError, "is an agent, not a workflow"),
    (lambda c: c.workflows.executions.run_and_wait("x", timeout_seconds="5"), TypeError, "a number of seconds"),
    (lambda c: c.rerun(""), ValueError, "id must not be empty"),
    (lambda c: c.rerun("run_1", version=""), ValueError, "version is empty"),
    (lambda c: c.runs.wait(".."), ValueError, "id must not be '..'"),
    (lambda c: c.runs.wait("run_1", poll_interval_seconds=float("nan")), ValueError, "not nan"),
    (lambda c: c.runs.watch(""), ValueError, "id must not be empty"),
    (lambda c: c.runs.watch("run_1", timeout_seconds=0), ValueError, "timeout_seconds must be more than 0"),
    (lambda c: c.runs.compare("run_1", "run_2", step=","), ValueError, "step is empty"),
    (lambda c: c.runs.compare("run_1", ""), ValueError, "run_id must not be empty"),
    (lambda c: c.runs.compare("run_1", None), TypeError, "run_id must be a str, not NoneType"),
    (lambda c: c.runs.compare(None, "run_1"), TypeError, "reference_run_id must be a str, not NoneType"),
    (lambda c: c.run("workflows.x", {"a": [1, {"b c": {1}}]}), TypeError, "input['a'][1]['b c'] is of type set"),
]


@pytest.mark.parametrize(("act", "kind", "message"), REFUSED)
def test_invalid_arguments_are_refused(
    make_client: MakeClient, act: Callable[[Any], Any], kind: type[Exception], message: str
) -> None:
    client = make_client(serve_run())
    with pytest.raises(kind) as caught:
        client.call(act)
    assert message in str(caught.value)
    assert not isinstance(caught.value, EigenpalError)
    assert not [request for request in client.requests if request.method != "GET"]


KEYS = st.text(st.characters(), max_size=3)
JSON_OR_NOT: list[Any] = [None, True, 1, 1.5, math.nan, "a", "\ud800", date(2026, 1, 2), datetime(2026, 1, 2)]
OBJECTS: list[Any] = [Decimal(1), UUID(int=1), range(3), object(), dict]
FILES: list[Any] = [Path(__file__), Path("no-such-file"), Path("/"), {"content": b"x", "filename": "a.txt"}]
NEARLY_FILES: list[Any] = [b"x", {"content": b"x"}, io.BytesIO(b"x"), io.StringIO("x")]
LEAVES = st.sampled_from(JSON_OR_NOT + OBJECTS + FILES + NEARLY_FILES)
VALUES = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(KEYS | st.integers(), inner, max_size=3)
        | st.tuples(inner)
        | st.sets(KEYS, max_size=1)
    ),
)


@given(VALUES | st.dictionaries(KEYS, VALUES, max_size=3))
def test_an_input_is_sent_or_refused_with_its_path(value: Any) -> None:
    client = EitherClient("sync", serve_run())
    refusal = ""
    try:
        client.call(lambda c: c.run("workflows.x", value))
    except (TypeError, ValueError, OSError) as error:
        refusal = str(error)
    assert len(client.sent) == (0 if refusal else 1)
    assert re.match(r"\Z|input\b|a name in files\b", refusal)


def test_file_references_and_uploads_cannot_be_combined(make_client: MakeClient, pdf: Path) -> None:
    client = make_client(serve_run())
    with pytest.raises(ValueError, match=r"cannot be combined with files to upload \(input\['contract'\]\)"):
        client.call(lambda c: c.run("workflows.x", {"contract": pdf}, files={"other": {"fileId": "fil_1"}}))
    assert client.sent == []


# --- waiting ----------------------------------------------------------------------------------------------------------


def run_and_wait(client: Any, **options: Any) -> Any:
    return client.run_and_wait("workflows.extract-invoice", {"a": 1}, **options)


def run_workflow(client: Any, **options: Any) -> Any:
    return client.workflows.executions.run_and_wait("extract-invoice", {"a": 1}, **options)


def wait(client: Any, **options: Any) -> Any:
    return client.runs.wait(RUN_ID, **options)


def watch(client: Any, **options: Any) -> Any:
    return client.runs.watch(RUN_ID, **options)


START_AND_WAIT: list[Callable[..., Any]] = [run_and_wait, run_workflow]
WAIT: list[Callable[..., Any]] = [run_and_wait, run_workflow, wait]


@pytest.mark.parametrize("act", START_AND_WAIT)
def test_run_and_wait(make_client: MakeClient, clock: FakeClock, act: Callable[..., Any]) -> None:
    client = make_client(
        serve_run(run_json("created"), run_json("running"), run_json("running"), run_json("completed"))
    )
    statuses: list[str] = []

    def on_update(run: Run) -> None:
        statuses.append(run.execution.status)

    options: dict[str, Any] = {
        "version": "1.0",
        "overrides": {"steps": {}},
        "metadata": {"b": 2},
        "on_update": on_update,
    }
    run = client.call(lambda c: act(c, **options))
    assert isinstance(run, Run)
    assert (run["finished"], run["output"]) == (run.finished, run.output) == (True, load_example("Run")["output"])
    assert client.sent == ["POST /api/v1/runs?version=1.0"] + [f"GET /api/v1/runs/{RUN_ID}"] * 4
    assert json.loads(client.requests[0].content) == {
        "target": "workflows.extract-invoice",
        "input": {"a": 1},
        "overrides": {"steps": {}},
        "metadata": {"b": 2},
    }
    assert statuses == ["created", "running", "completed"]
    assert clock.sleeps == pytest.approx([0.2, 0.25, 0.3125], rel=1e-4)


def test_run_and_wait_for_an_agent(make_client: MakeClient, clock: FakeClock) -> None:
    client = make_client(serve_run())
    client.call(lambda c: c.run_and_wait("agents.receipt-sorter", trigger="cli", files={"a": {"fileId": "fil_1"}}))
    assert json.loads(client.requests[0].content) == {
        "target": "agents.receipt-sorter",
        "input": {},
        "files": {"a": {"fileId": "fil_1"}},
    }
    assert client.requests[0].headers["x-eigenpal-trigger"] == "cli"
    assert clock.sleeps == []


@pytest.mark.parametrize("final", FINAL)
@pytest.mark.parametrize("act", WAIT)
def test_on_update_is_called_for_every_status(
    make_client: MakeClient, clock: FakeClock, act: Callable[..., Any], final: str
) -> None:
    client = make_client(serve_run(*map(run_json, IN_PROGRESS), run_json(final), run_json("running")))
    statuses: list[tuple[str, bool]] = []

    def on_update(run: Run) -> None:
        statuses.append((run.execution.status, run.finished))

    run = client.call(lambda c: act(c, on_update=on_update))
    assert (run.execution.status, run.finished) == (final, True)
    assert statuses == [*((status, False) for status in IN_PROGRESS), (final, True)]
    assert len(clock.sleeps) == len(IN_PROGRESS)


@pytest.mark.parametrize("final", FINAL)
def test_watch_yields_each_status_up_to_a_final_one(make_client: MakeClient, clock: FakeClock, final: str) -> None:
    statuses = [IN_PROGRESS[0], *IN_PROGRESS, final, "running"]
    client = make_client(serve_run(*map(run_json, statuses)))
    runs = client.collect(lambda c: c.runs.watch("run_w01"))
    assert [run.execution.status for run in runs] == [*IN_PROGRESS, final]
    assert runs[-1].to_dict() == run_json(final)


@pytest.mark.parametrize("act", WAIT)
def test_a_failed_run_is_returned_or_raised(make_client: MakeClient, clock: FakeClock, act: Callable[..., Any]) -> None:
    client = make_client(serve_run(run_json("failed", error="no pages")))
    run = client.call(act)
    assert (run.execution.status, run.error) == ("failed", "no pages")
    with pytest.raises(EigenpalRunFailedError, match="ended with status failed: no pages") as caught:
        client.call(lambda c: act(c, raise_on_failure=True))
    assert caught.value.run == run
    assert clock.sleeps == []


@pytest.mark.parametrize("act", WAIT)
def test_a_wait_times_out(make_client: MakeClient, clock: FakeClock, act: Callable[..., Any]) -> None:
    client = make_client(serve_run(run_json("running")))
    with pytest.raises(EigenpalTimeoutError) as caught:
        client.call(lambda c: act(c, timeout_seconds=7, poll_interval_seconds=3))
    assert caught.value.run_id == RUN_ID
    assert caught.value.last_run == Run.from_dict(run_json("running"))
    assert sum(clock.sleeps) == pytest.approx(7)


@pytest.mark.parametrize("act", WAIT)
def test_transient_errors_are_retried(make_client: MakeClient, clock: FakeClock, act: Callable[..., Any]) -> None:
    outage: list[Any] = [
        httpx.ConnectError("refused"),
        httpx.ReadTimeout("slow"),
        httpx.ReadError("reset"),
        httpx.Response(500, json={"error": "x"}),
        httpx.Response(502, json={}),
        httpx.Response(429, json={}),
        httpx.Response(408, json={}),
    ]
    client = make_client(serve_run(run_json("running"), *outage, run_json("completed")))
    assert client.call(act).finished
    assert len(clock.sleeps) == len(outage) + 1


@pytest.mark.parametrize("act", WAIT)
def test_a_permanent_error_ends_the_wait(make_client: MakeClient, clock: FakeClock, act: Callable[..., Any]) -> None:
    client = make_client(
        serve_run(run_json("running"), httpx.Response(403, json=load_example("ApiErrorEnvelope.forbidden")))
    )
    with pytest.raises(EigenpalForbiddenError) as caught:
        client.call(act)
    if sys.version_info >= (3, 11):
        assert RUN_ID in caught.value.__notes__[0]


@pytest.mark.parametrize("act", START_AND_WAIT)
def test_a_failed_start_is_not_retried(make_client: MakeClient, clock: FakeClock, act: Callable[..., Any]) -> None:
    client = make_client(serve_run(start=httpx.Response(502, json={})), max_retries=3)
    with pytest.raises(EigenpalServerError, match="may have started") as caught:
        client.call(act)
    assert caught.value.outcome_unknown
    assert len(client.requests) == 1


@pytest.mark.parametrize("act", START_AND_WAIT)
def test_a_404_right_after_the_start_is_retried(
    make_client: MakeClient, clock: FakeClock, act: Callable[..., Any]
) -> None:
    missing = httpx.Response(404, json=load_example("ApiErrorEnvelope.not_found"))
    client = make_client(serve_run(missing, missing, run_json("completed")))
    assert client.call(act).finished


@pytest.mark.parametrize("is_rerun", [False, True])
def test_a_404_in_a_later_wait_is_retried_for_ten_seconds(
    make_client: MakeClient, clock: FakeClock, is_rerun: bool
) -> None:
    missing = httpx.Response(404, json=load_example("ApiErrorEnvelope.not_found"))
    client = make_client(serve_run(missing, run_json("completed"), missing, run_json("completed"), missing, missing))
    started = client.call(lambda c: c.rerun("run_0") if is_rerun else c.run("workflows.x"))
    assert client.call(lambda c: c.runs.wait(started.id)).finished
    assert client.call(lambda c: c.with_options(max_retries=0).runs.wait(started.id)).finished
    with pytest.raises(EigenpalNotFoundError):
        client.call(lambda c: c.runs.wait("run_other"))
    clock.sleep(10)
    with pytest.raises(EigenpalNotFoundError):
        client.call(lambda c: c.with_options(max_retries=0).runs.wait(started.id))


@pytest.mark.parametrize("act", [*WAIT, watch])
def test_a_response_about_another_run_is_refused(
    make_client: MakeClient, clock: FakeClock, act: Callable[..., Any]
) -> None:
    other = run_json("completed", id="run_other")
    client = make_client(serve_run(run_json("running"), httpx.Response(200, json=other, headers={"x-request-id": "q"})))
    with pytest.raises(EigenpalResponseError) as caught:
        client.collect(act) if act is watch else client.call(act)
    error = caught.value
    assert error.message == f"the response to runs.get is about the run 'run_other', not {RUN_ID!r}"
    assert (error.field, error.body, error.status, error.request_id) == ("id", other, 200, "q")
    assert len(clock.sleeps) == 1


@pytest.mark.parametrize("act", WAIT)
def test_a_short_run_is_seen_soon(make_client: MakeClient, clock: FakeClock, act: Callable[..., Any]) -> None:
    began = clock.now

    def respond(request: httpx.Request) -> httpx.Response:
        return serve_run(run_json("completed" if clock.now - began >= 0.3 else "running"))(request)

    assert make_client(respond).call(act).finished
    assert clock.now - began <= 0.5


@pytest.mark.parametrize("act", WAIT)
def test_a_wait_that_slept_past_its_deadline_polls_once_more(
    make_client: MakeClient, clock: FakeClock, act: Callable[..., Any]
) -> None:
    client = make_client(serve_run(run_json("running"), run_json("completed")))
    client.client._transport._environment = clock.environment
    clock.suspended_seconds = 3600
    assert client.call(act).finished
    assert len(clock.sleeps) == 1


@pytest.mark.parametrize("is_finished", [True, False])
def test_a_slow_consumer_of_watch_gets_the_last_status(
    make_client: MakeClient, clock: FakeClock, is_finished: bool
) -> None:
    client = make_client(serve_run(run_json("running"), run_json("completed" if is_finished else "finalizing")))
    client.client._transport._environment = clock.environment
    statuses: list[str] = []

    async def consume(runs: AsyncIterator[Run]) -> None:
        async for run in runs:
            statuses.append(run.execution.status)
            clock.now += 60

    def consume_all(c: Any) -> Any:
        runs = c.runs.watch(RUN_ID, timeout_seconds=30)
        if client.is_async:
            return consume(runs)
        for run in runs:
            statuses.append(run.execution.status)
            clock.now += 60
        return None

    with nullcontext() if is_finished else pytest.raises(EigenpalTimeoutError, match="known status is finalizing"):
        client.call(consume_all)
    assert statuses == ["running", "completed" if is_finished else "finalizing"]
    assert len(client.requests) == 2


def test_watch_times_out(make_client: MakeClient, clock: FakeClock) -> None:
    client = make_client(serve_run(run_json("running")))
    with pytest.raises(EigenpalTimeoutError) as caught:
        client.collect(lambda c: c.runs.watch("run_w01", timeout_seconds=5, poll_interval_seconds=1))
    assert caught.value.run_id == "run_w01"


@pytest.mark.parametrize("act", WAIT)
def test_an_interrupt_names_the_run_and_does_not_cancel_it(
    make_client: MakeClient, clock: FakeClock, act: Callable[..., Any], caplog: pytest.LogCaptureFixture
) -> None:
    client = make_client(serve_run(run_json("running")))
    if client.is_async:
        clock.error = asyncio.CancelledError()
    else:
        clock.error = KeyboardInterrupt()
    with pytest.raises(type(clock.error)) as caught:
        client.call(act)
    text = read_note(caught.value, caplog)
    # What asyncio.run raises for a cancelled task is an exception of its own.
    assert f"resume with client.runs.wait('{RUN_ID}')" in text or client.is_async
    assert f"resume with client.runs.wait('{RUN_ID}')" in read_note(clock.error, caplog)
    assert len(clock.sleeps) == 1
    assert not [line for line in client.sent if "cancel" in line]


@pytest.mark.parametrize("act", WAIT)
def test_an_error_of_on_update_ends_the_wait(
    make_client: MakeClient, clock: FakeClock, act: Callable[..., Any], caplog: pytest.LogCaptureFixture
) -> None:
    client = make_client(serve_run(run_json("running")))

    def fail(run: Run) -> None:
        raise ZeroDivisionError(run.id)

    with pytest.raises(ZeroDivisionError) as caught:
        client.call(lambda c: act(c, on_update=fail))
    assert RUN_ID in read_note(caught.value, caplog)
    assert clock.sleeps == []


@pytest.mark.parametrize("act", WAIT)
def test_the_synchronous_client_refuses_a_coroutine_function(act: Callable[..., Any]) -> None:
    client = EitherClient("sync", serve_run())

    async def on_update(run: Run) -> None:
        raise AssertionError(run)

    with pytest.raises(
        TypeError, match=r"on_update must not be a coroutine function; use AsyncEigenpalClient for that$"
    ):
        client.call(lambda c: act(c, on_update=on_update))
    assert client.sent == []


def test_the_asynchronous_client_awaits_on_update(clock: FakeClock) -> None:
    client = EitherClient("async", serve_run(run_json("running"), run_json("completed")))
    statuses: list[str] = []

    async def on_update(run: Run) -> None:
        await asyncio.sleep(0)
        statuses.append(run.execution.status)

    client.call(lambda c: c.runs.wait("run_w01", on_update=on_update))
    assert statuses == ["running", "completed"]


def test_failed_polls_are_logged(make_client: MakeClient, clock: FakeClock, caplog: pytest.LogCaptureFixture) -> None:
    client = make_client(serve_run(httpx.Response(502, json={}), run_json("completed")))
    with caplog.at_level(logging.INFO, "eigenpal"):
        client.call(lambda c: c.runs.wait("run_w01"))
    assert "polling run run_w01 failed: EigenpalServerError; retrying" in caplog.text


def test_the_time_limit_limits_each_request(make_client: MakeClient) -> None:
    limits: list[float] = []

    def respond(request: httpx.Request) -> httpx.Response:
        limits.append(request.extensions["timeout"]["read"])
        return httpx.Response(200 if request.method == "GET" else 201, json=run_json("completed"))

    client = make_client(respond)
    client.call(lambda c: run_and_wait(c, timeout_seconds=5))
    client.call(lambda c: run_workflow(c, timeout_seconds=5))
    client.call(lambda c: wait(c, timeout_seconds=5))
    assert len(limits) == 5
    assert all(0 < limit <= 5 for limit in limits)
