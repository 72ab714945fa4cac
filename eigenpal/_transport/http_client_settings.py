"""The settings of the user's HTTP client: headers, parameters and cookies are sent, others are refused."""

from __future__ import annotations

from copy import copy
from functools import cache
from http.cookiejar import CookieJar
from typing import Any, NamedTuple

from eigenpal._options import RESERVED_HEADERS, ClientOptions, Secret


class HttpClientSettings(NamedTuple):
    """What is sent with every request because the user's client says so."""

    headers: tuple[tuple[str, str], ...] = ()
    params: tuple[tuple[str, str], ...] = ()


def fingerprint(client: Any) -> object:
    """Return a value that differs when the settings of the user's client do. It is computed for every call."""
    return client.headers.raw, client.params, client.base_url, client.auth, list(client.cookies.jar)


def read_settings(client: Any, library: Any, base_url: str) -> HttpClientSettings:
    """Return the settings of the user's client, as they are now.

    Args:
        client: The client.
        library: The HTTP library that it belongs to.
        base_url: The option ``base_url``.

    Raises:
        ValueError: The client has a setting that cannot be used.
    """
    if client.auth is not None:
        raise ValueError(
            "http_client has auth, which would replace the API key; pass the key as api_key, and the credentials of a "
            "gateway as default_headers, or set them in an event hook of http_client"
        )
    if str(client.base_url) not in ("", "/") and _normalize(str(client.base_url)) != base_url:
        raise ValueError(
            "http_client has a base_url of its own, which is not used; pass base_url=... to this client instead"
        )
    own = _get_default_headers(library)
    headers = [pair for pair in client.headers.multi_items() if pair not in own]
    for name, _ in headers:
        if name in RESERVED_HEADERS:
            raise ValueError(f"http_client must not set the header {name.title()}: {RESERVED_HEADERS[name]}")
    joined: dict[str, str] = {}
    for name, value in headers:
        joined[name] = f"{joined[name]}, {value}" if name in joined else value
    cookies = _format_cookies(client.cookies.jar, library, base_url)
    if cookies:
        joined["cookie"] = cookies
    return HttpClientSettings(tuple(joined.items()), tuple(client.params.multi_items()))


def apply_settings(options: ClientOptions, settings: HttpClientSettings) -> ClientOptions:
    """Return options with the headers of the user's client, over which ``default_headers`` have precedence."""
    own = tuple((name, Secret(value)) for name, value in settings.headers if not options.has_default_header(name))
    return options._replace(
        default_headers=own + options.default_headers,
        default_query=tuple((name, Secret(value)) for name, value in settings.params),
    )


def _normalize(url: str) -> str:
    return url.rstrip("/").removesuffix("/api/v1").rstrip("/")


@cache
def _get_default_headers(library: Any) -> frozenset[tuple[str, str]]:
    """Return the headers that every client of a library has, which are not the user's."""
    with library.Client(transport=library.MockTransport(library.Response)) as client:
        return frozenset(client.headers.multi_items())


def _format_cookies(jar: CookieJar, library: Any, base_url: str) -> str | None:
    """Format the cookies of a jar that belong to the API."""
    cookies = [copy(cookie) for cookie in jar]
    if not cookies:
        return None
    # A copy, because looking for cookies removes those that have expired.
    own = library.Cookies()
    for cookie in cookies:
        own.jar.set_cookie(cookie)
    request = library.Request("GET", f"{base_url}/api/v1/")
    own.set_cookie_header(request)
    value: str | None = request.headers.get("cookie")
    return value
