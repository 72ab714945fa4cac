"""How far a request has come, from the trace events of httpcore, and when its present phase must end.

httpcore applies a timeout to each single operation on a socket, so a connection that is set up in many small steps, or
a response whose head arrives byte by byte, could take forever. Nor do its exceptions say whether the proxy or the
server failed, or whether the request was sent or only the CONNECT for its tunnel.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from eigenpal._transport.outcomes import FailureKind, TransportFailure, UsedProxy

# A socket with a timeout of zero does not block at all.
_MIN_TIMEOUT = 0.001

_CONNECTING = frozenset(
    ("connection.connect_tcp.started", "connection.connect_unix_socket.started", "socks.connect_tcp.started")
)
_SENDING = frozenset(("http11.send_request_headers.started", "http2.send_request_headers.started"))
_RECEIVING = frozenset(("http11.receive_response_headers.started", "http2.receive_response_headers.started"))
_RECEIVED = frozenset(("http11.receive_response_headers.complete", "http2.receive_response_headers.complete"))
# A tunnel is open when TLS begins inside it.
_TUNNEL_EVENTS = frozenset(("proxy.start_tls.started", "socks.start_tls.started"))
_NOTED = _CONNECTING | _SENDING | _RECEIVING | _RECEIVED | _TUNNEL_EVENTS | {"socks.connect_tcp.complete"}
_AT_PROXY: dict[FailureKind, FailureKind] = {
    "connect_error": "connect_error",
    "connect_timeout": "connect_timeout",
    "connection_lost": "connect_error",
    "timeout": "connect_timeout",
    "tls": "tls",
    "proxy_error": "proxy_error",
    "proxy_refused": "proxy_refused",
}


class RequestTrace:
    """The progress of one request: waiting for a connection, connecting, sending, receiving the head, then the body."""

    __slots__ = (
        "_began",
        "_deadline",
        "_is_connecting",
        "_is_past_proxy",
        "_monotonic",
        "_stream",
        "_timeouts",
        "_was_sent",
        "ends_at",
        "has_events",
        "on_change",
        "on_connect",
        "pool",
        "proxy",
    )

    def __init__(self, timeouts: Mapping[str, float], deadline: float | None, monotonic: Callable[[], float]) -> None:
        """Create the trace of a request that has not begun.

        Args:
            timeouts: Seconds for each phase.
            deadline: When the request must have ended, on the monotonic clock.
            monotonic: The clock.
        """
        self._timeouts = timeouts
        self._deadline = math.inf if deadline is None else deadline
        self._monotonic = monotonic
        self.ends_at: float = self._deadline
        """When the present phase must end, on the monotonic clock; infinity if only single operations are limited."""
        self.on_change: Callable[[], object] | None = None
        """Called whenever that changes."""
        self.on_connect: Callable[[], object] | None = None
        """Called before a connection is opened; until then there are no events, but `begin` is called."""
        self.proxy: UsedProxy | None = None
        """The proxy that the request is sent through."""
        self.has_events: bool = True
        """False if the request is passed to another HTTP library, which does not tell how far it has come."""
        self.pool: Any = None
        """The connection pool of httpcore that the user's client sends the request with, if it is known."""
        self._began = False
        self._is_connecting = False
        self._is_past_proxy = False
        self._was_sent = False
        self._stream: Any = None

    def __call__(self, event: str, info: Mapping[str, Any]) -> None:
        """Note an event."""
        self._began = True
        if event not in _NOTED:
            return
        if event in _CONNECTING:
            if not self._is_connecting:
                # One bound for all that precedes the request: name lookup, proxy, TLS.
                self._is_connecting = True
                self._limit(self._timeouts["connect"])
        elif event in _SENDING:
            if info["request"].method != b"CONNECT":
                self._begin_sending()
        elif event in _RECEIVING:
            if self._was_sent:
                self._begin_receiving()
        elif event in _RECEIVED:
            if self._was_sent:
                self._end_at(self._deadline)
        elif event in _TUNNEL_EVENTS:
            self._is_past_proxy = True
        elif event == "socks.connect_tcp.complete":
            self._stream = info["return_value"]

    def begin(self, phase: str) -> None:
        """Note that a phase has begun, unless there are events, which say more but take a tenth of a call."""
        if self.on_connect is None:
            return
        if phase == "connect":
            add_events, self.on_connect = self.on_connect, None
            add_events()
        elif phase == "write":
            self._began = True
            self._begin_sending()
        elif phase == "read":
            self._begin_receiving()

    def _begin_sending(self) -> None:
        self._is_past_proxy = self._was_sent = True
        self._end_at(self._deadline)

    def _begin_receiving(self) -> None:
        # One bound for the whole head, with informational responses.
        self._limit(self._timeouts["read"])

    def limit_unseen(self, seconds: float = 0.0) -> None:
        """Limit what another HTTP library does without events, to the time of all phases and ``seconds`` more."""
        if self._is_unseen:
            self._limit(sum(self._timeouts.values()) + seconds)

    def unlimit_unseen(self) -> None:
        """Limit it no longer, because it waits for the user's file."""
        if self._is_unseen:
            self._end_at(self._deadline)

    def end_phase(self) -> None:
        """Note that the head or the body has been received."""
        self._end_at(self._deadline)

    def limit_body(self, seconds: float) -> None:
        """Limit the wait for more of the body."""
        self._limit(seconds)

    def _limit(self, seconds: float) -> None:
        self._end_at(min(self._monotonic() + seconds, self._deadline))

    def _end_at(self, time: float) -> None:
        if time != self.ends_at:
            self.ends_at = time
            if self.on_change is not None:
                self.on_change()

    def remaining(self) -> float:
        """Return the seconds that remain for the present phase."""
        return self.ends_at - self._monotonic()

    @property
    def may_have_been_sent(self) -> bool:
        """Whether any part of the request may have reached the server."""
        return self._was_sent or self._is_unseen

    @property
    def _is_unseen(self) -> bool:
        return not (self._began or self.has_events)

    @property
    def is_at_proxy(self) -> bool:
        """Whether a connection through a proxy is being made."""
        return self.proxy is not None and self._began and not self._is_past_proxy

    def remove_unfinished(self) -> list[Any]:
        """Remove connections that were not established from the pool, and return what has to be closed.

        httpcore does not always do it for a proxy, nor for a request that is cancelled while it waits for a connection,
        and the pool of the user's client can be full of them.
        """
        if self._was_sent:
            return []
        streams = [] if self._stream is None else [self._stream]
        return streams if self.pool is None else streams + _remove_orphans(self.pool)

    def locate(self, failure: TransportFailure) -> TransportFailure:
        """Return a failure that says whether the proxy failed, and whether the request was sent."""
        if not self.is_at_proxy or failure.kind not in _AT_PROXY:
            return failure._replace(proxy=self.proxy, sent=failure.sent and (self._was_sent or not self._began))
        kind = _AT_PROXY[failure.kind]
        return failure._replace(kind=kind, sent=False, proxy=self.proxy, is_proxy_failure=True)

    def make_timeout(self) -> TransportFailure:
        """Make the failure of a request whose time has passed."""
        if self.may_have_been_sent:
            return self.locate(TransportFailure("timeout", ""))
        return self.locate(TransportFailure("connect_timeout" if self._began else "pool_timeout", "", sent=False))


def _remove_orphans(pool: Any) -> list[Any]:
    with pool._optional_thread_lock:
        in_use = {id(request.connection) for request in pool._requests}
        orphans = [
            connection
            for connection in pool._connections
            if not (id(connection) in in_use or connection.is_idle() or connection.is_closed())
        ]
        for connection in orphans:
            pool._connections.remove(connection)
        # Other requests may have been waiting for a place in the pool.
        return orphans + list(pool._assign_requests_to_connections()) if orphans else []


class Timeout(float):
    """The seconds for a phase as they were when it began. Its trace knows how many are left."""

    __slots__ = ("trace",)

    trace: RequestTrace


class PhaseTimeouts(Mapping[str, float]):
    """The timeouts of a request, which are computed when httpcore asks for them: when each phase begins.

    If they were computed earlier, every phase could take all of the remaining time.
    """

    __slots__ = ("_timeouts", "_trace")

    def __init__(self, timeouts: Mapping[str, float], trace: RequestTrace) -> None:
        self._timeouts = timeouts
        self._trace = trace

    def __getitem__(self, phase: str) -> float:
        trace = self._trace
        trace.begin(phase)
        timeout = Timeout(max(_MIN_TIMEOUT, min(self._timeouts[phase], trace.remaining())))
        timeout.trace = trace
        return timeout

    def __iter__(self) -> Iterator[str]:
        return iter(self._timeouts)

    def __len__(self) -> int:
        return len(self._timeouts)
