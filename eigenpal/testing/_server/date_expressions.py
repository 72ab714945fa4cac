"""Dates in queries: ISO 8601, or relative to now."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone

from eigenpal.testing._server.http_errors import bad_request

_RELATIVE = re.compile(r"now\(\)(?:\s*([+-])\s*([0-9]{1,6})\s*([smhdw]))?\Z")
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


def parse_date_expression(text: str, now: datetime, field: str) -> datetime:
    """Return the datetime of ``2026-03-20T09:00:00Z``, ``2026-03-20``, ``now()`` or ``now()-7d``.

    Raises:
        HttpError: It is none of these.
    """
    relative = _RELATIVE.match(text)
    try:
        if relative is not None:
            sign, count, unit = relative.groups()
            if sign is None:
                return now
            step = timedelta(**{_UNITS[unit]: int(count)})
            return now - step if sign == "-" else now + step
        # A plus sign that was not percent-encoded is decoded to a space.
        plain = re.sub(r"(T[0-9:.]+) ([0-9:]{4,5})\Z", r"\1+\2", text).replace("Z", "+00:00")
        when = datetime.fromisoformat(plain)
    except (ValueError, OverflowError):
        message = "Expected ISO 8601, such as 2026-03-20T09:00:00Z, or an expression such as now()-7d"
        raise bad_request(field, message) from None
    return when if when.tzinfo is not None else when.replace(tzinfo=timezone.utc)
