"""Builds the request of ``client.request``, which may reach any endpoint of the API and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import unquote

from eigenpal._options import API_ROOT, check_header_names, check_header_value
from eigenpal_generated.encoding import (
    UNSET,
    Encoder,
    encode_delimited,
    encode_header,
    encode_json,
    encode_query_str,
    encode_scalar,
    to_json,
)
from eigenpal_generated.runtime import FormField, Request, Response, make_file_parts

if TYPE_CHECKING:
    from eigenpal_generated.runtime import FileInput

_METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")
_PREFIX = f"{API_ROOT}/"
# RFC 3986: the characters of a path, percent-encoded ones among them.
_PATH = re.compile(r"(?:[A-Za-z0-9\-._~!$&'()*+,;=:@/]|%[0-9A-Fa-f]{2})*")
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f]")
_MAX_QUOTED = 100


def build_request(
    method: str,
    path: str,
    *,
    query: Mapping[str, Any] | None = None,
    json: Any = None,
    files: Mapping[str, FileInput | Sequence[FileInput]] | None = None,
    headers: Mapping[str, str] | None = None,
    is_saved: bool = False,
    idempotency_key: str | None = None,
) -> Request:
    """Build the request. ``is_saved`` tells whether the response is streamed to a file.

    Raises:
        TypeError: An argument has the wrong type.
        ValueError: An argument is invalid.
    """
    method = _check_method(method)
    _check_path(path)
    if method in ("GET", "HEAD") and (json is not None or files):
        raise ValueError(f"a {method} request has no body; pass its parameters as query={{...}}")
    if is_saved and method not in ("GET", "POST"):
        raise ValueError(f"to= takes the response of a GET or POST, not of a {method}")
    request = Request(
        operation="request",
        method=method,
        path=path,
        query=_encode_query(query),
        headers=_encode_headers(method, headers, idempotency_key),
        # The length of a file that HEAD asks about is not limited.
        response_kind="file" if is_saved else "optional_file" if method == "HEAD" else "by_content_type",
        idempotent=method != "POST",
    )
    parts = make_file_parts("", files)
    if parts:
        return request._replace(multipart=True, files=tuple(parts), form=_encode_form(json))
    return request._replace(json=UNSET if json is None else to_json(json, "json"))


def get_data(response: Response) -> Any:
    """Return decoded JSON, bytes or None."""
    return response.data


def _check_method(method: object) -> str:
    if not isinstance(method, str):
        raise TypeError(f"method must be a str, not {type(method).__name__}")
    if method.upper() not in _METHODS:
        raise ValueError(f"method must be one of {', '.join(_METHODS)}, not {method[:_MAX_QUOTED]!r}")
    return method.upper()


# --- the path ---------------------------------------------------------------------------------------------------------


def _check_path(path: object) -> None:
    """Check that a path leads to an endpoint of the API, also after servers and proxies have decoded it."""
    if not isinstance(path, str):
        raise TypeError(f"path must be a str, not {type(path).__name__}")
    if "://" in path or path.startswith("//"):
        # Not quoted, because a URL may contain a password.
        raise ValueError(f"path is a URL; pass only its path, such as '{_PREFIX}runs', because base_url is the host")
    for character, argument in (("?", "pass the query as query={...}"), ("#", "a fragment is never sent")):
        if character in path:
            raise ValueError(f"path contains {character!r}; {argument}, or write it as '%{ord(character):02X}'")
    if not path.startswith(_PREFIX):
        raise ValueError(f"path must begin with {_PREFIX!r}, not {_quote(path)}{_suggest(path)}")
    end = cast("re.Match[str]", _PATH.match(path)).end()
    if end < len(path):
        raise ValueError(
            f"path contains {path[end]!r} at position {end}; percent-encode values in it with "
            'urllib.parse.quote(value, safe="")'
        )
    # Some proxies decode a path before the server does.
    decoded = unquote(unquote(unquote(path)))
    if _UNPRINTABLE.search(decoded):
        raise ValueError("path contains an encoded control character")
    *parts, last = re.split(r"[/\\]", decoded)[1:]
    # Some servers cut off what follows a semicolon.
    if any(part.partition(";")[0] in (".", "..") for part in (*parts, last)):
        raise ValueError("path has a part '.' or '..', which would lead to another path")
    if "" in parts:
        raise ValueError("path has an empty part between two slashes; a value in it may be empty")


def _suggest(path: str) -> str:
    name = path.strip("/")
    for prefix in ("api/v1/", "v1/"):
        name = name.removeprefix(prefix)
    if not name or name.startswith(("api/", "api.", ".")) or _PATH.fullmatch(name) is None:
        return ""
    return f"; did you mean {_quote(_PREFIX + name)}?"


def _quote(text: str) -> str:
    return repr(text if len(text) <= _MAX_QUOTED else f"{text[:_MAX_QUOTED]}...")


# --- the rest ---------------------------------------------------------------------------------------------------------


def _encode_query(query: object) -> tuple[tuple[str, str], ...]:
    if query is None:
        return ()
    if not isinstance(query, Mapping):
        raise TypeError(f"query must be a mapping of names to values, not {type(query).__name__}")
    pairs: list[tuple[str, str]] = []
    for name, value in cast("Mapping[object, Any]", query).items():
        text = encode_query_str("a name in query", name)
        if value is not None:
            is_list = isinstance(value, Iterable) and not isinstance(value, (str, bytes, bytearray, Mapping))
            encode: Encoder = encode_delimited if is_list else encode_scalar
            pairs.append((text, encode(f"query[{text!r}]", cast("object", value))))
    return tuple(pairs)


def _encode_headers(method: str, headers: object, idempotency_key: str | None) -> tuple[tuple[str, str], ...]:
    pairs: list[tuple[str, str]] = []
    for name, value in () if headers is None else check_header_names("headers", headers):
        if name.lower() == "idempotency-key":
            raise ValueError("headers must not set Idempotency-Key; pass idempotency_key=... instead")
        if name.lower() == "host":
            # Servers and gateways that serve several hosts choose by it, and the request has the API key.
            raise ValueError("headers must not set Host, because requests go to base_url; default_headers may set it")
        pairs.append((name, check_header_value("headers", name, value)))
    if idempotency_key is not None:
        if method != "POST":
            raise ValueError(f"idempotency_key is only for POST; a {method} can be repeated without it")
        if not encode_header("idempotency_key", idempotency_key):
            raise ValueError("idempotency_key must not be empty; omit it for a random one")
        pairs.append(("Idempotency-Key", encode_header("idempotency_key", idempotency_key)))
    return tuple(pairs)


def _encode_form(json: object) -> tuple[FormField, ...]:
    if json is None:
        return ()
    if not isinstance(json, Mapping):
        raise TypeError(f"with files, json must be a mapping of field names to values, not {type(json).__name__}")
    fields: dict[str, Any] = to_json(cast("Mapping[str, object]", json), "json")
    return tuple(
        (name, value if isinstance(value, str) else encode_json(f"json.{name}", value))
        for name, value in fields.items()
    )
