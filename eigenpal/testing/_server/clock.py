"""The clock of a server, which tests can freeze and advance instead of sleeping."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime, timedelta, timezone

from eigenpal._clock import real_monotonic

EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)


class Clock:
    """The only source of time in a server.

    A clock runs in real time unless it is frozen. Without a start time, it shows what the clock of the system shows,
    also where freezegun or time-machine have set that; runs still take the time they are told to, and are not stopped
    by them.

    A frozen clock is advanced by the test, and by whoever would have to wait for it: a server-side wait
    (``wait_for_completion``), and each client of the same process that sleeps between polls or before a retry. None
    of these waits takes real time.

    Args:
        start: Initial time, with a time zone. Defaults to the current time.
        frozen: Whether the clock is stopped until it is advanced.

    Examples:
        >>> clock = Clock(datetime(2026, 3, 20, 9, tzinfo=timezone.utc), frozen=True)
        >>> clock.advance(90).isoformat()
        '2026-03-20T09:01:30+00:00'
    """

    def __init__(self, start: datetime | None = None, *, frozen: bool = False) -> None:
        if start is not None and start.tzinfo is None:
            raise ValueError("start needs a time zone, such as datetime(..., tzinfo=timezone.utc)")
        self._lock = threading.Lock()
        self._follows_system = start is None
        self._elapsed = timedelta(0)
        self._time = (start or truncate_to_milliseconds(read_system_time())).astimezone(timezone.utc)
        self._ahead_of_system = timedelta(0)
        self._running_since: float | None = None if frozen else real_monotonic()
        self._listeners: list[Callable[[], None]] = []

    @property
    def frozen(self) -> bool:
        """Whether the clock is stopped until it is advanced."""
        return self._running_since is None

    def now(self) -> datetime:
        """Return the current time of the clock, in UTC."""
        with self._lock:
            return self._current_time()

    def elapsed(self) -> timedelta:
        """Return how long the clock has run, including what it was advanced by; this never goes back."""
        with self._lock:
            return self._elapsed + self._running_time()

    def shift(self) -> timedelta:
        """Return what must be added to `elapsed` for the current time."""
        with self._lock:
            return self._current_time() - EPOCH - self._elapsed - self._running_time()

    def advance(self, seconds: float | timedelta) -> datetime:
        """Advance the clock, and apply all updates that are due.

        Args:
            seconds: Seconds or a timedelta, 0 or more.

        Returns:
            The new time.

        Raises:
            ValueError: The clock would go back.

        Examples:
            >>> server.clock.advance(30)  # doctest: +SKIP
        """
        step = seconds if isinstance(seconds, timedelta) else timedelta(seconds=seconds)
        if step < timedelta(0):
            raise ValueError(f"a clock cannot go back (by {step})")
        with self._lock:
            self._elapsed += step
            self._time += step
            self._ahead_of_system += step
            now = self._current_time()
        self._notify()
        return now

    def advance_to(self, when: datetime) -> datetime:
        """Advance the clock to ``when``; a time in the past changes nothing.

        Args:
            when: Time to advance to.

        Returns:
            The new time.
        """
        remaining = when - self.now()
        return self.advance(remaining) if remaining > timedelta(0) else self.now()

    def freeze(self) -> None:
        """Stop the clock at its current time."""
        with self._lock:
            self._time = self._current_time()
            self._elapsed += self._running_time()
            self._running_since = None
        self._notify()

    def resume(self) -> None:
        """Let a frozen clock run again."""
        with self._lock:
            if self._running_since is None:
                self._running_since = real_monotonic()
                self._ahead_of_system = self._time - read_system_time()
        self._notify()

    def on_change(self, listener: Callable[[], None]) -> None:
        """Call ``listener`` whenever the clock is advanced, frozen or resumed."""
        self._listeners.append(listener)

    def _running_time(self) -> timedelta:
        if self._running_since is None:
            return timedelta(0)
        return timedelta(seconds=real_monotonic() - self._running_since)

    def _current_time(self) -> datetime:
        if self._running_since is None:
            return self._time
        if self._follows_system:
            return read_system_time() + self._ahead_of_system
        return self._time + self._running_time()

    def _notify(self) -> None:
        for listener in self._listeners:
            listener()


def read_system_time() -> datetime:
    """Return what the clock of the system shows, or what freezegun or time-machine have set it to."""
    # Not the subclass of datetime that freezegun returns.
    return EPOCH + (datetime.now(timezone.utc) - EPOCH)


def format_timestamp(when: datetime) -> str:
    """Format a datetime as the API does: UTC, milliseconds, ``Z``."""
    return when.astimezone(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def truncate_to_milliseconds(when: datetime) -> datetime:
    """Return a datetime with the precision of the API, so that filters match the timestamps it shows."""
    return when.replace(microsecond=when.microsecond // 1000 * 1000)


def format_optional_timestamp(when: datetime | None) -> str | None:
    """Format a datetime as the API does, or return None."""
    return None if when is None else format_timestamp(when)
