"""Fixtures for pytest: a server and clients for it. pytest loads them once ``eigenpal[testing]`` is installed."""

from __future__ import annotations

import logging
import sys
from collections.abc import AsyncIterator, Iterator
from types import ModuleType

import pytest

import eigenpal
from eigenpal import testing


@pytest.fixture
def eigenpal_server(monkeypatch: pytest.MonkeyPatch) -> Iterator[testing.EigenpalServer]:
    """A running `EigenpalServer`, new for each test; clients created without options connect to it.

    Requests that any client would send to another server are blocked, and fail the test. If the test fails, pytest also
    shows the traceback of each function of a workflow or agent that raised an error.

    Examples:
        >>> def test_greeting(eigenpal_server, eigenpal_client):
        ...     @eigenpal_server.workflow("greet")
        ...     def greet(input, files):
        ...         return {"text": f"Hello {input['name']}"}
        ...     run = eigenpal_client.run_and_wait("workflows.greet", {"name": "Ada"})
        ...     assert run.output == {"text": "Hello Ada"}
    """
    with testing.EigenpalServer() as server, server.block_other_origins():
        for name, value in server.environment.items():
            monkeypatch.setenv(name, value)
        logger = logging.getLogger("eigenpal.testing")
        level = logger.level
        # The tracebacks are logged as information, which pytest captures only from loggers that let it through.
        logger.setLevel(logging.INFO)
        try:
            yield server
        finally:
            logger.setLevel(level)


@pytest.fixture
def eigenpal_client(eigenpal_server: testing.EigenpalServer) -> Iterator[eigenpal.EigenpalClient]:
    """A client for `eigenpal_server`."""
    with eigenpal_server.client() as client:
        yield client


async def async_eigenpal_client(
    eigenpal_server: testing.EigenpalServer,
) -> AsyncIterator[eigenpal.AsyncEigenpalClient]:
    """An asynchronous client for `eigenpal_server`; it needs pytest-asyncio or anyio."""
    async with eigenpal_server.async_client() as client:
        yield client


def pytest_configure(config: pytest.Config) -> None:
    """Register the asynchronous fixture, with pytest-asyncio if that is active and for anyio otherwise."""
    # pytest warns if this module imports pytest-asyncio before pytest does.
    plugin = sys.modules.get("pytest_asyncio.plugin")
    active = plugin is not None and config.pluginmanager.is_registered(plugin)
    asynchronous = sys.modules["pytest_asyncio"].fixture if active else pytest.fixture
    fixtures = ModuleType("eigenpal.testing.asynchronous_fixtures")
    vars(fixtures)[async_eigenpal_client.__name__] = asynchronous(async_eigenpal_client)
    config.pluginmanager.register(fixtures, fixtures.__name__)
