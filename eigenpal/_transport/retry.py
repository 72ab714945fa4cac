"""When to repeat a request, and after how long; pure, shared by both clients."""

from __future__ import annotations

import re
from datetime import timezone
from email.utils import parsedate_to_datetime

FIRST_DELAY = 0.25
LONGEST_DELAY = 8.0

MAX_RETRY_AFTER = 60.0
"""A server that asks for more than this is not waited for: the caller can plan for minutes better than we can."""

_SECONDS = re.compile(r"\s*(\d{1,18}(?:\.\d{0,18})?|\.\d{1,18})\s*", re.ASCII)


def backoff(repeat: int, chance: float) -> float:
    """Return the seconds to wait before repeat number ``repeat``, counted from 0.

    ``chance``, between 0 and 1, spreads the delay over its upper half, so that many clients which failed together do
    not come back together.
    """
    full = min(FIRST_DELAY * 2.0 ** min(repeat, 16), LONGEST_DELAY)
    return full * (0.5 + 0.5 * chance)


def retry_after(value: str | None, date: str | None, now: float) -> float | None:
    """Read a Retry-After header: seconds, with or without a fraction, or an HTTP date.

    Args:
        value: The header.
        date: The Date header of the same answer. A date is measured against it where it is there, because the
            server's clock and ours may disagree.
        now: Our own clock, in seconds since 1970.

    Returns:
        Seconds from now, 0 for a date that is past; None for whatever cannot be understood.
    """
    if value is None:
        return None
    seconds = _SECONDS.fullmatch(value)
    if seconds is not None:
        return float(seconds[1])
    then = _http_date(value)
    if then is None:
        return None
    sent = None if date is None else _http_date(date)
    return max(0.0, then - (now if sent is None else sent))


def _http_date(value: str) -> float | None:
    try:
        moment = parsedate_to_datetime(value)
        # HTTP knows no other time than UTC, also where the text does not say so.
        return (moment if moment.tzinfo is not None else moment.replace(tzinfo=timezone.utc)).timestamp()
    except (ValueError, TypeError, IndexError, OverflowError, OSError):
        return None


def is_retryable_status(status: int, repeatable: bool) -> bool:
    """Tell whether a request that was answered so may be sent again.

    A request that must not be carried out twice is repeated only where the server says that it was not taken: 429
    and 503. A 500, 502 or 504 may come from half way through.
    """
    if status in (429, 503):
        return True
    return repeatable and (status == 408 or status >= 500)
