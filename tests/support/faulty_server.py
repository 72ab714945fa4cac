"""A server on a real loopback socket, with handlers that break connections as bad networks do."""

from __future__ import annotations

import contextlib
import json
import socket
import ssl
import struct
import threading
from collections.abc import Callable
from types import TracebackType
from typing import Any, NamedTuple


class ReceivedRequest(NamedTuple):
    """A request that the server received completely."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


class ConnectionClosed(Exception):
    """The client closed the connection."""


class Connection:
    """The server's end of a connection."""

    def __init__(self, accepted: socket.socket) -> None:
        self.socket = accepted
        self._buffer = b""

    def _receive(self) -> None:
        chunk = self.socket.recv(65536)
        if not chunk:
            raise ConnectionClosed
        self._buffer += chunk

    def _read_until(self, delimiter: bytes) -> bytes:
        while delimiter not in self._buffer:
            self._receive()
        data, _, self._buffer = self._buffer.partition(delimiter)
        return data

    def _read_exactly(self, size: int) -> bytes:
        while len(self._buffer) < size:
            self._receive()
        data, self._buffer = self._buffer[:size], self._buffer[size:]
        return data

    def read_request(self) -> ReceivedRequest:
        head = self._read_until(b"\r\n\r\n").decode("latin-1").split("\r\n")
        method, path, _ = head[0].split(" ")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in head[1:])}
        if headers.get("transfer-encoding") == "chunked":
            body = b""
            while size := int(self._read_until(b"\r\n"), 16):
                body += self._read_exactly(size)
                self._read_exactly(2)
            self._read_exactly(2)
        else:
            body = self._read_exactly(int(headers.get("content-length", "0")))
        return ReceivedRequest(method, path, headers, body)

    def send(self, data: bytes) -> None:
        self.socket.sendall(data)

    def reset(self) -> None:
        """Reset the connection, which the client sees as an error and not as its end."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.socket.close()

    def close(self) -> None:
        with contextlib.suppress(OSError):
            self.socket.shutdown(socket.SHUT_RDWR)
        self.socket.close()


ConnectionHandler = Callable[[Connection, "FaultyServer"], bool]
"""Handles one request on a connection; returns whether to keep the connection open."""


class FaultyServer:
    """Calls the next handler for each request, and the last one for all that follow."""

    def __init__(self, *handlers: ConnectionHandler, tls: ssl.SSLContext | None = None, slowdown: float = 1.0) -> None:
        self.slowdown = slowdown
        """How many times longer than usual handlers pause."""
        self._behaviors = list(handlers)
        self._tls = tls
        self._lock = threading.Lock()
        self._connections: list[Connection] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self.url = f"{'http' if tls is None else 'https'}://127.0.0.1:{self.port}"
        self.requests: list[ReceivedRequest] = []
        self.connection_count = 0
        self.request_arrived = threading.Semaphore(0)
        self.stopping = threading.Event()
        self._threads = [threading.Thread(target=self._accept, daemon=True)]
        self._threads[0].start()

    def __enter__(self) -> FaultyServer:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.stopping.set()
        # On some systems, closing the listener does not wake up accept().
        with contextlib.suppress(OSError):
            socket.create_connection(("127.0.0.1", self.port), 1).close()
        self._listener.close()
        for connection in self._connections:
            connection.close()
        for thread in self._threads:
            thread.join(5)

    @property
    def open_connections(self) -> int:
        return sum(connection.socket.fileno() >= 0 for connection in self._connections)

    def _accept(self) -> None:
        while not self.stopping.is_set():
            try:
                accepted, _ = self._listener.accept()
            except OSError:
                return
            if self.stopping.is_set():
                accepted.close()
                return
            self.connection_count += 1
            thread = threading.Thread(target=self._serve, args=(accepted,), daemon=True)
            self._threads.append(thread)
            thread.start()

    def _serve(self, accepted: socket.socket) -> None:
        connection = Connection(accepted)
        self._connections.append(connection)
        try:
            if self._tls is not None:
                connection.socket = self._tls.wrap_socket(accepted, server_side=True)
            while self._next_handler()(connection, self):
                pass
        except (OSError, ConnectionClosed, ValueError):
            pass
        finally:
            connection.socket.close()

    def _next_handler(self) -> ConnectionHandler:
        with self._lock:
            return self._behaviors.pop(0) if len(self._behaviors) > 1 else self._behaviors[0]

    def read(self, connection: Connection) -> ReceivedRequest:
        request = connection.read_request()
        self.requests.append(request)
        self.request_arrived.release()
        return request


# --- handlers ---------------------------------------------------------------------------------------------------------


def encode_response(
    body: bytes, status: str = "200 OK", content_type: str = "application/json", **headers: str
) -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {content_type}", f"Content-Length: {len(body)}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def encode_json_response(data: Any, **more: str) -> bytes:
    return encode_response(json.dumps(data).encode(), **more)


RUN_RESPONSE = encode_json_response({"id": "run_1", "type": "workflow", "finished": True})


Data = bytes | Callable[[ReceivedRequest], bytes]
"""What is sent in response to a request, or a function that returns it."""


def read_then_encode(connection: Connection, server: FaultyServer, data: Data) -> bytes:
    request = server.read(connection)
    return data if isinstance(data, bytes) else data(request)


def respond(data: Data = RUN_RESPONSE, *, keep_alive: bool = True) -> ConnectionHandler:
    def handle(connection: Connection, server: FaultyServer) -> bool:
        connection.send(read_then_encode(connection, server, data))
        return keep_alive

    return handle


def respond_with_path(connection: Connection, server: FaultyServer) -> bool:
    """Respond with the path, so that no response can be mistaken for that of another request."""
    request = server.read(connection)
    connection.send(encode_json_response({"path": request.path}))
    return True


def send_then(data: Data, end: Callable[[Connection], None] = Connection.close) -> ConnectionHandler:
    """Read the request, send the beginning of a response, and end the connection."""

    def handle(connection: Connection, server: FaultyServer) -> bool:
        connection.send(read_then_encode(connection, server, data))
        # Time to arrive: a reset discards what the client has not read yet.
        server.stopping.wait(0.02 * server.slowdown)
        end(connection)
        return False

    return handle


def reset_early(connection: Connection, server: FaultyServer) -> bool:
    # After the first byte, because only then it is certain that the client was connected.
    connection.socket.recv(1)
    connection.reset()
    return False


def close_early(connection: Connection, server: FaultyServer) -> bool:
    connection.socket.recv(1)
    return False


def reject_plain_http(connection: Connection, server: FaultyServer) -> bool:
    connection.send(b"HTTP/1.1 400 Bad Request\r\n\r\n")
    return False


def never_respond(connection: Connection, server: FaultyServer) -> bool:
    server.read(connection)
    server.stopping.wait(10)
    return False


def never_read(connection: Connection, server: FaultyServer) -> bool:
    server.stopping.wait(10)
    return False


def drip(data: Data) -> ConnectionHandler:
    """Respond, but with a byte of the body at a time."""

    def handle(connection: Connection, server: FaultyServer) -> bool:
        head, _, body = read_then_encode(connection, server, data).partition(b"\r\n\r\n")
        connection.send(head + b"\r\n\r\n")
        for offset in range(len(body)):
            if server.stopping.wait(0.03 * server.slowdown):
                break
            connection.send(body[offset : offset + 1])
        return True

    return handle


def make_unconnectable_address() -> tuple[str, list[socket.socket]]:
    """Return a URL where connecting never ends, and the sockets that keep it so."""
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    listener.listen(0)
    sockets = [listener]
    for _ in range(3):
        filler = socket.socket()
        filler.setblocking(False)
        with contextlib.suppress(BlockingIOError):
            filler.connect(listener.getsockname())
        sockets.append(filler)
    return f"http://127.0.0.1:{listener.getsockname()[1]}", sockets


def make_refusing_address() -> tuple[str, list[socket.socket]]:
    """Return a URL that refuses connections, and the socket that reserves its port."""
    reserved = socket.socket()
    reserved.bind(("127.0.0.1", 0))
    return f"http://127.0.0.1:{reserved.getsockname()[1]}", [reserved]
