"""The warning about an API key that is sent unencrypted."""

from __future__ import annotations

from eigenpal._addresses import is_local_host
from eigenpal._logging import logger
from eigenpal._options import ClientOptions
from eigenpal._transport.redirects import format_origin, parse_origin

# Transports of httpx and httpx2 that call a function instead of opening a connection.
_IN_PROCESS = frozenset(("MockTransport", "ASGITransport", "WSGITransport"))


def warn_about_plain_http(options: ClientOptions, user_client: object) -> None:
    """Log a warning if the API key is sent over plain HTTP to another machine."""
    scheme, host, _ = parse_origin(options.base_url)
    if scheme != "http" or is_local_host(host):
        return
    transport = getattr(user_client, "_transport", None)
    if any(base.__name__ in _IN_PROCESS for base in type(transport).__mro__):
        return
    logger.warning(
        "base_url is %s: the API key and all data are sent unencrypted; use https", format_origin(options.base_url)
    )
