"""`on_response`: what it is called with, how often, and that it costs nobody a response."""

from __future__ import annotations

import copy
import io
import logging
import pickle
import sys
import threading
from collections.abc import AsyncIterator, Callable
from contextvars import ContextVar
from functools import partial
from typing import Any, cast

import anyio
import httpx
import pytest

from eigenpal import AsyncEigenpalClient, EigenpalClient
from eigenpal.errors import EigenpalConnectionError, EigenpalError
from eigenpal.types import ResponseInfo
from tests.support.either_client import EitherClient
from tests.support.examples import load_example, run_json, serve_run
from tests.support.fake_clock import FakeClock
from tests.support.script import RequestHandler, Script, error_response, ok

from .conftest import MakeClient

KEY = "sk_live_0123456789"
RUN = "/api/v1/runs/run_w01"
FILE = f"{RUN}/artifacts/output/a.pdf"


def serve_file(*statuses: int) -> Script:
    return Script(*(httpx.Response(status, content=b"%PDF", headers={"x-request-id": "req_1"}) for status in statuses))


def serve_pages() -> Script:
    row = load_example("RunsListResponse")["runs"][0]
    pages = [{"runs": [{**row, "id": f"run_{cursor}"}], "nextCursor": cursor} for cursor in ("c2", None)]
    return Script(*(ok(page, **{"x-request-id": "req_1"}) for page in pages))


Report = tuple[str, str, str, int]
"""Operation, method, path and status."""


def cut_off(request: httpx.Request) -> httpx.Response:
    return httpx.Response(201, stream=httpx.ByteStream(b'{"id":'), headers={"content-length": "1000"})


def compress(request: httpx.Request) -> httpx.Response:
    return httpx.Response(200, headers={"content-encoding": "br"}, stream=httpx.ByteStream(b""))


def get_run(client: Any) -> Any:
    return client.runs.get("run_w01")


def get_run_with(used: Any, client: Any) -> Any:
    return get_run(used)


def start(client: Any) -> Any:
    return client.run("workflows.x")


def download(client: Any) -> Any:
    return client.runs.artifacts.download("run_w01", "output/a.pdf", to=io.BytesIO())


CASES: dict[str, tuple[Callable[[Any], Any], Callable[[], RequestHandler], list[Report]]] = {
    "a model": (get_run, lambda: serve_run(), [("runs.get", "GET", RUN, 200)]),
    "a dict": (lambda c: c.request("GET", RUN), lambda: Script(ok({"a": 1})), [("request", "GET", RUN, 200)]),
    "bytes": (
        lambda c: c.runs.artifacts.download("run_w01", "output/a.pdf"),
        lambda: serve_file(200),
        [("runs.artifacts.download", "GET", FILE, 200)],
    ),
    "a file": (download, lambda: serve_file(200), [("runs.artifacts.download", "GET", FILE, 200)]),
    "a file that is not there": (download, lambda: serve_file(404), [("runs.artifacts.download", "GET", FILE, 404)]),
    "a start": (start, lambda: serve_run(), [("run", "POST", "/api/v1/runs", 201)]),
    "a refused start": (start, lambda: Script(error_response(400)), [("run", "POST", "/api/v1/runs", 400)]),
    "retries": (
        get_run,
        lambda: Script(error_response(500), error_response(429), ok()),
        [("runs.get", "GET", RUN, 200)],
    ),
    "retries without success": (get_run, lambda: Script(error_response(503)), [("runs.get", "GET", RUN, 503)]),
    "a failed attempt before": (
        get_run,
        lambda: Script(httpx.ConnectError("refused"), error_response(404)),
        [("runs.get", "GET", RUN, 404)],
    ),
    "a redirect": (
        get_run,
        lambda: Script(httpx.Response(307, headers={"location": f"{RUN}?x=1"}), ok(load_example("Run"))),
        [("runs.get", "GET", RUN, 200)],
    ),
    "a refused redirect": (
        start,
        lambda: Script(httpx.Response(307, headers={"location": "/elsewhere"})),
        [("run", "POST", "/api/v1/runs", 307)],
    ),
    "HTML": (get_run, lambda: Script(httpx.Response(200, html="<p>")), [("runs.get", "GET", RUN, 200)]),
    "broken JSON": (
        get_run,
        lambda: Script(httpx.Response(201, text="{", headers={"content-type": "application/json"})),
        [("runs.get", "GET", RUN, 201)],
    ),
    "the wrong outline": (get_run, lambda: Script(ok([1])), [("runs.get", "GET", RUN, 200)]),
    "a truncated body": (start, lambda: cut_off, [("run", "POST", "/api/v1/runs", 201)]),
    "a compression that was not requested": (
        start,
        lambda: compress,
        [("run", "POST", "/api/v1/runs", 200)],
    ),
    "nothing": (get_run, lambda: Script(httpx.ConnectError("refused")), []),
    "nothing in the end": (get_run, lambda: Script(error_response(503), httpx.ReadTimeout("")), []),
    "an invalid argument": (lambda c: c.runs.get(""), lambda: Script(ok()), []),
}


@pytest.mark.parametrize(("act", "make_handler", "expected"), CASES.values(), ids=CASES)
def test_it_is_called_once_with_the_last_response(
    make_client: MakeClient,
    monkeypatch: pytest.MonkeyPatch,
    act: Callable[[Any], Any],
    make_handler: Callable[[], RequestHandler],
    expected: list[Report],
) -> None:
    seen: list[ResponseInfo] = []
    client = make_client(make_handler(), on_response=seen.append, max_retries=2)
    skip_pauses(monkeypatch, client)
    status = seen_status = 0
    try:
        client.call(act)
    except EigenpalError as error:
        status = error.status
    except ValueError:
        pass
    assert [(info.operation, info.method, info.path, info.status) for info in seen] == expected
    for info in seen:
        seen_status = info.status
        assert info.attempts == len([request for request in client.requests if "x=1" not in str(request.url)])
        assert info.seconds >= 0
    # The status of an error is that of its response.
    assert status in (0, seen_status)


def skip_pauses(monkeypatch: pytest.MonkeyPatch, client: EitherClient) -> None:
    time = FakeClock()
    monkeypatch.setattr(
        client.client._poller.transport, "_sleep", time.async_sleep if client.is_async else time.sleep, raising=True
    )


def test_it_is_called_for_every_page(make_client: MakeClient) -> None:
    seen: list[ResponseInfo] = []
    client = make_client(serve_pages(), on_response=seen.append)
    assert len(client.collect(lambda c: c.runs.iter(status="completed"))) == 2
    assert [(info.operation, info.path) for info in seen] == [("runs.list", "/api/v1/runs")] * 2


def test_it_is_called_for_every_poll(make_client: MakeClient, clock: FakeClock) -> None:
    seen: list[ResponseInfo] = []
    client = make_client(serve_run(run_json("running"), error_response(502), run_json("completed")))
    observed = client.client.with_options(on_response=seen.append)
    client.call(lambda _: observed.run_and_wait("workflows.x"))
    assert [(info.operation, info.status) for info in seen] == [
        ("run", 201),
        ("runs.get", 200),
        ("runs.get", 502),
        ("runs.get", 200),
    ]


@pytest.mark.parametrize("status", [200, 404])
def test_it_is_called_when_a_stream_begins(make_client: MakeClient, status: int) -> None:
    seen: list[ResponseInfo] = []
    client = make_client(serve_file(status), on_response=seen.append)

    def open_stream(opened: Any) -> Any:
        return opened.runs.artifacts.stream("run_w01", "output/a.pdf")

    if status == 200:
        chunks, stream = client.read_stream(open_stream)
        assert b"".join(chunks) == b"%PDF"
        assert stream.headers == dict(seen[0].headers)
    else:
        with pytest.raises(EigenpalError):
            client.read_stream(open_stream)
    assert [(info.operation, info.status, info.request_id) for info in seen] == [
        ("runs.artifacts.download", status, "req_1")
    ]


def test_a_file_that_cannot_be_written_was_a_response_too(make_client: MakeClient) -> None:
    class FullDisk(io.BytesIO):
        def write(self, data: Any, /) -> int:
            raise OSError("no space left")

    seen: list[ResponseInfo] = []
    client = make_client(serve_file(200), on_response=seen.append)
    with pytest.raises(OSError, match="no space left"):
        client.call(lambda c: c.runs.artifacts.download("run_w01", "output/a.pdf", to=FullDisk()))
    assert [info.status for info in seen] == [200]


def test_a_resumed_download_counts_its_attempts(make_client: MakeClient, monkeypatch: pytest.MonkeyPatch) -> None:
    headers = {"etag": '"1"', "accept-ranges": "bytes", "content-length": "8"}
    first = httpx.Response(200, headers=headers, stream=httpx.ByteStream(b"%PDF"))
    rest = httpx.Response(206, headers={"etag": '"1"', "content-range": "bytes 4-7/8"}, content=b"-1.7")
    seen: list[ResponseInfo] = []
    client = make_client(Script(lambda _: first, rest), on_response=seen.append, max_retries=1)
    skip_pauses(monkeypatch, client)
    assert client.call(download) == 8
    assert [(info.status, info.attempts) for info in seen] == [(206, 2)]


# --- what it is called with -------------------------------------------------------------------------------------------


def test_the_description_of_a_response(make_client: MakeClient) -> None:
    headers = [
        ("X-Request-Id", f"req_{KEY}"),
        ("X-Echo", f"Bearer {KEY}"),
        ("X-Gateway", "gateway-credential-1"),
        ("Set-Cookie", "session=1"),
        ("Set-Cookie", "other=2"),
    ]
    seen: list[ResponseInfo] = []
    client = make_client(
        Script(httpx.Response(200, json={"runs": [], "nextCursor": None}, headers=headers)),
        on_response=seen.append,
        api_key=KEY,
        default_headers={"X-Own": "gateway-credential-1"},
    )
    client.call(lambda c: c.runs.list(source="private"))
    client.call(lambda c: c.runs.artifacts.download(KEY, "a"))
    info = seen[0]
    assert info.headers["X-REQUEST-ID"] == info.headers["x-request-id"] == info.request_id == "req_***"
    assert info.headers.get("Set-Cookie") == "session=1, other=2"
    assert "X-Echo" in info.headers
    assert cast("Any", 5) not in info.headers
    assert len(info.headers) == len(list(info.headers)) == len(dict(info.headers))
    assert seen[1].path == "/api/v1/runs/***/artifacts/a"
    for shown in (repr(seen), repr(info.headers), str(dict(info.headers)), str(pickle.dumps(seen))):
        assert KEY not in shown
        assert "private" not in shown
        assert "gateway-credential" not in shown
    assert "session" not in repr(info.headers)
    assert repr(info) == (
        "ResponseInfo(operation='runs.list', method='GET', path='/api/v1/runs', status=200, request_id='req_***', "
        f"attempts=1, seconds={info.seconds:.3f})"
    )
    for twin in (pickle.loads(pickle.dumps(info)), copy.copy(info), copy.deepcopy(info)):
        assert twin == info
        assert hash(twin) == hash(info)
        assert twin.headers["X-Request-Id"] == "req_***"
    with pytest.raises(AttributeError):
        info.status = 500  # type: ignore[misc]  # pyright: ignore[reportAttributeAccessIssue]
    with pytest.raises(TypeError):
        info.headers["x"] = "y"  # type: ignore[index]  # pyright: ignore[reportIndexIssue]
    assert not hasattr(info, "__dict__")


def test_long_values_do_not_make_a_long_repr() -> None:
    info = ResponseInfo(
        operation="request",
        method="GET",
        path="/api/v1/" + "a" * 9000,
        status=200,
        headers={"X-Long": "b" * 9000},
        request_id="c" * 9000,
        attempts=1,
        seconds=0.25,
    )
    assert len(repr(info)) < 400
    assert info.headers["x-long"] == "b" * 9000


@pytest.mark.parametrize("in_body", [True, False])
def test_the_request_id_is_that_of_the_error(make_client: MakeClient, in_body: bool) -> None:
    body: dict[str, Any] = {"issues": [], **({"requestId": "req_body"} if in_body else {})}
    seen: list[ResponseInfo] = []
    client = make_client(
        Script(httpx.Response(404, json=body, headers={"x-request-id": "req_header"})), on_response=seen.append
    )
    with pytest.raises(EigenpalError) as caught:
        client.call(get_run)
    assert seen[0].request_id == caught.value.request_id == ("req_body" if in_body else "req_header")


# --- callbacks --------------------------------------------------------------------------------------------------------


class AsyncCallable:
    def __init__(self, seen: list[ResponseInfo]) -> None:
        self.seen = seen

    async def __call__(self, info: ResponseInfo) -> None:
        await anyio.lowlevel.checkpoint()
        self.seen.append(info)


async def note_async(seen: list[ResponseInfo], info: ResponseInfo) -> None:
    await anyio.lowlevel.checkpoint()
    seen.append(info)


ASYNC_CALLBACKS: list[Callable[[list[ResponseInfo]], Any]] = [
    AsyncCallable,
    lambda seen: AsyncCallable(seen).__call__,
    lambda seen: partial(note_async, seen),
    lambda seen: partial(AsyncCallable(seen)),
]


@pytest.mark.parametrize("make", ASYNC_CALLBACKS)
def test_coroutine_functions_are_awaited_or_refused(make_client: MakeClient, make: Any) -> None:
    seen: list[ResponseInfo] = []
    plain = make_client(serve_run())
    if plain.is_async:
        plain.call(lambda c: c.with_options(on_response=make(seen)).runs.get("run_w01"))
        assert [info.status for info in seen] == [200]
        return
    message = "on_response must not be a coroutine function; use AsyncEigenpalClient"
    with pytest.raises(TypeError, match=message):
        make_client(serve_run(), on_response=make(seen))
    with pytest.raises(TypeError, match=message):
        plain.client.with_options(on_response=make(seen))


@pytest.mark.filterwarnings("error")
def test_a_function_that_returns_a_coroutine(make_client: MakeClient, caplog: pytest.LogCaptureFixture) -> None:
    seen: list[ResponseInfo] = []

    def note(info: ResponseInfo) -> object:
        return note_async(seen, info)

    client = make_client(serve_run(), on_response=note)
    assert client.call(get_run).id
    assert len(seen) == client.is_async
    assert ("use AsyncEigenpalClient" in caplog.text) is not client.is_async


@pytest.mark.parametrize("kind", [EigenpalClient, AsyncEigenpalClient])
@pytest.mark.parametrize("given", [5, "print", [], True])
def test_what_cannot_be_called_is_refused(kind: type[Any], given: object) -> None:
    with pytest.raises(TypeError, match=f"on_response must be callable, not {type(given).__name__}"):
        kind(api_key=KEY, on_response=given)
    with pytest.raises(TypeError, match=f"on_response must be callable, not {type(given).__name__}"):
        kind(api_key=KEY).with_options(on_response=given)


def test_with_options_keeps_replaces_and_removes_it(make_client: MakeClient) -> None:
    first: list[ResponseInfo] = []
    second: list[ResponseInfo] = []
    client = make_client(serve_run(), on_response=first.append)
    kept = client.client.with_options(timeout_seconds=5)
    replaced = kept.with_options(on_response=second.append)
    removed = replaced.with_options(on_response=False)
    for used, counts in ((kept, (1, 0)), (replaced, (1, 1)), (removed, (1, 1)), (client.client, (2, 1))):
        client.call(partial(get_run_with, used))
        assert (len(first), len(second)) == counts


@pytest.mark.parametrize("error", [ValueError("mine"), StopIteration(), EigenpalError("mine"), RecursionError()])
@pytest.mark.parametrize("response", [ok(load_example("Run")), error_response(404)])
def test_exceptions_are_logged_and_cost_nobody_a_response(
    make_client: MakeClient, caplog: pytest.LogCaptureFixture, error: Exception, response: httpx.Response
) -> None:
    def fail(info: ResponseInfo) -> None:
        raise error

    client = make_client(Script(response), on_response=fail)
    if response.status_code == 200:
        assert client.call(get_run).id
    else:
        with pytest.raises(EigenpalError, match="Something is wrong") as caught:
            client.call(get_run)
        assert caught.value.__context__ is None
    [record] = caplog.records
    assert (record.name, record.levelno) == ("eigenpal", logging.ERROR)
    assert record.getMessage() == "on_response failed for runs.get; the call is not affected"
    assert record.exc_info is not None


@pytest.mark.parametrize("error", [KeyboardInterrupt(), SystemExit(1)])
def test_interrupts_pass(make_client: MakeClient, error: BaseException) -> None:
    def fail(info: ResponseInfo) -> None:
        raise error

    client = make_client(serve_run(), on_response=fail)
    with pytest.raises(type(error)) as caught:
        client.call(start)
    if sys.version_info >= (3, 11):
        # The caller does not have the id of the run that was started.
        assert "The run may have started" in caught.value.__notes__[0]
    with pytest.raises(type(error)):
        client.read_stream(lambda c: c.runs.artifacts.stream("run_w01", "output/a.pdf"))


def test_cancelling_a_call_cancels_its_callback() -> None:
    ended: list[str] = []

    async def wait(info: ResponseInfo) -> None:
        try:
            await anyio.sleep_forever()
        finally:
            ended.append(info.operation)

    client = EitherClient("async", serve_run(), on_response=wait)

    async def act(used: Any) -> bool:
        with anyio.move_on_after(0.01) as scope:
            await used.runs.get("run_w01")
        return scope.cancelled_caught

    assert client.call(act)
    assert ended == ["runs.get"]


def test_calls_of_the_callback_are_not_reported(make_client: MakeClient) -> None:
    """Otherwise a callback that calls the client would be called for ever."""
    seen: list[str] = []
    client = make_client(serve_run())

    def call_again(info: ResponseInfo) -> Any:
        seen.append(info.operation)
        return observed.runs.trace.get("run_w01")

    async def await_again(info: ResponseInfo) -> None:
        for _ in range(2):
            await call_again(info)

    observed: Any = client.client.with_options(on_response=await_again if client.is_async else call_again)
    for _ in range(2):
        assert client.call(lambda _: observed.runs.get("run_w01")).id
    assert seen.count("runs.get") == 2
    assert set(seen) == {"runs.get"}


def test_the_callback_may_close_the_client(make_client: MakeClient) -> None:
    client = make_client(serve_run())

    def close(info: ResponseInfo) -> Any:
        return observed.aclose() if client.is_async else observed.close()

    observed: Any = client.client.with_options(on_response=close)
    assert client.call(lambda _: observed.runs.get("run_w01")).id
    with pytest.raises(EigenpalError, match="closed"):
        client.call(lambda _: observed.runs.get("run_w01"))


def test_the_callback_runs_in_the_context_of_the_call(make_client: MakeClient) -> None:
    """Trace libraries keep the current span in a context variable."""
    attempts: ContextVar[int] = ContextVar("attempts", default=0)

    def note(info: ResponseInfo) -> None:
        attempts.set(attempts.get() + info.attempts)

    client = make_client(serve_run(), on_response=note)

    async def act_async(used: Any) -> int:
        await used.runs.get("run_w01")
        return attempts.get()

    def act(used: Any) -> int:
        used.runs.get("run_w01")
        return attempts.get()

    assert client.call(act_async if client.is_async else act) == 1


def test_it_is_called_in_the_thread_of_the_call() -> None:
    seen: list[tuple[int, str]] = []
    expected: list[tuple[int, str]] = []

    def note(info: ResponseInfo) -> None:
        seen.append((threading.get_ident(), info.path))

    client = EitherClient("sync", serve_run(), on_response=note)

    def work(number: int) -> None:
        expected.append((threading.get_ident(), f"/api/v1/runs/run_{number}"))
        client.client.runs.get(f"run_{number}")

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(seen) == sorted(expected)


def test_a_response_whose_body_is_late_was_a_response() -> None:
    class LateBody(httpx.AsyncByteStream):
        async def __aiter__(self) -> AsyncIterator[bytes]:
            yield b"{"
            await anyio.sleep_forever()

    seen: list[ResponseInfo] = []
    client = EitherClient("async", lambda _: httpx.Response(200, stream=LateBody()), on_response=seen.append)
    with pytest.raises(EigenpalError, match="did not finish within"):
        client.call(lambda c: c.runs.wait("run_w01", timeout_seconds=0.05))
    assert {info.status for info in seen} == {200}


def test_connection_errors_are_not_reported(make_client: MakeClient) -> None:
    seen: list[ResponseInfo] = []
    client = make_client(Script(httpx.ConnectError("refused")), on_response=seen.append)
    with pytest.raises(EigenpalConnectionError):
        client.read_stream(lambda c: c.runs.artifacts.stream("run_w01", "output/a.pdf"))
    assert seen == []
