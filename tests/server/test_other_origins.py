"""While a test uses an embedded server, no client reaches another one."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from eigenpal import AsyncEigenpalClient, EigenpalClient
from eigenpal.testing import EigenpalServer, RequestBlocked
from tests.support.event_loop import EventLoop
from tests.support.faulty_server import FaultyServer, encode_response, respond

from .test_plugin import run_pytest

KEY = "ep_the_real_key"


@pytest.fixture
def other() -> Iterator[FaultyServer]:
    """A server that is not embedded, such as the real one."""
    with FaultyServer(respond(encode_response(b'{"runs": [], "nextCursor": null}'))) as server:
        yield server


class Caller:
    """Makes clients of one kind, and calls them in one event loop."""

    def __init__(self, kind: str, loop: EventLoop) -> None:
        self.kind = kind
        self.complete = loop.complete
        self._clients: list[Any] = []

    def make_client(self, **options: Any) -> Any:
        create: Any = EigenpalClient if self.kind == "sync" else AsyncEigenpalClient
        self._clients.append(create(**{"api_key": KEY, **options}))
        return self._clients[-1]

    def list_runs(self, client: Any) -> None:
        self.complete(client.runs.list())

    def close(self) -> None:
        for client in self._clients:
            self.complete(client.close() if self.kind == "sync" else client.aclose())


@pytest.fixture(params=["sync", "async"])
def caller(request: pytest.FixtureRequest) -> Iterator[Caller]:
    with EventLoop() as loop:
        caller = Caller(request.param, loop)
        yield caller
        caller.close()


def read_stream(caller: Caller, client: Any) -> None:
    with caller.complete(client.runs.artifacts.stream("run_1", "output/a.txt")) as stream:
        list(caller.complete(stream.iter_bytes()))


FILE = {"content": b"a", "filename": "a.txt"}

CALLS: dict[str, Callable[[Caller, Any, Path], Any]] = {
    "a start": lambda caller, client, _: caller.complete(client.run("workflows.echo", {"a": 1})),
    "a start with a file": lambda caller, client, _: caller.complete(client.run("workflows.echo", {"a": FILE})),
    "a start and its polls": lambda caller, client, _: caller.complete(client.run_and_wait("workflows.echo", {})),
    "a wait": lambda caller, client, _: caller.complete(client.runs.wait("run_1", timeout_seconds=60)),
    "a page": lambda caller, client, _: caller.list_runs(client),
    "an iterator": lambda caller, client, _: list(caller.complete(client.runs.iter())),
    "a download": lambda caller, client, folder: caller.complete(
        client.runs.artifacts.download("run_1", "output/a.txt", to=folder / "a.txt")
    ),
    "a stream": lambda caller, client, _: read_stream(caller, client),
    "a copy with options": lambda caller, client, _: caller.list_runs(client.with_options(max_retries=0)),
}


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
def test_a_client_that_was_created_before_sends_nothing(
    call: Callable[[Caller, Any, Path], Any],
    caller: Caller,
    other: FaultyServer,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("EIGENPAL_BASE_URL", other.url)
    client = caller.make_client()
    with EigenpalServer() as server:
        with server.block_other_origins(), pytest.raises(RequestBlocked) as caught:
            call(caller, client, tmp_path)
        assert (other.connection_count, len(server.requests), list(tmp_path.iterdir())) == (0, 0, [])
    message = str(caught.value)
    page = "docs/how-to/testing.md"
    for part in (other.url, server_url(message), "monkeypatch.setattr", "allow_other_origins()", page):
        assert part in message
    assert KEY not in message
    assert not any("may have been started" in note for note in getattr(caught.value, "__notes__", []))


def server_url(message: str) -> str:
    return message.partition("the embedded server at ")[2].partition(";")[0]


@pytest.mark.parametrize("library", ["httpx", "httpx2"])
def test_an_http_client_sends_nothing(library: str, caller: Caller, other: FaultyServer) -> None:
    module = pytest.importorskip(library)
    http_client = (module.Client if caller.kind == "sync" else module.AsyncClient)()
    client = caller.make_client(base_url=other.url, http_client=http_client)
    with EigenpalServer() as server, pytest.raises(RequestBlocked), server.block_other_origins():
        caller.list_runs(client)
    assert other.connection_count == 0
    caller.complete(http_client.close() if caller.kind == "sync" else http_client.aclose())


def test_a_thread_sends_nothing(caller: Caller, other: FaultyServer) -> None:
    client = caller.make_client(base_url=other.url)
    errors: list[BaseException] = []

    def work() -> None:
        try:
            caller.list_runs(client)
        except BaseException as error:  # noqa: BLE001 - the test looks at it
            errors.append(error)

    thread = threading.Thread(target=work)
    with EigenpalServer() as server:
        guard = server.block_other_origins()
        guard.__enter__()
        thread.start()
        thread.join()
        with pytest.raises(RequestBlocked, match="a request was blocked"):
            guard.__exit__(None, None, None)
    assert (other.connection_count, [type(error) for error in errors]) == (0, [RequestBlocked])


@pytest.mark.parametrize("is_download", [False, True])
def test_a_redirect_is_not_followed(is_download: bool, caller: Caller, other: FaultyServer) -> None:
    with EigenpalServer() as server:
        client = caller.make_client(base_url=server.url, api_key=server.api_key)
        call = CALLS["a stream" if is_download else "a page"]
        server.faults.add(status=307, headers={"location": f"{other.url}/file?signature=secret"})
        with pytest.raises(RequestBlocked, match=other.url) as caught, server.block_other_origins():
            call(caller, client, Path())
    assert "secret" not in str(caught.value)
    assert other.connection_count == 0


def test_the_servers_of_this_process_are_reached(caller: Caller) -> None:
    with EigenpalServer() as first, EigenpalServer(host="::1") as second, first.block_other_origins():
        for url in (first.url, first.url.replace("127.0.0.1", "localhost"), second.url):
            caller.list_runs(caller.make_client(api_key=first.api_key, base_url=url))
        assert (len(first.requests), len(second.requests)) == (2, 1)


def test_a_stopped_server_is_another_one(caller: Caller) -> None:
    with EigenpalServer() as server, EigenpalServer() as stopped:
        client = caller.make_client(base_url=stopped.url)
        stopped.stop()
        with pytest.raises(RequestBlocked), server.block_other_origins():
            caller.list_runs(client)


def test_other_origins_can_be_allowed(caller: Caller, other: FaultyServer) -> None:
    client = caller.make_client(base_url=other.url)
    with EigenpalServer() as server, server.block_other_origins(), server.allow_other_origins():
        caller.list_runs(client)
    assert len(other.requests) == 1


def test_guards_and_allowances_are_nested(caller: Caller, other: FaultyServer) -> None:
    client = caller.make_client(base_url=other.url)
    with EigenpalServer() as session, session.block_other_origins(), EigenpalServer() as function:
        # The attempt counts for the inner one alone.
        with pytest.raises(RequestBlocked, match=function.url), function.block_other_origins():
            caller.list_runs(client)
        with function.block_other_origins(), session.allow_other_origins():
            with function.allow_other_origins():
                pass
            caller.list_runs(client)
        assert len(other.requests) == 1
        with pytest.raises(RequestBlocked, match=session.url), session.block_other_origins():
            caller.list_runs(client)
    assert len(other.requests) == 1
    caller.list_runs(client)
    assert len(other.requests) == 2


def test_a_server_alone_blocks_nothing(caller: Caller, other: FaultyServer) -> None:
    with EigenpalServer():
        caller.list_runs(caller.make_client(base_url=other.url))
    assert len(other.requests) == 1


APPLICATION = """
from eigenpal import AsyncEigenpalClient, EigenpalClient, EigenpalError
client = EigenpalClient(api_key="ep_the_real_key", base_url="{url}")
def start():
    return client.run("workflows.echo", {{"a": 1}}).id
def start_whatever_happens():
    try:
        return start()
    except Exception:
        return None
def start_or_raise():
    try:
        return start()
    except Exception as error:
        raise ValueError("no run") from error
"""

TESTS = """
import eigenpal
import pytest
import shop
from eigenpal.testing import RequestBlocked
def test_loud(eigenpal_server):
    shop.start()
def test_swallowed(eigenpal_server):
    shop.start_whatever_happens()
def test_swallowed_and_failed(eigenpal_server):
    assert shop.start_whatever_happens() == "run_1"
def test_wrapped(eigenpal_server):
    shop.start_or_raise()
def test_replaced(eigenpal_server, eigenpal_client, monkeypatch):
    monkeypatch.setattr("shop.client", eigenpal_client)
    assert shop.start()
    assert len(eigenpal_server.requests.of("run")) == 1
def test_expected(eigenpal_server):
    with pytest.raises(RequestBlocked):
        shop.start()
def test_expected_by_call(eigenpal_server):
    pytest.raises(RequestBlocked, shop.start)
@pytest.mark.parametrize("kind", [RequestBlocked])
def test_expected_as_parameter(kind, eigenpal_server):
    with pytest.raises(kind):
        shop.start()
def test_expected_in_vain(eigenpal_server):
    with pytest.raises(RequestBlocked):
        shop.start_whatever_happens()
def test_expected_once(eigenpal_server):
    with pytest.raises(eigenpal.testing.RequestBlocked):
        shop.start()
    shop.start_whatever_happens()
def test_any_error_expected(eigenpal_server):
    with pytest.raises(AssertionError):
        shop.start()
def test_allowed(eigenpal_server):
    with eigenpal_server.allow_other_origins():
        shop.start_whatever_happens()
def test_without_the_fixture():
    shop.start_whatever_happens()
"""


@pytest.mark.parametrize("workers", [0, 2])
def test_the_fixture_fails_the_test(workers: int, other: FaultyServer, tmp_path: Path) -> None:
    (tmp_path / "shop.py").write_text(APPLICATION.format(url=other.url))
    options = ["-p", "xdist.plugin", f"-n{workers}"] if workers else []
    done = run_pytest(tmp_path, TESTS, *options, "-rA")
    for test, outcome in [
        ("test_loud", "FAILED"),
        ("test_swallowed", "ERROR"),
        ("test_swallowed_and_failed", "FAILED"),
        ("test_swallowed_and_failed", "ERROR"),
        ("test_wrapped", "FAILED"),
        ("test_expected", "PASSED"),
        ("test_expected_by_call", "PASSED"),
        ("test_expected_as_parameter[RequestBlocked]", "PASSED"),
        ("test_expected_in_vain", "FAILED"),
        ("test_expected_in_vain", "ERROR"),
        ("test_expected_once", "PASSED"),
        ("test_expected_once", "ERROR"),
        ("test_any_error_expected", "PASSED"),
        ("test_any_error_expected", "ERROR"),
        ("test_replaced", "PASSED"),
        ("test_allowed", "PASSED"),
        ("test_without_the_fixture", "PASSED"),
    ]:
        assert f"{outcome} test_user.py::{test}\n" in done.stdout.replace(" - ", "\n"), (test, done.stdout)
    assert "4 failed, 9 passed, 5 errors" in done.stdout
    assert "eigenpal.testing.RequestBlocked: a request was blocked, and the application caught" in done.stdout
    assert "with pytest.raises(RequestBlocked)" in done.stdout
    # Those of the two tests that may.
    assert [request.method for request in other.requests] == ["POST", "POST"]
    everywhere = run_pytest(tmp_path, TESTS, *options, "-o", "usefixtures=eigenpal_server", "-k", "without_the_fixture")
    assert "ERROR test_user.py::test_without_the_fixture" in everywhere.stdout
    assert len(other.requests) == 2
