"""The connection pool of the default asynchronous client: an httpx transport for each connection."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Any, cast

import httpx

from eigenpal._transport.lane_pool import Lane, LanePool, Origin, get_lane, get_origin

if TYPE_CHECKING:
    from eigenpal._transport.outcomes import UsedProxy
    from eigenpal._transport.proxy_routes import ProxyRoutes


class AsyncLaneTransport(httpx.AsyncBaseTransport):
    """Sends each request over a lane, from any number of tasks of an event loop."""

    def __init__(self, routes: ProxyRoutes[httpx.AsyncHTTPTransport], max_connections: int) -> None:
        self.pool = LanePool(max_connections)
        self._routes = routes

    def find_proxy(self, url: httpx.URL) -> UsedProxy | None:
        """Return the proxy that a request is sent through.

        Raises:
            EigenpalError: The settings in the environment are invalid.
        """
        return self._routes.find_proxy(url)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request; its lane is leased until the response is closed.

        Raises:
            httpx.PoolTimeout: All lanes are in use.
            EigenpalError: The client is closed.
        """
        origin = get_origin(request.url)
        while (expired := self.pool.pop_expired()) is not None:
            await self.discard(expired)
        lane = await self._take(origin, request)
        try:
            if lane.origin != origin:
                if lane.transport is not None:
                    await lane.transport.aclose()
                lane.transport, lane.origin = self._routes.make_transport(request.url), origin
            response: httpx.Response = await lane.transport.handle_async_request(request)
        except BaseException:
            # Closed too if its connection was given up half-way, which httpcore would forget.
            await self.discard(lane)
            raise
        stream = cast("httpx.AsyncByteStream", response.stream)
        response.stream = _AsyncLaneStream(self, lane, stream, response.extensions.get("network_stream"))
        return response

    async def _take(self, origin: Origin, request: httpx.Request) -> Lane:
        import anyio  # here, because the synchronous client does without

        waiter = self.pool.enter(origin, anyio.Event)
        if waiter.lane is not None:
            return waiter.lane
        try:
            with anyio.move_on_after(request.extensions["timeout"]["pool"]):
                await waiter.event.wait()
        except BaseException:
            self.pool.give_up(waiter)
            raise
        return get_lane(self.pool, waiter, request)

    async def release(self, lane: Lane, connection: Any) -> None:
        """End a lease whose response was closed."""
        if lane.is_reusable and self.pool.keep(lane):
            return
        await self.discard(lane)
        if self.pool.is_closed and connection is not None:  # mocks have none
            from eigenpal._transport.cancellation import close_shielded

            # httpcore has forgotten it if it was being opened when the client was closed.
            await close_shielded(connection)

    async def discard(self, lane: Lane) -> None:
        """Close a lane and remove it, also in a task that was cancelled."""
        from eigenpal._transport.cancellation import close_shielded

        try:
            if lane.transport is not None:
                await close_shielded(lane.transport)
        finally:
            self.pool.remove(lane)

    async def aclose(self) -> None:
        """Close all connections."""
        for lane in self.pool.close():
            if lane.transport is not None:
                await lane.transport.aclose()


class _AsyncLaneStream(httpx.AsyncByteStream):
    """The body of a response, whose end is that of the lease."""

    def __init__(
        self, transport: AsyncLaneTransport, lane: Lane, stream: httpx.AsyncByteStream, connection: Any
    ) -> None:
        self._transport = transport
        self._connection = connection
        self._lane: Lane | None = lane
        self._stream = stream

    def __aiter__(self) -> AsyncIterator[bytes]:
        return aiter(self._stream)

    async def aclose(self) -> None:
        lane, self._lane = self._lane, None
        if lane is None:
            return
        try:
            await self._stream.aclose()
        except BaseException:
            await self._transport.discard(lane)
            raise
        await self._transport.release(lane, self._connection)
