"""The HTTP libraries a request can be sent with: httpx, or httpx2 for an ``http_client`` of that library.

They have the same interface, but neither accepts the objects or raises the exceptions of the other. httpx2 is never
imported here; a user who passes a client of it has done so.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any, Protocol

import httpx

_NAMES = ("httpx", "httpx2")


class AsyncHttpClient(Protocol):
    """What type checkers accept as an asynchronous client of httpx2, which need not be installed."""

    @property
    def is_closed(self) -> bool:
        """Whether the client is closed."""
        ...

    async def send(self, request: Any, *, stream: bool, auth: Any, follow_redirects: bool) -> Any:
        """Send a request."""

    async def aclose(self) -> None:
        """Close the client."""


class HttpClient(Protocol):
    """What type checkers accept as a client of httpx2, which need not be installed."""

    @property
    def is_closed(self) -> bool:
        """Whether the client is closed."""
        ...

    def send(self, request: Any, *, stream: bool, auth: Any, follow_redirects: bool) -> Any:
        """Send a request."""

    def close(self) -> None:
        """Close the client."""


def find_library(client: object, kind: str) -> Any:
    """Return the library of an HTTP client.

    Args:
        client: The client.
        kind: The class it must have: ``Client`` or ``AsyncClient``.

    Returns:
        The module, or None if the client is of another class.
    """
    for name in _NAMES:
        module: ModuleType | None = sys.modules.get(name)
        if module is not None and isinstance(client, getattr(module, kind)):
            return module
    return None


def is_library_error(error: BaseException, *names: str) -> bool:
    """Return whether an exception is one of these of an HTTP library, or derived from one."""
    return any(base.__name__ in names and base.__module__.partition(".")[0] in _NAMES for base in type(error).__mro__)


DEFAULT_LIBRARY: Any = httpx
