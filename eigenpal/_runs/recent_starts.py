"""The runs that a client has just started."""

from __future__ import annotations

from collections import deque
from contextlib import suppress

REPLICATION_SECONDS = 10.0
"""How long some of the API's servers may respond 404 for a new run."""


class RecentStarts:
    """The runs started in the last few seconds, for which some servers may still respond 404.

    Threads share it without a lock, which a fork could leave locked forever. At worst, a race drops a start too early.
    """

    def __init__(self) -> None:
        self._times: dict[str, float] = {}
        self._in_order: deque[tuple[float, str]] = deque()

    def add(self, run_id: str, now: float) -> None:
        """Record that a run was started at a time of the monotonic clock."""
        self._times[run_id] = now
        self._in_order.append((now, run_id))
        with suppress(IndexError):  # another thread removed the last entry
            while now - self._in_order[0][0] >= REPLICATION_SECONDS:
                self._times.pop(self._in_order.popleft()[1], None)

    def find_start_time(self, run_id: str) -> float | None:
        """Return when the run was started; None if that was long ago or is unknown."""
        return self._times.get(run_id)
