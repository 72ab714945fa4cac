"""The time of a server: it runs by itself, can be frozen, and can be turned forward, so that no test has to sleep."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta, timezone


class Clock:
    """The only source of time in a server.

    A clock runs with real time unless it is frozen. It never goes back. While it is frozen, a server-side wait
    (``wait_for_completion``) turns it forward by itself to whatever it waits for, so waiting takes no real time.

    Args:
        start: What the clock shows first; now, if left out. It must carry a time zone.
        frozen: Whether it stands still until it is turned.

    Example:
        >>> clock = Clock(datetime(2026, 3, 20, 9, tzinfo=timezone.utc), frozen=True)
        >>> clock.advance(90).isoformat()
        '2026-03-20T09:01:30+00:00'
    """

    def __init__(self, start: datetime | None = None, *, frozen: bool = False) -> None:
        if start is not None and start.tzinfo is None:
            raise ValueError("start has no time zone; write datetime(..., tzinfo=timezone.utc)")
        self._lock = threading.Lock()
        self._time = (start or truncate_to_milliseconds(datetime.now(timezone.utc))).astimezone(timezone.utc)
        self._running_since: float | None = None if frozen else time.monotonic()
        self._listeners: list[Callable[[], None]] = []

    @property
    def frozen(self) -> bool:
        """Whether the clock stands still until it is turned."""
        return self._running_since is None

    def now(self) -> datetime:
        """Return the moment the clock shows, in UTC."""
        with self._lock:
            return self._current_time()

    def advance(self, seconds: float | timedelta) -> datetime:
        """Turn the clock forward and let everything happen that is due by then.

        Args:
            seconds: By how much; seconds or a timedelta, not negative.

        Returns:
            What the clock shows now.

        Raises:
            ValueError: The clock would go back.

        Example:
            >>> server.clock.advance(30)  # doctest: +SKIP
        """
        step = seconds if isinstance(seconds, timedelta) else timedelta(seconds=seconds)
        if step < timedelta(0):
            raise ValueError(f"a clock cannot be turned back (by {step})")
        with self._lock:
            self._time += step
            now = self._current_time()
        self._notify()
        return now

    def advance_to(self, when: datetime) -> datetime:
        """Turn the clock forward to ``moment``; a moment that has passed changes nothing.

        Args:
            moment: What the clock shall show at least.

        Returns:
            What the clock shows now.
        """
        remaining = when - self.now()
        return self.advance(remaining) if remaining > timedelta(0) else self.now()

    def freeze(self) -> None:
        """Let the clock stand still, showing what it shows now."""
        with self._lock:
            self._time, self._running_since = self._current_time(), None
        self._notify()

    def resume(self) -> None:
        """Let a frozen clock run again, from what it shows now."""
        with self._lock:
            if self._running_since is None:
                self._running_since = time.monotonic()
        self._notify()

    def on_change(self, listener: Callable[[], None]) -> None:
        """Call ``listener`` whenever the clock is turned, frozen or resumed."""
        self._listeners.append(listener)

    def _current_time(self) -> datetime:
        if self._running_since is None:
            return self._time
        return self._time + timedelta(seconds=time.monotonic() - self._running_since)

    def _notify(self) -> None:
        for listener in self._listeners:
            listener()


def format_timestamp(when: datetime) -> str:
    """Return a moment the way the API writes it: UTC, milliseconds, ``Z``."""
    return when.astimezone(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def truncate_to_milliseconds(when: datetime) -> datetime:
    """Return a moment as exactly as the API shows it, so that a filter can name what a listing has shown."""
    return when.replace(microsecond=when.microsecond // 1000 * 1000)


def format_optional_timestamp(when: datetime | None) -> str | None:
    """Return a moment the way the API writes it, or None."""
    return None if when is None else format_timestamp(when)


def format_exact_timestamp(when: datetime | None) -> str | None:
    """Return a moment for keeping, to the microsecond, or None."""
    return None if when is None else when.isoformat()


def parse_timestamp(text: str) -> datetime:
    """Return the moment a stored timestamp stands for."""
    return datetime.fromisoformat(text.replace("Z", "+00:00"))
