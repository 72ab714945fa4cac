"""Redaction: removes credentials and other secrets from responses and failures, and makes their text printable."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from typing import Any, TypeVar, cast
from urllib.parse import quote

from eigenpal._options import Secret
from eigenpal._transport.outcomes import RawResponse, SendResult

T = TypeVar("T")

# Errors hold no more levels of a JSON value, so that they can be copied, pickled and printed: Python does so by
# recursion.
_MAX_DEPTH = 100
_TOO_DEEP = f"(more than {_MAX_DEPTH} levels deep)"

# The properties of an error response that describe the error.
_ERROR_PROPERTIES = frozenset(
    (
        *("issues", "requestId", "hint", "docsUrl"),
        *("field", "message", "code", "severity"),  # of an issue
        *("error", "detail", "title", "status", "type"),  # in other common forms
    )
)


def withhold_content(result: SendResult) -> SendResult:
    """Return the result of a confidential request with nothing of the body but the description of an error."""
    if isinstance(result, RawResponse):
        return result._replace(body=b"" if result.status < 400 else _extract_error(result.body))
    response = None if result.response is None else withhold_content(result.response)
    return result._replace(response=cast("RawResponse | None", response))


def _extract_error(body: bytes) -> bytes:
    try:
        decoded: object = json.loads(body)
    except (ValueError, RecursionError):
        return b""
    return json.dumps(_keep_error_properties(decoded, _MAX_DEPTH)).encode() if isinstance(decoded, dict) else b""


def _keep_error_properties(value: Any, depth: int) -> Any:
    if not isinstance(value, (dict, list)):
        return value
    if depth == 0:
        return None
    if isinstance(value, dict):
        items = cast("dict[str, Any]", value).items()
        return {name: _keep_error_properties(item, depth - 1) for name, item in items if name in _ERROR_PROPERTIES}
    return [_keep_error_properties(item, depth - 1) for item in cast("list[Any]", value)]


def redact_result(result: SendResult, secrets: tuple[Secret, ...]) -> SendResult:
    """Return a result without credentials, which servers and libraries may repeat in their messages."""
    if isinstance(result, RawResponse):
        return result._replace(headers=redact(dict(result.headers), secrets), body=redact(result.body, secrets))
    response = None if result.response is None else redact_result(result.response, secrets)
    return result._replace(reason=redact(result.reason, secrets), response=cast("RawResponse | None", response))


def redact(value: T, secrets: tuple[Secret, ...]) -> T:
    """Return a JSON value or bytes without credentials, and without what is nested too deeply for an error."""
    return cast("T", _redact(value, list(_list_spellings(secrets)), _MAX_DEPTH))


def _redact(given: Any, spellings: list[str], depth: int) -> Any:
    if isinstance(given, str):
        for text in spellings:
            given = given.replace(text, "***")
    elif isinstance(given, bytes):
        for text in spellings:
            given = given.replace(text.encode(), b"***")
    elif isinstance(given, (dict, list)) and depth == 0:
        return _TOO_DEEP
    elif isinstance(given, dict):
        items = cast("dict[str, Any]", given).items()
        return {_redact(name, spellings, depth): _redact(item, spellings, depth - 1) for name, item in items}
    elif isinstance(given, list):
        return [_redact(item, spellings, depth - 1) for item in cast("list[Any]", given)]
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
