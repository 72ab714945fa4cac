"""Callbacks for `on_update`; only the asynchronous client accepts coroutine functions."""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from eigenpal_generated.models import Run


def make_sync_callback(on_update: Callable[[Run], object] | None) -> Callable[[Run], object]:
    """Return a function that calls ``on_update``.

    Raises:
        TypeError: ``on_update`` is a coroutine function.
    """
    if inspect.iscoroutinefunction(on_update):
        raise TypeError("on_update must not be a coroutine function; use AsyncEigenpalClient for that")
    return _ignore if on_update is None else on_update


def make_async_callback(on_update: Callable[[Run], object] | None) -> Callable[[Run], Awaitable[None]]:
    """Return a function that calls ``on_update`` and awaits the result if it is awaitable."""

    async def callback(run: Run) -> None:
        result = None if on_update is None else on_update(run)
        if inspect.isawaitable(result):
            await result

    return callback


def _ignore(run: Run) -> None:
    """Do nothing; the default callback."""
