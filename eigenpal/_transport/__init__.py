"""The transport, the only part of the package that uses httpx.

The rules (retries, redirects, deadlines, errors) are flows without I/O. The two transports drive them, one synchronous
and one asynchronous.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from eigenpal._transport.async_transport import AsyncHttpxTransport, AsyncStream
    from eigenpal._transport.sync_transport import HttpxTransport, Stream
else:
    _MODULES = {
        "AsyncStream": "async_transport",
        "AsyncHttpxTransport": "async_transport",
        "Stream": "sync_transport",
        "HttpxTransport": "sync_transport",
    }

    def __getattr__(name: str) -> object:
        # Most programs use one of the two, and anyio takes time to load.
        from importlib import import_module

        if name not in _MODULES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)


__all__ = ["AsyncHttpxTransport", "AsyncStream", "HttpxTransport", "Stream"]
