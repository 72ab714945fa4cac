"""How far a request through a proxy has come, from the trace events of httpcore.

Its exceptions do not say whether the proxy or the server failed, nor whether the request was sent or only the CONNECT
for its tunnel.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from eigenpal._transport.outcomes import FailureKind, TransportFailure, UsedProxy

# A tunnel is open when TLS begins inside it.
_TUNNEL_EVENTS = frozenset(("proxy.start_tls.started", "socks.start_tls.started"))
_AT_PROXY: dict[FailureKind, FailureKind] = {
    "connect_error": "connect_error",
    "connect_timeout": "connect_timeout",
    "connection_lost": "connect_error",
    "timeout": "connect_timeout",
    "tls": "tls",
    "proxy_error": "proxy_error",
    "proxy_refused": "proxy_refused",
}


class ProxyTrace:
    """The progress of one request."""

    __slots__ = ("_began", "_is_past_proxy", "_stream", "_was_sent", "proxy")

    def __init__(self, proxy: UsedProxy) -> None:
        self.proxy = proxy
        self._began = False
        self._is_past_proxy = False
        self._was_sent = False
        self._stream: Any = None

    def __call__(self, event: str, info: Mapping[str, Any]) -> None:
        """Note an event."""
        self._began = True
        if event == "socks.connect_tcp.complete":
            self._stream = info["return_value"]
        if event in _TUNNEL_EVENTS:
            self._is_past_proxy = True
        elif event.endswith("send_request_headers.started") and info["request"].method != b"CONNECT":
            self._is_past_proxy = self._was_sent = True

    @property
    def is_at_proxy(self) -> bool:
        """Whether a connection through the proxy is being made."""
        return self._began and not self._is_past_proxy

    @property
    def leaked_stream(self) -> Any:
        """The connection to a SOCKS proxy that failed, which httpcore does not close, or None."""
        return self._stream if self.is_at_proxy else None

    def locate(self, failure: TransportFailure) -> TransportFailure:
        """Return a failure that says whether the proxy failed, and whether the request was sent."""
        if not self.is_at_proxy or failure.kind not in _AT_PROXY:
            return failure._replace(proxy=self.proxy, sent=failure.sent and (self._was_sent or not self._began))
        kind = _AT_PROXY[failure.kind]
        return failure._replace(kind=kind, sent=False, proxy=self.proxy, is_proxy_failure=True)
