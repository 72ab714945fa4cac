"""Whatever stalls or arrives a byte at a time, a call ends on time: with its timeout, or the deadline of a wait."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any, NamedTuple, cast

import httpcore
import httpx
import pytest

from eigenpal import errors
from eigenpal._transport import AsyncHttpxTransport, HttpxTransport
from eigenpal._transport.connections import add_route
from eigenpal._transport.lane_pool import LanePool
from eigenpal_generated.runtime import Request
from tests.support.event_loop import EventLoop, Kind
from tests.support.faulty_server import (
    Connection,
    ConnectionHandler,
    FaultyServer,
    encode_response,
    make_unconnectable_address,
    never_read,
    never_respond,
    respond,
)

from .fault_matrix import make_self_signed_context
from .harness import FILE, GET, START, EitherTransport, get_data, make_options, make_upload

SECONDS = 0.6
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


def send_then(data: bytes, then: ConnectionHandler = never_read) -> ConnectionHandler:
    """Send data in response to the first bytes that arrive."""

    def handle(connection: Connection, server: FaultyServer) -> bool:
        connection.socket.recv(65536)
        connection.send(data)
        return then(connection, server)

    return handle


def read_slowly(connection: Connection, server: FaultyServer) -> bool:
    while not server.stopping.wait(0.02):
        connection.socket.recv(4096)
    return False


TLS_RECORD = b"\x16\x03\x03\x3f\xff" + b"\x02\x00\x3f\xfb\x03\x03" + bytes(5000)
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n"


CHUNKED = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n"
# What arrives in these bodies is never a part of their content: an extension of a chunk, trailers, empty blocks.
EMPTY_BODIES = {
    "size of a chunk drips": read_then_drip(CHUNKED + b"\r\n1;" + b"x" * 5000),
    "trailers drip": read_then_drip(CHUNKED + b"\r\n0\r\nX: " + b"x" * 5000),
    "body decompresses to nothing": read_then_drip(
        HEAD[:-2] + b"Content-Encoding: gzip\r\n\r\n\x1f\x8b\x08\0\0\0\0\0\0\xff" + b"\0\0\0\xff\xff" * 1000
    ),
}


class Stall(NamedTuple):
    handler: ConnectionHandler
    was_sent: bool = False
    scheme: str = "http"
    proxy: str = ""
    """The scheme of the proxy that the handler is, if it is one."""


STALLS = {
    "TLS handshake stalls": Stall(never_read, scheme="https"),
    "TLS handshake drips": Stall(drip_at_once(TLS_RECORD), scheme="https"),
    "SOCKS proxy stalls": Stall(never_read, proxy="socks5"),
    "SOCKS proxy stalls after its first reply": Stall(send_then(b"\x05\x00"), proxy="socks5"),
    "CONNECT stalls": Stall(never_read, scheme="https", proxy="http"),
    "CONNECT drips": Stall(drip_at_once(b"HTTP/1.1 200 OK\r\nX: " + b"x" * 5000), scheme="https", proxy="http"),
    "CONNECT has endless informational responses": Stall(
        drip_at_once(b"HTTP/1.1 103 X\r\n\r\n", 1000), scheme="https", proxy="http"
    ),
    "TLS in a tunnel stalls": Stall(send_then(b"HTTP/1.1 200 OK\r\n\r\n"), scheme="https", proxy="http"),
    "TLS in a tunnel through an https proxy drips": Stall(
        send_then(b"HTTP/1.1 200 OK\r\n\r\n", drip_at_once(TLS_RECORD)), scheme="https", proxy="https"
    ),
    "head stalls": Stall(never_respond, was_sent=True),
    "head drips": Stall(read_then_drip(b"HTTP/1.1 200 OK\r\nX: " + b"x" * 5000), was_sent=True),
    "informational responses are endless": Stall(read_then_drip(b"HTTP/1.1 103 X\r\n\r\n", 1000), was_sent=True),
    "body stalls": Stall(send_then(HEAD + b"{"), was_sent=True),
    "body drips": Stall(read_then_drip(HEAD + b" " * 5000), was_sent=True),
    **{name: Stall(handler, was_sent=True) for name, handler in EMPTY_BODIES.items()},
    "head of a proxy drips": Stall(
        read_then_drip(b"HTTP/1.1 200 OK\r\nX: " + b"x" * 5000), was_sent=True, proxy="http"
    ),
}


STALL = pytest.mark.parametrize("stall", STALLS.values(), ids=STALLS.keys())
WAYS = pytest.mark.parametrize(("library", "is_wait"), [("", False), ("", True), ("httpx", False), ("httpx2", False)])


def trust_all() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


class Caller:
    """Calls with each client, over its own connections or those of a client of the user."""

    def __init__(self, kind: Kind, library: str, stack: ExitStack, monkeypatch: pytest.MonkeyPatch) -> None:
        self._kind = kind
        self._library = library
        self._stack = stack
        self._monkeypatch = monkeypatch
        self._loop = stack.enter_context(EventLoop())

    def fail(
        self, url: str, request: Request = START, *, is_wait: bool, proxy: str = ""
    ) -> errors.EigenpalTimeoutError:
        """Call with a timeout or a deadline, and return the error."""
        options = {"base_url": url, "timeout_seconds": 60 if is_wait else SECONDS, "max_retries": 0}
        settings: dict[str, Any] = {}
        if self._library:
            library = pytest.importorskip(self._library)
            create = library.Client if self._kind == "sync" else library.AsyncClient
            through = library.Proxy(proxy, ssl_context=trust_all()) if proxy.startswith("https:") else proxy or None
            settings["http_client"] = client = create(proxy=through, verify=False)
            self._stack.callback(self._close, client)
        else:
            options["verify_ssl"] = False
            if proxy:
                self._monkeypatch.setenv("HTTPS_PROXY" if url.startswith("https:") else "HTTP_PROXY", proxy)
        make: Any = HttpxTransport if self._kind == "sync" else AsyncHttpxTransport
        transport = make(make_options(**options), **settings)
        self._stack.callback(self._close, transport)
        pools = self._record_pools(transport)
        began = time.monotonic()
        deadline = began + SECONDS if is_wait else None
        with pytest.raises(errors.EigenpalTimeoutError) as caught:
            self._loop.complete(transport.call(request, get_data, deadline=deadline))
        assert time.monotonic() - began < SOON
        for pool in pools:
            assert not (pool.lanes if isinstance(pool, LanePool) else pool.connections + pool._requests)
        return caught.value

    def _record_pools(self, transport: Any) -> list[Any]:
        """Return the list to which the connection pool of each request is added."""
        pools: list[Any] = []

        def record(client: Any, url: Any, trace: Any) -> None:
            add_route(client, url, trace)
            pools.append(trace.pool or client._transport.pool)

        self._monkeypatch.setattr(sys.modules[type(transport).__module__], "add_route", record)
        return pools

    def _close(self, opened: Any) -> None:
        self._loop.complete(opened.close() if self._kind == "sync" else opened.aclose())


@pytest.fixture
def library() -> str:
    return ""


@pytest.fixture
def caller(kind: Kind, library: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Caller]:
    for name in list(os.environ):
        if name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)
    with ExitStack() as stack:
        yield Caller(kind, library, stack, monkeypatch)


@WAYS
@STALL
def test_stalls(caller: Caller, stall: Stall, is_wait: bool) -> None:
    with FaultyServer(stall.handler, tls=make_self_signed_context() if stall.proxy == "https" else None) as server:
        proxy = f"{stall.proxy}://127.0.0.1:{server.port}" if stall.proxy else ""
        # No name server knows it: only the proxy can reach it.
        url = f"{stall.scheme}://{'api.invalid' if proxy else f'127.0.0.1:{server.port}'}"
        error = caller.fail(url, is_wait=is_wait, proxy=proxy)
    assert error.outcome_unknown is stall.was_sent
    if not stall.was_sent:
        assert str(error).startswith("could not connect to")
        assert (proxy or url) in str(error)


@pytest.mark.parametrize("chunk_size", [None, 10])
@pytest.mark.parametrize("handler", EMPTY_BODIES.values(), ids=EMPTY_BODIES.keys())
def test_streams_without_content(kind: Kind, handler: ConnectionHandler, chunk_size: int | None) -> None:
    with FaultyServer(handler) as server, pytest.raises(errors.EigenpalTimeoutError):
        EitherTransport(kind, base_url=server.url, timeout_seconds=SECONDS, max_retries=0).stream(FILE, chunk_size)


@WAYS
def test_name_lookups_that_hang(caller: Caller, is_wait: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    is_over = threading.Event()
    look_up = socket.getaddrinfo

    def hang(host: Any, *args: Any, **more: Any) -> Any:
        is_over.wait(60)
        return look_up("127.0.0.1", *args, **more)

    monkeypatch.setattr(socket, "getaddrinfo", hang)
    try:
        error = caller.fail("http://slow.test:1", is_wait=is_wait)
    finally:
        is_over.set()
    assert not error.outcome_unknown
    assert str(error).startswith("could not connect to http://slow.test:1")


@WAYS
def test_connections_that_are_not_accepted(caller: Caller, is_wait: bool) -> None:
    url, sockets = make_unconnectable_address()
    try:
        error = caller.fail(url, is_wait=is_wait)
    finally:
        for reserved in sockets:
            reserved.close()
    assert not error.outcome_unknown


@pytest.mark.parametrize("handler", [never_read, read_slowly])
def test_uploads_that_the_server_does_not_read(caller: Caller, handler: ConnectionHandler, tmp_path: Path) -> None:
    path = tmp_path / "large.bin"
    with path.open("wb") as file:
        file.truncate(64 * 2**20)
    with FaultyServer(handler) as server:
        caller.fail(server.url, make_upload(large=path), is_wait=True)
        if handler is never_read:
            caller.fail(server.url, make_upload(large=path), is_wait=False)


def test_a_pipe_that_stalls_ends_with_the_deadline(caller: Caller) -> None:
    read, write = os.pipe()
    with os.fdopen(read, "rb") as pipe, FaultyServer(never_respond) as server:
        caller.fail(server.url, make_upload(pipe={"content": pipe, "filename": "a.bin"}), is_wait=True)
        # A thread is still reading it, and closing it would wait for that thread.
        os.close(write)


def test_an_address_that_does_not_respond_leaves_time_for_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[tuple[str, float]] = []
    connect = httpcore.SyncBackend.connect_tcp
    look_up = socket.getaddrinfo

    def find(host: str, port: int, *args: Any, **more: Any) -> Any:
        if host != "two.test" or more:
            return look_up(host, port, *args, **more)
        return [(0, 0, 0, "", ("fe80::1", port, 0, 7)), (0, 0, 0, "", ("127.0.0.1", port))]

    def connect_last(backend: Any, host: str, port: int, timeout: float, *more: Any) -> Any:
        tried.append((host, timeout))
        if len(tried) == 1:
            raise httpcore.ConnectTimeout
        return connect(backend, host, port, timeout, *more)

    monkeypatch.setattr(socket, "getaddrinfo", find)
    monkeypatch.setattr(httpcore.SyncBackend, "connect_tcp", connect_last)
    with FaultyServer(respond()) as server:
        transport = HttpxTransport(make_options(base_url=f"http://two.test:{server.port}", timeout_seconds=60))
        assert transport.call(GET, get_data)["id"] == "run_1"
        transport.close()
    (first, for_first), (second, for_second) = tried
    assert (first, second) == ("fe80::1%7", "127.0.0.1")
    assert 0 < for_first <= 30 < for_second <= 60


class HangingTransport(httpx.AsyncBaseTransport):
    """A transport of the user that reports no progress."""

    def __init__(self, chunks: int) -> None:
        self._chunks = chunks

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Read a number of chunks, and hang."""
        stream = aiter(cast("httpx.AsyncByteStream", request.stream))
        for _ in range(self._chunks):
            await anext(stream, b"")
        await asyncio.get_running_loop().create_future()
        raise AssertionError


@pytest.mark.parametrize("chunks", [0, 1, 10])
@pytest.mark.parametrize("is_upload", [False, True])
def test_asynchronous_transports_of_the_user_that_hang(is_upload: bool, chunks: int, tmp_path: Path) -> None:
    path = tmp_path / "a.bin"
    path.write_bytes(b"x" * 500_000)

    async def main() -> None:
        client = httpx.AsyncClient(transport=HangingTransport(chunks))
        transport = AsyncHttpxTransport(make_options(timeout_seconds=SECONDS / 4), http_client=client)
        with pytest.raises(errors.EigenpalTimeoutError) as caught:
            await transport.call(make_upload(a=path) if is_upload else START, get_data)
        assert caught.value.outcome_unknown
        await client.aclose()

    began = time.monotonic()
    asyncio.run(main())
    assert time.monotonic() - began < SOON


# --- processes --------------------------------------------------------------------------------------------------------

_INTERRUPTED = """
import signal, socket, sys, threading, httpx
from eigenpal import EigenpalClient
from eigenpal.errors import EigenpalError

look_up = socket.getaddrinfo
socket.getaddrinfo = lambda host, *args, **more: (
    threading.Event().wait() if host == "slow.test" and not more else look_up(host, *args, **more)
)

def interrupt(*_):
    raise KeyboardInterrupt

signal.signal(signal.SIGALRM, interrupt)
for argument in sys.argv[1:]:
    url, _, proxy = argument.partition(",")
    http = httpx.Client(proxy=proxy or None, verify=False)
    client = EigenpalClient(api_key="key", base_url=url, http_client=http, max_retries=0)
    signal.setitimer(signal.ITIMER_REAL, 0.2)
    try:
        client.runs.get("run_1")
    except KeyboardInterrupt:
        print("interrupted")
    transport = http._transport_for_url(httpx.URL(url))
    assert transport._pool.connections == [], (argument, transport._pool.connections)
"""


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="there are no timers here")
def test_ctrl_c_ends_each_stall_of_the_synchronous_client_at_once() -> None:
    with ExitStack() as stack:
        arguments = ["http://slow.test:1"]
        for stall in STALLS.values():
            if stall.proxy == "https":
                continue
            port = stack.enter_context(FaultyServer(stall.handler)).port
            proxied = f"{stall.scheme}://api.invalid,{stall.proxy}://127.0.0.1:{port}"
            arguments.append(proxied if stall.proxy else f"{stall.scheme}://127.0.0.1:{port}")
        done = subprocess.run(
            [sys.executable, "-c", _INTERRUPTED, *arguments], capture_output=True, text=True, timeout=60, check=False
        )
    assert (done.stdout.splitlines(), done.stderr) == (["interrupted"] * len(arguments), "")


_GIVEN_UP = """
import logging, os, sys
import anyio
from eigenpal import AsyncEigenpalClient, EigenpalClient
from eigenpal.errors import EigenpalError

# Without this, Python 3.10 prints that the run may have started.
logging.basicConfig(level=logging.ERROR)
url, action, library = sys.argv[1:]
read, write = os.pipe()
reader, writer = open(read, "rb"), open(write, "wb")

async def main():
    client = AsyncEigenpalClient(api_key="key", base_url=url)
    with anyio.move_on_after(0.2):
        if action == "upload":
            await client.run("workflows.x", {"file": {"content": reader, "filename": "a.bin"}})
        else:
            await client.runs.artifacts.download("run_1", "a.bin", to=writer)
    await client.aclose()

if library == "sync":
    try:
        client = EigenpalClient(api_key="key", base_url=url)
        client.run_and_wait("workflows.x", {"file": {"content": reader, "filename": "a.bin"}}, timeout_seconds=0.2)
    except EigenpalError:
        pass
else:
    anyio.run(main, backend=library)
print("given up", flush=True)
"""


@pytest.mark.parametrize(
    ("action", "library"),
    [("upload", "sync"), ("upload", "asyncio"), ("upload", "trio"), ("download", "asyncio"), ("download", "trio")],
)
def test_a_pipe_that_was_given_up_does_not_keep_the_process(action: str, library: str) -> None:
    if library == "trio":
        pytest.importorskip("trio")
    handler = never_respond if action == "upload" else respond(encode_response(bytes(2**20), content_type="x/y"))
    with FaultyServer(handler) as server:
        command = [sys.executable, "-c", _GIVEN_UP, server.url, action, library]
        # The pipe stays open, because the program holds both its ends.
        done = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)
    assert (done.stdout, done.stderr) == ("given up\n", "")
