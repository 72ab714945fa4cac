"""Redirect rules: which redirects are followed, and to where.

Redirects are followed for GET, within an origin and out of it: downloads are often served by a storage host. The API
key and the default headers go only to the origin of ``base_url``. Once a chain of redirects has left it they stay off,
even if it comes back, because by then somebody else chose the address.
"""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

REDIRECT_STATUSES = frozenset((301, 302, 303, 307, 308))
MAX_REDIRECTS = 10

_DEFAULT_PORTS = {"http": 80, "https": 443}
_UNPRINTABLE = re.compile(r"[\x00-\x20\x7f\\]")


class RedirectRefusedError(Exception):
    """A redirect is not followed; the text says why."""


def parse_origin(url: str) -> tuple[str, str, int]:
    """Return scheme, host and port of a URL; requests to one origin may share the API key.

    Raises:
        ValueError: The URL is malformed.
    """
    parts = urlsplit(url)
    return parts.scheme, (parts.hostname or "").lower(), parts.port or _DEFAULT_PORTS.get(parts.scheme, 0)


def format_origin(url: str) -> str:
    """Return scheme, host and port of a URL, the only parts that messages show."""
    scheme, _, rest = url.partition("://")
    return f"{scheme}://{rest.partition('/')[0]}"


def resolve_redirect(method: str, url: str, location: str | None, hops: int) -> str:
    """Return the URL that a redirect leads to.

    Args:
        method: The method of the redirected request.
        url: The URL of the redirected request.
        location: The Location header of the response.
        hops: The number of redirects before this one.

    Raises:
        RedirectRefusedError: The redirect is not followed.
    """
    if not location:
        raise RedirectRefusedError("is a redirect without a location")
    try:
        target = urljoin(url, location)
        scheme, host, _ = parse_origin(target)
        parts = urlsplit(target)
    except ValueError:
        raise RedirectRefusedError("redirects to a malformed URL") from None
    if _UNPRINTABLE.search(target) or scheme not in _DEFAULT_PORTS or not host or "@" in parts.netloc:
        raise RedirectRefusedError("redirects to a URL that is not followed")
    origin = f"{scheme}://{parts.netloc}"
    if method != "GET":
        raise RedirectRefusedError(f"redirects a {method} to {origin}, but only GET is safe to redirect")
    if scheme == "http" and urlsplit(url).scheme == "https":
        raise RedirectRefusedError(f"redirects from https to {origin}, which is not encrypted")
    if hops >= MAX_REDIRECTS:
        raise RedirectRefusedError(f"redirects more than {MAX_REDIRECTS} times")
    return parts._replace(fragment="").geturl()
