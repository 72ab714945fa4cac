"""However a call ends, its connection is released and nothing stays in memory."""

from __future__ import annotations

import asyncio
import gc
import itertools
import sys
import weakref
from pathlib import Path
from typing import Any

import httpx
import pytest

from eigenpal import errors
from eigenpal._transport import AsyncHttpxTransport, HttpxTransport
from eigenpal._transport.lane_pool import KEEPALIVE_SECONDS, make_limits
from tests.support.faulty_server import Connection, FaultyServer, encode_response, respond, send_then
from tests.support.script import Script, error_response, ok

from .harness import FILE, GET, START, count_open_files, get_data, get_pool, make_options, no_async_sleep, no_sleep


@pytest.mark.parametrize(
    "handler",
    [
        respond(),
        respond(encode_response(b"{}", "500 Internal Server Error")),
        respond(encode_response(b"<html>", content_type="text/html")),
        respond(encode_response(b"{", content_type="application/json")),
        send_then(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc", Connection.reset),
        respond(b"HTTP/1.1 302 Found\r\nLocation: /api/v1/runs/run_1\r\nContent-Length: 5\r\n\r\nmoved"),
        respond(encode_response(b"x" * 2_000_000, "404 Not Found", "text/plain")),
    ],
)
def test_no_connection_stays_checked_out(handler: Any) -> None:
    with FaultyServer(handler) as server:
        transport = HttpxTransport(make_options(base_url=server.url, max_retries=2), sleep=no_sleep)
        for request in (GET, FILE, START):
            try:
                transport.call(request, get_data)
                with transport.stream(request):
                    pass
            except errors.EigenpalError:
                pass
        assert all(connection.is_idle() for connection in get_pool(transport.connections.client()))
        transport.close()

        async def main() -> None:
            transport = AsyncHttpxTransport(make_options(base_url=server.url, max_retries=2), sleep=no_async_sleep)
            for request in (GET, FILE, START):
                try:
                    await transport.call(request, get_data)
                    async with transport.stream(request):
                        pass
                except errors.EigenpalError:
                    pass
            assert all(connection.is_idle() for connection in get_pool(transport.connections.client()))
            await transport.aclose()

        asyncio.run(main())


def test_idle_connections_are_closed_before_servers_do() -> None:
    """A request that is sent while the server closes the connection is lost, and starts are not retried."""
    kept_by_servers = 5.0
    assert 2.0 < KEEPALIVE_SECONDS < kept_by_servers
    assert make_limits().keepalive_expiry == KEEPALIVE_SECONDS


def test_thousands_of_calls_leak_nothing() -> None:
    answers_in_turn = itertools.cycle([ok, lambda: error_response(503)])
    client = httpx.Client(transport=httpx.MockTransport(lambda request: next(answers_in_turn)()))
    transport = HttpxTransport(make_options(), http_client=client, sleep=no_sleep)

    def use(times: int) -> None:
        for _ in range(times):
            transport.call(GET, get_data)

    use(200)
    gc.collect()
    before = sys.getallocatedblocks()
    use(10_000)
    gc.collect()
    # A leak of one block per call would be ten times as many.
    assert sys.getallocatedblocks() - before < 1000
    client.close()


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="there is no other way to count open files")
def test_thousands_of_calls_leak_no_sockets() -> None:
    with FaultyServer(
        *[respond(), respond(encode_response(b"{", status="500 x"), keep_alive=False)] * 500, respond()
    ) as server:
        before = count_open_files()
        transport = HttpxTransport(make_options(base_url=server.url), sleep=no_sleep)
        for _ in range(1000):
            transport.call(GET, get_data)
        assert server.connection_count > 400
        transport.close()
        assert count_open_files() - before < 20


def test_thousands_of_asynchronous_calls_leak_nothing() -> None:
    async def main() -> int:
        client = httpx.AsyncClient(transport=httpx.MockTransport(lambda request: ok()))
        transport = AsyncHttpxTransport(make_options(), http_client=client)

        async def use(times: int) -> None:
            for _ in range(times):
                await transport.call(GET, get_data)

        await use(200)
        gc.collect()
        before = sys.getallocatedblocks()
        await use(3000)
        gc.collect()
        await client.aclose()
        return sys.getallocatedblocks() - before

    assert asyncio.run(main()) < 1000


def test_errors_create_no_reference_cycles() -> None:
    """A caught error is freed at once, without the garbage collector."""
    client = httpx.Client(transport=httpx.MockTransport(Script(error_response(404))))
    transport = HttpxTransport(make_options(), http_client=client)
    seen: list[weakref.ref[errors.EigenpalError]] = []
    gc.collect()
    gc.disable()
    try:
        try:
            transport.call(GET, get_data)
        except errors.EigenpalNotFoundError as error:
            seen.append(weakref.ref(error))
        assert [reference() for reference in seen] == [None]
    finally:
        gc.enable()
    client.close()
