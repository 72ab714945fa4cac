"""The embedded server where proxies are set, and under other names than its own."""

from __future__ import annotations

import asyncio
import http.client
import os

import httpx
import pytest

from eigenpal import AsyncEigenpalClient, EigenpalClient
from eigenpal.testing import EigenpalServer
from tests.support.faulty_server import FaultyServer, encode_response, respond

LOOPBACK = ["127.0.0.1", "localhost", "::1", "0.0.0.0"]


@pytest.mark.parametrize("host", LOOPBACK)
@pytest.mark.parametrize("variable", ["HTTP_PROXY", "http_proxy", "ALL_PROXY"])
def test_its_clients_use_no_proxy(host: str, variable: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)
    with FaultyServer(respond(encode_response(b"", "502 x"))) as proxy, EigenpalServer(host=host) as server:
        monkeypatch.setenv(variable, proxy.url)
        for name, value in server.environment.items():
            monkeypatch.setenv(name, value)
        for client in (server.client(max_retries=0), EigenpalClient(max_retries=0)):
            with client:
                assert client.run_and_wait("workflows.echo", {"a": 1}).output == {"a": 1}

        async def main() -> None:
            for client in (server.async_client(max_retries=0), AsyncEigenpalClient(max_retries=0)):
                async with client:
                    assert (await client.run_and_wait("workflows.echo", {"a": 1})).output == {"a": 1}

        asyncio.run(main())
        assert proxy.connection_count == 0


def request_as(server: EigenpalServer, host: str) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", server.port)
    connection.putrequest("GET", "/api/v1/workflows", skip_host=True)
    connection.putheader("Host", host)
    connection.putheader("Authorization", f"Bearer {server.api_key}")
    connection.endheaders()
    response = connection.getresponse()
    status, body = response.status, response.read()
    connection.close()
    return status, body


@pytest.mark.parametrize(
    ("listening", "host", "status"),
    [
        ("127.0.0.1", "127.0.0.1:1", 200),
        ("127.0.0.1", "localhost", 200),
        ("127.0.0.1", "LOCALHOST.:8787", 200),
        ("127.0.0.1", "api.localhost:8787", 200),
        ("127.0.0.1", "[::1]:8787", 200),
        ("127.0.0.1", "evil.example", 421),
        ("127.0.0.1", "localhost.evil.example:8787", 421),
        ("localhost", "evil.example", 421),
        ("127.0.0.1", "127.0.0.1.evil.example", 421),
        # A web page of another machine under its address.
        ("127.0.0.1", "10.0.0.1", 421),
        # Other machines may know this one by any name.
        ("0.0.0.0", "eigenpal.internal:8787", 200),
    ],
)
def test_a_server_on_a_loopback_address_answers_only_for_this_machine(listening: str, host: str, status: int) -> None:
    with EigenpalServer(host=listening) as server:
        answer, body = request_as(server, host)
        assert answer == status
        assert (b"EigenpalServer(host='0.0.0.0') answers for every name" in body) == (status == 421)
        assert [request.status for request in server.requests] == [status]


def test_without_a_socket_every_name_is_answered() -> None:
    server = EigenpalServer()
    with server:
        pass

    async def main() -> int:
        transport = httpx.ASGITransport(app=server.app)
        async with httpx.AsyncClient(transport=transport, base_url="http://server") as client:
            headers = {"Authorization": f"Bearer {server.api_key}"}
            return (await client.get("/api/v1/workflows", headers=headers)).status_code

    assert asyncio.run(main()) == 200
