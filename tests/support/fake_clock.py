"""A clock that only sleeping advances."""

from __future__ import annotations

from eigenpal._transport.request_flow import Environment


class FakeClock:
    """A clock that only sleeping advances, and randomness that is always the same."""

    def __init__(self, now: float = 1000.0, random: float = 1.0) -> None:
        self.now = now
        self.sleeps: list[float] = []
        self.error: BaseException | None = None
        """Raised by the next sleep, like an interrupt."""
        self.suspended_seconds = 0.0
        """Added to the next sleep, like that of a computer that is suspended."""
        self.environment = Environment(
            monotonic=self.monotonic, time=lambda: 1_700_000_000.0 + self.now, random=lambda: random
        )

    def monotonic(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.sleeps.append(seconds)
        self.now += seconds + self.suspended_seconds
        self.suspended_seconds = 0.0
        if self.error is not None:
            raise self.error

    async def async_sleep(self, seconds: float) -> None:
        self.sleep(seconds)
