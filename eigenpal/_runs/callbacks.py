"""Calling `on_update`: only the asynchronous client can await what it returns."""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from eigenpal_generated.models import Run


def make_sync_callback(on_update: Callable[[Run], object] | None) -> Callable[[Run], object]:
    """Return a function that calls ``on_update``.

    Raises:
        TypeError: ``on_update`` is a coroutine function, which cannot be awaited here.
    """
    if inspect.iscoroutinefunction(on_update):
        raise TypeError("on_update is a coroutine function, which only AsyncEigenpalClient can await")
    return _ignore if on_update is None else on_update


def make_async_callback(on_update: Callable[[Run], object] | None) -> Callable[[Run], Awaitable[None]]:
    """Return a function that calls ``on_update``, and awaits what it returns if it can be awaited."""

    async def callback(run: Run) -> None:
        result = None if on_update is None else on_update(run)
        if inspect.isawaitable(result):
            await result

    return callback


def _ignore(run: Run) -> None:
    """Do nothing, for a caller that has passed no ``on_update``."""
