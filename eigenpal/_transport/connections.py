"""Connection pools: our own, one per process and event loop, or those of the user's httpx client."""

from __future__ import annotations

import os
import weakref
from collections.abc import Callable, Hashable
from functools import partial
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import TYPE_CHECKING, Any, NoReturn, cast
from urllib.request import getproxies

import httpx

from eigenpal._transport.async_lanes import AsyncLaneTransport
from eigenpal._transport.bounded_network import bound_network, make_bounded_view, make_view
from eigenpal._transport.certificates import make_ssl_context
from eigenpal._transport.event_loops import get_running_loop
from eigenpal._transport.http_libraries import DEFAULT_LIBRARY, find_library
from eigenpal._transport.lane_pool import make_closed_error, make_limits
from eigenpal._transport.proxies import read_proxy_settings
from eigenpal._transport.proxy_routes import ProxyRoutes, TTransport, describe_proxy
from eigenpal._transport.request_trace import RequestTrace
from eigenpal._transport.sync_lanes import LaneTransport
from eigenpal.errors import EigenpalError

if TYPE_CHECKING:
    import ssl

_CLOSED_HTTP_CLIENT = "the http_client that was passed to this client is closed; create a client with an open one"
_FORKED = (
    "the http_client of this client was used before the process was forked, and its connections belong to the "
    "parent; create the client after the fork, or omit http_client"
)
_UNPICKLABLE = (
    "a client cannot be pickled or copied, because it has connections and an API key; create one in each process, "
    "or use with_options() for a copy with some options changed"
)


def raise_unpicklable() -> NoReturn:
    """Raise the error for a client that is pickled or copied."""
    raise TypeError(_UNPICKLABLE)


def _make_client(verify: bool | ssl.SSLContext, max_connections: int) -> httpx.Client:
    """Make an httpx client with its own connection pool."""

    def make(**more: Any) -> httpx.HTTPTransport:
        transport: httpx.HTTPTransport = bound_network(httpx.HTTPTransport(limits=make_limits(), **more))
        return transport

    transport = LaneTransport(_make_routes(verify, make), max_connections)
    return httpx.Client(transport=transport, trust_env=False, cookies=_make_empty_jar())


def _make_async_client(verify: bool | ssl.SSLContext, max_connections: int) -> httpx.AsyncClient:
    """Make an asynchronous httpx client, like `_make_client`."""

    def make(**more: Any) -> httpx.AsyncHTTPTransport:
        return httpx.AsyncHTTPTransport(limits=make_limits(), **more)

    transport = AsyncLaneTransport(_make_routes(verify, make), max_connections)
    return httpx.AsyncClient(transport=transport, trust_env=False, cookies=_make_empty_jar())


def _make_routes(verify: bool | ssl.SSLContext, make: Callable[..., TTransport]) -> ProxyRoutes[TTransport]:
    settings = read_proxy_settings(os.environ, getproxies())
    return ProxyRoutes(settings, partial(make_ssl_context, verify, os.environ), make)


def add_route(client: Any, url: httpx.URL, trace: RequestTrace) -> None:
    """Add to a trace which proxy a client sends a request through, and whether there will be events.

    Raises:
        EigenpalError: The settings in the environment are invalid.
    """
    # httpx has no public names for this. Tests fail when one is renamed.
    choose: Any = getattr(client, "_transport_for_url", None)
    transport = None if choose is None else choose(url)
    if isinstance(transport, (LaneTransport, AsyncLaneTransport)):
        trace.has_events = True
        trace.proxy = transport.find_proxy(url)
        return
    pool: Any = getattr(transport, "_pool", None)
    # A transport of the user may have another kind of pool.
    trace.pool = pool if hasattr(pool, "_optional_thread_lock") else None
    trace.has_events = trace.pool is not None
    proxy: Any = getattr(trace.pool, "_proxy_url", None)
    if proxy is not None:
        host: str = proxy.host.decode("ascii")
        address = httpx.URL(scheme=proxy.scheme.decode("ascii"), host=host, port=proxy.port)
        trace.proxy = describe_proxy(address, "http_client", url)


def _make_empty_jar() -> CookieJar:
    # The API uses no cookies, and a jar that accepts them would only grow.
    return CookieJar(DefaultCookiePolicy(allowed_domains=[]))


class _ClientView:
    """First base of a view of the user's client, which shares all its attributes."""

    library: Any
    transports: dict[int, tuple[Any, Any]]

    # Those of the user's class would register the view, or close the client that it shares.
    def __init_subclass__(cls) -> None: ...

    def __del__(self) -> None: ...

    @property
    def cookies(self) -> Any:
        """Cookies that are forgotten: httpx stores those of every response, and has no option against it."""
        return self.library.Cookies(_make_empty_jar())

    @cookies.setter
    def cookies(self, cookies: Any) -> None:
        self._cookies = self.library.Cookies(cookies)

    def _transport_for_url(self, url: Any) -> Any:
        choose: Any = getattr(super(), "_transport_for_url", None)
        transport = None if choose is None else choose(url)
        known = self.transports.get(id(transport))
        if known is None:
            # With the transport itself, so that no other one gets its id.
            known = self.transports[id(transport)] = (transport, make_bounded_view(transport))
        return known[1]


def _make_client_view(client: Any, library: Any) -> Any:
    """Return a view of the user's client that does not modify its cookie jar, and shares all other state."""
    return make_view(_ClientView, client, library=library, transports={})


def _check_user_client(client: Any, first_process: int | None) -> None:
    if client.is_closed:
        raise EigenpalError(_CLOSED_HTTP_CLIENT)
    if first_process not in (None, os.getpid()):
        raise EigenpalError(_FORKED)


class Connections:
    """The connections of a client and its copies: one pool per process."""

    def __init__(self, verify: bool | ssl.SSLContext, max_connections: int, user_client: Any) -> None:
        self.verify = verify
        self.max_connections = max_connections
        self.user_client: Any = user_client
        self.library: Any = DEFAULT_LIBRARY if user_client is None else find_library(user_client, "Client")
        """The HTTP library of the client: httpx or httpx2."""
        if self.library is None:
            raise TypeError(_describe_wrong_client(user_client, "Client", "AsyncClient", "AsyncEigenpalClient"))
        self._user_client_view = None if user_client is None else _make_client_view(user_client, self.library)
        # After a fork, the child keeps the parent's pool but does not use it: a thread of the parent may have held its
        # locks, which would never be released in the child.
        self._by_process: dict[int, httpx.Client] = {}
        # Closing a client is optional. Not __del__: in a reference cycle, sockets may be finalized before it, and warn.
        weakref.finalize(self, _close_client_of_process, self._by_process)
        self._user_client_pid: int | None = None
        self._is_closed = False

    def client(self) -> httpx.Client:
        """Return the httpx client to send with.

        Raises:
            EigenpalError: The client is closed.
        """
        if self._is_closed:
            raise make_closed_error()
        if self._user_client_view is not None:
            _check_user_client(self._user_client_view, self._user_client_pid)
            self._user_client_pid = os.getpid()
            return cast("httpx.Client", self._user_client_view)
        client = self._by_process.get(os.getpid())
        return self._open_client() if client is None else client

    def _open_client(self) -> httpx.Client:
        new = _make_client(self.verify, self.max_connections)
        # Without a lock, which a fork could leave locked forever. If two threads get here, the first pool is used.
        client = self._by_process.setdefault(os.getpid(), new)
        if client is not new:
            new.close()
        if self._is_closed:
            # By another thread, in the meantime.
            self.close()
            raise make_closed_error()
        return client

    def close(self) -> None:
        """Close the connections of this process; the user's client stays open."""
        self._is_closed = True
        _close_client_of_process(self._by_process)


def _close_client_of_process(clients: dict[int, httpx.Client]) -> None:
    client = clients.pop(os.getpid(), None)
    if client is not None:
        client.close()


class AsyncConnections:
    """The connections of an asynchronous client and its copies: one pool per event loop."""

    def __init__(self, verify: bool | ssl.SSLContext, max_connections: int, user_client: Any) -> None:
        self.verify = verify
        self.max_connections = max_connections
        self.user_client: Any = user_client
        self.library: Any = DEFAULT_LIBRARY if user_client is None else find_library(user_client, "AsyncClient")
        """The HTTP library of the client: httpx or httpx2."""
        if self.library is None:
            raise TypeError(_describe_wrong_client(user_client, "AsyncClient", "Client", "EigenpalClient"))
        self._user_client_view = None if user_client is None else _make_client_view(user_client, self.library)
        self._by_loop: weakref.WeakKeyDictionary[Hashable, httpx.AsyncClient] = weakref.WeakKeyDictionary()
        self._inherited: list[Any] = []
        self._process = os.getpid()
        self._user_client_pid: int | None = None
        self._is_closed = False

    def client(self) -> httpx.AsyncClient:
        """Return the httpx client to send with from the running event loop.

        Raises:
            EigenpalError: The client is closed.
        """
        if self._is_closed:
            raise make_closed_error()
        if self._user_client_view is not None:
            _check_user_client(self._user_client_view, self._user_client_pid)
            self._user_client_pid = os.getpid()
            return cast("httpx.AsyncClient", self._user_client_view)
        if self._process != os.getpid():
            # Kept but not used, for the same reason as in Connections.
            self._inherited.append(self._by_loop)
            self._by_loop = weakref.WeakKeyDictionary()
            self._process = os.getpid()
        # Connections belong to the event loop that opened them, so a second asyncio.run needs another pool.
        loop = get_running_loop()
        client = self._by_loop.get(loop)
        if client is None:
            self._forget_closed_loops()
            client = _make_async_client(self.verify, self.max_connections)
            self._by_loop[loop] = client
        return client

    def _forget_closed_loops(self) -> None:
        # A loop and its connections reference each other, so the weak references are not enough to release them.
        for loop in list(self._by_loop):
            is_closed: Any = getattr(loop, "is_closed", None)
            if is_closed is not None and is_closed():
                self._by_loop.pop(loop, None)

    async def aclose(self) -> None:
        """Close the connections of the running event loop; the user's client stays open."""
        self._is_closed = True
        if self._process != os.getpid():
            return
        client = self._by_loop.pop(get_running_loop(), None)
        if client is not None:
            await client.aclose()


def _describe_wrong_client(given: object, expected: str, other: str, other_client: str) -> str:
    text = f"http_client must be an httpx.{expected} or httpx2.{expected}, not "
    text += f"{type(given).__module__.partition('.')[0]}.{type(given).__name__}"
    return text if find_library(given, other) is None else f"{text}; use it with {other_client}"
