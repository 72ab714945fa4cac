"""The threads of a batch: each carries out one flow after the other, because starting one for each takes long.

They are daemon threads. Those of `concurrent.futures` would keep the interpreter alive until their requests have ended.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from contextlib import AbstractContextManager
from contextvars import Context, copy_context
from queue import SimpleQueue
from typing import NamedTuple, TypeAlias

from eigenpal._runs.many.actions import BatchFlow


class _Work(NamedTuple):
    context: Context
    flow: BatchFlow[None]


_Inbox: TypeAlias = "SimpleQueue[_Work | None]"


class FlowThreads:
    """Carries out flows, as many at once as there are. All methods are called under the lock.

    Args:
        lock: The lock of the batch.
        drive: Carries out a flow to its end.
    """

    def __init__(self, lock: AbstractContextManager[object], drive: Callable[[BatchFlow[None]], object]) -> None:
        self._lock = lock
        self._drive = drive
        self._waiting: deque[_Work] = deque()
        self._inboxes: list[_Inbox] = []
        """Those of all threads."""
        self._idle: list[tuple[threading.Thread, _Inbox]] = []
        self._is_closed = False

    def add(self, flow: BatchFlow[None]) -> None:
        """Have a flow carried out, after the next `assign`."""
        self._waiting.append(_Work(copy_context(), flow))

    def assign(self, *, spare: int = 0) -> None:
        """Give the flows that were added to threads, but leave so many to those that are about to be free.

        Raises:
            RuntimeError: No thread can be started.
        """
        while len(self._waiting) > spare:
            work = self._waiting.popleft()
            self._find_inbox().put(work)

    def close(self) -> None:
        """End the threads, those that carry out a flow after it."""
        self._is_closed = True
        # Not only to those that are idle: Ctrl-C may have lost one on its way to a flow.
        for inbox in self._inboxes:
            inbox.put(None)

    def _find_inbox(self) -> _Inbox:
        while self._idle:
            thread, inbox = self._idle.pop()
            if thread.is_alive():  # a fork leaves the threads behind
                return inbox
        new: _Inbox = SimpleQueue()
        self._inboxes.append(new)
        threading.Thread(target=self._work, args=(new,), name="eigenpal-run-many", daemon=True).start()
        return new

    def _work(self, inbox: _Inbox) -> None:
        work = inbox.get()
        while work is not None:
            work.context.run(self._drive, work.flow)
            with self._lock:
                work = self._waiting.popleft() if self._waiting else None
                if work is None:
                    self._idle.append((threading.current_thread(), inbox))
                # Asked last: the garbage collector may have closed the batch just now, in this thread.
                if self._is_closed:
                    return
            if work is None:
                work = inbox.get()
