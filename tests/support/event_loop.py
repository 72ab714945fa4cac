"""An event loop in which the asynchronous client is used as the synchronous one is."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import AsyncGenerator, AsyncIterator, Generator, Iterator
from contextlib import AbstractAsyncContextManager, contextmanager, suppress
from typing import Any, Literal, cast

Kind = Literal["sync", "async"]


class EventLoop:
    """Completes what either client returns, so that one test can use both; closed when its block ends."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()

    def __enter__(self) -> EventLoop:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        # An interrupt leaves tasks, which may raise it again in whatever the loop runs next.
        while tasks := asyncio.all_tasks(self._loop):
            for task in tasks:
                task.cancel()
            with suppress(KeyboardInterrupt, SystemExit):
                self._loop.run_until_complete(asyncio.wait(tasks))
        self._loop.run_until_complete(self._loop.shutdown_asyncgens())
        self._loop.run_until_complete(self._loop.shutdown_default_executor())
        self._loop.close()

    def complete(self, result: Any) -> Any:
        """Await the result, iterate over it or enter its context if that is asynchronous; else return it."""
        if inspect.isawaitable(result):
            return self._loop.run_until_complete(_await(result))
        if isinstance(result, AsyncIterator):
            return self._iterate(cast("AsyncIterator[Any]", result))
        if isinstance(result, AbstractAsyncContextManager):
            return self._enter(cast("AbstractAsyncContextManager[Any]", result))
        return result

    def _iterate(self, rows: AsyncIterator[Any]) -> Iterator[Any]:
        try:
            while True:
                yield self.complete(rows.__anext__())
        except StopAsyncIteration:
            return
        finally:
            if isinstance(rows, AsyncGenerator):
                self.complete(rows.aclose())

    @contextmanager
    def _enter(self, manager: AbstractAsyncContextManager[Any]) -> Generator[Any, None, None]:
        value = self.complete(manager.__aenter__())
        try:
            yield value
        except BaseException as error:
            if not self.complete(manager.__aexit__(type(error), error, error.__traceback__)):
                raise
        else:
            self.complete(manager.__aexit__(None, None, None))


async def _await(result: Any) -> Any:
    return await result
