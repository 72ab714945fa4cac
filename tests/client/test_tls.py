"""A failed TLS handshake is raised at once: it is neither retried nor polled again."""

from __future__ import annotations

import asyncio
import inspect
import socket
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from eigenpal import AsyncEigenpalClient, EigenpalClient
from eigenpal.errors import EigenpalConnectionError


class PlainServer:
    """A server without TLS that counts connections."""

    def __init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"https://127.0.0.1:{self._socket.getsockname()[1]}"
        self.connections = 0
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            self.connections += 1
            with connection:
                connection.sendall(b"HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n")

    def close(self) -> None:
        # On some systems, closing alone does not wake the thread that waits for the next connection.
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._thread.join()


@pytest.fixture
def server() -> Iterator[PlainServer]:
    server = PlainServer()
    yield server
    server.close()


CALLS: dict[str, Callable[[Any], Any]] = {
    "get": lambda client: client.runs.get("run_1"),
    "start": lambda client: client.run("workflows.echo"),
    "wait": lambda client: client.runs.wait("run_1", timeout_seconds=30),
    "run_and_wait": lambda client: client.run_and_wait("workflows.echo", timeout_seconds=30),
}


@pytest.mark.parametrize("is_async", [False, True], ids=["sync", "async"])
@pytest.mark.parametrize("call", CALLS)
def test_a_server_without_tls(server: PlainServer, call: str, is_async: bool) -> None:
    async def run_async() -> None:
        async with AsyncEigenpalClient(api_key="key", base_url=server.url, max_retries=3) as client:
            result = CALLS[call](client)
            assert inspect.isawaitable(result)
            await result

    def run() -> None:
        with EigenpalClient(api_key="key", base_url=server.url, max_retries=3) as client:
            CALLS[call](client)

    with pytest.raises(EigenpalConnectionError, match="could not establish a secure connection") as caught:
        asyncio.run(run_async()) if is_async else run()
    assert caught.value.is_tls_failure
    assert not caught.value.outcome_unknown
    assert server.connections == 1
