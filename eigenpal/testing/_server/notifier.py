"""Wakes coroutines, in any event loop, when another thread has changed something."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable

import anyio


class Notifier:
    """Lets coroutines wait for a condition that other threads change."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiters: set[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = set()

    def notify(self) -> None:
        """Wake all waiters; safe to call from any thread."""
        # Waiters leave under the same lock, so no loop can close between the check and the call.
        with self._lock:
            for loop, event in self._waiters:
                if not loop.is_closed():
                    loop.call_soon_threadsafe(event.set)

    async def wait_until(self, done: Callable[[], bool], seconds: float) -> bool:
        """Wait until a condition holds or ``seconds`` of real time have passed.

        Args:
            done: The condition, checked first and after every notification.
            seconds: Maximum time to wait.

        Returns:
            The last result of ``done``.
        """
        if done():
            return True
        event = asyncio.Event()
        waiter = (asyncio.get_running_loop(), event)
        with self._lock:
            self._waiters.add(waiter)
        try:
            # Not asyncio.wait_for: before Python 3.12 it can lose a cancellation (python/cpython#86296).
            with anyio.move_on_after(seconds):
                while not done():
                    await event.wait()
                    event.clear()
            return done()
        finally:
            with self._lock:
                self._waiters.discard(waiter)
