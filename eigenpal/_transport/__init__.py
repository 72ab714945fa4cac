"""The transport: the only part of the package that knows httpx.

What to send, when to repeat it and what an answer means is decided elsewhere, without I/O; the two classes here carry
that out, one blocking, one for event loops.
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
        # A program uses one of the two clients, and the libraries of event loops take their time to load.
        from importlib import import_module

        if name not in _MODULES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)


__all__ = ["AsyncHttpxTransport", "AsyncStream", "HttpxTransport", "Stream"]
