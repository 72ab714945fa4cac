"""Callbacks of the user; only the asynchronous client accepts coroutine functions."""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any, TypeVar

T = TypeVar("T")


def make_sync_callback(name: str, function: Callable[[T], object] | None) -> Callable[[T], None]:
    """Return a function that calls a callback, or does nothing if that is None.

    Raises:
        TypeError: The callback is a coroutine function. Also raised by the returned function if it is one after all.
    """
    problem = f"{name} must not be a coroutine function; use AsyncEigenpalClient for that"
    if _is_coroutine_function(function):
        raise TypeError(problem)

    def callback(value: T) -> None:
        result = None if function is None else function(value)
        if inspect.iscoroutine(result):
            result.close()
            raise TypeError(problem)

    return callback


def make_async_callback(name: str, function: Callable[[T], object] | None) -> Callable[[T], Awaitable[None]]:
    """Return a function that calls a callback and awaits the result if it is awaitable."""

    async def callback(value: T) -> None:
        result = None if function is None else function(value)
        if inspect.isawaitable(result):
            await result

    return callback


def _is_coroutine_function(function: Any) -> bool:
    """Return whether calling an object makes a coroutine, for objects with an asynchronous ``__call__`` too."""
    while isinstance(function, partial):
        function = function.func
    return inspect.iscoroutinefunction(function) or inspect.iscoroutinefunction(type(function).__call__)
