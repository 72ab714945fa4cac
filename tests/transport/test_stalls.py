"""Whatever stalls or arrives a byte at a time, a call ends on time: with its timeout, and with the deadline of a wait."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Generator
from contextlib import ExitStack
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from eigenpal import errors
from eigenpal._transport import AsyncHttpxTransport, HttpxTransport
from eigenpal_generated.runtime import Request
from tests.support.event_loop import EventLoop, Kind
from tests.support.faulty_server import (
    Connection,
    ConnectionHandler,
    FaultyServer,
    make_unconnectable_address,
    never_read,
    never_respond,
)

from .harness import FILE, GET, START, get_data, get_pool, make_options, make_upload

SECONDS = 0.2
# Far more than a busy machine takes, and far less than what stalls.
SOON = 5.0


def read_then_drip(data: bytes, times: int = 1) -> ConnectionHandler:
    def handle(connection: Connection, server: FaultyServer) -> bool:
        server.read(connection)
        return drip_at_once(data, times)(connection, server)

    return handle


def drip_at_once(data: bytes, times: int = 1) -> ConnectionHandler:
    """Send data a byte at a time, for much longer than any call may take, before anything has been read."""

    def handle(connection: Connection, server: FaultyServer) -> bool:
        for byte in data * times:
            if server.stopping.wait(0.01):
                break
            connection.send(bytes([byte]))
        server.stopping.wait(60)
        return False

    return handle


def send_then_stall(data: bytes) -> ConnectionHandler:
    def handle(connection: Connection, server: FaultyServer) -> bool:
        connection.socket.recv(65536)
        connection.send(data)
        server.stopping.wait(60)
        return False

    return handle


def read_slowly(connection: Connection, server: FaultyServer) -> bool:
    while not server.stopping.wait(0.02):
        connection.socket.recv(4096)
    return False


TLS_RECORD = b"\x16\x03\x03\x3f\xff" + b"\x02\x00\x3f\xfb\x03\x03" + bytes(5000)
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n"


class Stall(NamedTuple):
    handler: ConnectionHandler
    was_sent: bool = False
    scheme: str = "http"
    proxy: str = ""
    """The scheme of the proxy that the handler is, if it is one."""
    request: Request = START


STALLS = {
    "TLS handshake stalls": Stall(never_read, scheme="https"),
    "TLS handshake drips": Stall(drip_at_once(TLS_RECORD), scheme="https"),
    "SOCKS proxy stalls": Stall(never_read, proxy="socks5"),
    "SOCKS proxy stalls after its first reply": Stall(send_then_stall(b"\x05\x00"), proxy="socks5"),
    "CONNECT stalls": Stall(never_read, scheme="https", proxy="http"),
    "CONNECT drips": Stall(drip_at_once(b"HTTP/1.1 200 OK\r\nX: " + b"x" * 5000), scheme="https", proxy="http"),
    "CONNECT has endless informational responses": Stall(
        drip_at_once(b"HTTP/1.1 103 X\r\n\r\n", 1000), scheme="https", proxy="http"
    ),
    "TLS in a tunnel stalls": Stall(
        send_then_stall(b"HTTP/1.1 200 OK\r\n\r\n"), scheme="https", proxy="http"
    ),
    "head stalls": Stall(never_respond, was_sent=True),
    "head drips": Stall(read_then_drip(b"HTTP/1.1 200 OK\r\nX: " + b"x" * 5000), was_sent=True),
    "informational responses are endless": Stall(read_then_drip(b"HTTP/1.1 103 X\r\n\r\n", 1000), was_sent=True),
    "body stalls": Stall(send_then_stall(HEAD + b"{"), was_sent=True),
    "body drips": Stall(read_then_drip(HEAD + b" " * 5000), was_sent=True),
    "head of a proxy drips": Stall(read_then_drip(b"HTTP/1.1 200 OK\r\nX: " + b"x" * 5000), was_sent=True, proxy="http"),
}


class Caller:
    """Calls with each client, with its own connections or with those of a client of the user."""

    def __init__(self, kind: Kind, library: str, stack: ExitStack, monkeypatch: pytest.MonkeyPatch) -> None:
        self._kind = kind
        self._library = library
        self._stack = stack
        self._monkeypatch = monkeypatch
        self.loop = stack.enter_context(EventLoop())

    def fail(
        self, url: str, request: Request, *, is_wait: bool = False, proxy: str = "", **options: Any
    ) -> errors.EigenpalTimeoutError:
        transport = self._open(url, proxy, {"timeout_seconds": 60 if is_wait else SECONDS, "max_retries": 0, **options})
        began = time.monotonic()
        with pytest.raises(errors.EigenpalTimeoutError) as caught:
            deadline = began + SECONDS if is_wait else None
            self.loop.complete(transport.call(request, get_data, deadline=deadline))
        assert time.monotonic() - began < SOON
        assert all(connection.is_idle() for connection in get_pool_of(transport))
        return caught.value

    def _open(self, url: str, proxy: str, options: dict[str, Any]) -> Any:
        is_sync = self._kind == "sync"
        settings: dict[str, Any] = {}
        if self._library:
            library = pytest.importorskip(self._library)
            create = library.Client if is_sync else library.AsyncClient
            client = create(proxy=proxy or None, verify=False)
            settings["http_client"] = client
            self._stack.callback(lambda: self.loop.complete(client.close() if is_sync else client.aclose()))
        elif proxy:
            self._monkeypatch.setenv("HTTPS_PROXY" if url.startswith("https:") else "HTTP_PROXY", proxy)
        make: Any = HttpxTransport if is_sync else AsyncHttpxTransport
        transport = make(make_options(base_url=url, **({} if self._library else {"verify_ssl": False}), **options), **settings)
        self._stack.callback(lambda: self.loop.complete(transport.close() if is_sync else transport.aclose()))
        return transport


@pytest.fixture(params=["", "httpx", "httpx2"], ids=["own", "httpx", "httpx2"])
def caller(request: pytest.FixtureRequest, kind: Kind, monkeypatch: pytest.MonkeyPatch) -> Generator[Caller]:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    with ExitStack() as stack:
        yield Caller(kind, request.param, stack, monkeypatch)


def get_pool_of(transport: Any) -> list[Any]:
    client = transport.connections.user_client
    if client is not None:
        url = transport.options.base_url
        return list(client._transport_for_url(type(client.base_url)(url))._pool.connections)
    client = next(iter((transport.connections._by_process if hasattr(transport.connections, "_by_process") else transport.connections._by_loop).values()))
    inner = client._transport
    if hasattr(inner, "routes"):
        return [c for t in inner.routes.transports for c in t._pool.connections]
    return list(inner._pool.connections)


Ends = pytest.mark.parametrize("is_wait", [False, True], ids=["call", "wait"])


@Ends
@pytest.mark.parametrize("stall", STALLS.values(), ids=STALLS.keys())
def test_stalls(caller: Caller, stall: Stall, is_wait: bool) -> None:
    with FaultyServer(stall.handler) as server:
        url = f"{stall.scheme}://127.0.0.1:{server.port}" 
        proxy = f"{stall.proxy}://127.0.0.1:{server.port}" if stall.proxy else ""
        if proxy:
            url = f"{stall.scheme}://api.invalid"
        error = caller.fail(url, stall.request, is_wait=is_wait, proxy=proxy)
        assert error.outcome_unknown is stall.was_sent
        assert not proxy or proxy in str(error)
