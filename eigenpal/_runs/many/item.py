"""One input of a batch, and what is known of its run."""

from __future__ import annotations

from eigenpal._runs.many.results import RunResult
from eigenpal_generated.models import Run


class Item:
    """One input, and what is known of its run."""

    def __init__(self, index: int, key: str, began: float) -> None:
        self.index = index
        self.key = key
        self.began = began
        """When its start was sent, on the monotonic clock."""
        self.attempt = 1
        self.run_id: str | None = None
        self.has_slot = False
        """Whether it counts as running."""
        self.is_sending = False
        """Whether its start is in flight."""
        self.sent_at: float | None = None
        """The time of the server when the start was sent."""

    def make_result(self, now: float, *, run: Run | None = None, error: Exception | None = None) -> RunResult:
        return RunResult(
            key=self.key,
            index=self.index,
            run=run,
            error=error,
            run_id=self.run_id,
            seconds=now - self.began,
            attempt=self.attempt,
        )
