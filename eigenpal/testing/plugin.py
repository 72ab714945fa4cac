"""Fixtures for pytest: a server, and clients of it. Loaded by pytest itself once ``eigenpal[testing]`` is installed."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator, Iterator
from types import ModuleType
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from eigenpal import AsyncEigenpalClient, EigenpalClient
    from eigenpal.testing import EigenpalServer


@pytest.fixture
def eigenpal_server(monkeypatch: pytest.MonkeyPatch) -> Iterator[EigenpalServer]:
    """A running `EigenpalServer`, new for each test, which clients made without options find by the environment.

    Example:
        >>> def test_greeting(eigenpal_server, eigenpal_client):
        ...     @eigenpal_server.workflow("greet")
        ...     def greet(input, files):
        ...         return {"text": f"Hello {input['name']}"}
        ...     run = eigenpal_client.run_and_wait("workflows.greet", {"name": "Ada"})
        ...     assert run.output == {"text": "Hello Ada"}
    """
    from eigenpal.testing import EigenpalServer

    with EigenpalServer() as server:
        for name, value in server.environment.items():
            monkeypatch.setenv(name, value)
        yield server


@pytest.fixture
def eigenpal_client(eigenpal_server: EigenpalServer) -> Iterator[EigenpalClient]:
    """A client of `eigenpal_server`."""
    with eigenpal_server.client() as client:
        yield client


async def async_eigenpal_client(eigenpal_server: EigenpalServer) -> AsyncIterator[AsyncEigenpalClient]:
    """An asynchronous client of `eigenpal_server`; it needs pytest-asyncio or anyio."""
    async with eigenpal_server.async_client() as client:
        yield client


def pytest_configure(config: pytest.Config) -> None:
    """Make the asynchronous fixture, for pytest-asyncio where that is active and for the plugin of anyio otherwise."""
    # Only now: had this module loaded pytest-asyncio by itself, pytest would warn of it.
    plugin = sys.modules.get("pytest_asyncio.plugin")
    active = plugin is not None and config.pluginmanager.is_registered(plugin)
    asynchronous = sys.modules["pytest_asyncio"].fixture if active else pytest.fixture
    fixtures = ModuleType("eigenpal.testing.asynchronous_fixtures")
    vars(fixtures)[async_eigenpal_client.__name__] = asynchronous(async_eigenpal_client)
    config.pluginmanager.register(fixtures, fixtures.__name__)
