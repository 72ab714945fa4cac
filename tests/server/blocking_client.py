"""A server and a client of either kind, driven the same way, for tests that tell a whole story."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import AsyncIterator, Generator, Iterator
from contextlib import AbstractAsyncContextManager, contextmanager
from pathlib import Path
from typing import Any, cast

from eigenpal import AsyncEigenpalClient, EigenpalClient
from eigenpal.testing import Clock, EigenpalServer
from eigenpal_generated.runtime import Model

CLIENTS = (EigenpalClient, AsyncEigenpalClient)

NOT_OF_THE_API = frozenset({"aclose", "close", "with_options"})
"""Methods that concern the client itself."""


class Eager:
    """A client, or a part of one; what would have to be awaited has been when a call returns.

    Args:
        value: The real one.
        loop: Where asynchronous calls are played.
        called: Takes the name of each method that is called, such as ``runs.expected.rename``.
        place: The name of this part.
    """

    def __init__(self, value: Any, loop: asyncio.AbstractEventLoop, called: set[str], place: str = "") -> None:
        self._value = value
        self._loop = loop
        self._called = called
        self._place = place

    def __getattr__(self, name: str) -> Any:
        value = getattr(self._value, name)
        place = f"{self._place}.{name}" if self._place else name
        if not callable(value):
            return Eager(value, self._loop, self._called, place) if is_resource(value) else value

        def call(*arguments: Any, **options: Any) -> Any:
            if name not in NOT_OF_THE_API:
                self._called.add(place)
            return self._settled(value(*arguments, **options))

        return call

    def _settled(self, result: Any) -> Any:
        if inspect.isawaitable(result):
            result = self._loop.run_until_complete(_waited_for(result))
        if isinstance(result, CLIENTS):
            return Eager(result, self._loop, self._called)
        if isinstance(result, AsyncIterator):
            return self._drawn(cast("AsyncIterator[Any]", result))
        if isinstance(result, AbstractAsyncContextManager):
            return self._entered(cast("AbstractAsyncContextManager[Any]", result))
        return result

    def _drawn(self, rows: AsyncIterator[Any]) -> Iterator[Any]:
        while True:
            try:
                yield self._loop.run_until_complete(_waited_for(rows.__anext__()))
            except StopAsyncIteration:
                return

    @contextmanager
    def _entered(self, manager: AbstractAsyncContextManager[Any]) -> Generator[Eager, None, None]:
        value = self._loop.run_until_complete(manager.__aenter__())
        try:
            yield Eager(value, self._loop, set())
        finally:
            self._loop.run_until_complete(manager.__aexit__(None, None, None))


async def _waited_for(result: Any) -> Any:
    return await result


def is_resource(value: object) -> bool:
    """Tell a branch of the client tree from a value."""
    return type(value).__module__.split(".")[0] in ("eigenpal", "eigenpal_generated") and not isinstance(value, Model)


class Stage:
    """What a scenario plays on."""

    def __init__(self, kind: str, server: EigenpalServer, folder: Path) -> None:
        self.kind = kind
        self.server = server
        self.folder = folder
        self.called: set[str] = set()
        self._loop = asyncio.new_event_loop()
        self._made: list[Any] = []
        self.client: Any = self.another()

    def another(self, **options: Any) -> Any:
        """Return one more client of the server."""
        made = self.server.client(**options) if self.kind == "sync" else self.server.async_client(**options)
        self._made.append(made)
        return Eager(made, self._loop, self.called)

    def finished(self, target: str, input: dict[str, Any] | None = None, **options: Any) -> Any:
        """Return a run that was played to its end."""
        return self.client.run_and_wait(target, input, poll_interval_seconds=0.01, **options)

    @property
    def operations(self) -> list[str | None]:
        """What was asked of the server since this was read last."""
        asked = self.server.requests.operations
        self.server.requests.clear()
        return asked

    def close(self) -> None:
        """Close the clients."""
        for made in self._made:
            if isinstance(made, EigenpalClient):
                made.close()
            else:
                self._loop.run_until_complete(made.aclose())
        self._loop.close()


@contextmanager
def staged(kind: str, folder: Path) -> Generator[Stage, None, None]:
    """Yield a stage whose clock stands still until it is turned."""
    with EigenpalServer(clock=Clock(frozen=True)) as server:
        stage = Stage(kind, server, folder)
        try:
            yield stage
        finally:
            stage.close()


def methods_of(root: object) -> Iterator[str]:
    """Yield the name of every method of a client that calls the API, through all branches of its tree."""
    for name in dir(type(root)):
        if name.startswith("_") or name in NOT_OF_THE_API:
            continue
        value = getattr(root, name)
        if is_resource(value):
            yield from (f"{name}.{item}" for item in methods_of(value))
        elif callable(value):
            yield name
