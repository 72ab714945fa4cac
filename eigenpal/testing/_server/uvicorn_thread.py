"""A uvicorn server in a thread of its own, on a socket that is bound before it starts."""

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

_STOP_SECONDS = 10.0
_LINGER_SECONDS = 0.5

_SILENT_LOGGER = logging.Logger("eigenpal.testing", logging.CRITICAL + 1)


class UvicornThread:
    """Serves an application over HTTP until it is stopped.

    Args:
        application: What answers.
        host: Where to listen.
        port: On which port; 0 for a free one.

    Raises:
        OSError: The port is taken or the host is not of this machine.
        ValueError: There is no such port.
    """

    def __init__(self, application: Application, host: str, port: int) -> None:
        if not 0 <= port <= 65535:
            raise ValueError(f"there is no port {port}; 0 stands for a free one")
        if not host:
            raise ValueError("a host is needed; 0.0.0.0 stands for every address of this machine")
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        # asyncio turns off Nagle's algorithm only where the protocol is stated; with it, each answer costs 40 ms.
        self._socket = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        try:
            self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            self._socket.bind((host, port))
            # Connections are queued from here on, so nobody has to wait for the thread.
            self._socket.listen(2048)
        except OSError:
            self._socket.close()
            raise
        self.port: int = self._socket.getsockname()[1]
        self.url: str = f"http://{f'[{host}]' if ':' in host else host}:{self.port}"
        self._connections: dict[tuple[str, int], asyncio.Transport] = {}
        self._stop = threading.Event()
        self._server = _UvicornServer(_make_config(application, self._connections, self._stop), self._stop)
        self._failure: BaseException | None = None
        self._thread = threading.Thread(target=self._serve, name=f"eigenpal-testing:{self.port}", daemon=True)
        application.close_connection = self._close_connection

    def start(self) -> None:
        """Start to serve.

        Raises:
            RuntimeError: The server did not come up.
        """
        self._thread.start()
        if not self._server.ready.wait(_STOP_SECONDS) or self._failure is not None:
            raise RuntimeError(f"the embedded server did not start: {self._failure!r}")

    def stop(self) -> None:
        """Stop to serve: answers on their way are cut off, and the port is free when this returns."""
        self._server.request_stop()
        self._thread.join(_STOP_SECONDS)

    def _serve(self) -> None:
        try:
            asyncio.run(self._server.serve(sockets=[self._socket]))
        except BaseException as error:  # noqa: BLE001 - told to whoever waits in start()
            self._failure = error
        finally:
            self._server.ready.set()

    def _close_connection(self, scope: MutableMapping[str, Any], immediately: bool) -> bool:
        transport = self._connections.get(tuple(scope["client"]))
        if transport is None:
            return False
        if immediately:
            # Without lingering, closing sends a reset rather than an orderly end.
            transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            transport.abort()
        else:
            # What was written before still goes out.
            transport.close()
        return True


class _UvicornServer(uvicorn.Server):
    """Stops at once when it is told to, where uvicorn looks ten times a second."""

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
        for one in sockets or []:
            # The event loop of Windows accepts without a reader, and has none to remove.
            with suppress(NotImplementedError):
                asyncio.get_running_loop().remove_reader(one)
        # Connections that were accepted a moment ago come to life only now, and are cut as they do. Were the server
        # closed first, asyncio would forget them open.
        accepting = asyncio.all_tasks() - {asyncio.current_task()} - self.server_state.tasks
        if accepting:
            await asyncio.wait(accepting, timeout=_STOP_SECONDS / 2)
        for server in self.servers:
            server.close()
        for one in sockets or []:
            one.close()
        for connection in list(self.server_state.connections):
            connection.shutdown()
        await asyncio.sleep(0)
        # Idle connections are closed now. The others are cut before their tasks are cancelled, as uvicorn answers for a
        # cancelled task with a 500 of its own; so are those whose client does not take what was sent.
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
        """A connection that can be found by the address of its client, so that faults can cut it."""

        is_rejected = False
        head_timeout: asyncio.TimerHandle | None = None

        def __init__(self, *arguments: Any, **options: Any) -> None:
            super().__init__(*arguments, **options)
            # Broken requests and cut answers are what this server is for; the journal tells about them.
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
            """Give up on a client that does not come to the end of the head of its request."""
            is_unfinished = self.conn.their_state is h11.IDLE and bool(self.conn.trailing_data[0])
            if not is_unfinished and self.head_timeout is not None:
                self.head_timeout.cancel()
                self.head_timeout = None
            elif is_unfinished and self.head_timeout is None:
                seconds = application.limits.chunk_timeout_seconds
                self.head_timeout = asyncio.get_running_loop().call_later(seconds, self._reject_slow_head)

        def _reject_slow_head(self) -> None:
            self._reject(error_for_status(408, "The head of the request did not arrive in time"))

        def send_400_response(self, msg: str) -> None:
            """Refuse what is not HTTP, in the documented envelope."""
            self._reject(error_for_status(400, "This is not an HTTP request"))

        def _reject(self, error: HttpError) -> None:
            """Answer and close.

            What is still arriving is taken in and forgotten for a moment: closing on it would destroy the answer.
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
        # Loggers are global: a uvicorn of the application under test keeps what it has set up.
        log_config=None,
        proxy_headers=False,
        server_header=False,
        date_header=False,
        # Longer than clients keep an idle connection, so that it is not closed under a request on its way.
        timeout_keep_alive=75,
    )
