"""A server on a real loopback socket that does to a connection what a bad network does."""

from __future__ import annotations

import contextlib
import json
import socket
import ssl
import struct
import threading
import time
from collections.abc import Callable
from types import TracebackType
from typing import Any, NamedTuple


class Seen(NamedTuple):
    """A request as the server saw it; one that came only in part is not seen."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


class Broken(Exception):
    """The other side went away."""


class Line:
    """The server's end of one connection."""

    def __init__(self, connection: socket.socket) -> None:
        self.socket = connection
        self._buffer = b""

    def _more(self) -> None:
        piece = self.socket.recv(65536)
        if not piece:
            raise Broken
        self._buffer += piece

    def _until(self, mark: bytes) -> bytes:
        while mark not in self._buffer:
            self._more()
        found, _, self._buffer = self._buffer.partition(mark)
        return found

    def _exactly(self, size: int) -> bytes:
        while len(self._buffer) < size:
            self._more()
        found, self._buffer = self._buffer[:size], self._buffer[size:]
        return found

    def request(self) -> Seen:
        head = self._until(b"\r\n\r\n").decode("latin-1").split("\r\n")
        method, path, _ = head[0].split(" ")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in head[1:])}
        if headers.get("transfer-encoding") == "chunked":
            body = b""
            while size := int(self._until(b"\r\n"), 16):
                body += self._exactly(size)
                self._exactly(2)
            self._exactly(2)
        else:
            body = self._exactly(int(headers.get("content-length", "0")))
        return Seen(method, path, headers, body)

    def send(self, data: bytes) -> None:
        self.socket.sendall(data)

    def reset(self) -> None:
        """Break the connection so that the other side gets an error and not an end."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.socket.close()

    def close(self) -> None:
        with contextlib.suppress(OSError):
            self.socket.shutdown(socket.SHUT_RDWR)
        self.socket.close()


Behaviour = Callable[[Line, "LossyServer"], bool]
"""Deals with one request on a connection; returns whether the connection goes on."""


class LossyServer:
    """Deals with each request by the next behaviour; the last stands for all that follow."""

    def __init__(self, *behaviours: Behaviour, tls: ssl.SSLContext | None = None, pace: float = 1.0) -> None:
        self.pace = pace
        """How many times longer than usual a behaviour takes over what it does slowly."""
        self._behaviours = list(behaviours)
        self._tls = tls
        self._lock = threading.Lock()
        self._lines: list[Line] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self.url = f"{'http' if tls is None else 'https'}://127.0.0.1:{self.port}"
        self.seen: list[Seen] = []
        self.connections = 0
        self.arrived = threading.Semaphore(0)
        self.is_finished = threading.Event()
        self._threads = [threading.Thread(target=self._accept, daemon=True)]
        self._threads[0].start()

    def __enter__(self) -> LossyServer:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.is_finished.set()
        # Waking up accept() takes more than a close on some systems.
        with contextlib.suppress(OSError):
            socket.create_connection(("127.0.0.1", self.port), 1).close()
        self._listener.close()
        for line in self._lines:
            line.close()
        for thread in self._threads:
            thread.join(5)

    @property
    def open_connections(self) -> int:
        return sum(line.socket.fileno() >= 0 for line in self._lines)

    def _accept(self) -> None:
        while not self.is_finished.is_set():
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            if self.is_finished.is_set():
                connection.close()
                return
            self.connections += 1
            thread = threading.Thread(target=self._serve, args=(connection,), daemon=True)
            self._threads.append(thread)
            thread.start()

    def _serve(self, connection: socket.socket) -> None:
        line = Line(connection)
        self._lines.append(line)
        try:
            if self._tls is not None:
                line.socket = self._tls.wrap_socket(connection, server_side=True)
            while self._next()(line, self):
                pass
        except (OSError, Broken, ValueError):
            pass
        finally:
            line.socket.close()

    def _next(self) -> Behaviour:
        with self._lock:
            return self._behaviours.pop(0) if len(self._behaviours) > 1 else self._behaviours[0]

    def read(self, line: Line) -> Seen:
        seen = line.request()
        self.seen.append(seen)
        self.arrived.release()
        return seen


# --- behaviours -------------------------------------------------------------------------------------------------------

RUN = {"id": "run_1", "type": "workflow", "finished": True}


def response(body: bytes, status: str = "200 OK", content_type: str = "application/json", **headers: str) -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {content_type}", f"Content-Length: {len(body)}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def json_response(data: Any = RUN, **more: str) -> bytes:
    return response(json.dumps(data).encode(), **more)


def answers(data: bytes | None = None, *, goes_on: bool = True) -> Behaviour:
    def behave(line: Line, server: LossyServer) -> bool:
        server.read(line)
        line.send(json_response() if data is None else data)
        return goes_on

    return behave


def echo(line: Line, server: LossyServer) -> bool:
    """Answer with the path, so that nobody can take another's answer for his own."""
    seen = server.read(line)
    line.send(json_response({"path": seen.path}))
    return True


def sends_then(data: bytes, end: Callable[[Line], None]) -> Behaviour:
    """Read the request, send a part of an answer, and end."""

    def behave(line: Line, server: LossyServer) -> bool:
        server.read(line)
        if data:
            line.send(data)
            # Given time to arrive: a reset throws away what the other side has not read yet.
            time.sleep(0.02)
        end(line)
        return False

    return behave


def resets_early(line: Line, server: LossyServer) -> bool:
    # Not before the first byte, or it would be a matter of chance whether the client ever was connected.
    line.socket.recv(1)
    line.reset()
    return False


def closes_early(line: Line, server: LossyServer) -> bool:
    line.socket.recv(1)
    return False


def keeps_silent(line: Line, server: LossyServer) -> bool:
    server.read(line)
    server.is_finished.wait(10)
    return False


def reads_nothing(line: Line, server: LossyServer) -> bool:
    server.is_finished.wait(10)
    return False


def drips(data: bytes, seconds: float = 0.02) -> Behaviour:
    """Answer, but a byte at a time."""

    def behave(line: Line, server: LossyServer) -> bool:
        server.read(line)
        head, _, body = data.partition(b"\r\n\r\n")
        line.send(head + b"\r\n\r\n")
        for place in range(len(body)):
            if server.is_finished.wait(seconds):
                break
            line.send(body[place : place + 1])
        return True

    return behave


def unconnectable() -> tuple[str, list[socket.socket]]:
    """Return an address where connecting takes for ever, and what keeps it so."""
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    listener.listen(0)
    held = [listener]
    for _ in range(3):
        filler = socket.socket()
        filler.setblocking(False)
        with contextlib.suppress(BlockingIOError):
            filler.connect(listener.getsockname())
        held.append(filler)
    return f"http://127.0.0.1:{listener.getsockname()[1]}", held


def unanswered() -> tuple[str, list[socket.socket]]:
    """Return an address where connections are refused, and what keeps others from using it."""
    held = socket.socket()
    held.bind(("127.0.0.1", 0))
    return f"http://127.0.0.1:{held.getsockname()[1]}", [held]
