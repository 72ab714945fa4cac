"""Cancelled calls of the asynchronous client release their connection, whenever they are cancelled."""

from __future__ import annotations

import asyncio
import contextlib
import os
import threading
from collections.abc import AsyncGenerator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import anyio
import httpx
import pytest
from anyio.lowlevel import checkpoint

from eigenpal._transport import AsyncHttpxTransport
from tests.support.faulty_server import Connection, FaultyServer, encode_response, never_respond, respond

from .fault_matrix import make_self_signed_context
from .harness import FILE, GET, START, count_open_files, get_data, get_pool, make_options, make_upload

CAN_COUNT_FILES = Path("/proc/self/fd").exists()


def test_a_cancelled_call_releases_its_connection() -> None:
    with FaultyServer(never_respond) as server:

        async def main() -> None:
            transport = AsyncHttpxTransport(make_options(base_url=server.url))
            for _ in range(5):
                call = asyncio.create_task(transport.call(START, get_data))
                await asyncio.to_thread(server.request_arrived.acquire)
                call.cancel()
                with pytest.raises(asyncio.CancelledError):
                    await call
            assert get_pool(transport.connections.client()) == []
            await transport.aclose()

        asyncio.run(main())
        assert len(server.requests) == 5


@pytest.mark.parametrize("keep_alive", [True, False])
def test_a_call_cancelled_at_any_step_of_its_end_releases_its_connection(keep_alive: bool) -> None:
    """The task is cancelled at each of its steps after the response has arrived, in turn."""
    response = encode_response(b"{}", content_type="application/json")
    if not keep_alive:
        response = response.replace(b"\r\n", b"\r\nConnection: close\r\n", 1)

    with FaultyServer(respond(response)) as server:

        async def main() -> int:
            transport = AsyncHttpxTransport(make_options(base_url=server.url))
            cancelled = 0
            for steps in range(20):
                arrived = asyncio.Event()

                async def tell(_: httpx.Response, arrived: asyncio.Event = arrived) -> None:
                    arrived.set()

                transport.connections.client().event_hooks = {"response": [tell]}
                call = asyncio.create_task(transport.call(GET, get_data))
                await arrived.wait()
                for _ in range(steps):
                    await asyncio.sleep(0)
                cancelled += call.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await call
                assert all(connection.is_idle() for connection in get_pool(transport.connections.client()))
            await transport.aclose()
            return cancelled

        assert asyncio.run(main()) > 0


async def cancel_task(call: Coroutine[Any, Any, object], steps: int) -> None:
    """Cancel as asyncio does: `asyncio.timeout`, `asyncio.wait_for`."""
    task = asyncio.create_task(call)
    for _ in range(steps):
        await asyncio.sleep(0)
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task


async def cancel_task_repeatedly(call: Coroutine[Any, Any, object], steps: int) -> None:
    """Cancel while the call is releasing its connection too."""
    task = asyncio.create_task(call)
    for _ in range(steps):
        await asyncio.sleep(0)
    while not task.done():
        task.cancel()
        await asyncio.sleep(0)


async def cancel_scope(call: Coroutine[Any, Any, object], steps: int) -> None:
    """Cancel as anyio and trio do, and with them Starlette and FastAPI."""

    async def cancel() -> None:
        for _ in range(steps):
            await checkpoint()
        scope.cancel()

    with anyio.CancelScope() as scope:
        async with anyio.create_task_group() as group:
            group.start_soon(cancel)
            await call


CANCELLATIONS = [
    ("asyncio", cancel_task),
    ("asyncio", cancel_task_repeatedly),
    ("asyncio", cancel_scope),
    ("trio", cancel_scope),
]


@asynccontextmanager
async def no_socket_stays_open() -> AsyncGenerator[None]:
    """Fail if sockets that are opened in the block, those of the server included, stay open."""
    before = count_open_files() if CAN_COUNT_FILES else 0
    yield
    with anyio.fail_after(60):
        while CAN_COUNT_FILES and count_open_files() > before:  # noqa: ASYNC110  (nothing tells when one is closed)
            await anyio.sleep(0.01)


@pytest.mark.parametrize("encrypted", [False, True])
@pytest.mark.parametrize(("library", "cancelled"), CANCELLATIONS)
def test_a_call_cancelled_at_any_step_releases_its_connection(
    library: str, cancelled: Callable[[Coroutine[Any, Any, object], int], Awaitable[None]], encrypted: bool
) -> None:
    """The task is cancelled at each of its steps in turn, with a new connection each time."""
    pytest.importorskip(library)
    tls = make_self_signed_context() if encrypted else None
    with FaultyServer(respond(encode_response(b"{}", content_type="application/json")), tls=tls) as server:

        async def main() -> None:
            async with no_socket_stays_open():
                for steps in range(80):
                    transport = AsyncHttpxTransport(make_options(base_url=server.url, verify_ssl=False))
                    await cancelled(transport.call(GET, get_data), steps)
                    assert all(connection.is_idle() for connection in get_pool(transport.connections.client()))
                    await transport.aclose()

        anyio.run(main, backend=library)


def test_a_call_cancelled_when_it_gets_its_turn_releases_its_place() -> None:
    """The task is cancelled at each of its steps after another has given up the only place in the pool, in turn."""
    response = encode_response(b"{}", content_type="application/json")
    response = response.replace(b"\r\n", b"\r\nConnection: close\r\n", 1)
    with FaultyServer(respond(response)) as server:

        async def main() -> None:
            for steps in range(20):
                arrived = asyncio.Event()

                async def tell(_: httpx.Response, arrived: asyncio.Event = arrived) -> None:
                    arrived.set()

                limits = httpx.Limits(max_connections=1)
                async with httpx.AsyncClient(limits=limits, event_hooks={"response": [tell]}) as client:
                    transport = AsyncHttpxTransport(make_options(base_url=server.url), http_client=client)
                    first = asyncio.create_task(transport.call(GET, get_data))
                    waiting = asyncio.create_task(transport.call(GET, get_data))
                    await arrived.wait()
                    for _ in range(steps):
                        await asyncio.sleep(0)
                    waiting.cancel()
                    await asyncio.wait((waiting,))
                    await first
                    assert get_pool(client) == []

        asyncio.run(main())


@pytest.mark.parametrize(("library", "cancelled"), CANCELLATIONS)
def test_a_stream_cancelled_at_any_step_releases_its_connection(
    library: str, cancelled: Callable[[Coroutine[Any, Any, object], int], Awaitable[None]]
) -> None:
    pytest.importorskip(library)
    with FaultyServer(respond(encode_response(b"x" * 200_000, content_type="application/pdf"))) as server:

        async def main() -> None:
            transport = AsyncHttpxTransport(make_options(base_url=server.url))

            async def read() -> None:
                async with transport.stream(FILE) as stream:
                    async for _ in stream:
                        pass

            for steps in range(60):
                await cancelled(read(), steps)
                assert all(connection.is_idle() for connection in get_pool(transport.connections.client()))
            await transport.aclose()

        anyio.run(main, backend=library)


def test_a_call_that_is_cancelled_repeatedly() -> None:
    with FaultyServer(never_respond) as server:

        async def main() -> None:
            transport = AsyncHttpxTransport(make_options(base_url=server.url))
            call = asyncio.create_task(transport.call(START, get_data))
            await asyncio.to_thread(server.request_arrived.acquire)
            for _ in range(5):
                call.cancel()
                await asyncio.sleep(0)
            with pytest.raises(asyncio.CancelledError):
                await call
            assert get_pool(transport.connections.client()) == []
            await transport.aclose()

        asyncio.run(main())


@pytest.mark.parametrize("times", [1, 3])
def test_nothing_more_of_a_cancelled_start_is_sent(times: int) -> None:
    """What the server has not read yet is dropped, also if the task is cancelled again while it drops it."""
    size = 32 * 2**20
    received = 0
    is_cancelled, is_closed = threading.Event(), threading.Event()

    def read_late(connection: Connection, server: FaultyServer) -> bool:
        nonlocal received
        connection.socket.recv(1)
        server.request_arrived.release()
        is_cancelled.wait(60)
        with contextlib.suppress(ConnectionError):
            while chunk := connection.socket.recv(2**20):
                received += len(chunk)
        is_closed.set()
        return False

    with FaultyServer(read_late) as server:

        async def main() -> None:
            transport = AsyncHttpxTransport(make_options(base_url=server.url))
            call = asyncio.create_task(transport.call(START._replace(json="x" * size), get_data))
            await asyncio.to_thread(server.request_arrived.acquire)
            for _ in range(times):
                call.cancel()
                await asyncio.sleep(0)
            with pytest.raises(asyncio.CancelledError):
                await call
            assert get_pool(transport.connections.client()) == []
            is_cancelled.set()
            assert await asyncio.to_thread(is_closed.wait, 60)
            await transport.aclose()

        asyncio.run(main())
    assert received < size


@pytest.mark.parametrize(("library", "cancelled"), CANCELLATIONS)
def test_an_upload_that_waits_for_its_file_can_be_cancelled(
    library: str, cancelled: Callable[[Coroutine[Any, Any, object], int], Awaitable[None]]
) -> None:
    pytest.importorskip(library)
    with FaultyServer(never_respond) as server:
        read, write = os.pipe()

        async def main() -> None:
            transport = AsyncHttpxTransport(make_options(base_url=server.url))
            with os.fdopen(read, "rb", buffering=0) as source:
                try:
                    await cancelled(transport.call(make_upload(a=("a.pdf", source)), get_data), 2000)
                finally:
                    # Ends the thread that reads.
                    os.close(write)
            await transport.aclose()

        anyio.run(main, backend=library)


# --- the bug of httpcore ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("event", "workaround"),
    [("connect_tcp.complete", "make_trace"), ("receive_response_body.complete", "run_shielded")],
)
def test_httpcore_still_needs_the_workaround(event: str, workaround: str) -> None:
    """Fails when httpcore no longer leaks a connection if a call of plain httpx is cancelled at this moment."""
    with FaultyServer(respond(encode_response(b"{}"))) as server:

        async def main() -> bool:
            async with httpx.AsyncClient() as client:

                async def cancel(name: str, info: object) -> None:
                    if name.endswith(event):
                        task.cancel()

                task = asyncio.create_task(client.get(server.url, extensions={"trace": cancel}))
                with pytest.raises(asyncio.CancelledError):
                    await task
                connections = get_pool(client)
                is_leaked = not all(connection.is_idle() for connection in connections)
                for connection in connections:
                    await connection.aclose()
            return is_leaked

        assert asyncio.run(main()), f"remove {workaround} from eigenpal/_transport/cancellation.py"
