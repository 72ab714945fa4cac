"""An event for threads that neither an interrupt nor the garbage collector can break.

The condition inside a `threading.Event` is Python code: if Ctrl-C hits it, or a finalizer sets the event while its
thread does so too, its lock stays locked, and the next thread that touches the event hangs.
"""

from __future__ import annotations

import threading


class ThreadEvent:
    """Something that happens once, and threads that wait for it. It is set by one thread at a time."""

    __slots__ = ("_is_set", "_lock")

    def __init__(self) -> None:
        self._is_set = False
        self._lock = threading.Lock()
        self._lock.acquire()

    def set(self) -> None:
        """Wake all threads that wait, also those that will."""
        if not self._is_set:
            self._is_set = True
            self._lock.release()

    def is_set(self) -> bool:
        """Return whether it has happened."""
        return self._is_set

    def wait(self, timeout: float | None = None) -> None:
        """Wait until it happens, or so many seconds have passed."""
        seconds = -1 if timeout is None else min(max(timeout, 0.0), threading.TIMEOUT_MAX)
        if self._lock.acquire(timeout=seconds):
            self._lock.release()
