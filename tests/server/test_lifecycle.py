from __future__ import annotations

import asyncio
import contextlib
import logging
import socket
import threading
import time
from operator import attrgetter
from pathlib import Path
from typing import Any

import httpx
import pytest

from eigenpal.errors import EigenpalError
from eigenpal.testing import ContractViolation, EigenpalServer, RecordedRequest

from .blocking_client import ServerAndClient
from .conftest import make_http_client


def test_many_servers_live_side_by_side() -> None:
    servers = [EigenpalServer(api_key=f"key-{number}").start() for number in range(8)]
    try:
        assert len({server.url for server in servers}) == 8
        for number, server in enumerate(servers):
            with make_http_client(server) as http:
                http.run_and_wait("workflows.echo", {"number": number})
        assert [len(server.runs) for server in servers] == [1] * 8
    finally:
        for server in servers:
            server.stop()


def test_a_stopped_server_leaves_port_and_threads_behind() -> None:
    others = set(threading.enumerate())  # such as handlers of other tests that never return
    server = EigenpalServer().start()
    port = server.port
    with make_http_client(server) as http:
        http.run_and_wait("workflows.echo")
        server.stop()
    for thread in threading.enumerate():
        if thread.name.startswith("eigenpal-testing") and thread not in others:
            thread.join(60)
            assert not thread.is_alive()
    with EigenpalServer(port=port) as following:
        assert following.port == port


def test_a_server_can_be_started_again_and_remembers() -> None:
    server = EigenpalServer()
    with server, make_http_client(server) as http:
        run_id = http.run_and_wait("workflows.echo")["id"]
    with server, make_http_client(server) as http:
        assert http.get_run(run_id)["finished"]
        http.run_and_wait("workflows.echo")


@pytest.mark.parametrize("milliseconds", range(10))
def test_stopping_aborts_responses_in_progress(milliseconds: int) -> None:
    server = EigenpalServer(run_seconds=3600).start()
    outcomes: list[object] = []

    def wait() -> None:
        try:
            outcomes.append(http.start_run("workflows.echo", wait_for_completion=600))
        except (httpx.TransportError, AssertionError) as error:
            outcomes.append(error)

    with make_http_client(server) as http:
        waiting = threading.Thread(target=wait)
        waiting.start()
        while not server.requests:
            time.sleep(0.0005)
        # Stop the server at different stages of the request.
        time.sleep(milliseconds / 1000)
        server.stop()
        waiting.join(60)
    assert [type(outcome) for outcome in outcomes] in ([httpx.ReadError], [httpx.RemoteProtocolError])


def test_a_taken_port_is_an_error_of_the_system(server: EigenpalServer) -> None:
    with pytest.raises(OSError):
        EigenpalServer(port=server.port).start()


def test_it_is_started_once(server: EigenpalServer) -> None:
    with pytest.raises(RuntimeError, match="already running"):
        server.start()


def test_without_a_start_there_is_no_address() -> None:
    with pytest.raises(RuntimeError, match="with block"):
        _ = EigenpalServer().url


@pytest.mark.parametrize("key", ["", " key", "key\n", "schlüssel"])
def test_a_key_that_cannot_be_sent_is_refused(key: str) -> None:
    with pytest.raises(ValueError, match="api_key"):
        EigenpalServer(api_key=key)


def test_as_an_asynchronous_context_manager() -> None:
    async def talk() -> int:
        async with EigenpalServer() as server, httpx.AsyncClient(base_url=server.url) as client:
            headers = {"Authorization": f"Bearer {server.api_key}"}
            response = await client.get("/api/v1/workflows", headers=headers)
            return response.status_code

    assert asyncio.run(talk()) == 200


def test_as_an_asgi_application_without_a_socket() -> None:
    server = EigenpalServer()

    async def talk() -> tuple[int, int]:
        transport = httpx.ASGITransport(app=server.app)
        headers = {"Authorization": f"Bearer {server.api_key}"}
        async with httpx.AsyncClient(transport=transport, base_url="http://server/api/v1", headers=headers) as client:
            body = {"target": "workflows.echo", "input": {"a": 1}}
            started = await client.post("/runs", json=body, params={"wait_for_completion": 60})
            return started.status_code, (await client.get("/nothing")).status_code

    # Each call has its own event loop, as each test of a suite has.
    assert asyncio.run(talk()) == (200, 404)
    assert asyncio.run(talk()) == (200, 404)


@pytest.mark.parametrize("kind", ["sync", "async"])
@pytest.mark.parametrize("method", ["runs.wait", "run_and_wait", "runs.get"])
def test_a_response_that_violates_the_document_ends_a_wait_and_fails_the_block(
    tmp_path: Path, kind: str, method: str
) -> None:
    server = EigenpalServer(unfinished_polls=1)

    def violate(request: RecordedRequest) -> bool:
        for run in server.runs:
            run.source["model"] = 7
        return False

    def leave() -> None:
        with server:
            server.faults.add("runs.get", status=503, when=violate)
            setup = ServerAndClient(kind, server, tmp_path)
            try:
                target = "workflows.echo" if method == "run_and_wait" else server.add_run("workflows.echo").id
                with pytest.raises(
                    EigenpalError, match=r"embedded server failed: .* response\.source\.model"
                ) as caught:
                    attrgetter(method)(setup.client)(target)
                assert caught.value.status == 418
                assert "a bug in eigenpal.testing" in str(caught.value.hint)
                # It was not retried, and the wait did not go on.
                assert len(server.requests.of("runs.get")) == 1
            finally:
                setup.close()

    with pytest.raises(ContractViolation, match=r"runs\.get 200: response\.source\.model"):
        leave()


def test_a_failing_block_shows_its_own_error() -> None:
    def leave() -> None:
        with EigenpalServer() as server:
            server.app.violations.append("something")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        leave()


def test_the_loggers_of_uvicorn_are_left_alone(caplog: pytest.LogCaptureFixture) -> None:
    loggers = [logging.getLogger(name) for name in ("uvicorn", "uvicorn.error", "uvicorn.access", "uvicorn.asgi")]
    before = [(logger.level, logger.propagate, list(logger.handlers), logger.disabled) for logger in loggers]
    with EigenpalServer() as server, make_http_client(server) as http:
        server.faults.add("runs.list", truncate=True)
        with pytest.raises(httpx.TransportError):
            http.get("/runs")
        assert [(item.level, item.propagate, list(item.handlers), item.disabled) for item in loggers] == before
    assert [record for record in caplog.records if record.levelno >= logging.WARNING] == []


@pytest.mark.parametrize("option", ["queue_seconds", "run_seconds", "unfinished_polls"])
def test_schedules_are_not_negative(option: str) -> None:
    options: dict[str, Any] = {option: -1}
    with pytest.raises(ValueError, match=option):
        EigenpalServer(**options)


def test_a_server_stops_under_a_flood_of_connections() -> None:
    responses: list[bytes] = []
    stop = threading.Event()

    def knock(port: int, sent: bytes) -> None:
        while not stop.is_set():
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
                connection.sendall(sent)
                received = b""
                while chunk := connection.recv(65_536):
                    received += chunk
                if received:
                    responses.append(received)

    for _ in range(5):
        server = EigenpalServer().start()
        key = f"Authorization: Bearer {server.api_key}"
        head = f"GET /api/v1/runs HTTP/1.1\r\nHost: localhost\r\n{key}\r\nConnection: close"
        stop.clear()
        threads = [threading.Thread(target=knock, args=(server.port, f"{head}\r\n\r\n".encode())) for _ in range(8)]
        for thread in threads:
            thread.start()
        while len(server.requests) < 20:
            time.sleep(0.001)
        server.stop()
        stop.set()
        for thread in threads:
            thread.join(60)
            assert not thread.is_alive()
    # Each request got its normal response or none.
    assert responses
    assert {response.split(b"\r\n")[0] for response in responses} == {b"HTTP/1.1 200 OK"}
