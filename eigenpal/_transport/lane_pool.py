"""The connection pools of the default clients, which stay fast with hundreds of requests in flight.

Whenever a request begins or ends, the pool of httpcore looks at all its requests and connections, which takes quadratic
time: https://github.com/encode/httpx/issues/3215. So each connection has a pool of its own here, a lane, which is
leased for one request. ``make bench`` shows when this is no longer needed.
"""

from __future__ import annotations

import threading
import time
import weakref
from collections import deque
from collections.abc import Callable
from typing import Any, TypeAlias

import httpx

from eigenpal.errors import EigenpalError

KEEPALIVE_SECONDS = 4.0
"""How long idle connections are kept open.

This is less than the 5 s of common servers (Node.js, uvicorn), because a request that is sent while the server closes
its connection is lost.
"""

MAX_IDLE = 100
"""The maximum number of connections that are kept open while they are idle."""

Origin: TypeAlias = tuple[str, bytes]

_CLOSED = "this client is closed; create a new one, and use it only inside its with block or before calling close()"


class ClientClosedError(EigenpalError):
    """The client is closed; perhaps while a request was in flight."""


def make_closed_error() -> ClientClosedError:
    """Make the error for a client that is closed."""
    return ClientClosedError(_CLOSED)


def make_limits() -> httpx.Limits:
    """Return the limits for the transport of a lane."""
    return httpx.Limits(max_connections=1, max_keepalive_connections=1, keepalive_expiry=KEEPALIVE_SECONDS)


class Lane:
    """The place of one connection, with the transport that opens it."""

    __slots__ = ("__weakref__", "idle_since", "origin", "transport")

    def __init__(self) -> None:
        self.origin: Origin | None = None
        """The scheme, host and port that the transport connects to."""
        self.transport: Any = None
        self.idle_since = 0.0

    def __del__(self) -> None:
        # For a lane that an interrupt has lost. Transports of the asynchronous client have no such method.
        close: Callable[[], None] | None = getattr(self.transport, "close", None)
        if close is not None:
            close()

    @property
    def is_reusable(self) -> bool:
        """Whether the connection can be kept for another request."""
        # httpx has no public name for the pool. Tests fail when it is renamed.
        connections: list[Any] = self.transport._pool.connections
        return bool(connections) and all(connection.is_idle() for connection in connections)


class Waiter:
    """A request that needs a lane."""

    __slots__ = ("event", "lane", "origin")

    def __init__(self, origin: Origin) -> None:
        self.origin = origin
        self.lane: Lane | None = None
        self.event: Any = None


class LanePool:
    """Which lanes are leased or idle, and which requests wait for one. It neither opens nor closes connections."""

    def __init__(self, max_connections: int) -> None:
        self.max_connections = max_connections
        # An interrupt may hit any step of a lease. A lane that is lost then is no longer counted.
        self._lanes: set[weakref.ref[Lane]] = set()
        self.idle: list[Lane] = []
        """Those that are idle, the last used one at the end."""
        self.is_closed = False
        self._waiting: deque[Waiter] = deque()
        # Reentrant, because the garbage collector may close a response anywhere.
        self._lock = threading.RLock()

    @property
    def lanes(self) -> set[Lane]:
        """All lanes, leased or idle."""
        with self._lock:
            return {lane for reference in self._lanes if (lane := reference()) is not None}

    def enter(self, origin: Origin, make_event: Callable[[], object]) -> Waiter:
        """Return a waiter that has a lane, or whose event is set when it has one or the pool is closed.

        Raises:
            EigenpalError: The client is closed.
        """
        waiter = Waiter(origin)
        with self._lock:
            if self.is_closed:
                raise make_closed_error()
            self._waiting.append(waiter)
            self._serve()
            if waiter.lane is None:
                waiter.event = make_event()
        return waiter

    def leave(self, waiter: Waiter) -> Lane | None:
        """Stop waiting, and return the lane if there is one by now."""
        with self._lock:
            if waiter.lane is None and waiter in self._waiting:
                self._waiting.remove(waiter)
            return waiter.lane

    def give_up(self, waiter: Waiter) -> None:
        """Stop waiting, and pass on the lane if there is one by now."""
        lane = self.leave(waiter)
        if lane is not None and (lane.transport is None or not self.keep(lane)):
            self.remove(lane)

    def keep(self, lane: Lane) -> bool:
        """Keep a lane that is no longer leased; return False if it has to be closed and removed instead."""
        with self._lock:
            if self.is_closed or len(self.idle) >= MAX_IDLE:
                return False
            lane.idle_since = time.monotonic()
            self.idle.append(lane)
            self._serve()
        return True

    def remove(self, lane: Lane) -> None:
        """Remove a lane, which makes room for another one."""
        with self._lock:
            self._lanes.discard(weakref.ref(lane))
            self._serve()

    def pop_expired(self) -> Lane | None:
        """Return a lane that has been idle for too long, to be closed and removed."""
        with self._lock:
            if self.idle and time.monotonic() - self.idle[0].idle_since >= KEEPALIVE_SECONDS:
                return self.idle.pop(0)
        return None

    def close(self) -> set[Lane]:
        """Wake all requests that wait, and return all lanes, to be closed."""
        with self._lock:
            self.is_closed = True
            lanes = self.lanes
            self.idle.clear()
            self._lanes.clear()
            while self._waiting:
                waiter = self._waiting.popleft()
                if waiter.event is not None:
                    waiter.event.set()
        return lanes

    def _serve(self) -> None:
        """Lease lanes to requests in the order in which they came."""
        while self._waiting:
            waiter = self._waiting[0]
            if waiter.lane is None:
                waiter.lane = self._find(waiter.origin)
            if waiter.lane is None:
                return
            if waiter.event is not None:
                waiter.event.set()
            # Last, so that an interrupt does not lose the request.
            if self._waiting and self._waiting[0] is waiter:
                self._waiting.popleft()

    def _find(self, origin: Origin) -> Lane | None:
        # The one used last, so that few connections are kept open.
        for index in range(len(self.idle) - 1, -1, -1):
            if self.idle[index].origin == origin:
                return self.idle.pop(index)
        if len(self._lanes) < self.max_connections:
            return self._add()
        # One to another origin makes room.
        return self.idle.pop(0) if self.idle else None

    def _add(self) -> Lane:
        get_pool = weakref.ref(self)

        def forget(reference: weakref.ref[Lane]) -> None:
            pool = get_pool()
            if pool is not None:
                with pool._lock:
                    pool._lanes.discard(reference)
                    pool._serve()

        lane = Lane()
        self._lanes.add(weakref.ref(lane, forget))
        return lane


def get_origin(url: httpx.URL) -> Origin:
    """Return the scheme, host and port of a URL."""
    return url.scheme, url.netloc


def get_lane(pool: LanePool, waiter: Waiter, request: httpx.Request) -> Lane:
    """Return the lane of a request that has waited."""
    lane = pool.leave(waiter)
    if lane is not None:
        return lane
    if pool.is_closed:
        raise make_closed_error()
    raise httpx.PoolTimeout("all connections are in use", request=request)
