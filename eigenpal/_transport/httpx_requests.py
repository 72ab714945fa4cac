"""Requests: from `SendRequest` to `httpx.Request`, with the headers of every request."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable
from functools import cache, lru_cache
from typing import Any, Final, cast
from urllib.parse import quote

import httpx

from eigenpal._options import ClientOptions
from eigenpal._transport.actions import SendRequest
from eigenpal._transport.http_libraries import DEFAULT_LIBRARY
from eigenpal._transport.redaction import encode_basic
from eigenpal._transport.request_trace import PhaseTimeouts
from eigenpal._version import __version__
from eigenpal_generated.encoding import encode_cookies
from eigenpal_generated.runtime import Credential

_METHODS_WITH_BODY = frozenset(("POST", "PUT", "PATCH"))


@lru_cache(maxsize=256)
def _parse_url(library: Any, url: str) -> httpx.URL:
    # Parsing takes a tenth of a call, and polling repeats the same URL.
    parsed: httpx.URL = library.URL(url)
    return parsed


class _KeyedURL:
    """A URL with the API key in its query."""


@cache
def _make_keyed_url(library: Any) -> type[Any]:
    """Return the class of URLs with a key for an HTTP library."""
    return type("URL", (_KeyedURL, library.URL), {})


class _HideQueries(logging.Filter):
    """Hides the queries of such URLs from the log of httpx, which has a line for each request."""

    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.args, tuple):
            record.args = tuple(
                cast("Any", value).copy_with(query=None) if isinstance(value, _KeyedURL) else value
                for value in record.args
            )
        return True


_HIDE_QUERIES: Final = _HideQueries()


class RequestBuilder:
    """Builds requests of httpx or httpx2; constant headers are prepared once."""

    def __init__(self, options: ClientOptions, monotonic: Callable[[], float], library: Any = DEFAULT_LIBRARY) -> None:
        self._options = options
        self._monotonic = monotonic
        self._library = library
        self._empty = library.ByteStream(b"")
        self._host = httpx.URL(options.base_url).netloc.decode("ascii")
        self._prepared: dict[tuple[Credential | None, bool], httpx.Headers] = {}

    def build(self, send: SendRequest) -> httpx.Request:
        """Build the request, whose phases end when its trace says.

        Raises:
            httpx.InvalidURL: httpx rejects the URL of a redirect.
        """
        content = send.content
        if isinstance(content, bytes):
            stream = self._library.ByteStream(content)
        elif content is None:
            stream = self._empty
        else:
            # Imported here because most requests have no files.
            from eigenpal._transport.upload_stream import make_upload_stream

            stream = make_upload_stream(self._library)(content, send.deadline, self._monotonic, send.trace)
        is_json = send.response_kind not in ("file", "optional_file", "by_content_type")
        credential = send.credential
        url = _parse_url(self._library, send.url)
        if send.with_credentials:
            own = self._prepared.get((credential, is_json)) or self._prepare_headers(credential, is_json)
            if credential is not None and credential.kind == "query":
                url = self._add_key(url, credential.name)
        else:
            own = self._make_foreign_headers(url, is_json=is_json)
        request: httpx.Request = self._library.Request(
            send.method,
            url,
            headers=own,
            stream=stream,
            extensions={"timeout": PhaseTimeouts(send.timeouts, send.trace)},
        )
        # A copy that httpx has made is a plain URL.
        request.url = url
        headers = request.headers
        for name, value in send.headers:
            if name == "Cookie" and name in headers:
                headers[name] += f"; {value}"
            else:
                headers[name] = value
        if content is None:
            if send.method in _METHODS_WITH_BODY:
                headers["Content-Length"] = "0"
        elif isinstance(content, bytes):
            headers["Content-Length"] = str(len(content))
        else:
            size = content.size
            if size is None:
                headers["Transfer-Encoding"] = "chunked"
            else:
                headers["Content-Length"] = str(size)
            return request
        # Mocks and other transports read the body from the request.
        request.read()
        return request

    def _add_key(self, url: httpx.URL, name: str) -> httpx.URL:
        logging.getLogger(self._library.__name__).addFilter(_HIDE_QUERIES)
        if name in url.params:
            return url  # a redirect that repeats the query
        pair = f"{quote(name, safe='')}={quote(self._options.api_key.reveal(), safe='')}"
        query = (url.query + b"&" if url.query else b"") + pair.encode()
        return cast("httpx.URL", _make_keyed_url(self._library)(url.copy_with(query=query)))

    def _prepare_headers(self, credential: Credential | None, is_json: bool) -> httpx.Headers:
        headers: httpx.Headers = self._library.Headers({"Host": self._host})
        headers.update(_make_user_agent_headers())
        headers.update(_make_accept_headers(is_json=is_json))
        for name, secret in self._options.default_headers:
            headers.pop(name, None)
            if secret is not None:
                headers[name] = secret.reveal()
        if credential is not None:
            _set_key(headers, credential, self._options.api_key.reveal())
        self._prepared[credential, is_json] = headers
        return headers

    def _make_foreign_headers(self, url: httpx.URL, *, is_json: bool) -> httpx.Headers:
        """Make the headers of a request to another origin than that of ``base_url``: without those of this client."""
        headers: httpx.Headers = self._library.Headers({"Host": url.netloc.decode("ascii")})
        headers.update(_make_accept_headers(is_json=is_json))
        headers["User-Agent"] = _make_user_agent_headers()["User-Agent"]
        return headers


def _set_key(headers: httpx.Headers, credential: Credential, key: str) -> None:
    match credential.kind:
        case "bearer":
            # Set as Authorization, which the repr of httpx.Headers shows as [secure].
            headers["Authorization"] = f"Bearer {key}"
        case "basic":
            headers["Authorization"] = f"Basic {encode_basic(key)}"
        case "header":
            headers[credential.name] = key
        case "cookie":
            own = encode_cookies([(credential.name, key)])
            headers["Cookie"] = f"{headers['Cookie']}; {own}" if "Cookie" in headers else own
        case "query":
            pass


def _make_accept_headers(*, is_json: bool) -> dict[str, str]:
    # Only encodings that can be decoded in bounded steps. Files uncompressed, so that their length can be checked.
    return {
        "Accept": "application/json" if is_json else "*/*",
        "Accept-Encoding": "gzip, deflate" if is_json else "identity",
    }


# --- user agent -------------------------------------------------------------------------------------------------------


def _make_user_agent_headers() -> dict[str, str]:
    """Return the headers that identify the SDK, the Python version and the operating system."""
    runtime = _describe_runtime()
    system = _describe_system()
    return {
        "User-Agent": f"eigenpal-sdk-python/{__version__} ({runtime}; {system})",
        "X-Eigenpal-Sdk": "python",
        "X-Eigenpal-Sdk-Version": __version__,
        "X-Eigenpal-Sdk-Runtime": runtime,
        "X-Eigenpal-Sdk-Os": system,
    }


def _describe_runtime() -> str:
    implementation = sys.implementation
    name = "python" if implementation.name == "cpython" else implementation.name
    version = sys.version_info if implementation.name == "cpython" else implementation.version
    return _make_ascii(f"{name}-{version.major}.{version.minor}.{version.micro}")


def _describe_system() -> str:
    # Not with the platform module, which may take seconds on Windows.
    if sys.platform == "win32":
        machine = os.environ.get("PROCESSOR_ARCHITECTURE", "unknown")
        return _make_ascii(f"windows-{machine}".lower())
    return _make_ascii(f"{sys.platform}-{os.uname().machine}".lower())


def _make_ascii(text: str) -> str:
    return "".join(character if character.isascii() and character.isprintable() else "_" for character in text)
