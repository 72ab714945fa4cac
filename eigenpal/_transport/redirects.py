"""Redirect rules: which redirects are followed, and to where.

GET requests follow redirects, also to another origin, because downloads are often served by a storage host. The API key
and the default headers are sent only to the origin of ``base_url``. They are not sent again if a chain of redirects
returns to it, because another host has chosen the URL.
"""

from __future__ import annotations

import re
from urllib.parse import unquote_plus, urljoin, urlsplit

from eigenpal._options import Secret

REDIRECT_STATUSES = frozenset((301, 302, 303, 307, 308))
MAX_REDIRECTS = 10

_DEFAULT_PORTS = {"http": 80, "https": 443}
_UNPRINTABLE = r"[\x00-\x20\x7f\\]"


class RedirectRefusedError(Exception):
    """A redirect is not followed. The text is a clause with the reason."""


def parse_origin(url: str) -> tuple[str, str, int]:
    """Return the origin of a URL: scheme, host and port.

    Raises:
        ValueError: The URL is malformed.
    """
    parts = urlsplit(url)
    return parts.scheme, (parts.hostname or "").lower(), parts.port or _DEFAULT_PORTS.get(parts.scheme, 0)


def may_send_credentials(url: str, origin: tuple[str, str, int]) -> bool:
    """Return whether a redirect target may receive the API key and the default headers: only the same origin may."""
    return parse_origin(url) == origin


def format_origin(url: str) -> str:
    """Format the scheme, host and port of a URL for messages, which must not contain the rest."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def check_query(url: str, key: Secret) -> None:
    """Check that the server has not copied the API key from the query of a request into that of a redirect.

    Raises:
        RedirectRefusedError: The query contains the key.
    """
    once = unquote_plus(urlsplit(url).query)
    # The whole URL of the request may be one value of it.
    if any(key.reveal() in query for query in (once, unquote_plus(once))):
        raise RedirectRefusedError(f"redirects to {format_origin(url)} with the API key in the URL")


def resolve_redirect(method: str, url: str, location: str | None, hops: int, *, has_body: bool = False) -> str:
    """Return the target URL of a redirect.

    Args:
        method: The method of the redirected request.
        url: The URL of the redirected request.
        location: The Location header of the response.
        hops: The number of redirects before this one.
        has_body: Whether the request has a body.

    Raises:
        RedirectRefusedError: The redirect is not followed.
    """
    if not location:
        raise RedirectRefusedError("is a redirect without a Location header")
    try:
        target = urljoin(url, location)
        scheme, host, _ = parse_origin(target)
        parts = urlsplit(target)
    except ValueError:
        raise RedirectRefusedError("redirects to a malformed URL") from None
    if re.search(_UNPRINTABLE, target) or scheme not in _DEFAULT_PORTS or not host or "@" in parts.netloc:
        raise RedirectRefusedError("redirects to a URL that is not allowed")
    origin = f"{scheme}://{parts.netloc}"
    if method not in ("GET", "HEAD") or has_body:
        what = f"{method} with a body" if method in ("GET", "HEAD") else method
        raise RedirectRefusedError(f"redirects a {what} to {origin}, but only GET is safe to redirect")
    if scheme == "http" and urlsplit(url).scheme == "https":
        raise RedirectRefusedError(f"redirects from https to {origin}, which is not encrypted")
    if hops >= MAX_REDIRECTS:
        raise RedirectRefusedError(f"redirects more than {MAX_REDIRECTS} times")
    return parts._replace(fragment="").geturl()
