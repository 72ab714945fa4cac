"""The idempotency key of a start: on the wire, in the metadata of the run, and in its errors."""

from __future__ import annotations

import io
import json
import pickle
import re
import uuid
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import pytest

from eigenpal.errors import (
    EigenpalConnectionError,
    EigenpalError,
    EigenpalResponseError,
    EigenpalRunFailedError,
    EigenpalServerError,
    EigenpalTimeoutError,
)
from tests.support.examples import load_example, run_json, serve_run
from tests.support.fake_clock import FakeClock
from tests.support.multipart import parse_multipart
from tests.support.notes import read_note
from tests.support.script import Script, error_response

from .conftest import MakeClient

FILE = {"content": b"abc", "filename": "a.txt"}
METADATA = "eigenpal_idempotency_key"

Act = Callable[..., Any]
Call = Callable[[Any], Any]


def run(c: Any, **options: Any) -> Any:
    return c.run("workflows.x", {"a": 1}, **options)


def run_and_wait(c: Any, **options: Any) -> Any:
    return c.run_and_wait("workflows.x", {"a": 1}, **options)


def execute(c: Any, **options: Any) -> Any:
    return c.workflows.executions.run_and_wait("x", {"a": 1}, **options)


def rerun(c: Any, **options: Any) -> Any:
    return c.rerun("run_0", **options)


WAITS: dict[str, Act] = {"run_and_wait": run_and_wait, "executions.run_and_wait": execute}
STARTS: dict[str, Act] = {"run": run, **WAITS}
ALL: dict[str, Act] = {**STARTS, "rerun": rerun}
POSTS: list[Call] = [
    lambda c: c.agents.create(name="A", slug="a"),
    lambda c: c.runs.cancel("run_1"),
    lambda c: c.request("POST", "/api/v1/things"),
    lambda c: c.request("POST", "/api/v1/things", idempotency_key="order 17"),
    lambda c: c.request("POST", "/api/v1/things", to=io.BytesIO()),
]
OTHERS: list[Call] = [lambda c: c.runs.get("run_1"), lambda c: c.request("PUT", "/api/v1/things", json={})]
READS: list[Call] = [lambda c: c.runs.get("run_9"), lambda c: c.runs.wait("run_9")]


def parametrize(acts: dict[str, Act]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("act", acts.values(), ids=acts)


# --- what is sent -----------------------------------------------------------------------------------------------------


@parametrize(STARTS)
def test_a_key_is_a_header_and_metadata(make_client: MakeClient, act: Act) -> None:
    client = make_client(serve_run())
    client.call(lambda c: act(c, idempotency_key="order 17", metadata={"ticket": "T-1"}))
    assert client.requests[0].headers.get_list("Idempotency-Key") == ["order 17"]
    assert json.loads(client.requests[0].content)["metadata"] == {"ticket": "T-1", METADATA: "order 17"}


def test_a_key_of_an_upload(make_client: MakeClient) -> None:
    client = make_client(serve_run())
    client.call(lambda c: c.run("workflows.x", {"a": FILE}, idempotency_key="order 17"))
    (request,) = client.requests
    parts = {part.name: part.content for part in parse_multipart(request.content, request.headers["Content-Type"])}
    assert request.headers["Idempotency-Key"] == "order 17"
    assert json.loads(parts["metadata"]) == {METADATA: "order 17"}


def test_a_key_of_a_rerun_is_only_a_header(make_client: MakeClient) -> None:
    client = make_client(serve_run())
    client.call(lambda c: c.rerun("run_0", idempotency_key="order 17"))
    assert client.requests[0].headers["Idempotency-Key"] == "order 17"
    assert client.requests[0].content == b""


@parametrize(STARTS)
def test_a_start_without_a_key_has_no_metadata(make_client: MakeClient, act: Act) -> None:
    client = make_client(serve_run())
    client.call(act)
    assert client.requests[0].content == b'{"target":"workflows.x","input":{"a":1}}'
    assert re.fullmatch("[0-9a-f]{32}", client.requests[0].headers["Idempotency-Key"])


@parametrize(ALL)
def test_a_key_has_precedence_over_default_headers(make_client: MakeClient, act: Act) -> None:
    client = make_client(serve_run(), default_headers={"idempotency-key": "default"})
    client.call(lambda c: act(c, idempotency_key="own"))
    client.call(act)
    starts = [request for request in client.requests if request.method == "POST"]
    assert [request.headers.get_list("Idempotency-Key") for request in starts] == [["own"], ["default"]]


@parametrize(ALL)
@pytest.mark.parametrize(
    ("key", "kind", "message"),
    [
        (17, TypeError, "idempotency_key must be a str, such as .* not int"),
        (uuid.UUID(int=1), TypeError, "not UUID"),
        (b"k", TypeError, "not bytes"),
        ("", ValueError, "is empty; pass a text that is unique to this start"),
        (" ", ValueError, "is empty"),
        (" k", ValueError, "printable ASCII without surrounding spaces"),
        ("Straße", ValueError, "is 'Straße'; it must be printable ASCII"),
        ("a\r\nX-Evil: 1", ValueError, "printable ASCII"),
        ("k" * 256, ValueError, "has 256 characters, the maximum is 255; pass a hash of it"),
    ],
)
def test_a_key_that_cannot_be_sent(
    make_client: MakeClient, act: Act, key: object, kind: type[Exception], message: str
) -> None:
    client = make_client(serve_run())
    with pytest.raises(kind, match=message):
        client.call(lambda c: act(c, idempotency_key=key))
    assert client.requests == []


@parametrize(STARTS)
@pytest.mark.parametrize("key", [{}, {"idempotency_key": "k"}])
def test_the_entry_of_the_metadata_is_reserved(make_client: MakeClient, act: Act, key: dict[str, str]) -> None:
    client = make_client(serve_run())
    with pytest.raises(ValueError, match=re.escape(f"metadata['{METADATA}'] is set by the client; pass its value as")):
        client.call(lambda c: act(c, metadata={METADATA: "k"}, **key))
    assert client.requests == []


# --- errors -----------------------------------------------------------------------------------------------------------

FAILURES: dict[str, tuple[httpx.Response | Exception, bool]] = {
    "400": (error_response(400), False),
    "404": (error_response(404), False),
    "429": (error_response(429), False),
    "503": (error_response(503), False),
    "500": (error_response(500), True),
    "504": (error_response(504), True),
    "reset": (httpx.ReadError("reset"), True),
    "timeout": (httpx.ReadTimeout("late"), True),
    "refused": (httpx.ConnectError("refused"), False),
    "HTML": (httpx.Response(200, html="<p>Hello</p>"), True),
    "wrong outline": (httpx.Response(201, json=[]), True),
    "redirect": (httpx.Response(307, headers={"Location": "/elsewhere"}), False),
}


@parametrize(ALL)
@pytest.mark.parametrize("failure", FAILURES)
@pytest.mark.parametrize("key", [{}, {"idempotency_key": "order 17"}], ids=["random", "own"])
def test_every_error_of_a_start_has_the_key_that_was_sent(
    make_client: MakeClient, act: Act, failure: str, key: dict[str, str]
) -> None:
    response, unknown = FAILURES[failure]
    client = make_client(Script(response))
    with pytest.raises(EigenpalError) as caught:
        client.call(lambda c: act(c, **key))
    error = caught.value
    assert error.idempotency_key == client.requests[0].headers["Idempotency-Key"]
    assert error.outcome_unknown is unknown
    copy = pickle.loads(pickle.dumps(error))
    assert (copy.idempotency_key, str(copy)) == (error.idempotency_key, str(error))


def test_the_key_of_default_headers_is_the_one_of_the_error(make_client: MakeClient) -> None:
    client = make_client(Script(error_response(500)), default_headers={"Idempotency-Key": "default"})
    with pytest.raises(EigenpalServerError, match=r"client\.runs\.list\(") as caught:
        client.call(run)
    assert caught.value.idempotency_key == "default"


def test_a_start_without_any_key(make_client: MakeClient) -> None:
    client = make_client(Script(error_response(500)), default_headers={"Idempotency-Key": None})
    with pytest.raises(EigenpalServerError) as caught:
        client.call(run)
    assert "Idempotency-Key" not in client.requests[0].headers
    assert caught.value.idempotency_key is None


@pytest.mark.parametrize("act", POSTS)
@pytest.mark.parametrize("failure", ["429", "500", "reset", "refused"])
def test_every_error_of_a_post_has_the_key_that_was_sent(make_client: MakeClient, act: Act, failure: str) -> None:
    client = make_client(Script(FAILURES[failure][0]))
    with pytest.raises(EigenpalError) as caught:
        client.call(act)
    assert caught.value.idempotency_key == client.requests[0].headers["Idempotency-Key"]


def test_an_interrupted_post_that_is_saved_may_have_taken_effect(
    make_client: MakeClient, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(KeyboardInterrupt) as caught:
        make_client(Script(raise_interrupt)).call(lambda c: c.request("POST", "/api/v1/things", to=io.BytesIO()))
    assert "The request may have taken effect" in read_note(caught.value, caplog)


@pytest.mark.parametrize("act", OTHERS)
def test_other_errors_have_no_key(make_client: MakeClient, act: Act) -> None:
    with pytest.raises(EigenpalServerError) as caught:
        make_client(Script(error_response(500))).call(act)
    assert caught.value.idempotency_key is None


def test_a_closed_client(make_client: MakeClient) -> None:
    client = make_client(serve_run())
    client.call(lambda c: c.aclose() if client.is_async else c.close())
    with pytest.raises(EigenpalError, match="closed") as caught:
        client.call(lambda c: c.run("workflows.x", idempotency_key="k"))
    assert (caught.value.idempotency_key, caught.value.outcome_unknown) == ("k", False)


@parametrize(WAITS)
@pytest.mark.parametrize(
    ("poll", "options", "kind"),
    [
        (run_json("running"), {"timeout_seconds": 5}, EigenpalTimeoutError),
        (run_json("failed"), {"raise_on_failure": True}, EigenpalRunFailedError),
        (error_response(403), {}, EigenpalError),
        (httpx.Response(200, json={"run": run_json("running")}), {}, EigenpalResponseError),
    ],
    ids=["timeout", "failed", "403", "older server"],
)
def test_errors_after_the_start(
    make_client: MakeClient, clock: FakeClock, act: Act, poll: Any, options: dict[str, Any], kind: type[EigenpalError]
) -> None:
    client = make_client(serve_run(poll))
    with pytest.raises(kind) as caught:
        client.call(lambda c: act(c, idempotency_key="order 17", **options))
    assert (caught.value.idempotency_key, caught.value.outcome_unknown) == ("order 17", False)


@pytest.mark.parametrize("status", ["running", "failed"])
def test_a_wait_without_a_start_has_no_key(make_client: MakeClient, clock: FakeClock, status: str) -> None:
    client = make_client(serve_run(run_json(status)))
    run_id = load_example("Run")["id"]
    with pytest.raises(EigenpalError) as caught:
        client.call(lambda c: c.runs.wait(run_id, timeout_seconds=5, raise_on_failure=True))
    assert caught.value.idempotency_key is None


@parametrize(WAITS)
def test_errors_of_callbacks_are_left_alone(make_client: MakeClient, clock: FakeClock, act: Act) -> None:
    def fail(run: object) -> None:
        raise EigenpalConnectionError("of another call")

    with pytest.raises(EigenpalConnectionError) as caught:
        make_client(serve_run()).call(lambda c: act(c, on_update=fail))
    assert caught.value.idempotency_key is None


# --- hints ------------------------------------------------------------------------------------------------------------


def hide_times(text: str) -> str:
    return re.sub(r"'\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ'", "TIME", text)


HINTS: list[tuple[Call, str]] = [
    (
        lambda c: c.run("agents.x@1.0.0", idempotency_key="order 17"),
        "The run may have started; before you start it again, look for it with client.runs.find_started("
        "'order 17', target='agents.x', started_after=TIME).",
    ),
    (
        lambda c: c.run({"type": "workflow", "slug": "a/b"}, {"f": FILE}, idempotency_key="k"),
        "The run may have started; before you start it again, look for it with client.runs.find_started("
        "'k', target='workflows.a.b', started_after=TIME).",
    ),
    (
        lambda c: c.run("agents.x"),
        "The run may have started; look for it with client.runs.list(type='agent', source='x', "
        "created_after=TIME) before starting it again. If you pass idempotency_key= to a start, "
        "client.runs.find_started can find its run.",
    ),
    (
        lambda c: c.run("workflows.a.b"),
        "The run may have started; look for it with client.runs.list(type='workflow', "
        "created_after=TIME) before starting it again. If you pass idempotency_key= to a start, "
        "client.runs.find_started can find its run.",
    ),
    (
        lambda c: c.rerun("run_0", idempotency_key="k"),
        "The run may have started; before you start it again, look in client.runs.list("
        "created_after=TIME) for a run whose execution.retry.previous_run_id is 'run_0'.",
    ),
]


@pytest.mark.parametrize(("act", "hint"), HINTS)
def test_what_to_do_if_a_run_may_have_started(
    make_client: MakeClient, act: Act, hint: str, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(EigenpalConnectionError) as caught:
        make_client(Script(httpx.ReadError("reset"))).call(act)
    assert hide_times(caught.value.hint or "") == hint
    with pytest.raises(KeyboardInterrupt) as interrupted:
        make_client(Script(raise_interrupt)).call(act)
    assert hint in hide_times(read_note(interrupted.value, caplog))


def raise_interrupt(request: httpx.Request) -> httpx.Response:
    raise KeyboardInterrupt


# --- responses of older servers ---------------------------------------------------------------------------------------


@parametrize(ALL)
@pytest.mark.parametrize(
    "body", [{"run": {"id": "run_9", "status": "pending"}}, {"runId": "run_9", "status": "pending"}]
)
def test_an_unusable_response_with_an_id_names_the_run(make_client: MakeClient, act: Act, body: dict[str, Any]) -> None:
    client = make_client(Script(httpx.Response(201, json=body)))
    with pytest.raises(EigenpalResponseError) as caught:
        client.call(act)
    assert "The run run_9 was started; read it with client.runs.get('run_9')." in str(caught.value)
    assert ("older version of the API" in str(caught.value)) is ("run" in body)
    assert (caught.value.outcome_unknown, len(client.requests)) == (True, 1)


@pytest.mark.parametrize("act", READS)
def test_a_wrapped_run_is_of_an_older_server(make_client: MakeClient, clock: FakeClock, act: Act) -> None:
    body = {"run": run_json("running", id="run_9")}
    client = make_client(Script(httpx.Response(200, json=body)))
    with pytest.raises(EigenpalResponseError, match="The server is older than this package supports") as caught:
        client.call(act)
    assert (caught.value.field, caught.value.body, len(client.requests)) == ("run", body, 1)


def test_include_is_sent_unchanged_with_a_warning(make_client: MakeClient) -> None:
    client = make_client(serve_run())

    def get(c: Any, include: object) -> Any:
        return c.runs.get("run_1", include=include)

    for value in ("detail", "detail,files", ["detail", "files"]):
        with pytest.warns(DeprecationWarning, match=r"include of runs\.get is deprecated") as caught:
            client.call(partial(get, include=value))
        # In this file for the synchronous client; the asynchronous one is awaited elsewhere.
        assert [Path(warning.filename).name for warning in caught] == [
            "event_loop.py" if client.is_async else Path(__file__).name
        ]
    client.call(lambda c: c.runs.get("run_1"))
    assert [request.url.params.get("include") for request in client.requests] == [
        "detail",
        "detail,files",
        "detail,files",
        None,
    ]
