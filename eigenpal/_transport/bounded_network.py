"""The network of the synchronous client: name lookups, connections, and reads and writes that end on time.

The asynchronous client cancels what takes too long. Here, each operation gets the time that is left for its phase, see
`RequestTrace`. Operations of other requests, which the user sends with the same HTTP client, are passed on unchanged.
"""

from __future__ import annotations

import socket
import ssl
import sys
from collections.abc import Iterable
from functools import partial
from typing import Any, cast

from eigenpal._transport.daemon_threads import DaemonThread
from eigenpal._transport.request_trace import Timeout

# So that a server that reads a little of a large body now and then does not get the whole timeout each time.
_MAX_WRITE_BYTES = 64 * 1024


class BoundedBackend:
    """A network backend of httpcore or httpcore2 that opens connections as another one does, but within the time."""

    def __init__(self, backend: Any) -> None:
        self._backend = backend
        self._library: Any = sys.modules[type(backend).__module__.partition(".")[0]]
        # A backend of the user may look up names in another way.
        self._looks_up = type(backend) is getattr(self._library, "SyncBackend", None)

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> Any:
        """Connect to the first address of a host that accepts the connection."""
        addresses = self._look_up(host, port, timeout) if self._looks_up else [host]
        for others in range(len(addresses) - 1, -1, -1):
            seconds = _limit(timeout, self._library.ConnectTimeout)
            if seconds is not None:
                # An address that does not respond leaves time for the others.
                seconds /= others + 1
            address = addresses[-1 - others]
            try:
                stream = self._backend.connect_tcp(address, port, seconds, local_address, socket_options)
            except (self._library.ConnectError, self._library.ConnectTimeout):
                if not others:
                    raise
            else:
                return BoundedStream(stream, self._library, timeout)
        raise self._library.ConnectError("the host name has no addresses")

    def _look_up(self, host: str, port: int, timeout: float | None) -> list[str]:
        if not isinstance(timeout, Timeout) or _is_address(host):
            return [host]
        look_up = partial(socket.getaddrinfo, host, port, 0, socket.SOCK_STREAM)
        thread = DaemonThread()
        try:
            found = thread.call(look_up, _limit(timeout, self._library.ConnectTimeout))
        except TimeoutError as error:
            raise self._library.ConnectTimeout("the host name was not resolved in time") from error
        except OSError as error:
            raise self._library.ConnectError(str(error)) from error
        finally:
            thread.close()
        return list(dict.fromkeys(_format_address(address) for *_, address in found))

    def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[Any] | None = None
    ) -> Any:
        """Connect to a Unix domain socket."""
        seconds = _limit(timeout, self._library.ConnectTimeout)
        return BoundedStream(self._backend.connect_unix_socket(path, seconds, socket_options), self._library, timeout)

    def sleep(self, seconds: float) -> None:
        """Sleep between attempts to connect."""
        self._backend.sleep(seconds)


class BoundedStream:
    """A connection whose operations get the time that is left when they begin."""

    def __init__(self, stream: Any, library: Any, timeout: float | None) -> None:
        self._stream = stream
        self._library = library
        # For SOCKS, whose handshake httpcore sends and receives without a timeout.
        self._connect_timeout = timeout
        self._present = timeout

    def _limit(self, timeout: float | None, error: type[Exception]) -> float | None:
        if timeout is None:
            timeout = self._connect_timeout
        else:
            self._connect_timeout = None
        self._present = timeout
        return _limit(timeout, error)

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Receive at most ``max_bytes``."""
        received: bytes = self._stream.read(max_bytes, self._limit(timeout, self._library.ReadTimeout))
        return received

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send all bytes."""
        if len(buffer) <= _MAX_WRITE_BYTES:
            self._stream.write(buffer, self._limit(timeout, self._library.WriteTimeout))
            return
        for start in range(0, len(buffer), _MAX_WRITE_BYTES):
            seconds = self._limit(timeout, self._library.WriteTimeout)
            self._stream.write(buffer[start : start + _MAX_WRITE_BYTES], seconds)

    def close(self) -> None:
        """Close the connection."""
        self._stream.close()

    def start_tls(self, ssl_context: Any, server_hostname: str | None = None, timeout: float | None = None) -> Any:
        """Return the connection with TLS."""
        try:
            bounded = BoundedStream(self._stream, self._library, timeout)
            seconds = bounded._limit(timeout, self._library.ConnectTimeout)
            if self.get_extra_info("ssl_object") is not None:
                bounded._limit_steps(self.get_extra_info("socket"))
            bounded._stream = self._stream.start_tls(ssl_context, server_hostname, seconds)
        except BaseException:
            # httpcore does not close it when it is interrupted.
            self.close()
            raise
        return bounded

    def _limit_steps(self, sock: Any) -> None:
        """Limit each step of TLS inside TLS, because httpcore receives many times with one timeout."""

        def receive(size: int) -> bytes:
            sock.settimeout(_limit(self._present, TimeoutError))
            return ssl.SSLSocket.recv(sock, size)

        sock.recv = receive

    def get_extra_info(self, info: str) -> Any:
        """Return an object or a fact that is not part of this interface, such as ``socket``."""
        return self._stream.get_extra_info(info)


def _limit(timeout: float | None, error: type[Exception]) -> float | None:
    """Return the seconds that are left of a timeout, or raise an error if there are none."""
    if not isinstance(timeout, Timeout):
        return timeout
    remaining = timeout.trace.remaining()
    if remaining <= 0:
        raise error("this phase of the request timed out")
    return min(float(timeout), remaining)


def _is_address(host: str) -> bool:
    for family in (socket.AF_INET, socket.AF_INET6):
        try:
            socket.inet_pton(family, host.partition("%")[0])
        except (OSError, ValueError):
            continue
        return True
    return False


def _format_address(address: tuple[Any, ...]) -> str:
    host: str = address[0]
    zone = address[3] if len(address) == 4 else 0
    return f"{host}%{zone}" if zone and "%" not in host else host


# --- the transports of httpx ------------------------------------------------------------------------------------------


def bound_network(transport: Any) -> Any:
    """Let a transport of our own use a `BoundedBackend`, and return it."""
    # httpx has no option for it. Tests fail when it is renamed.
    pool = transport._pool
    pool._network_backend = BoundedBackend(pool._network_backend)
    return transport


class _BoundedPoolView:
    """First base of a view of a connection pool, which shares all its attributes."""

    bounded_backend: BoundedBackend

    @property
    def _network_backend(self) -> BoundedBackend:
        return self.bounded_backend


class _BoundedTransportView:
    """First base of a view of a transport, which shares all its attributes."""

    bounded_pool: Any

    @property
    def _pool(self) -> Any:
        return self.bounded_pool


def make_bounded_view(transport: Any) -> Any:
    """Return a view of the user's transport that opens bounded connections in its pool, without modifying it.

    A transport that is not one of httpx, nor derived from one, is returned unchanged.
    """
    pool = getattr(transport, "_pool", None)
    backend = getattr(pool, "_network_backend", None)
    if not hasattr(backend, "connect_tcp") or not hasattr(transport, "handle_request"):
        return transport
    bounded_pool = make_view(_BoundedPoolView, pool, bounded_backend=BoundedBackend(backend))
    return make_view(_BoundedTransportView, transport, bounded_pool=bounded_pool)


def make_view(base: type, viewed: Any, **attributes: Any) -> Any:
    """Return an object that shares the attributes of another, but those of ``base`` have precedence."""
    kind = cast("Any", type(viewed))
    view: Any = object.__new__(type(kind.__name__, (base, kind), attributes))
    view.__dict__ = viewed.__dict__
    return view
