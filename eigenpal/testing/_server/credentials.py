"""Finds the API key of a request where its operation expects it."""

from __future__ import annotations

import base64
import binascii
import hmac
from collections.abc import Mapping
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qsl

from eigenpal.testing._server.http_errors import HttpError, error_for_status
from eigenpal.testing._server.specification import Credential


def check_key(credential: Credential, api_key: str, headers: Mapping[str, str], query: str) -> HttpError | None:
    """Return the error for a request whose API key is missing or wrong."""
    sent = _find_key(credential, headers, query)
    accepted = (api_key, f"{api_key}:") if credential.kind == "basic" else (api_key,)
    if any(hmac.compare_digest(_encode(sent or ""), _encode(key)) for key in accepted):
        return None
    scheme = credential.kind.capitalize() if credential.kind in ("bearer", "basic") else ""
    where = f"Authorization: {scheme} <key>" if scheme else f"it in the {credential.kind} {credential.name}"
    text = f"API key is missing; send {where}" if sent is None else "API key is not valid"
    return error_for_status(401, text, headers={"www-authenticate": scheme} if scheme else {})


def _find_key(credential: Credential, headers: Mapping[str, str], query: str) -> str | None:
    if credential.kind == "header":
        return headers.get(credential.name.lower())
    if credential.kind == "query":
        return dict(parse_qsl(query, keep_blank_values=True)).get(credential.name)
    if credential.kind == "cookie":
        try:
            cookie = SimpleCookie(headers.get("cookie", "")).get(credential.name)
        except CookieError:
            return None
        return None if cookie is None else cookie.value
    sent = headers.get("authorization")
    if not sent:
        return None
    scheme, _, text = sent.partition(" ")
    if scheme.lower() != credential.kind:
        return ""
    if credential.kind == "bearer":
        return text.strip()
    try:
        return base64.b64decode(text, validate=True).decode("utf-8", "replace")
    except (binascii.Error, ValueError):
        return ""


def _encode(key: str) -> bytes:
    return key.encode("utf-8", "surrogateescape")
