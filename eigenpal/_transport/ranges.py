"""Headers for parts of a file: Content-Range, Content-Length, Range and If-Range."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from eigenpal._transport.outcomes import RawResponse

_CONTENT_RANGE = re.compile(r"bytes (\d{1,18})-(\d{1,18})/(\d{1,18}|\*)", re.ASCII)
_LENGTH = re.compile(r"\d{1,18}", re.ASCII)


class ByteRange(NamedTuple):
    """The part of a file that a response contains."""

    start: int
    """The offset of its first byte."""
    length: int | None
    """Its size in bytes; None if it is unknown, as for compressed responses."""
    total: int | None
    """The size of the whole file; None if it is unknown."""


def parse_byte_range(response: RawResponse) -> ByteRange | None:
    """Return which part of a file a response contains; None if its headers are malformed."""
    headers = response.headers
    is_compressed = _is_compressed(headers)
    length = None if is_compressed or response.status == 204 else parse_content_length(headers)
    if response.status != 206:
        return ByteRange(0, length, length)
    match = _CONTENT_RANGE.fullmatch(headers.get("content-range", "").strip())
    if match is None or is_compressed:
        return None
    start, last = int(match[1]), int(match[2])
    total = None if match[3] == "*" else int(match[3])
    if last < start or (length is not None and length != last - start + 1):
        return None
    if total is not None and last >= total:
        return None
    return ByteRange(start, last - start + 1, total)


def parse_content_length(headers: Mapping[str, str]) -> int | None:
    """Return the Content-Length, the size of the body on the wire; None if it is missing or malformed."""
    match = _LENGTH.fullmatch(headers.get("content-length", "").strip())
    return None if match is None else int(match[0])


def make_resume_headers(response: RawResponse, received: int) -> tuple[tuple[str, str], ...]:
    """Return the headers that request the rest of a file after ``received`` bytes of this response.

    They are empty if a change of the file could not be detected. The download then starts over.
    """
    headers = response.headers
    if received <= 0 or _is_compressed(headers) or headers.get("accept-ranges", "").strip().lower() == "none":
        return ()
    validator = headers.get("etag", "").strip()
    if not validator.startswith('"') or len(validator) < 3:
        # Weak tags may be equal for different files, so fall back to the date.
        validator = headers.get("last-modified", "").strip()
    if not validator or not validator.isascii() or not validator.isprintable():
        return ()
    return (("Range", f"bytes={received}-"), ("If-Range", validator))


def _is_compressed(headers: Mapping[str, str]) -> bool:
    return headers.get("content-encoding", "").strip().lower() not in ("", "identity")
