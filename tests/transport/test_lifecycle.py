"""The life of a client: closing, garbage collection, and with_options."""

from __future__ import annotations

import asyncio
import copy
import gc
import pickle
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx
import pytest

from eigenpal import errors
from eigenpal._options import replace_options
from eigenpal._transport import AsyncHttpxTransport, HttpxTransport
from eigenpal._transport.request_flow import Environment
from tests.support.faulty_server import FaultyServer, respond

from .harness import FILE, GET, KEY, get_data, make_options


def test_use_after_close_is_a_clear_error() -> None:
    with FaultyServer(respond()) as server:
        transport = HttpxTransport(make_options(base_url=server.url))
        transport.call(GET, get_data)
        transport.close()
        transport.close()
        for use in (
            lambda: transport.call(GET, get_data),
            lambda: transport.download(FILE, "x.pdf", None),
            lambda: transport.stream(GET).__enter__(),
            lambda: transport.with_options(make_options()),
        ):
            with pytest.raises(errors.EigenpalError, match="this client is closed; create a new one"):
                use()
        assert "(closed)" in repr(transport)
        assert not Path("x.pdf").exists()

        async def main() -> None:
            transport = AsyncHttpxTransport(make_options(base_url=server.url))
            await transport.call(GET, get_data)
            await transport.aclose()
            await transport.aclose()
            with pytest.raises(errors.EigenpalError, match="this client is closed"):
                await transport.call(GET, get_data)
            with pytest.raises(errors.EigenpalError, match="this client is closed"):
                transport.with_options(make_options())

        asyncio.run(main())


def test_a_client_that_was_never_used_can_be_closed() -> None:
    HttpxTransport(make_options()).close()
    asyncio.run(AsyncHttpxTransport(make_options()).aclose())


def test_pickling_and_copying_are_refused() -> None:
    for transport in (HttpxTransport(make_options()), AsyncHttpxTransport(make_options())):
        for refuse in (pickle.dumps, copy.copy, copy.deepcopy):
            with pytest.raises(TypeError, match=r"create one in each process, or use with_options\(\)") as caught:
                refuse(transport)
            assert KEY not in str(caught.value)


@pytest.mark.parametrize("arguments", [[], ["-X", "dev", "-W", "error"]])
@pytest.mark.parametrize("kind", ["sync", "async"])
def test_unclosed_clients_at_exit_print_nothing(kind: str, arguments: list[str]) -> None:
    if kind == "async" and arguments:
        pytest.skip("an event loop of Python itself warns of every open socket in this mode")
    program = f"""
import asyncio, sys
sys.path[:0] = {sys.path!r}
from tests.transport.harness import GET, get_data, make_options
from eigenpal._transport import AsyncHttpxTransport, HttpxTransport
if {kind!r} == "sync":
    kept = HttpxTransport(make_options(base_url=sys.argv[1]))
    kept.call(GET, get_data)
    forgotten = HttpxTransport(make_options(base_url=sys.argv[1]))
    forgotten.call(GET, get_data)
    del forgotten
else:
    async def main():
        global kept
        kept = AsyncHttpxTransport(make_options(base_url=sys.argv[1]))
        await kept.call(GET, get_data)
        forgotten = AsyncHttpxTransport(make_options(base_url=sys.argv[1]))
        await forgotten.call(GET, get_data)
    asyncio.run(main())
print("done")
"""
    with FaultyServer(respond()) as server:
        result = subprocess.run(
            [sys.executable, *arguments, "-c", program, server.url],
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
            cwd=Path(__file__).parents[2],
        )
    assert (result.stdout, result.stderr) == ("done\n", "")


def test_a_garbage_collected_client_closes_its_connections() -> None:
    with FaultyServer(respond()) as server:
        transport = HttpxTransport(make_options(base_url=server.url))
        transport.call(GET, get_data)
        client = transport.connections.client()
        del transport
        gc.collect()
        assert client.is_closed


def test_a_client_in_a_reference_cycle_closes_its_connections_before_they_warn(monkeypatch: pytest.MonkeyPatch) -> None:
    reported: list[Any] = []
    monkeypatch.setattr(sys, "unraisablehook", reported.append)
    gc.collect()
    gc.disable()
    try:
        with FaultyServer(respond()) as server:
            # A cycle is finalized in the order in which its objects were made, if nothing moved them before.
            connections = [socket.create_connection(("127.0.0.1", server.port))]

            def take_connection(*_: Any, **__: Any) -> socket.socket:
                return connections.pop()

            with monkeypatch.context() as patch:
                patch.setattr(socket, "create_connection", take_connection)
                cycle: list[Any] = [HttpxTransport(make_options(base_url=server.url))]
                cycle[0].call(GET, get_data)
            cycle.append(cycle)
            assert not connections
            del cycle
            gc.collect()
    finally:
        gc.enable()
    assert not reported


def test_a_client_that_is_closed_during_a_call() -> None:
    class Closing(httpx.Client):
        def send(self, *given: Any, **more: Any) -> httpx.Response:
            self.close()
            return super().send(*given, **more)

    class AsyncClosing(httpx.AsyncClient):
        async def send(self, *given: Any, **more: Any) -> httpx.Response:
            await self.aclose()
            return await super().send(*given, **more)

    with pytest.raises(errors.EigenpalError, match="this client is closed"):
        HttpxTransport(make_options(), http_client=Closing()).call(GET, get_data)
    with pytest.raises(errors.EigenpalError, match="this client is closed"):
        asyncio.run(AsyncHttpxTransport(make_options(), http_client=AsyncClosing()).call(GET, get_data))


def test_environment_is_real_by_default() -> None:
    assert 0 <= Environment().random() <= 1
    assert Environment().monotonic() <= Environment().monotonic()


# --- with_options -----------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("kept_connections")
def test_with_options_shares_the_connections() -> None:
    with FaultyServer(respond()) as server:
        transport = HttpxTransport(make_options(base_url=server.url))
        transport.call(GET, get_data)
        quick = transport.with_options(
            replace_options(transport.options, timeout_seconds=1.0, max_retries=0, default_headers={"X-Own": "1"})
        )
        quick.call(GET, get_data)
        assert server.connection_count == 1
        assert server.requests[1].headers["x-own"] == "1"
        assert "x-own" not in server.requests[0].headers
        quick.close()
        with pytest.raises(errors.EigenpalError, match="closed"):
            quick.call(GET, get_data)
        transport.call(GET, get_data)
        assert server.connection_count == 1
        other = transport.with_options(transport.options)
        transport.close()
        with pytest.raises(errors.EigenpalError, match="closed"):
            other.call(GET, get_data)


def test_a_derived_client_works_after_the_original_is_deleted() -> None:
    with FaultyServer(respond()) as server:
        derived = HttpxTransport(make_options(base_url=server.url)).with_options(make_options(base_url=server.url))
        gc.collect()
        derived.call(GET, get_data)
        client = derived.connections.client()
        derived.close()
        assert client.is_closed


def test_another_verify_ssl_needs_other_connections() -> None:
    transport = HttpxTransport(make_options())
    other = transport.with_options(replace_options(transport.options, verify_ssl=False))
    assert other.connections is not transport.connections
    user_client = HttpxTransport(make_options(), http_client=httpx.Client())
    same = user_client.with_options(replace_options(user_client.options, verify_ssl=False))
    assert same.connections is user_client.connections
    user_client.connections.client().close()


@pytest.mark.usefixtures("kept_connections")
def test_with_options_of_the_asynchronous_client() -> None:
    with FaultyServer(respond()) as server:

        async def main() -> None:
            transport = AsyncHttpxTransport(make_options(base_url=server.url))
            await transport.call(GET, get_data)
            derived = transport.with_options(replace_options(transport.options, default_headers={"X-Own": "1"}))
            await derived.call(GET, get_data)
            await derived.aclose()
            await transport.call(GET, get_data)
            await transport.aclose()
            other = AsyncHttpxTransport(make_options()).with_options(make_options(verify_ssl=False))
            assert other.connections.verify is False

        asyncio.run(main())
        assert server.connection_count == 1
        assert server.requests[1].headers["x-own"] == "1"
