"""A workaround for connections that httpcore leaks when a task is cancelled.

httpcore shields its cleanup from cancellation by anyio, but not by asyncio itself (``asyncio.timeout``,
``asyncio.wait_for``, ``task.cancel()``). If a task is cancelled at the wrong moment, its connection never returns to
pool, and after a hundred of them the pool is exhausted: https://github.com/encode/httpcore/issues/830, also 658 and
1093; https://github.com/encode/httpcore/pull/1099 would fix it.

Calls without files over our own lanes run in the task of the caller, which is faster: each lane has a pool of its own,
which it closes when a call ends early.

Two tests in tests/transport/test_cancellation.py fail when httpcore no longer needs this; then remove this module.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from typing import Any, TypeVar

import anyio
import anyio.lowlevel

from eigenpal._transport.event_loops import get_running_loop

T = TypeVar("T")

_OPEN_EVENTS = ("connect_tcp.complete", "connect_unix_socket.complete", "start_tls.complete")


async def run_shielded(function: Callable[[], Awaitable[T]]) -> T:
    """Run a function in its own task, and turn a cancellation by asyncio into one by anyio."""
    loop = get_running_loop()
    if not isinstance(loop, asyncio.AbstractEventLoop):
        return await function()
    scope = anyio.CancelScope()
    results: list[T] = []
    errors: list[BaseException] = []

    async def run() -> None:
        with scope:
            try:
                results.append(await function())
            except asyncio.CancelledError:
                raise
            except BaseException as error:  # noqa: BLE001  (raised below; some would end the event loop)
                errors.append(error)
        if not done.done():
            done.set_result(None)

    # Not asyncio.shield, which would double the overhead.
    done: asyncio.Future[None] = loop.create_future()
    task = loop.create_task(run())
    task.add_done_callback(lambda _: done.cancel())
    try:
        await done
    except asyncio.CancelledError:
        scope.cancel()
        while not task.done():
            with suppress(asyncio.CancelledError):
                await asyncio.wait((task,))
        raise
    # Popped, because an error referenced by a frame of its own traceback is a reference cycle.
    if errors:
        raise errors.pop()
    return results.pop()


async def close_shielded(closable: Any) -> None:
    """Close a connection or transport completely, however often the task is cancelled meanwhile."""

    async def close() -> None:
        with anyio.CancelScope(shield=True):
            await closable.aclose()

    await run_shielded(close)


def make_trace(
    note: Callable[[str, Mapping[str, Any]], None],
) -> Callable[[str, Mapping[str, Any]], Awaitable[None]]:
    """Return a trace callback for httpcore that delivers a cancellation as soon as a connection is open.

    If it were delivered later, before the connection is used, httpcore would never release the connection. The callback
    also closes a connection whose TLS handshake is cancelled, which httpcore does not.

    Args:
        note: Called with every event.
    """
    opened: list[Any] = []

    async def trace(event: str, info: Mapping[str, Any]) -> None:
        note(event, info)
        if event.startswith("http"):
            return
        if event.endswith(_OPEN_EVENTS):
            opened.append(info["return_value"])
        elif event.endswith("start_tls.failed") and not isinstance(info["exception"], Exception):
            for stream in opened[-1:]:
                await close_shielded(stream)
            return
        else:
            return
        try:
            await anyio.lowlevel.checkpoint_if_cancelled()
        except BaseException:
            await close_shielded(opened[-1])
            raise

    return trace
