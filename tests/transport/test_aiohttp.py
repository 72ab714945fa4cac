"""The asynchronous transport over aiohttp, with httpx-aiohttp."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from eigenpal import errors
from eigenpal._transport import AsyncHttpxTransport
from tests.support.faulty_server import (
    Connection,
    ConnectionHandler,
    FaultyServer,
    encode_response,
    make_refusing_address,
    make_unconnectable_address,
    never_respond,
    reset_early,
    respond,
    send_then,
)

from .harness import FILE, GET, START, get_data, make_options, make_upload, no_async_sleep

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")
adapter = pytest.importorskip("httpx_aiohttp")


def over_aiohttp(url: str, use: Callable[[AsyncHttpxTransport], Awaitable[Any]], **given: Any) -> Any:
    async def main() -> Any:
        client: httpx.AsyncClient = adapter.HttpxAiohttpClient()
        async with client:
            transport = AsyncHttpxTransport(
                make_options(base_url=url, **given), http_client=client, sleep=no_async_sleep
            )
            return await use(transport)

    return asyncio.run(main())


def test_calls_uploads_and_downloads(tmp_path: Path) -> None:
    path = tmp_path / "contract.pdf"
    path.write_bytes(b"%PDF" * 100_000)
    content = bytes(range(256)) * 1000
    with FaultyServer(respond(), respond(), respond(), respond(encode_response(content, content_type="x/y"))) as server:

        async def use(transport: AsyncHttpxTransport) -> int:
            assert (await transport.call(GET, get_data))["id"] == "run_1"
            assert (await transport.call(START, get_data))["id"] == "run_1"
            assert (await transport.call(make_upload(contract=path), get_data))["id"] == "run_1"
            return await transport.download(FILE, tmp_path / "out", None)

        assert over_aiohttp(server.url, use) == len(content)
    assert (tmp_path / "out").read_bytes() == content
    get, start, sent, _ = server.requests
    assert get.body == b""
    assert start.body == b'{"target":"workflows.x","input":{}}'
    assert b"%PDF" * 100_000 in sent.body
    assert int(sent.headers["content-length"]) == len(sent.body)
    assert sent.headers["host"] == server.url.removeprefix("http://")


@pytest.mark.parametrize(
    ("handler", "expected"),
    [
        (reset_early, errors.EigenpalConnectionError),
        (send_then(b"", Connection.reset), errors.EigenpalConnectionError),
        (send_then(b""), errors.EigenpalConnectionError),
        (
            send_then(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc", Connection.reset),
            errors.EigenpalConnectionError,
        ),
        (
            send_then(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc"),
            errors.EigenpalConnectionError,
        ),
        (send_then(b"not HTTP at all\r\n\r\n"), errors.EigenpalConnectionError),
        (never_respond, errors.EigenpalTimeoutError),
        (respond(encode_response(b"{}", "500 x")), errors.EigenpalServerError),
    ],
)
def test_a_start_is_never_sent_twice(handler: ConnectionHandler, expected: type[errors.EigenpalError]) -> None:
    with FaultyServer(handler) as server:
        with pytest.raises(expected, match="may have started") as caught:
            over_aiohttp(server.url, lambda transport: transport.call(START, get_data), timeout_seconds=2.0)
        assert caught.value.outcome_unknown
        assert server.connection_count == 1


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        (make_refusing_address, errors.EigenpalConnectionError),
        (make_unconnectable_address, errors.EigenpalTimeoutError),
    ],
)
def test_a_failed_connection_leaves_no_doubt_about_the_outcome(
    place: Any, expected: type[errors.EigenpalError]
) -> None:
    url, kept = place()
    with pytest.raises(expected, match=r"4 attempts") as caught:
        over_aiohttp(url, lambda transport: transport.call(START, get_data), timeout_seconds=0.3)
    assert not caught.value.outcome_unknown
    for holder in kept:
        holder.close()


def test_transient_failures_are_retried() -> None:
    with FaultyServer(
        reset_early,
        send_then(b""),
        respond(encode_response(b"{}", "503 x")),
        respond(),
    ) as server:
        assert over_aiohttp(server.url, lambda transport: transport.call(GET, get_data))["id"] == "run_1"


@pytest.mark.parametrize("is_upload", [False, True])
def test_a_head_that_arrives_a_byte_at_a_time(is_upload: bool, tmp_path: Path) -> None:
    """aiohttp reports no progress, so its own timeouts for each byte are followed by one for the whole head."""

    def drip_head(connection: Connection, server: FaultyServer) -> bool:
        server.read(connection)
        for byte in b"HTTP/1.1 200 OK\r\nX: " + b"x" * 5000:
            if server.stopping.wait(0.01):
                break
            connection.send(bytes([byte]))
        return False

    path = tmp_path / "contract.pdf"
    path.write_bytes(b"%PDF")
    request = make_upload(contract=path) if is_upload else START
    with FaultyServer(drip_head) as server:
        began = time.monotonic()
        with pytest.raises(errors.EigenpalTimeoutError) as caught:
            over_aiohttp(server.url, lambda transport: transport.call(request, get_data), timeout_seconds=0.1)
    assert time.monotonic() - began < 5
    assert caught.value.outcome_unknown
