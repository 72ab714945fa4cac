"""Runs uvicorn in a thread, on a socket that is bound before the thread starts."""

from __future__ import annotations

import asyncio
import logging
import socket
import struct
import threading
from collections.abc import MutableMapping
from contextlib import suppress
from http import HTTPStatus
from typing import Any, cast

import h11
import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from eigenpal.testing._server.application import Application, encode_json
from eigenpal.testing._server.http_errors import HttpError, error_for_status
from eigenpal.testing._server.real_time_loop import run_in_real_time

_STOP_SECONDS = 10.0
_LINGER_SECONDS = 0.5

_SILENT_LOGGER = logging.Logger("eigenpal.testing", logging.CRITICAL + 1)


class UvicornThread:
    """Serves an application over HTTP until it is stopped.

    Args:
        application: The application.
        host: Address to listen on.
        port: Port to listen on, or 0 for a free one.

    Raises:
        OSError: The port is in use or the host is not an address of this machine.
        ValueError: The port is out of range or the host is empty.
    """

    def __init__(self, application: Application, host: str, port: int) -> None:
        if not 0 <= port <= 65535:
            raise ValueError(f"port must be between 0 and 65535, not {port}; 0 selects a free one")
        if not host:
            raise ValueError("host must not be empty; 0.0.0.0 listens on every address")
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        # With an explicit protocol, asyncio disables Nagle's algorithm, which delays each response by 40 ms.
        self._socket = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        try:
            self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            self._socket.bind((host, port))
            # Clients can connect from here on, before the thread accepts.
            self._socket.listen(2048)
        except OSError:
            self._socket.close()
            raise
        self.host: str = host
        self.port: int = self._socket.getsockname()[1]
        self.url: str = f"http://{f'[{host}]' if ':' in host else host}:{self.port}"
        self._connections: dict[tuple[str, int], asyncio.Transport] = {}
        self._stop = threading.Event()
        self._server = _UvicornServer(_make_config(application, self._connections, self._stop), self._stop)
        self._failure: BaseException | None = None
        self._thread = threading.Thread(target=self._serve, name=f"eigenpal-testing:{self.port}", daemon=True)
        application.close_connection = self._close_connection
        application.listening_host = host

    def start(self) -> None:
        """Start the thread.

        Raises:
            RuntimeError: The server did not start.
        """
        self._thread.start()
        if not self._server.ready.wait(_STOP_SECONDS) or self._failure is not None:
            raise RuntimeError(f"the embedded server did not start: {self._failure!r}")

    def stop(self) -> None:
        """Stop the server: responses in progress are aborted, and the port is free on return."""
        self._server.request_stop()
        self._thread.join(_STOP_SECONDS)

    def _serve(self) -> None:
        try:
            run_in_real_time(self._server.serve(sockets=[self._socket]))
        except BaseException as error:  # noqa: BLE001 - reported by start()
            self._failure = error
        finally:
            self._server.ready.set()

    def _close_connection(self, scope: MutableMapping[str, Any], immediately: bool) -> bool:
        transport = self._connections.get(tuple(scope["client"]))
        if transport is None:
            return False
        if immediately:
            # SO_LINGER with a timeout of 0 makes close() send a reset.
            transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            transport.abort()
        else:
            # close() still sends what was written.
            transport.close()
        return True


class _UvicornServer(uvicorn.Server):
    """Stops at once; uvicorn itself checks ten times a second."""

    def __init__(self, config: uvicorn.Config, stop: threading.Event) -> None:
        super().__init__(config)
        self.ready = threading.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stop = stop
        self._wake_up: asyncio.Event | None = None

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        self._loop, self._wake_up = asyncio.get_running_loop(), asyncio.Event()
        await super().startup(sockets=sockets)
        self.ready.set()

    async def main_loop(self) -> None:
        if self._wake_up is not None and not self._stop.is_set():
            await self._wake_up.wait()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        for listening_socket in sockets or []:
            # The event loop on Windows has no readers.
            with suppress(NotImplementedError):
                asyncio.get_running_loop().remove_reader(listening_socket)
        # Let connections that were just accepted become transports, which abort themselves. If the server were closed
        # first, asyncio would leave them open.
        accepting = asyncio.all_tasks() - {asyncio.current_task()} - self.server_state.tasks
        if accepting:
            await asyncio.wait(accepting, timeout=_STOP_SECONDS / 2)
        for server in self.servers:
            server.close()
        for listening_socket in sockets or []:
            listening_socket.close()
        for connection in list(self.server_state.connections):
            connection.shutdown()
        await asyncio.sleep(0)
        # Idle connections are closed now. Abort the others before cancelling their tasks, because uvicorn sends a 500
        # for a cancelled task.
        for connection in list(self.server_state.connections):
            connection.transport.abort()
        await asyncio.sleep(0)
        tasks = list(self.server_state.tasks)
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks, timeout=_STOP_SECONDS / 2)

    def request_stop(self) -> None:
        self._stop.set()
        if self._loop is not None and self._wake_up is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._wake_up.set)


def _encode_error(error: HttpError, request_id: str) -> bytes:
    body = encode_json(error.envelope(request_id))
    head = (
        f"HTTP/1.1 {error.status} {HTTPStatus(error.status).phrase}\r\n"
        "connection: close\r\ncontent-type: application/json\r\n"
        f"content-length: {len(body)}\r\nx-request-id: {request_id}\r\n\r\n"
    )
    return head.encode("ascii") + body


def _make_config(
    application: Application, connections: dict[tuple[str, int], asyncio.Transport], stop: threading.Event
) -> uvicorn.Config:
    class Connection(H11Protocol):
        """A connection that is registered under the address of its client, so that faults can close it."""

        is_rejected = False
        head_timeout: asyncio.TimerHandle | None = None

        def __init__(self, *arguments: Any, **options: Any) -> None:
            super().__init__(*arguments, **options)
            # Broken requests and responses are expected here; they are in the journal.
            self.logger = _SILENT_LOGGER
            self.access_log = False

        def connection_made(self, transport: asyncio.BaseTransport) -> None:
            if isinstance(transport, asyncio.Transport):
                super().connection_made(transport)
                if self.client is not None:
                    connections[self.client] = transport
                if stop.is_set():
                    transport.abort()

        def data_received(self, data: bytes) -> None:
            if stop.is_set():
                self.transport.abort()
            elif not self.is_rejected:
                super().data_received(data)
                self._watch_request_head()

        def _watch_request_head(self) -> None:
            """Start or stop the timeout for a request whose headers are incomplete."""
            is_unfinished = self.conn.their_state is h11.IDLE and bool(self.conn.trailing_data[0])
            if not is_unfinished and self.head_timeout is not None:
                self.head_timeout.cancel()
                self.head_timeout = None
            elif is_unfinished and self.head_timeout is None:
                seconds = application.limits.chunk_timeout_seconds
                self.head_timeout = asyncio.get_running_loop().call_later(seconds, self._reject_slow_head)

        def _reject_slow_head(self) -> None:
            self._reject(error_for_status(408, "The headers of the request did not arrive in time"))

        def send_400_response(self, msg: str) -> None:
            """Reject what is not HTTP with the documented error envelope."""
            self._reject(error_for_status(400, "This is not an HTTP request"))

        def _reject(self, error: HttpError) -> None:
            """Send an error and close.

            Data that still arrives is discarded for a moment, because closing on it would reset the connection and
            lose the response.
            """
            if self.is_rejected or self.transport.is_closing():
                return
            self.is_rejected = True
            self.transport.write(_encode_error(error, application.next_request_id()))
            if self.transport.can_write_eof():
                self.transport.write_eof()
            asyncio.get_running_loop().call_later(_LINGER_SECONDS, self.transport.close)

        def connection_lost(self, exc: Exception | None) -> None:
            if self.head_timeout is not None:
                self.head_timeout.cancel()
            if self.client is not None:
                connections.pop(self.client, None)
            super().connection_lost(exc)

    return uvicorn.Config(
        cast("Any", application),
        http=Connection,
        ws="none",
        lifespan="off",
        loop="asyncio",
        # Loggers are global, and the application under test may run uvicorn too.
        log_config=None,
        proxy_headers=False,
        server_header=False,
        date_header=False,
        # Longer than clients keep idle connections, so that none is closed while a request is on its way.
        timeout_keep_alive=75,
    )
