"""Call a function for each item: one after the other, or several at a time."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from typing import TypeVar

T = TypeVar("T")

# Enough to hide the latency between small downloads.
_CONCURRENCY = 4


def sync_for_each(function: Callable[[T], object], items: Iterable[T]) -> None:
    """Call a function for each item, in order."""
    for item in items:
        function(item)


async def async_for_each(function: Callable[[T], Awaitable[object]], items: Iterable[T]) -> None:
    """Call a function for up to four items at a time; the first error cancels the rest."""
    from anyio import create_task_group  # here, because the synchronous client does not need it

    waiting = iter(items)
    errors: list[Exception] = []

    async def work() -> None:
        for item in waiting:
            try:
                await function(item)
            except Exception as error:
                errors.append(error)
                raise

    try:
        async with create_task_group() as group:
            for _ in range(_CONCURRENCY):
                group.start_soon(work)
    except BaseException:
        # Raised instead of the group's own exception: the first error is the cause of the cancellation.
        if errors:
            raise errors[0] from None
        raise
