"""Asynchronous file handles, used from a thread that works for a task of their event loop."""

from __future__ import annotations

import inspect
import os
import threading
from collections.abc import Awaitable, Callable, Generator
from contextlib import contextmanager
from typing import Any

_thread = threading.local()


@contextmanager
def working_for_task(run_in_task: Callable[[Callable[[], Awaitable[Any]]], Any]) -> Generator[None]:
    """Have the asynchronous handles that are used in this thread call their methods by ``run_in_task``."""
    _thread.run_in_task = run_in_task
    try:
        yield
    finally:
        del _thread.run_in_task


class AsyncHandle:
    """An asynchronous file handle, with the methods of a synchronous one."""

    def __init__(self, handle: Any) -> None:
        self._handle = handle

    @staticmethod
    def has_event_loop() -> bool:
        """Return whether this thread works for a task."""
        return hasattr(_thread, "run_in_task")

    def read(self, size: int) -> Any:
        """Read at most ``size`` bytes."""
        return self._run(self._handle.read, size)

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> Any:
        """Change the position."""
        return self._run(self._handle.seek, offset, whence)

    def tell(self) -> Any:
        """Return the position."""
        return self._run(self._handle.tell)

    def seekable(self) -> Any:
        """Return whether the position can be changed."""
        return self._run(self._handle.seekable)

    @staticmethod
    def _run(function: Callable[..., Any], *args: Any) -> Any:
        async def call() -> Any:
            result = function(*args)
            # Which of the methods are asynchronous depends on the library.
            return await result if inspect.isawaitable(result) else result

        return _thread.run_in_task(call)
