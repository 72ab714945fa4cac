"""Requests over a connection that is open already, for which httpcore reports no events, behave as over a new one."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Mapping
from typing import Any

import pytest

from eigenpal import errors
from eigenpal._transport import AsyncHttpxTransport, HttpxTransport
from eigenpal._transport.request_trace import RequestTrace
from eigenpal_generated.runtime import Request
from tests.support.event_loop import EventLoop, Kind
from tests.support.faulty_server import (
    ConnectionHandler,
    FaultyServer,
    close_early,
    encode_response,
    never_respond,
    reset_early,
    respond,
)
from tests.support.notes import read_note

from .harness import GET, START, get_data, get_pool, make_options
from .test_stalls import STALLS, Stall


def call_twice(
    kind: Kind,
    handler: ConnectionHandler,
    request: Request = START,
    *,
    timeout_seconds: float = 60.0,
    deadline_seconds: float | None = None,
) -> Any:
    """Make two calls over one connection, whose second request has this handler; return the result of the second."""
    make: Any = HttpxTransport if kind == "sync" else AsyncHttpxTransport
    with FaultyServer(respond(), handler) as server, EventLoop() as loop:
        options = make_options(base_url=server.url, max_retries=0)
        transport = make(options)
        try:
            loop.complete(transport.call(GET, get_data))
            second = transport.with_options(options._replace(timeout_seconds=timeout_seconds))
            deadline = None if deadline_seconds is None else time.monotonic() + deadline_seconds
            return loop.complete(second.call(request, get_data, deadline=deadline))
        finally:
            assert server.connection_count == 1
            loop.complete(transport.close() if kind == "sync" else transport.aclose())


def test_httpcore_reports_events_only_while_a_connection_is_opened(kind: Kind, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each event takes about a hundredth of a call."""
    events: list[list[str]] = []
    begin, note = RequestTrace.__init__, RequestTrace.__call__

    def record_begin(self: RequestTrace, *args: Any) -> None:
        events.append([])
        begin(self, *args)

    def record(self: RequestTrace, event: str, info: Mapping[str, Any]) -> None:
        events[-1].append(event)
        note(self, event, info)

    monkeypatch.setattr(RequestTrace, "__init__", record_begin)
    monkeypatch.setattr(RequestTrace, "__call__", record)
    call_twice(kind, respond())
    first, second = events
    assert first[:3] == [
        "connection.connect_tcp.started",
        "connection.connect_tcp.complete",
        "http11.send_request_headers.started",
    ]
    assert second == []


@pytest.mark.parametrize("limit", [{"timeout_seconds": 0.6}, {"deadline_seconds": 0.6}], ids=["timeout", "deadline"])
@pytest.mark.parametrize("stall", [stall for stall in STALLS.values() if stall.was_sent and not stall.proxy])
def test_stalls(kind: Kind, stall: Stall, limit: dict[str, Any]) -> None:
    began = time.monotonic()
    with pytest.raises(errors.EigenpalTimeoutError) as caught:
        call_twice(kind, stall.handler, **limit)
    # What stalls takes 10 s or more.
    assert time.monotonic() - began < 8
    assert caught.value.outcome_unknown


@pytest.mark.parametrize("handler", [reset_early, close_early])
def test_a_start_that_is_lost_may_have_started(kind: Kind, handler: ConnectionHandler) -> None:
    with pytest.raises(errors.EigenpalConnectionError) as caught:
        call_twice(kind, handler)
    assert caught.value.outcome_unknown


@pytest.mark.parametrize("times", [1, 3])
def test_a_start_that_is_cancelled_may_have_started(times: int, caplog: pytest.LogCaptureFixture) -> None:
    with FaultyServer(respond(), never_respond) as server:

        async def main() -> None:
            transport = AsyncHttpxTransport(make_options(base_url=server.url))
            await transport.call(GET, get_data)
            call = asyncio.create_task(transport.call(START, get_data))
            for _ in range(2):
                await asyncio.to_thread(server.request_arrived.acquire)
            for _ in range(times):
                call.cancel()
                await asyncio.sleep(0)
            with pytest.raises(asyncio.CancelledError) as caught:
                await call
            assert "The run may have started" in read_note(caught.value, caplog)
            assert get_pool(transport.connections.client()) == []
            await transport.aclose()

        asyncio.run(main())


@pytest.mark.parametrize("times", [1, 2, 3])
def test_a_call_that_is_cancelled_at_any_step(times: int) -> None:
    with FaultyServer(respond(encode_response(b"{}"))) as server:

        async def main() -> None:
            transport = AsyncHttpxTransport(make_options(base_url=server.url))
            for steps in range(40):
                await transport.call(GET, get_data)
                task = asyncio.create_task(transport.call(GET, get_data))
                for _ in range(steps):
                    await asyncio.sleep(0)
                for _ in range(times):
                    task.cancel()
                    await asyncio.sleep(0)
                with contextlib.suppress(asyncio.CancelledError):
                    await task
                # What is left is idle, and works.
                assert all(connection.is_idle() for connection in get_pool(transport.connections.client()))
            await transport.call(GET, get_data)
            await transport.aclose()

        asyncio.run(main())
