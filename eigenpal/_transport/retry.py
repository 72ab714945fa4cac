"""Retry rules: which requests are retried, backoff, and Retry-After."""

from __future__ import annotations

import re
from datetime import timezone
from email.utils import parsedate_to_datetime

from eigenpal._transport.outcomes import RawResponse, SendResult

MIN_DELAY = 0.25
MAX_DELAY = 8.0

MAX_RETRY_AFTER = 60.0
"""The maximum Retry-After in seconds. With a longer one, the request is not retried, and the application can decide."""

_RETRYABLE_FAILURES = frozenset(
    ("connect_error", "connect_timeout", "pool_timeout", "not_sent", "proxy_error", "timeout", "connection_lost")
)
_SECONDS = r"(?a)\s*(\d{1,18}(?:\.\d{0,18})?|\.\d{1,18})\s*"


def compute_backoff(retries: int, random: float) -> float:
    """Return the seconds to wait before the next retry, after ``retries`` earlier ones.

    ``random``, between 0 and 1, adds jitter, so that clients that failed together do not retry together.
    """
    delay = min(MIN_DELAY * 2.0 ** min(retries, 16), MAX_DELAY)
    return delay * (0.5 + 0.5 * random)


def parse_retry_after(value: str | None, date: str | None, now: float) -> float | None:
    """Parse a Retry-After header: seconds, possibly with a fraction, or an HTTP date.

    Args:
        value: The Retry-After header.
        date: The Date header of the same response. A Retry-After date is relative to it if present, because the
            clocks of server and client may differ.
        now: The time of the client, in seconds since 1970.

    Returns:
        Seconds from now, 0 for a date in the past; None for a value that is missing or malformed.
    """
    if value is None:
        return None
    seconds = re.fullmatch(_SECONDS, value)
    if seconds is not None:
        return float(seconds[1])
    then = _parse_http_date(value)
    if then is None:
        return None
    sent = None if date is None else _parse_http_date(date)
    return max(0.0, then - (now if sent is None else sent))


def _parse_http_date(value: str) -> float | None:
    try:
        parsed = parsedate_to_datetime(value)
        # Times in HTTP are always UTC.
        return (parsed if parsed.tzinfo is not None else parsed.replace(tzinfo=timezone.utc)).timestamp()
    except (ValueError, TypeError, IndexError, OverflowError, OSError):
        return None


def is_retryable(result: SendResult, idempotent: bool) -> bool:
    """Return whether a request with this result may be sent again.

    A request that is not idempotent is retried only if the server did not process it: 429, 503, or a failure before
    anything was sent. With a 500, 502 or 504, it may have been processed in part.
    """
    if not isinstance(result, RawResponse):
        return result.kind in _RETRYABLE_FAILURES and (idempotent or not result.sent)
    if result.status in (429, 503):
        return True
    return idempotent and (result.status == 408 or result.status >= 500)


def may_have_taken_effect(result: SendResult) -> bool:
    """Return whether a request with this result may have been processed by the server."""
    if isinstance(result, RawResponse):
        return result.is_success or result.status == 408 or (result.status >= 500 and result.status != 503)
    # With these redirects, the server has not processed the request.
    was_redirected = result.response is not None and result.response.status in (301, 307, 308)
    return result.sent and result.kind != "file" and not was_redirected
