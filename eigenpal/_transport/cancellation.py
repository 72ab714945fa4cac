"""A way around what httpcore does to its connections when a task is cancelled."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from typing import Any, TypeVar

import anyio
import anyio.lowlevel

from eigenpal._transport.connections import running_loop

T = TypeVar("T")

_OPENED = ("connect_tcp.complete", "connect_unix_socket.complete", "start_tls.complete")


async def run_shielded(function: Callable[[], Awaitable[T]]) -> T:
    """Carry something out in a task of its own, where a cancellation by asyncio arrives as one by anyio.

    From that one httpcore shields itself. Interrupted by asyncio itself while it gives a connection back, it would keep
    that checked out for ever, and after a hundred of them a client would have none left.
    """
    loop = running_loop()
    if not isinstance(loop, asyncio.AbstractEventLoop):
        return await function()
    scope = anyio.CancelScope()
    results: list[T] = []
    failures: list[BaseException] = []

    async def carry_out() -> None:
        with scope:
            try:
                results.append(await function())
            except asyncio.CancelledError:
                raise
            except BaseException as error:  # noqa: BLE001  (handed over: a task would keep it, or end the event loop)
                failures.append(error)
        if not done.done():
            done.set_result(None)

    # Not asyncio.shield, which takes as long as the rest of this together.
    done: asyncio.Future[None] = loop.create_future()
    task = loop.create_task(carry_out())
    task.add_done_callback(lambda _: done.cancel())
    try:
        await done
    except asyncio.CancelledError:
        scope.cancel()
        while not task.done():
            with suppress(asyncio.CancelledError):
                await asyncio.wait((task,))
        raise
    if failures:
        raise failures.pop()
    return results.pop()


def make_trace() -> Callable[[str, Mapping[str, Any]], Awaitable[None]]:
    """Return what httpcore calls at each step, so that a cancellation takes action as soon as there is a connection.

    A moment later, between opening a connection and using it, httpcore would keep that for ever; and one whose
    encryption is being agreed on it leaves to the garbage collector.
    """
    opened: list[Any] = []

    async def trace(event: str, info: Mapping[str, Any]) -> None:
        if event.endswith(_OPENED):
            opened.append(info["return_value"])
        elif not event.endswith("start_tls.failed"):
            return
        try:
            await anyio.lowlevel.checkpoint_if_cancelled()
        except BaseException:
            with anyio.CancelScope(shield=True):
                for stream in opened[-1:]:
                    await stream.aclose()
            raise

    return trace
