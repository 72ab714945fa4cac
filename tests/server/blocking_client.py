"""Drives a synchronous or asynchronous client the same way, for tests that run against both."""

from __future__ import annotations

import operator
from collections.abc import Generator, Iterator
from contextlib import AbstractAsyncContextManager, AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

from eigenpal import AsyncEigenpalClient, EigenpalClient
from eigenpal.testing import Clock, EigenpalServer
from eigenpal_generated.base_models import BaseModel
from tests.support.contract import METHODS
from tests.support.event_loop import EventLoop

CLIENTS = (EigenpalClient, AsyncEigenpalClient)

NOT_OF_THE_API = frozenset({"aclose", "close", "with_options"})
"""Methods that do not call the API."""


class BlockingClient:
    """A client, or a part of one, whose asynchronous calls complete before they return.

    Args:
        value: The client or the part.
        loop: Event loop for asynchronous calls.
        called: Collects the name of each called method, such as ``runs.expected.rename``.
        path: Name of the part.
    """

    def __init__(self, value: Any, loop: EventLoop, called: set[str], path: str = "") -> None:
        self._value = value
        self._loop = loop
        self._called = called
        self._path = path

    def __getattr__(self, name: str) -> Any:
        value = getattr(self._value, name)
        path = f"{self._path}.{name}" if self._path else name
        if not callable(value):
            return BlockingClient(value, self._loop, self._called, path) if is_resource(value) else value

        def call(*arguments: Any, **options: Any) -> Any:
            if name not in NOT_OF_THE_API:
                self._called.add(path)
            return self._complete(value(*arguments, **options))

        return call

    def _complete(self, result: Any) -> Any:
        if isinstance(result, CLIENTS):
            return BlockingClient(result, self._loop, self._called)
        if isinstance(result, AbstractAsyncContextManager):
            return self._enter(self._loop.complete(result))
        return self._loop.complete(result)

    @contextmanager
    def _enter(self, manager: AbstractContextManager[Any]) -> Generator[BlockingClient, None, None]:
        with manager as value:
            yield BlockingClient(value, self._loop, set())


def is_resource(value: object) -> bool:
    """Return whether a value is a resource of the client rather than data."""
    package = type(value).__module__.split(".")[0]
    return package in ("eigenpal", "eigenpal_generated") and not isinstance(value, BaseModel)


class ServerAndClient:
    """A server with a client."""

    def __init__(self, kind: str, server: EigenpalServer, folder: Path) -> None:
        self.kind = kind
        self.server = server
        self.folder = folder
        self.called: set[str] = set()
        self._loop = EventLoop()
        self._made: list[Any] = []
        self.client: Any = self.make_client()

    def make_client(self, **options: Any) -> Any:
        """Return another client for the server."""
        made = self.server.client(**options) if self.kind == "sync" else self.server.async_client(**options)
        self._made.append(made)
        return BlockingClient(made, self._loop, self.called)

    def run_and_wait(self, target: str, input: dict[str, Any] | None = None, **options: Any) -> Any:
        """Return a finished run."""
        return self.client.run_and_wait(target, input, poll_interval_seconds=0.01, **options)

    def close(self) -> None:
        """Close the clients."""
        for made in self._made:
            self._loop.complete(made.close() if self.kind == "sync" else made.aclose())
        self._loop.close()


@contextmanager
def start_server_and_client(kind: str, folder: Path) -> Generator[ServerAndClient, None, None]:
    """Start a server with a frozen clock, and a client for it."""
    with EigenpalServer(clock=Clock(frozen=True)) as server:
        setup = ServerAndClient(kind, server, folder)
        try:
            yield setup
        finally:
            setup.close()


def list_methods(root: object) -> Iterator[str]:
    """Yield the name of every method of a client that calls the API."""
    for name in dir(type(root)):
        if name.startswith("_") or name in NOT_OF_THE_API:
            continue
        value = getattr(root, name)
        if is_resource(value):
            yield from (f"{name}.{item}" for item in list_methods(value))
        elif callable(value):
            yield name


def list_new_methods(root: object) -> set[str]:
    """Return the names of the methods that are generated from the document alone: there are no facts about them."""
    return {
        name
        for name in {*list_methods(root)} - METHODS
        if operator.attrgetter(name)(root).__module__.startswith("eigenpal_generated.")
    }
