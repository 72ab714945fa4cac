"""The clock of the server, read from the ``Date`` of its responses. That of this computer may be hours off."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)


class ServerClock:
    """What the clock of the server shows: the last ``Date``, and the time that has passed since."""

    def __init__(self) -> None:
        self._seconds: float | None = None
        self._seen = 0.0

    def note(self, date: str | None, now: float) -> None:
        """Take over the ``Date`` of a response that arrived ``now``, on the monotonic clock."""
        if date is None:
            return
        try:
            parsed = parsedate_to_datetime(date)
        except (ValueError, TypeError, IndexError, OverflowError):
            return
        if parsed.tzinfo is None:
            parsed = parsed.replace(tzinfo=timezone.utc)
        self._seconds, self._seen = (parsed - EPOCH).total_seconds(), now

    def read(self, now: float) -> float | None:
        """Return the seconds since 1970 on the clock of the server; None if no response had a date."""
        return None if self._seconds is None else self._seconds + max(0.0, now - self._seen)


def format_time(seconds: float) -> str:
    """Format a time of the clock as the API takes it."""
    return (EPOCH + timedelta(seconds=seconds)).replace(tzinfo=None).isoformat(timespec="milliseconds") + "Z"
