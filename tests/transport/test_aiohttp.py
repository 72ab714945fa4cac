"""The asynchronous transport over aiohttp, as httpx-aiohttp offers it for many calls at once."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from eigenpal import errors
from eigenpal._transport import AsyncHttpxTransport

from .harness import FILE, GET, START, data_of, options, upload
from .lossy import (
    Behaviour,
    LossyServer,
    answers,
    keeps_silent,
    resets_early,
    response,
    sends_then,
    unanswered,
    unconnectable,
)

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")
adapter = pytest.importorskip("httpx_aiohttp")


async def no_pause(seconds: float) -> None:
    """Pause for no time."""


def over_aiohttp(url: str, use: Callable[[AsyncHttpxTransport], Awaitable[Any]], **given: Any) -> Any:
    async def main() -> Any:
        client: httpx.AsyncClient = adapter.HttpxAiohttpClient()
        async with client:
            transport = AsyncHttpxTransport(options(base_url=url, **given), http_client=client, sleep=no_pause)
            return await use(transport)

    return asyncio.run(main())


def test_calls_uploads_and_downloads(tmp_path: Path) -> None:
    path = tmp_path / "contract.pdf"
    path.write_bytes(b"%PDF" * 100_000)
    content = bytes(range(256)) * 1000
    with LossyServer(answers(), answers(), answers(), answers(response(content, content_type="x/y"))) as server:

        async def use(transport: AsyncHttpxTransport) -> int:
            assert (await transport.call(GET, data_of))["id"] == "run_1"
            assert (await transport.call(START, data_of))["id"] == "run_1"
            assert (await transport.call(upload(contract=path), data_of))["id"] == "run_1"
            return await transport.download(FILE, tmp_path / "out", None)

        assert over_aiohttp(server.url, use) == len(content)
    assert (tmp_path / "out").read_bytes() == content
    get, start, sent, _ = server.seen
    assert get.body == b""
    assert start.body == b'{"target":"workflows.x","input":{}}'
    assert b"%PDF" * 100_000 in sent.body
    assert int(sent.headers["content-length"]) == len(sent.body)
    assert sent.headers["host"] == server.url.removeprefix("http://")


@pytest.mark.parametrize(
    ("behaviour", "expected"),
    [
        (resets_early, errors.EigenpalConnectionError),
        (sends_then(b"", lambda line: line.reset()), errors.EigenpalConnectionError),
        (sends_then(b"", lambda line: line.close()), errors.EigenpalConnectionError),
        (
            sends_then(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc", lambda line: line.reset()),
            errors.EigenpalConnectionError,
        ),
        (
            sends_then(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc", lambda line: line.close()),
            errors.EigenpalConnectionError,
        ),
        (sends_then(b"not HTTP at all\r\n\r\n", lambda line: line.close()), errors.EigenpalConnectionError),
        (keeps_silent, errors.EigenpalTimeoutError),
        (answers(response(b"{}", "500 x")), errors.EigenpalServerError),
    ],
)
def test_a_start_is_never_sent_twice(behaviour: Behaviour, expected: type[errors.EigenpalError]) -> None:
    with LossyServer(behaviour) as server:
        with pytest.raises(expected, match="may have started") as caught:
            over_aiohttp(server.url, lambda transport: transport.call(START, data_of), timeout_seconds=2.0)
        assert caught.value.outcome_unknown
        assert server.connections == 1


@pytest.mark.parametrize(
    ("place", "expected"),
    [(unanswered, errors.EigenpalConnectionError), (unconnectable, errors.EigenpalTimeoutError)],
)
def test_what_was_never_connected_is_known_to_be(place: Any, expected: type[errors.EigenpalError]) -> None:
    url, kept = place()
    with pytest.raises(expected, match=r"4 attempts") as caught:
        over_aiohttp(url, lambda transport: transport.call(START, data_of), timeout_seconds=0.3)
    assert not caught.value.outcome_unknown
    for holder in kept:
        holder.close()


def test_passing_faults_are_outlived() -> None:
    with LossyServer(
        resets_early, sends_then(b"", lambda line: line.close()), answers(response(b"{}", "503 x")), answers()
    ) as server:
        assert over_aiohttp(server.url, lambda transport: transport.call(GET, data_of))["id"] == "run_1"
