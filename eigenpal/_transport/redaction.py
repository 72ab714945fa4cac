"""Redaction: removes credentials from responses and failures, and makes their text printable."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, TypeVar, cast

from eigenpal._options import Secret
from eigenpal._transport.outcomes import RawResponse, SendResult

T = TypeVar("T")


def redact_result(result: SendResult, secrets: tuple[Secret, ...]) -> SendResult:
    """Return a result without credentials, which servers and libraries may repeat in their messages."""
    if isinstance(result, RawResponse):
        return result._replace(headers=redact(dict(result.headers), secrets), body=redact(result.body, secrets))
    response = None if result.response is None else redact_result(result.response, secrets)
    return result._replace(reason=redact(result.reason, secrets), response=cast("RawResponse | None", response))


def redact(value: T, secrets: tuple[Secret, ...]) -> T:
    """Return a JSON value or bytes without credentials."""
    given: Any = value
    if isinstance(given, str):
        for text in _list_spellings(secrets):
            given = given.replace(text, "***")
    elif isinstance(given, bytes):
        for text in _list_spellings(secrets):
            given = given.replace(text.encode(), b"***")
    elif isinstance(given, dict):
        items = cast("dict[str, Any]", given).items()
        given = {redact(name, secrets): redact(item, secrets) for name, item in items}
    elif isinstance(given, list):
        given = [redact(item, secrets) for item in cast("list[Any]", given)]
    return cast("T", given)


def _list_spellings(secrets: tuple[Secret, ...]) -> Iterator[str]:
    """Yield the secrets as they are, and as they are quoted in JSON and by repr."""
    for secret in secrets:
        text = secret.reveal()
        yield text
        if "\\" in text or '"' in text or "'" in text:
            yield json.dumps(text)[1:-1]
            yield repr(text)[1:-1]


def make_printable(text: str) -> str:
    """Return a text as one line of printable characters."""
    line = " ".join(text.split())
    return "".join(character if character.isprintable() else "?" for character in line)
