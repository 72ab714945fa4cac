"""Pagination of listings: by offset, and by a cursor that stays valid while items are added."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar

from eigenpal.testing._server.http_errors import bad_request

T = TypeVar("T")

DEFAULT_LIMIT = 50
MAX_LIMIT = 100


def paginate_by_offset(
    rows: Sequence[T], query: Mapping[str, Any], document: Callable[[T], dict[str, Any]]
) -> dict[str, Any]:
    """Return one page of ``rows``."""
    limit = min(query.get("limit", DEFAULT_LIMIT), MAX_LIMIT)
    offset = query.get("offset", 0)
    return {
        "data": [document(row) for row in rows[offset : offset + limit]],
        "total": len(rows),
        "limit": limit,
        "offset": offset,
    }


def encode_cursor(position: tuple[datetime, int]) -> str:
    """Return the cursor for the rows after this one."""
    when, number = position
    return base64.urlsafe_b64encode(json.dumps({"before": [when.isoformat(), number]}).encode()).decode().rstrip("=")


def decode_cursor(cursor: str) -> tuple[datetime, int]:
    """Return the position of the row before a cursor.

    Raises:
        HttpError: The cursor is not from this server.
    """
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        content = json.loads(base64.b64decode(padded.encode("ascii"), altchars=b"-_", validate=True))
        when, number = content["before"]
        position = datetime.fromisoformat(when), int(number)
    except (ValueError, TypeError, KeyError, RecursionError, OverflowError):
        position = None
    if position is None or position[0].tzinfo is None:
        raise bad_request("query.cursor", "This cursor is not from this server")
    return position
