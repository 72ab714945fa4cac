"""Waking coroutines, in whichever event loop they wait, when something has changed in another thread."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable

import anyio


class Notifier:
    """Tells every waiting coroutine that it should look again."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiters: set[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = set()

    def notify(self) -> None:
        """Wake everyone who waits; from any thread."""
        # Under the lock, no one who waits can leave, and so no loop can be closed between the question and the call.
        with self._lock:
            for loop, event in self._waiters:
                if not loop.is_closed():
                    loop.call_soon_threadsafe(event.set)

    async def wait_until(self, done: Callable[[], bool], seconds: float) -> bool:
        """Wait until ``done`` or until ``seconds`` of real time have passed.

        Args:
            done: Asked first and after every change.
            seconds: How long to wait at most.

        Returns:
            What ``done`` said last.
        """
        if done():
            return True
        event = asyncio.Event()
        waiter = (asyncio.get_running_loop(), event)
        with self._lock:
            self._waiters.add(waiter)
        try:
            # Not asyncio.wait_for: before Python 3.12 it loses a cancellation that comes together with a change.
            with anyio.move_on_after(seconds):
                while not done():
                    await event.wait()
                    event.clear()
            return done()
        finally:
            with self._lock:
                self._waiters.discard(waiter)
