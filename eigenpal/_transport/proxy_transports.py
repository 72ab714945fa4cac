"""httpx transports that send each request directly or through the proxy for its URL."""

from __future__ import annotations

import ssl
from collections.abc import Callable
from functools import lru_cache
from typing import Generic, TypeVar

import httpx

from eigenpal._transport.outcomes import UsedProxy
from eigenpal._transport.proxies import EnvironmentProxy, ProxySettings
from eigenpal._transport.redirects import format_origin
from eigenpal.errors import EigenpalError

TTransport = TypeVar("TTransport", bound=httpx.BaseTransport | httpx.AsyncBaseTransport)


class ProxyRoutes(Generic[TTransport]):
    """The transport for each proxy of the environment, and the one without a proxy."""

    def __init__(self, settings: ProxySettings, context: ssl.SSLContext, make: Callable[..., TTransport]) -> None:
        self._context = context
        self._make = make
        self._select = lru_cache(maxsize=64)(settings.select)
        self._transports: dict[EnvironmentProxy | None, TTransport] = {}

    def find_proxy(self, url: httpx.URL) -> UsedProxy | None:
        """Return the proxy that a request is sent through.

        Raises:
            EigenpalError: The settings in the environment are invalid.
        """
        proxy = self._select(format_origin(str(url)))
        if proxy is None:
            return None
        self._get_transport(proxy)
        return describe_proxy(httpx.URL(proxy.url), proxy.source, url)

    def choose(self, url: httpx.URL) -> TTransport:
        """Return the transport for a URL."""
        return self._get_transport(self._select(format_origin(str(url))))

    def _get_transport(self, proxy: EnvironmentProxy | None) -> TTransport:
        transport = self._transports.get(proxy)
        if transport is None:
            # Nothing is connected before its first request, so one that another thread has made too needs no closing.
            transport = self._transports.setdefault(proxy, self._make_transport(proxy))
        return transport

    def _make_transport(self, proxy: EnvironmentProxy | None) -> TTransport:
        if proxy is None:
            return self._make(verify=self._context, proxy=None)
        try:
            url = httpx.URL(proxy.url)
            # An https proxy is verified like the server, and not by the defaults of httpcore.
            context = self._context if url.scheme == "https" else None
            if url.host:
                return self._make(verify=self._context, proxy=httpx.Proxy(url, ssl_context=context))
            problem = "it has no host"
        except ImportError as error:
            # SOCKS requires another package, which the message names.
            problem = str(error)
        except (ValueError, httpx.InvalidURL):
            # Without the original message, which may contain the password of the proxy.
            problem = "it is not the URL of a proxy"
        raise EigenpalError(
            f"the proxy in {proxy.source} cannot be used: {problem} (it must be http://host:port or "
            "http://user:password@host:port, with special characters in percent-encoding; also https and socks5; "
            "the value is not shown, because it may contain a password)"
        )

    @property
    def transports(self) -> list[TTransport]:
        """All transports made so far."""
        return list(self._transports.values())


class ProxyTransport(httpx.BaseTransport):
    """Sends each request directly or through the proxy for its URL."""

    def __init__(self, routes: ProxyRoutes[httpx.HTTPTransport]) -> None:
        self.routes = routes

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request."""
        return self.routes.choose(request.url).handle_request(request)

    def close(self) -> None:
        """Close all connections."""
        for transport in self.routes.transports:
            transport.close()


class AsyncProxyTransport(httpx.AsyncBaseTransport):
    """Sends each request directly or through the proxy for its URL."""

    def __init__(self, routes: ProxyRoutes[httpx.AsyncHTTPTransport]) -> None:
        self.routes = routes

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request."""
        return await self.routes.choose(request.url).handle_async_request(request)

    async def aclose(self) -> None:
        """Close all connections."""
        for transport in self.routes.transports:
            await transport.aclose()


def describe_proxy(proxy: httpx.URL, source: str, url: httpx.URL) -> UsedProxy:
    """Describe the proxy for a URL, without its credentials."""
    sees_content = url.scheme == "http" and proxy.scheme in ("http", "https")
    return UsedProxy(f"{proxy.scheme}://{proxy.netloc.decode('ascii')}", source, sees_content)
