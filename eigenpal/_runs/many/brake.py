"""The brake: how many starts may be in flight, and from when on, after the server has refused some."""

from __future__ import annotations

from collections.abc import Callable

_FIRST_PAUSE_SECONDS = 0.25
_MAX_PAUSE_SECONDS = 30.0

MAX_RETRY_AFTER_SECONDS = 900.0
"""The longest Retry-After that is waited for."""


class Brake:
    """Slows all starts after a refusal: 429, 503, or a connection that could not be made.

    Nothing is started during a pause, which the server chooses (``Retry-After``) or which doubles with each refusal in
    a row. Each pause halves the limit of starts in flight; as many successes as the limit raise it by one.

    Args:
        concurrency: The limit without a refusal.
        random: Returns a number between 0 and 1, so that clients that were refused together do not return together.
    """

    def __init__(self, concurrency: int, random: Callable[[], float]) -> None:
        self._concurrency = concurrency
        self._random = random
        self._limit = float(concurrency)
        self.refusals_in_a_row = 0
        """How many pauses there were since the last success."""
        self._last_pause = -1e9
        self.held_until = -1e9
        """Until when nothing may be sent, on the monotonic clock."""
        self.successes = 0
        """How many starts have succeeded."""

    @property
    def limit(self) -> int:
        """How many starts and runs may be in flight."""
        return int(self._limit)

    def note_success(self) -> None:
        """Record that the server has taken a start."""
        self.successes += 1
        self.refusals_in_a_row = 0
        self._limit = min(self._concurrency, self._limit + 1 / self._limit)

    def note_refusal(self, sent: float, now: float, retry_after: float | None) -> None:
        """Record that the server has refused a request.

        Args:
            sent: When it was sent.
            now: When it was refused.
            retry_after: The seconds that the server asked to wait.
        """
        if sent >= self._last_pause:
            # What was sent before the last pause was refused for the same reason.
            pause = min(_FIRST_PAUSE_SECONDS * 2.0 ** min(self.refusals_in_a_row, 16), _MAX_PAUSE_SECONDS)
            self.refusals_in_a_row += 1
            self._limit = max(1.0, self._limit / 2)
            self._last_pause = now
            self.held_until = max(self.held_until, now + pause * (0.5 + 0.5 * self._random()))
        if retry_after is not None:
            self.held_until = max(self.held_until, now + min(retry_after, MAX_RETRY_AFTER_SECONDS))
