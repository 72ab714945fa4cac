"""Headers for parts of a file: Content-Range, Content-Length, Range and If-Range."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from eigenpal._transport.body_reader import parse_content_length
from eigenpal._transport.outcomes import RawResponse

_CONTENT_RANGE = r"(?a)bytes (\d{1,18})-(\d{1,18})/(\d{1,18}|\*)"
_UNSATISFIED_RANGE = r"(?a)bytes \*/(\d{1,18})"


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
    match = re.fullmatch(_CONTENT_RANGE, headers.get("content-range", "").strip())
    if match is None or is_compressed:
        return None
    start, last = int(match[1]), int(match[2])
    total = None if match[3] == "*" else int(match[3])
    if last < start or (length is not None and length != last - start + 1):
        return None
    if total is not None and last >= total:
        return None
    return ByteRange(start, last - start + 1, total)


def find_validator(response: RawResponse) -> str | None:
    """Return what identifies the version of a file, to request its rest; None if a change could not be detected."""
    headers = response.headers
    if _is_compressed(headers) or headers.get("accept-ranges", "").strip().lower() == "none":
        return None
    etag = headers.get("etag", "").strip()
    # Weak tags may be equal for different files, so fall back to the date.
    validator = etag if is_strong_etag(etag) else headers.get("last-modified", "").strip()
    return validator if validator and validator.isascii() and validator.isprintable() else None


def is_strong_etag(validator: str | None) -> bool:
    """Return whether a validator is the same only for files whose bytes are the same."""
    return validator is not None and len(validator) >= 3 and validator[0] == validator[-1] == '"'


def make_resume_headers(validator: str | None, received: int) -> tuple[tuple[str, str], ...]:
    """Return the headers that request the rest of a file after ``received`` bytes; empty to request all of it."""
    if validator is None or received <= 0:
        return ()
    return (("Range", f"bytes={received}-"), ("If-Range", validator))


def is_end_of_file(response: RawResponse, received: int) -> bool:
    """Return whether the response to a request for the rest of a file says that there is none."""
    match = re.fullmatch(_UNSATISFIED_RANGE, response.headers.get("content-range", "").strip())
    return response.status == 416 and match is not None and int(match[1]) == received


def _is_compressed(headers: Mapping[str, str]) -> bool:
    return headers.get("content-encoding", "").strip().lower() not in ("", "identity")
