"""How `eigenpal.testing` reaches the clients of its process. Elsewhere, nothing is set."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from eigenpal._addresses import is_local_host

Origin = tuple[str, str, int]
"""Scheme, host and port."""


class EmbeddedServer(NamedTuple):
    """An embedded server of this process that is running."""

    host: str
    """The host that it listens on."""
    is_time_frozen: Callable[[], bool]
    """Whether its clock is frozen, or the time of the whole process. Clients must not sleep then."""
    sleep: Callable[[float], None]
    """Called by clients instead of sleeping."""


before_send: Callable[[str, str], None] | None = None
"""Called with the method and the URL of a request before it is sent. What it raises is raised instead."""

embedded_servers: dict[int, EmbeddedServer] = {}
"""The embedded servers, by port."""


def find_embedded_server(origin: Origin) -> EmbeddedServer | None:
    """Return the embedded server with this origin; None if there is none."""
    if not embedded_servers:
        return None
    scheme, host, port = origin
    server = embedded_servers.get(port)
    if server is None or scheme != "http" or not (host == server.host or is_local_host(host)):
        return None
    return server


def find_frozen_server(origin: Origin) -> EmbeddedServer | None:
    """Return the embedded server with this origin if the time is frozen for it."""
    server = find_embedded_server(origin)
    return server if server is not None and server.is_time_frozen() else None
