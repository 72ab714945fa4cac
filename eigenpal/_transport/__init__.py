"""The transport, the only part of the package that uses httpx.

The rules for retries, redirects, deadlines and errors are flows without I/O. The synchronous and the asynchronous
transport both drive them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import ssl as ssl

    import httpx as httpx

    from eigenpal._transport.async_transport import AsyncHttpxTransport, AsyncStream
    from eigenpal._transport.http_libraries import AsyncHttpClient, HttpClient
    from eigenpal._transport.sync_transport import HttpxTransport, Stream
else:
    _MODULES = {
        "AsyncHttpClient": "http_libraries",
        "AsyncHttpxTransport": "async_transport",
        "AsyncStream": "async_transport",
        "HttpClient": "http_libraries",
        "Stream": "sync_transport",
        "HttpxTransport": "sync_transport",
    }

    def __getattr__(name: str) -> object:
        # Loaded on first use: most programs use only one of them, and importing anyio takes time. Some are used only
        # when a tool evaluates an annotation that names them.
        from importlib import import_module

        if name in ("httpx", "ssl"):
            return import_module(name)
        if name not in _MODULES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)


__all__ = ["AsyncHttpClient", "AsyncHttpxTransport", "AsyncStream", "HttpClient", "HttpxTransport", "Stream"]
