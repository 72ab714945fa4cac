"""Threads that call handlers; they are daemons, so a stuck handler does not keep the process alive."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable

MAX_THREADS = 64


class WorkerPool:
    """A pool that starts threads when all are busy, up to a maximum."""

    def __init__(self) -> None:
        self._jobs: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._threads = 0
        self._idle = 0

    def submit(self, job: Callable[[], None]) -> None:
        """Call ``job`` in a thread; it must not raise."""
        with self._lock:
            if self._idle > 0:
                self._idle -= 1
            elif self._threads < MAX_THREADS:
                self._threads += 1
                threading.Thread(target=self._run_jobs, name="eigenpal-testing-worker", daemon=True).start()
        self._jobs.put(job)

    def close(self) -> None:
        """Let every thread end when it is idle."""
        with self._lock:
            for _ in range(self._threads):
                self._jobs.put(None)
            self._threads = self._idle = 0

    def _run_jobs(self) -> None:
        while (job := self._jobs.get()) is not None:
            job()
            with self._lock:
                self._idle += 1
