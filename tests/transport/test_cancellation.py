"""Cancelled calls of the asynchronous client, whenever that happens, keep no connection."""

from __future__ import annotations

import asyncio
import contextlib
from typing import Any

import httpx
import pytest

from eigenpal._transport import AsyncTransport

from .harness import GET, START, data_of, options, pool_of
from .lossy import LossyServer, answers, keeps_silent, response


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
