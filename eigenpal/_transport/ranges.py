"""What the server says about a file it sends: Content-Range, If-Range, Content-Length; pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from eigenpal._transport.outcomes import RawResponse

_CONTENT_RANGE = re.compile(r"bytes (\d{1,18})-(\d{1,18})/(\d{1,18}|\*)", re.ASCII)
_LENGTH = re.compile(r"\d{1,18}", re.ASCII)


class ByteRange(NamedTuple):
    """What part of a file an answer brings."""

    start: int
    """The position of its first byte."""
    length: int | None
    """How many bytes it brings; None where the server did not tell, or tells it of the compressed form."""
    total: int | None
    """The size of the whole file, if the server told."""


def parse_byte_range(answer: RawResponse) -> ByteRange | None:
    """Read what part of a file an answer brings; None where what it says makes no sense."""
    headers = answer.headers
    compressed = headers.get("content-encoding", "identity").strip().lower() not in ("", "identity")
    length = None if compressed or answer.status == 204 else parse_content_length(headers)
    if answer.status != 206:
        return ByteRange(0, length, length)
    found = _CONTENT_RANGE.fullmatch(headers.get("content-range", "").strip())
    if found is None or compressed:
        return None
    start, last = int(found[1]), int(found[2])
    total = None if found[3] == "*" else int(found[3])
    if last < start or (length is not None and length != last - start + 1):
        return None
    if total is not None and last >= total:
        return None
    return ByteRange(start, last - start + 1, total)


def parse_content_length(headers: Mapping[str, str]) -> int | None:
    """Return the length of a body as it is on the wire, where the server told."""
    found = _LENGTH.fullmatch(headers.get("content-length", "").strip())
    return None if found is None else int(found[0])


def resume_headers(answer: RawResponse, received: int) -> tuple[tuple[str, str], ...]:
    """Return the headers that ask for the rest of a file of which an answer brought the beginning.

    There are none where the server could not be sure to send the rest of the same file: then it is download from the
    start.
    """
    headers = answer.headers
    if received <= 0 or headers.get("accept-ranges", "").strip().lower() == "none":
        return ()
    if headers.get("content-encoding", "identity").strip().lower() not in ("", "identity"):
        return ()
    tag = headers.get("etag", "").strip()
    if not tag.startswith('"') or len(tag) < 3:
        # A weak tag, or none: equal for files that differ in a byte. A date is as good as its seconds.
        tag = headers.get("last-modified", "").strip()
    if not tag or not tag.isascii() or not tag.isprintable():
        return ()
    return (("Range", f"bytes={received}-"), ("If-Range", tag))
