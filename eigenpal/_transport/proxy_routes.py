"""httpx transports that connect directly or through the proxy for a URL."""

from __future__ import annotations

import ssl
from collections.abc import Callable
from functools import cache, lru_cache
from typing import Generic, TypeVar

import httpx

from eigenpal._transport.outcomes import UsedProxy
from eigenpal._transport.proxies import EnvironmentProxy, ProxySettings
from eigenpal._transport.redirects import format_origin
from eigenpal.errors import EigenpalError

TTransport = TypeVar("TTransport", bound=httpx.BaseTransport | httpx.AsyncBaseTransport)


class ProxyRoutes(Generic[TTransport]):
    """Which proxy of the environment is for which URL, and transports that connect in this way."""

    def __init__(
        self, settings: ProxySettings, make_context: Callable[[], ssl.SSLContext], make: Callable[..., TTransport]
    ) -> None:
        self._has_proxies = bool(settings.by_scheme)
        self._make_context = cache(make_context)
        self._make = make
        self._select = lru_cache(maxsize=64)(settings.select)
        self._usable: set[EnvironmentProxy] = set()

    def find_proxy(self, url: httpx.URL) -> UsedProxy | None:
        """Return the proxy that a request is sent through.

        Raises:
            EigenpalError: The settings in the environment are invalid.
        """
        proxy = self._find(url)
        if proxy is None:
            return None
        if proxy not in self._usable:
            # Nothing is connected before its first request, so this one needs no closing.
            self._make_transport(proxy, url)
            self._usable.add(proxy)
        return describe_proxy(httpx.URL(proxy.url), proxy.source, url)

    def make_transport(self, url: httpx.URL) -> TTransport:
        """Return a new transport for the origin of a URL.

        Raises:
            EigenpalError: The settings in the environment are invalid.
        """
        return self._make_transport(self._find(url), url)

    def _find(self, url: httpx.URL) -> EnvironmentProxy | None:
        return self._select(format_origin(str(url))) if self._has_proxies else None

    def _choose_context(self, url: httpx.URL) -> ssl.SSLContext:
        return self._make_context() if url.scheme == "https" else _make_empty_context()

    def _make_transport(self, proxy: EnvironmentProxy | None, server: httpx.URL) -> TTransport:
        verify = self._choose_context(server)
        if proxy is None:
            return self._make(verify=verify, proxy=None)
        try:
            url = httpx.URL(proxy.url)
            # An https proxy is verified like the server, and not by the defaults of httpcore.
            context = self._choose_context(url) if url.scheme == "https" else None
            if url.host:
                return self._make(verify=verify, proxy=httpx.Proxy(url, ssl_context=context))
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


@cache
def _make_empty_context() -> ssl.SSLContext:
    """Return a context that trusts no certificate, for connections without TLS.

    Reading the certificates for another one takes longer than all else that a client does before its first request.
    """
    return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def describe_proxy(proxy: httpx.URL, source: str, url: httpx.URL) -> UsedProxy:
    """Describe the proxy for a URL, without its credentials."""
    sees_content = url.scheme == "http" and proxy.scheme in ("http", "https")
    return UsedProxy(f"{proxy.scheme}://{proxy.netloc.decode('ascii')}", source, sees_content)
