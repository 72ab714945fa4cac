"""The results that the caller has not taken, as they come or in the order of the inputs."""

from __future__ import annotations

from collections import deque

from eigenpal._runs.many.results import RunResult


class ResultQueue:
    """The results that the caller has not taken."""

    def __init__(self) -> None:
        self.is_ordered = False
        """Whether they are taken in the order of the inputs."""
        self._ready: deque[RunResult] = deque()
        self._ordered: dict[int, RunResult | None] = {}
        """Those that come after the next one, by position; None for an input without a result."""
        self._next_index = 0

    def __len__(self) -> int:
        return len(self._ready) + len(self._ordered)

    def add(self, index: int, result: RunResult | None) -> None:
        """Add the result of an input, or None if it has none."""
        if self.is_ordered:
            self._ordered[index] = result
            self._move_ready()
        elif result is not None:
            self._ready.append(result)

    def _move_ready(self) -> None:
        while self._next_index in self._ordered:
            result = self._ordered.pop(self._next_index)
            self._next_index += 1
            if result is not None:
                self._ready.append(result)

    def take(self) -> RunResult | None:
        """Return the next result, if there is one."""
        return self._ready.popleft() if self._ready else None
