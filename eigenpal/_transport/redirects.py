"""Where a redirect may lead; pure, shared by both clients.

Redirects are followed for GET, within an origin and out of it: downloads are often answered from a storage host. The
key and the default headers go to the origin of ``base_url`` alone, and once a chain of redirects has left it they stay
off, also when it comes back, because by then somebody else chose the address.
"""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

REDIRECT_STATUSES = frozenset((301, 302, 303, 307, 308))
MAX_REDIRECTS = 10

_DEFAULT_PORTS = {"http": 80, "https": 443}
_UNPRINTABLE = re.compile(r"[\x00-\x20\x7f\\]")


class RedirectRefusedError(Exception):
    """A redirect that is not followed; the text says why."""


def parse_origin(url: str) -> tuple[str, str, int]:
    """Return scheme, host and port; requests to one origin may share the key.

    Raises:
        ValueError: The address is malformed.
    """
    parts = urlsplit(url)
    return parts.scheme, (parts.hostname or "").lower(), parts.port or _DEFAULT_PORTS.get(parts.scheme, 0)


def resolve_redirect(method: str, url: str, location: str | None, hops: int) -> str:
    """Return the address a redirect leads to.

    Args:
        method: The method of the request that was redirected.
        url: Where that request went.
        location: The Location header of the answer.
        hops: How many redirects came before this one.

    Raises:
        RedirectRefusedError: It is not followed.
    """
    if not location:
        raise RedirectRefusedError("redirects without saying where to")
    try:
        target = urljoin(url, location)
        scheme, host, _ = parse_origin(target)
        parts = urlsplit(target)
    except ValueError:
        raise RedirectRefusedError("redirects to a malformed address") from None
    if _UNPRINTABLE.search(target) or scheme not in _DEFAULT_PORTS or not host or "@" in parts.netloc:
        raise RedirectRefusedError("redirects to an address that is not followed")
    where = f"{scheme}://{parts.netloc}"
    if method != "GET":
        raise RedirectRefusedError(f"redirects a {method} to {where}, and only GET is safe to redirect")
    if scheme == "http" and urlsplit(url).scheme == "https":
        raise RedirectRefusedError(f"redirects from https to {where}, which is not encrypted")
    if hops >= MAX_REDIRECTS:
        raise RedirectRefusedError(f"redirects more than {MAX_REDIRECTS} times")
    return parts._replace(fragment="").geturl()
