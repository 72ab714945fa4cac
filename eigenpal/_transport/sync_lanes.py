"""The connection pool of the default synchronous client: an httpx transport for each connection."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, cast

import httpx

from eigenpal._thread_event import ThreadEvent
from eigenpal._transport.lane_pool import Lane, LanePool, Origin, get_lane, get_origin

if TYPE_CHECKING:
    from eigenpal._transport.outcomes import UsedProxy
    from eigenpal._transport.proxy_routes import ProxyRoutes


class LaneTransport(httpx.BaseTransport):
    """Sends each request over a lane, from any number of threads."""

    def __init__(self, routes: ProxyRoutes[httpx.HTTPTransport], max_connections: int) -> None:
        self.pool = LanePool(max_connections)
        self._routes = routes

    def find_proxy(self, url: httpx.URL) -> UsedProxy | None:
        """Return the proxy that a request is sent through.

        Raises:
            EigenpalError: The settings in the environment are invalid.
        """
        return self._routes.find_proxy(url)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request; its lane is leased until the response is closed.

        Raises:
            httpx.PoolTimeout: All lanes are in use.
            EigenpalError: The client is closed.
        """
        origin = get_origin(request.url)
        while (expired := self.pool.pop_expired()) is not None:
            self.discard(expired)
        lane = self._take(origin, request)
        try:
            if lane.origin != origin:
                if lane.transport is not None:
                    lane.transport.close()
                lane.transport, lane.origin = self._routes.make_transport(request.url), origin
            response: httpx.Response = lane.transport.handle_request(request)
        except BaseException:
            # Closed too if its connection was given up half-way, which httpcore would forget.
            self.discard(lane)
            raise
        stream = cast("httpx.SyncByteStream", response.stream)
        response.stream = _LaneStream(self, lane, stream, response.extensions.get("network_stream"))
        return response

    def _take(self, origin: Origin, request: httpx.Request) -> Lane:
        waiter = self.pool.enter(origin, ThreadEvent)
        if waiter.lane is not None:
            return waiter.lane
        try:
            waiter.event.wait(request.extensions["timeout"]["pool"])
        except BaseException:
            self.pool.give_up(waiter)
            raise
        return get_lane(self.pool, waiter, request)

    def release(self, lane: Lane, connection: Any) -> None:
        """End a lease whose response was closed."""
        if lane.is_reusable and self.pool.keep(lane):
            return
        self.discard(lane)
        if self.pool.is_closed and connection is not None:  # mocks have none
            # httpcore has forgotten it if it was being opened when the client was closed.
            connection.close()

    def discard(self, lane: Lane) -> None:
        """Close a lane and remove it."""
        try:
            if lane.transport is not None:
                lane.transport.close()
                lane.transport = None
        finally:
            self.pool.remove(lane)

    def close(self) -> None:
        """Close all connections."""
        for lane in self.pool.close():
            if lane.transport is not None:
                lane.transport.close()


class _LaneStream(httpx.SyncByteStream):
    """The body of a response, whose end is that of the lease."""

    def __init__(self, transport: LaneTransport, lane: Lane, stream: httpx.SyncByteStream, connection: Any) -> None:
        self._transport = transport
        self._connection = connection
        self._lane: Lane | None = lane
        self._stream = stream

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._stream)

    def close(self) -> None:
        lane, self._lane = self._lane, None
        if lane is None:
            return
        try:
            self._stream.close()
        except BaseException:
            self._transport.discard(lane)
            raise
        self._transport.release(lane, self._connection)
