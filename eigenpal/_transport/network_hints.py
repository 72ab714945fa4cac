"""What to do about a failure of a proxy."""

from __future__ import annotations

from eigenpal._transport.outcomes import RawResponse, TransportFailure, UsedProxy

_CREDENTIALS = "http://user:password@host:port, with special characters in percent-encoding"


def describe_proxy(proxy: UsedProxy | None) -> str:
    """Name a proxy in a message."""
    return "the proxy of http_client" if proxy is None else f"the proxy {proxy}"


def hint_for_proxy(failure: TransportFailure) -> str:
    """Return what to do if a connection through a proxy could not be made."""
    if failure.reason.startswith("407"):
        return f"The proxy requires credentials, or rejected those that were sent; {_say_where(failure.proxy)}."
    if failure.kind == "proxy_refused":
        return f"The proxy does not allow this connection; ask its administrator. {_say_how_to_avoid(failure.proxy)}"
    if failure.kind == "proxy_error":
        return f"Check base_url, and that the proxy can reach it. {_say_how_to_avoid(failure.proxy)}"
    return f"Check the address of the proxy, and that it can be reached. {_say_how_to_avoid(failure.proxy)}"


def hint_at_proxy(response: RawResponse, message: str | None) -> str | None:
    """Return what to do about an error response that may be that of a proxy.

    Args:
        response: The response.
        message: The message of the error, if it has the form of one of the API.
    """
    if response.status == 407:
        where = "give them to the proxy of http_client" if response.proxy is None else _say_where(response.proxy)
        return f"The proxy requires credentials, or rejected those that were sent; {where}."
    if response.proxy is None or message is not None or not response.proxy.sees_content:
        return None
    return f"The request was sent through {describe_proxy(response.proxy)}, which may have sent this response."


def _say_where(proxy: UsedProxy | None) -> str:
    if proxy is None or proxy.source == "http_client":
        return f"pass proxy={_CREDENTIALS} to http_client"
    return f"set {proxy.source} to {_CREDENTIALS}"


def _say_how_to_avoid(proxy: UsedProxy | None) -> str:
    if proxy is None or proxy.source == "http_client":
        return "It is set in http_client."
    return f"It is set in {proxy.source}; hosts in NO_PROXY are connected to directly."
