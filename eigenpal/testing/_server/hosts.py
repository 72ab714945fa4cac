"""The Host header: a server on a loopback address answers only for this machine.

Otherwise any web page could reach it under a name of its own that resolves to 127.0.0.1 (DNS rebinding), and the
default API key is well known.
"""

from __future__ import annotations

from eigenpal._addresses import is_local_host, parse_address
from eigenpal.testing._server.http_errors import ROOT_FIELD, ErrorIssue, HttpError


def check_host(listening: str, header: str | None) -> None:
    """Check that a request is meant for this machine.

    Args:
        listening: The address that the server listens on.
        header: The Host header.

    Raises:
        HttpError: It is meant for another one.
    """
    address = parse_address(listening)
    is_open = not is_local_host(listening) or (address is not None and address.is_unspecified)
    if header is None or is_open or is_local_host(_remove_port(header)):
        return
    raise HttpError(
        421,
        [ErrorIssue(ROOT_FIELD, f"The host {header[:100]!r} is not this machine", "misdirected_request")],
        hint=(
            f"The embedded server listens on {listening} and answers only for localhost and loopback addresses, so "
            "that no web page can reach it. EigenpalServer(host='0.0.0.0') answers for every name."
        ),
    )


def _remove_port(header: str) -> str:
    if header.startswith("["):
        return header[1:].partition("]")[0]
    return header.partition(":")[0]
