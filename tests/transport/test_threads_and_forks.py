"""One client in many threads, and in forked processes."""

from __future__ import annotations

import asyncio
import gc
import os
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from eigenpal import errors
from eigenpal._transport import AsyncHttpxTransport, HttpxTransport
from tests.support.faulty_server import FaultyServer, respond_with_path

from .harness import GET, get_data, make_options

needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here")


@pytest.mark.usefixtures("kept_connections")
def test_many_threads_share_a_client() -> None:
    with FaultyServer(respond_with_path) as server:
        transport = HttpxTransport(make_options(base_url=server.url))

        def ask(number: int) -> bool:
            request = GET._replace(path=f"/api/v1/runs/{number}")
            return bool(transport.call(request, get_data) == {"path": f"/api/v1/runs/{number}"})

        with ThreadPoolExecutor(32) as pool:
            assert all(pool.map(ask, range(640)))
        assert server.connection_count <= 64
        transport.close()


def test_threads_that_start_together_share_connections() -> None:
    with FaultyServer(respond_with_path) as server:
        transport = HttpxTransport(make_options(base_url=server.url))
        barrier = threading.Barrier(8)

        def first(_: int) -> httpx.Client:
            barrier.wait()
            return transport.connections.client()

        with ThreadPoolExecutor(8) as pool:
            assert len({id(client) for client in pool.map(first, range(8))}) == 1
        transport.close()


# --- forks ------------------------------------------------------------------------------------------------------------


def in_child(work: Callable[[], str]) -> str:
    """Return the result of ``work`` in a forked process."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.write(write, work().encode())
        finally:
            os._exit(0)
    os.close(write)
    with os.fdopen(read) as pipe:
        result = pipe.read()
    os.waitpid(child, 0)
    return result


@pytest.mark.usefixtures("kept_connections")
@needs_fork
@pytest.mark.filterwarnings("ignore:.*multi-threaded.*fork:DeprecationWarning")
def test_a_child_opens_its_own_connections() -> None:
    with FaultyServer(respond_with_path) as server:
        transport = HttpxTransport(make_options(base_url=server.url))
        transport.call(GET, get_data)
        assert server.connection_count == 1

        def ask() -> str:
            return str(transport.call(GET._replace(path="/child"), get_data)["path"])

        assert in_child(ask) == "/child"
        assert server.connection_count == 2
        # The parent's connection is still good, and still the only one it has.
        assert transport.call(GET._replace(path="/parent"), get_data) == {"path": "/parent"}
        assert server.connection_count == 2
        transport.close()


@pytest.mark.usefixtures("kept_connections")
@needs_fork
@pytest.mark.filterwarnings("ignore:.*multi-threaded.*fork:DeprecationWarning")
def test_a_child_that_closes_leaves_the_parent_alone() -> None:
    with FaultyServer(respond_with_path) as server:
        transport = HttpxTransport(make_options(base_url=server.url))
        transport.call(GET, get_data)

        def close() -> str:
            transport.close()
            gc.collect()
            return "closed"

        assert in_child(close) == "closed"
        assert transport.call(GET._replace(path="/parent"), get_data) == {"path": "/parent"}
        assert server.connection_count == 1
        transport.close()


@needs_fork
@pytest.mark.filterwarnings("ignore:.*multi-threaded.*fork:DeprecationWarning")
def test_a_users_client_in_use_before_a_fork_is_refused_in_the_child() -> None:
    with FaultyServer(respond_with_path) as server, httpx.Client() as client:
        unused = HttpxTransport(make_options(base_url=server.url), http_client=client)
        used = HttpxTransport(make_options(base_url=server.url), http_client=client)
        used.call(GET, get_data)

        def ask() -> str:
            try:
                used.call(GET, get_data)
            except errors.EigenpalError as error:
                return str(error)
            return "no error"

        assert "before the process was forked" in in_child(ask)
        assert used.call(GET, get_data)
        assert unused.call(GET, get_data)


@needs_fork
@pytest.mark.filterwarnings("ignore:.*multi-threaded.*fork:DeprecationWarning")
def test_an_asynchronous_client_in_a_child() -> None:
    with FaultyServer(respond_with_path) as server:
        transport = AsyncHttpxTransport(make_options(base_url=server.url))

        async def ask() -> str:
            result = await transport.call(GET._replace(path="/x"), get_data)
            await transport.connections.client().aclose()
            return str(result["path"])

        assert asyncio.run(ask()) == "/x"
        assert in_child(lambda: asyncio.run(ask())) == "/x"
