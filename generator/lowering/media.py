"""Media types."""

from __future__ import annotations

import re

JSON = "application/json"
MULTIPART = "multipart/form-data"
FORM = "application/x-www-form-urlencoded"
BYTES = "application/octet-stream"

_MEDIA = re.compile(r"\*/\*|[a-z0-9!#$&^_.+-]+/(\*|[a-z0-9!#$&^_.+-]+)")
_STREAMS = re.compile(r"text/event-stream|application/(x-)?(ndjson|jsonl|jsonlines|json-lines|json-seq|stream\+json)")


def without_parameters(media: str) -> str:
    """Return a media type in lower case and without its parameters; empty if it is none."""
    plain = media.partition(";")[0].strip().lower()
    return JSON if plain in ("text/json", "application/*+json") else plain if _MEDIA.fullmatch(plain) else ""


def is_json(media: str) -> bool:
    """Return whether a media type is JSON or a flavour of it."""
    return media == JSON or media.endswith("+json")


def is_stream(media: str) -> bool:
    """Return whether a media type is a stream of events or of lines of JSON."""
    return _STREAMS.fullmatch(media) is not None


def is_wildcard(media: str) -> bool:
    """Return whether a media type leaves open whether it is JSON."""
    return media in ("*/*", "application/*")
