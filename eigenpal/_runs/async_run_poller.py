"""Carrying out what a `Wait` wants, once for each client."""

from __future__ import annotations

import inspect
import time
from collections.abc import AsyncGenerator, AsyncIterator, Iterator
from contextlib import aclosing
from typing import TYPE_CHECKING, Any

from eigenpal._runs.polling import Actions, SendRequest, Sleep, Wait
from eigenpal.errors import EigenpalError

if TYPE_CHECKING:
    from eigenpal._transport import AsyncHttpxTransport, HttpxTransport
    from eigenpal_generated.models import Run


def wait_for(transport: HttpxTransport, wait: Wait, actions: Actions) -> Run:
    """Carry out a wait, and return the run at its end.

    Raises:
        TypeError: ``on_update`` would have to be awaited; nothing was sent.
    """
    if inspect.iscoroutinefunction(wait.on_update):
        raise TypeError("on_update is a coroutine function, which only AsyncEigenpalClient can await")
    with wait:
        for run in _changes(transport, actions):
            if wait.on_update is not None:
                wait.on_update(run)
    return wait.outcome()


def watch(transport: HttpxTransport, wait: Wait, actions: Actions) -> Iterator[Run]:
    """Carry out a wait, and yield the run at each change."""
    with wait:
        yield from _changes(transport, actions)


def _changes(transport: HttpxTransport, actions: Actions) -> Iterator[Run]:
    answer: Any = None
    failure: EigenpalError | None = None
    while True:
        try:
            action = actions.send(answer) if failure is None else actions.throw(failure)
        except StopIteration:
            return
        answer, failure = None, None
        if isinstance(action, SendRequest):
            try:
                answer = transport.call(action.request, action.parse, deadline=action.deadline)
            except EigenpalError as error:
                failure = error
        elif isinstance(action, Sleep):
            time.sleep(action.seconds)
        else:
            yield action.run


async def wait_for_async(transport: AsyncHttpxTransport, wait: Wait, actions: Actions) -> Run:
    """Carry out a wait, and return the run at its end; an ``on_update`` that returns an awaitable is awaited."""
    with wait:
        async with aclosing(_changes_async(transport, actions)) as changes:
            async for run in changes:
                told = None if wait.on_update is None else wait.on_update(run)
                if inspect.isawaitable(told):
                    await told
    return wait.outcome()


async def watch_async(transport: AsyncHttpxTransport, wait: Wait, actions: Actions) -> AsyncIterator[Run]:
    """Carry out a wait, and yield the run at each change."""
    with wait:
        async with aclosing(_changes_async(transport, actions)) as changes:
            async for run in changes:
                yield run


async def _changes_async(transport: AsyncHttpxTransport, actions: Actions) -> AsyncGenerator[Run, None]:
    answer: Any = None
    failure: EigenpalError | None = None
    while True:
        try:
            action = actions.send(answer) if failure is None else actions.throw(failure)
        except StopIteration:
            return
        answer, failure = None, None
        if isinstance(action, SendRequest):
            try:
                answer = await transport.call(action.request, action.parse, deadline=action.deadline)
            except EigenpalError as error:
                failure = error
        elif isinstance(action, Sleep):
            await pause(action.seconds)
        else:
            yield action.run


async def pause(seconds: float) -> None:
    """Let others work for a while."""
    from anyio import sleep  # here, because the blocking client has no use for it

    await sleep(seconds)
