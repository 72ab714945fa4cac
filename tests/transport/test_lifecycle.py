"""Threads, forks, event loops, closing, forgetting: what happens to connections over the life of a client."""

from __future__ import annotations

import asyncio
import contextlib
import copy
import gc
import itertools
import os
import pickle
import subprocess
import sys
import threading
import weakref
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest

from eigenpal import errors
from eigenpal._attempts import World
from eigenpal._options import changed_options
from eigenpal._transport import AsyncTransport, Transport

from .harness import BASE_URL, FILE, GET, KEY, START, Script, data_of, envelope, ok, options, upload
from .lossy import LossyServer, answers, json_response, keeps_silent, response, sends_then

needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here")


def quiet(seconds: float) -> None:
    """Pause for no time."""


async def async_quiet(seconds: float) -> None:
    """Pause for no time."""


def opened_files() -> int:
    """Return how many files and sockets this process has open."""
    return len(list(Path("/proc/self/fd").iterdir()))


def pool_of(client: httpx.Client | httpx.AsyncClient) -> list[Any]:
    """Return the connections an httpx client holds, for which it has no public name."""
    inner: Any = getattr(client, "_transport")  # noqa: B009
    return list(inner._pool.connections)


def echo(line: Any, server: LossyServer) -> bool:
    """Answer with the path, so that nobody can take another's answer for his own."""
    seen = server.read(line)
    line.send(json_response({"path": seen.path}))
    return True


def test_many_threads_share_a_client() -> None:
    with LossyServer(echo) as server:
        transport = Transport(options(base_url=server.url))

        def ask(number: int) -> bool:
            request = GET._replace(path=f"/api/v1/runs/{number}")
            return bool(transport.call(request, data_of) == {"path": f"/api/v1/runs/{number}"})

        with ThreadPoolExecutor(32) as pool:
            assert all(pool.map(ask, range(640)))
        assert server.connections <= 64
        transport.close()


def test_threads_that_come_first_together_share_connections() -> None:
    with LossyServer(echo) as server:
        transport = Transport(options(base_url=server.url))
        barrier = threading.Barrier(8)

        def first(_: int) -> httpx.Client:
            barrier.wait()
            return transport.connections.client()

        with ThreadPoolExecutor(8) as pool:
            assert len({id(client) for client in pool.map(first, range(8))}) == 1
        transport.close()


# --- forks ------------------------------------------------------------------------------------------------------------


def in_child(work: Callable[[], str]) -> str:
    """Return what ``work`` returns in a forked process."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.write(write, work().encode())
        finally:
            os._exit(0)
    os.close(write)
    with os.fdopen(read) as pipe:
        found = pipe.read()
    os.waitpid(child, 0)
    return found


@needs_fork
@pytest.mark.filterwarnings("ignore:.*multi-threaded.*fork:DeprecationWarning")
def test_a_child_opens_its_own_connections() -> None:
    with LossyServer(echo) as server:
        transport = Transport(options(base_url=server.url))
        transport.call(GET, data_of)
        assert server.connections == 1

        def ask() -> str:
            return str(transport.call(GET._replace(path="/child"), data_of)["path"])

        assert in_child(ask) == "/child"
        assert server.connections == 2
        # The parent's connection is still good, and still the only one it has.
        assert transport.call(GET._replace(path="/parent"), data_of) == {"path": "/parent"}
        assert server.connections == 2
        transport.close()


@needs_fork
@pytest.mark.filterwarnings("ignore:.*multi-threaded.*fork:DeprecationWarning")
def test_a_child_that_closes_leaves_the_parent_alone() -> None:
    with LossyServer(echo) as server:
        transport = Transport(options(base_url=server.url))
        transport.call(GET, data_of)

        def close() -> str:
            transport.close()
            gc.collect()
            return "closed"

        assert in_child(close) == "closed"
        assert transport.call(GET._replace(path="/parent"), data_of) == {"path": "/parent"}
        assert server.connections == 1
        transport.close()


@needs_fork
@pytest.mark.filterwarnings("ignore:.*multi-threaded.*fork:DeprecationWarning")
def test_a_borrowed_client_in_use_before_a_fork_is_refused_in_the_child() -> None:
    with LossyServer(echo) as server, httpx.Client() as client:
        unused = Transport(options(base_url=server.url), http_client=client)
        used = Transport(options(base_url=server.url), http_client=client)
        used.call(GET, data_of)

        def ask() -> str:
            try:
                used.call(GET, data_of)
            except errors.EigenpalError as error:
                return str(error)
            return "no error"

        assert "before the process was forked" in in_child(ask)
        assert used.call(GET, data_of)
        assert unused.call(GET, data_of)


@needs_fork
@pytest.mark.filterwarnings("ignore:.*multi-threaded.*fork:DeprecationWarning")
def test_an_asynchronous_client_in_a_child() -> None:
    with LossyServer(echo) as server:
        transport = AsyncTransport(options(base_url=server.url))

        async def ask() -> str:
            found = await transport.call(GET._replace(path="/x"), data_of)
            await transport.connections.client().aclose()
            return str(found["path"])

        assert asyncio.run(ask()) == "/x"
        assert in_child(lambda: asyncio.run(ask())) == "/x"


# --- event loops ------------------------------------------------------------------------------------------------------


def test_asyncio_run_twice_with_a_client_each() -> None:
    with LossyServer(echo) as server:

        async def main() -> Any:
            transport = AsyncTransport(options(base_url=server.url))
            try:
                return await transport.call(GET, data_of)
            finally:
                await transport.aclose()

        assert asyncio.run(main()) == asyncio.run(main()) == {"path": GET.path}


def test_one_client_over_two_event_loops() -> None:
    program = f"""
import asyncio, sys
sys.path[:0] = {sys.path!r}
from tests.transport.harness import GET, data_of, options
from eigenpal._transport import AsyncTransport
transport = AsyncTransport(options(base_url=sys.argv[1]))
async def main():
    return await transport.call(GET, data_of)
for _ in range(3):
    print(asyncio.run(main()))
"""
    with LossyServer(echo) as server:
        found = subprocess.run(
            [sys.executable, "-c", program, server.url],
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
            cwd=Path(__file__).parents[2],
        )
    assert found.stdout == "{'path': '/api/v1/runs/run_1'}\n" * 3
    assert found.stderr == ""


@pytest.mark.filterwarnings("ignore::ResourceWarning")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="there is no other way to count open files")
def test_many_event_loops_leave_no_connections_behind() -> None:
    with LossyServer(echo) as server:
        transport = AsyncTransport(options(base_url=server.url))
        before = opened_files()
        for _ in range(30):
            asyncio.run(transport.call(GET, data_of))
            gc.collect()
        assert opened_files() - before < 10
        assert server.connections == 30
        # What the last event loop left, Python warns of when it goes; here and not in the middle of another test.
        del transport
        gc.collect()


def test_a_client_that_is_closed_in_the_middle() -> None:
    class Closing(httpx.Client):
        def send(self, *given: Any, **more: Any) -> httpx.Response:
            self.close()
            return super().send(*given, **more)

    class AsyncClosing(httpx.AsyncClient):
        async def send(self, *given: Any, **more: Any) -> httpx.Response:
            await self.aclose()
            return await super().send(*given, **more)

    with pytest.raises(errors.EigenpalError, match="this client is closed"):
        Transport(options(), http_client=Closing()).call(GET, data_of)
    with pytest.raises(errors.EigenpalError, match="this client is closed"):
        asyncio.run(AsyncTransport(options(), http_client=AsyncClosing()).call(GET, data_of))


def test_many_tasks_share_a_client() -> None:
    with LossyServer(echo) as server:

        async def main() -> list[Any]:
            transport = AsyncTransport(options(base_url=server.url))
            try:
                calls = [transport.call(GET._replace(path=f"/{number}"), data_of) for number in range(200)]
                return await asyncio.gather(*calls)
            finally:
                await transport.aclose()

        assert asyncio.run(main()) == [{"path": f"/{number}"} for number in range(200)]


def test_an_asynchronous_client_outside_of_an_event_loop() -> None:
    call = AsyncTransport(options()).call(GET, data_of)
    with pytest.raises(RuntimeError, match="inside an event loop"):
        call.send(None)


def test_another_library_than_asyncio(tmp_path: Path) -> None:
    trio: Any = pytest.importorskip("trio")
    content = bytes(range(256)) * 1000
    (tmp_path / "a.pdf").write_bytes(b"%PDF")
    with LossyServer(answers(), answers(), answers(response(content))) as server:

        async def main() -> None:
            transport = AsyncTransport(options(base_url=server.url))
            assert (await transport.call(GET, data_of))["id"] == "run_1"
            assert (await transport.call(upload(a=tmp_path / "a.pdf"), data_of))["id"] == "run_1"
            assert await transport.download(FILE, tmp_path / "out", None) == len(content)
            await transport.aclose()

        trio.run(main)
    assert (tmp_path / "out").read_bytes() == content


def test_a_cancelled_call_gives_its_connection_back() -> None:
    with LossyServer(keeps_silent) as server:

        async def main() -> None:
            transport = AsyncTransport(options(base_url=server.url))
            for _ in range(5):
                call = asyncio.create_task(transport.call(START, data_of))
                await asyncio.to_thread(server.arrived.acquire)
                call.cancel()
                with pytest.raises(asyncio.CancelledError):
                    await call
            assert pool_of(transport.connections.client()) == []
            await transport.aclose()

        asyncio.run(main())
        assert len(server.seen) == 5


@pytest.mark.parametrize("kept_open", [True, False])
def test_a_call_cancelled_at_any_moment_of_its_end_gives_its_connection_back(kept_open: bool) -> None:
    """From the moment when the answer is there, the task is cancelled at each of its steps in turn."""
    answer = response(b"{}", content_type="application/json")
    if not kept_open:
        answer = answer.replace(b"\r\n", b"\r\nConnection: close\r\n", 1)

    with LossyServer(answers(answer)) as server:

        async def main() -> int:
            transport = AsyncTransport(options(base_url=server.url))
            cancelled = 0
            for steps in range(20):
                arrived = asyncio.Event()

                async def tell(_: httpx.Response, arrived: asyncio.Event = arrived) -> None:
                    arrived.set()

                transport.connections.client().event_hooks = {"response": [tell]}
                call = asyncio.create_task(transport.call(GET, data_of))
                await arrived.wait()
                for _ in range(steps):
                    await asyncio.sleep(0)
                cancelled += call.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await call
                client: Any = transport.connections.client()
                assert client._transport._pool._requests == []
                assert all(connection.is_idle() for connection in pool_of(client))
            await transport.aclose()
            return cancelled

        assert asyncio.run(main()) > 0


def test_a_call_cancelled_at_any_moment_of_its_beginning_keeps_no_connection() -> None:
    """Cancelled at each of its steps in turn, over a connection that is opened for it."""
    with LossyServer(answers(response(b"{}", content_type="application/json"))) as server:

        async def main() -> None:
            for steps in range(80):
                transport = AsyncTransport(options(base_url=server.url, verify_ssl=False))
                call = asyncio.create_task(transport.call(GET, data_of))
                for _ in range(steps):
                    await asyncio.sleep(0)
                call.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await call
                client: Any = transport.connections.client()
                assert client._transport._pool._requests == []
                assert all(connection.is_idle() for connection in pool_of(client))
                await transport.aclose()

        asyncio.run(main())


# --- connections are given back ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "behaviour",
    [
        answers(),
        answers(response(b"{}", "500 Internal Server Error")),
        answers(response(b"<html>", content_type="text/html")),
        answers(response(b"{", content_type="application/json")),
        sends_then(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc", lambda line: line.reset()),
        answers(b"HTTP/1.1 302 Found\r\nLocation: /api/v1/runs/run_1\r\nContent-Length: 5\r\n\r\nmoved"),
        answers(response(b"x" * 2_000_000, "404 Not Found", "text/plain")),
    ],
)
def test_no_connection_stays_checked_out(behaviour: Any) -> None:
    with LossyServer(behaviour) as server:
        transport = Transport(options(base_url=server.url, max_retries=2), sleep=quiet)
        for request in (GET, FILE, START):
            try:
                transport.call(request, data_of)
                with transport.stream(request):
                    pass
            except errors.EigenpalError:
                pass
        assert all(connection.is_idle() for connection in pool_of(transport.connections.client()))
        transport.close()

        async def main() -> None:
            transport = AsyncTransport(options(base_url=server.url, max_retries=2), sleep=async_quiet)
            for request in (GET, FILE, START):
                try:
                    await transport.call(request, data_of)
                    async with transport.stream(request):
                        pass
                except errors.EigenpalError:
                    pass
            assert all(connection.is_idle() for connection in pool_of(transport.connections.client()))
            await transport.aclose()

        asyncio.run(main())


def test_connections_are_used_again() -> None:
    with LossyServer(answers()) as server:
        transport = Transport(options(base_url=server.url))
        for _ in range(20):
            transport.call(START, data_of)
        assert server.connections == 1
        transport.close()


def test_thousands_of_calls_leak_nothing() -> None:
    answers_in_turn = itertools.cycle([ok, lambda: envelope(503)])
    client = httpx.Client(transport=httpx.MockTransport(lambda request: next(answers_in_turn)()))
    transport = Transport(options(), http_client=client, sleep=quiet)

    def use(times: int) -> None:
        for _ in range(times):
            transport.call(GET, data_of)

    use(200)
    gc.collect()
    before = sys.getallocatedblocks()
    use(10_000)
    gc.collect()
    # A block for every call would already be ten times as many.
    assert sys.getallocatedblocks() - before < 1000
    client.close()


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="there is no other way to count open files")
def test_thousands_of_calls_leak_no_sockets() -> None:
    with LossyServer(*[answers(), answers(response(b"{", status="500 x"), goes_on=False)] * 500, answers()) as server:
        before = opened_files()
        transport = Transport(options(base_url=server.url), sleep=quiet)
        for _ in range(1000):
            transport.call(GET, data_of)
        assert server.connections > 400
        transport.close()
        assert opened_files() - before < 20


def test_thousands_of_asynchronous_calls_leak_nothing() -> None:
    async def main() -> int:
        client = httpx.AsyncClient(transport=httpx.MockTransport(lambda request: ok()))
        transport = AsyncTransport(options(), http_client=client)

        async def use(times: int) -> None:
            for _ in range(times):
                await transport.call(GET, data_of)

        await use(200)
        gc.collect()
        before = sys.getallocatedblocks()
        await use(3000)
        gc.collect()
        await client.aclose()
        return sys.getallocatedblocks() - before

    assert asyncio.run(main()) < 1000


def test_errors_make_no_cycles() -> None:
    """An error that is caught is gone at once, and with it what it holds: nothing waits for the garbage collector."""
    client = httpx.Client(transport=httpx.MockTransport(Script(envelope(404))))
    transport = Transport(options(), http_client=client)
    seen: list[weakref.ref[errors.EigenpalError]] = []
    gc.collect()
    gc.disable()
    try:
        try:
            transport.call(GET, data_of)
        except errors.EigenpalNotFoundError as error:
            seen.append(weakref.ref(error))
        assert [reference() for reference in seen] == [None]
    finally:
        gc.enable()
    client.close()


# --- closing ----------------------------------------------------------------------------------------------------------


def test_use_after_close_is_a_clear_error() -> None:
    with LossyServer(answers()) as server:
        transport = Transport(options(base_url=server.url))
        transport.call(GET, data_of)
        transport.close()
        transport.close()
        for use in (
            lambda: transport.call(GET, data_of),
            lambda: transport.download(FILE, "x.pdf", None),
            lambda: transport.stream(GET).__enter__(),
            lambda: transport.with_options(options()),
        ):
            with pytest.raises(errors.EigenpalError, match="this client is closed; make a new one"):
                use()
        assert "(closed)" in repr(transport)
        assert not Path("x.pdf").exists()

        async def main() -> None:
            transport = AsyncTransport(options(base_url=server.url))
            await transport.call(GET, data_of)
            await transport.aclose()
            await transport.aclose()
            with pytest.raises(errors.EigenpalError, match="this client is closed"):
                await transport.call(GET, data_of)
            with pytest.raises(errors.EigenpalError, match="this client is closed"):
                transport.with_options(options())

        asyncio.run(main())


def test_a_client_that_was_never_used_can_be_closed() -> None:
    Transport(options()).close()
    asyncio.run(AsyncTransport(options()).aclose())


def test_a_borrowed_client_stays_open() -> None:
    client = httpx.Client(transport=httpx.MockTransport(Script(ok())))
    transport = Transport(options(), http_client=client)
    transport.call(GET, data_of)
    transport.close()
    assert not client.is_closed
    other = Transport(options(), http_client=client)
    client.close()
    with pytest.raises(errors.EigenpalError, match="the http_client this client was made with is closed"):
        other.call(GET, data_of)


@pytest.mark.parametrize(
    ("kind", "wrong", "message"),
    [
        (Transport, httpx.AsyncClient, r"must be an httpx\.Client, not httpx\.AsyncClient; .* AsyncEigenpalClient"),
        (AsyncTransport, httpx.Client, r"must be an httpx\.AsyncClient, not httpx\.Client; .* EigenpalClient"),
        (Transport, object, r"must be an httpx\.Client, not builtins\.object"),
    ],
)
def test_the_wrong_kind_of_http_client(kind: Any, wrong: Any, message: str) -> None:
    with pytest.raises(TypeError, match=message):
        kind(options(), http_client=wrong())


def test_pickling_and_copying_are_refused() -> None:
    for transport in (Transport(options()), AsyncTransport(options())):
        for refuse in (pickle.dumps, copy.copy, copy.deepcopy):
            with pytest.raises(TypeError, match=r"make one in each process, or use with_options\(\)") as caught:
                refuse(transport)
            assert KEY not in str(caught.value)


@pytest.mark.parametrize("arguments", [[], ["-X", "dev", "-W", "error"]])
@pytest.mark.parametrize("kind", ["sync", "async"])
def test_unclosed_clients_at_exit_print_nothing(kind: str, arguments: list[str]) -> None:
    if kind == "async" and arguments:
        pytest.skip("an event loop of Python itself warns of every open socket in this mode")
    program = f"""
import asyncio, sys
sys.path[:0] = {sys.path!r}
from tests.transport.harness import GET, data_of, options
from eigenpal._transport import AsyncTransport, Transport
if {kind!r} == "sync":
    kept = Transport(options(base_url=sys.argv[1]))
    kept.call(GET, data_of)
    forgotten = Transport(options(base_url=sys.argv[1]))
    forgotten.call(GET, data_of)
    del forgotten
else:
    async def main():
        global kept
        kept = AsyncTransport(options(base_url=sys.argv[1]))
        await kept.call(GET, data_of)
        forgotten = AsyncTransport(options(base_url=sys.argv[1]))
        await forgotten.call(GET, data_of)
    asyncio.run(main())
print("done")
"""
    with LossyServer(answers()) as server:
        found = subprocess.run(
            [sys.executable, *arguments, "-c", program, server.url],
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
            cwd=Path(__file__).parents[2],
        )
    assert (found.stdout, found.stderr) == ("done\n", "")


def test_a_forgotten_client_closes_its_connections() -> None:
    with LossyServer(answers()) as server:
        transport = Transport(options(base_url=server.url))
        transport.call(GET, data_of)
        client = transport.connections.client()
        del transport
        gc.collect()
        assert client.is_closed


# --- other options on the same connections ----------------------------------------------------------------------------


def test_with_options_shares_the_connections() -> None:
    with LossyServer(answers()) as server:
        transport = Transport(options(base_url=server.url))
        transport.call(GET, data_of)
        quick = transport.with_options(
            changed_options(transport.options, timeout_seconds=1.0, max_retries=0, default_headers={"X-Own": "1"})
        )
        quick.call(GET, data_of)
        assert server.connections == 1
        assert server.seen[1].headers["x-own"] == "1"
        assert "x-own" not in server.seen[0].headers
        quick.close()
        with pytest.raises(errors.EigenpalError, match="closed"):
            quick.call(GET, data_of)
        transport.call(GET, data_of)
        assert server.connections == 1
        other = transport.with_options(transport.options)
        transport.close()
        with pytest.raises(errors.EigenpalError, match="closed"):
            other.call(GET, data_of)


def test_a_derived_client_outlives_the_one_it_came_from() -> None:
    with LossyServer(answers()) as server:
        derived = Transport(options(base_url=server.url)).with_options(options(base_url=server.url))
        gc.collect()
        derived.call(GET, data_of)
        client = derived.connections.client()
        derived.close()
        assert client.is_closed


def test_another_way_of_verifying_needs_other_connections() -> None:
    transport = Transport(options())
    other = transport.with_options(changed_options(transport.options, verify_ssl=False))
    assert other.connections is not transport.connections
    borrowed = Transport(options(), http_client=httpx.Client())
    same = borrowed.with_options(changed_options(borrowed.options, verify_ssl=False))
    assert same.connections is borrowed.connections
    borrowed.connections.client().close()


def test_with_options_of_the_asynchronous_client() -> None:
    with LossyServer(answers()) as server:

        async def main() -> None:
            transport = AsyncTransport(options(base_url=server.url))
            await transport.call(GET, data_of)
            derived = transport.with_options(changed_options(transport.options, default_headers={"X-Own": "1"}))
            await derived.call(GET, data_of)
            await derived.aclose()
            await transport.call(GET, data_of)
            await transport.aclose()
            other = AsyncTransport(options()).with_options(options(verify_ssl=False))
            assert other.connections.verify is False

        asyncio.run(main())
        assert server.connections == 1
        assert server.seen[1].headers["x-own"] == "1"


# --- the caller's own client ------------------------------------------------------------------------------------------


def test_a_borrowed_client_is_not_changed_and_changes_nothing() -> None:
    seen: list[httpx.Request] = []

    def handler(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        headers = [
            ("Set-Cookie", "session=ours; Path=/"),
            ("Set-Cookie", "kept=; Max-Age=0; Path=/"),
            ("Set-Cookie", "both=ours; Path=/"),
        ]
        return httpx.Response(200, json={}, headers=headers)

    client = httpx.Client(
        transport=httpx.MockTransport(handler),
        headers={"Authorization": "Basic theirs", "X-Theirs": "1", "Accept": "text/html"},
        params={"theirs": "1"},
        auth=("user", "password"),
        base_url="https://theirs.test",
        timeout=1.0,
        follow_redirects=True,
    )
    client.cookies.set("kept", "1", domain="eigenpal.test")
    client.cookies.set("both", "theirs", domain="eigenpal.test")
    before = (dict(client.headers), {cookie.name: cookie.value for cookie in client.cookies.jar}, client.base_url)
    transport = Transport(options(), http_client=client)
    transport.call(GET, data_of)
    transport.call(START, data_of)
    assert (
        dict(client.headers),
        {cookie.name: cookie.value for cookie in client.cookies.jar},
        client.base_url,
    ) == before
    for request in seen:
        assert str(request.url).startswith(BASE_URL)
        assert request.url.query == b""
        assert request.headers["Authorization"] == f"Bearer {KEY}"
        assert "X-Theirs" not in request.headers
        assert "Cookie" not in request.headers
        assert request.extensions["timeout"]["read"] == 60.0
    assert KEY not in repr(client.headers.raw)
    client.close()


def test_hooks_of_a_borrowed_client_that_raise_for_a_status() -> None:
    def with_body(response: httpx.Response) -> None:
        response.read()
        response.raise_for_status()

    def without_body(response: httpx.Response) -> None:
        response.raise_for_status()

    for hook, message in ((with_body, "no such run"), (without_body, "404 Not Found")):
        with LossyServer(
            answers(json_response({"issues": [{"message": "no such run"}]}, status="404 Not Found"))
        ) as server:
            client = httpx.Client(event_hooks={"response": [hook]})
            with client, pytest.raises(errors.EigenpalNotFoundError, match=message):
                Transport(options(base_url=server.url), http_client=client).call(GET, data_of)


def test_hooks_of_a_borrowed_client_that_read() -> None:
    with LossyServer(answers()) as server:
        with httpx.Client(event_hooks={"response": [httpx.Response.read]}) as client:
            found = Transport(options(base_url=server.url), http_client=client).call(GET, data_of)
        assert found["id"] == "run_1"


def test_hooks_that_fail_in_their_own_way() -> None:
    def fail(request: httpx.Request) -> None:
        raise LookupError("of the caller's own")

    with httpx.Client(event_hooks={"request": [fail]}) as client, pytest.raises(LookupError, match="own"):
        Transport(options(), http_client=client).call(GET, data_of)


def test_the_world_is_the_real_one_by_default() -> None:
    assert 0 <= World().chance() <= 1
    assert World().clock() <= World().clock()
