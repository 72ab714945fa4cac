"""Redaction: removes credentials from responses and failures, and makes their text printable."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from typing import Any, TypeVar, cast
from urllib.parse import quote

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
    return cast("T", _redact(value, list(_list_spellings(secrets))))


def _redact(given: Any, spellings: list[str]) -> Any:
    if isinstance(given, str):
        for text in spellings:
            given = given.replace(text, "***")
    elif isinstance(given, bytes):
        for text in spellings:
            given = given.replace(text.encode(), b"***")
    elif isinstance(given, dict):
        items = cast("dict[str, Any]", given).items()
        return {_redact(name, spellings): _redact(item, spellings) for name, item in items}
    elif isinstance(given, list):
        return [_redact(item, spellings) for item in cast("list[Any]", given)]
    return given


def _list_spellings(secrets: tuple[Secret, ...]) -> Iterator[str]:
    """Yield the secrets as they are, as they are quoted in JSON, by repr and in URLs, and as Basic credentials."""
    for secret in secrets:
        text = secret.reveal()
        yield text
        yield encode_basic(text)
        if not text.isalnum():
            yield from {json.dumps(text)[1:-1], repr(text)[1:-1], quote(text, safe="")} - {text}


def encode_basic(key: str) -> str:
    """Encode an API key as Basic credentials: ``user:password``, or a user without a password."""
    return base64.b64encode((key if ":" in key else f"{key}:").encode()).decode()


def make_printable(text: str) -> str:
    """Return a text as one line of printable characters."""
    line = " ".join(text.split())
    return "".join(character if character.isprintable() else "?" for character in line)
