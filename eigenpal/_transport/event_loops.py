"""The running event loop, of asyncio or trio."""

from __future__ import annotations

import sys
from collections.abc import Callable, Hashable
from contextlib import suppress
from typing import Any, cast


def get_running_loop() -> Hashable:
    """Return an object that identifies the running event loop.

    Raises:
        RuntimeError: No event loop is running.
    """
    # The running library has been imported already; importing the other one would take time.
    asyncio: Any = sys.modules.get("asyncio")
    trio: Any = sys.modules.get("trio")
    with suppress(RuntimeError):
        if asyncio is not None:
            return cast("Hashable", asyncio.get_running_loop())
    with suppress(RuntimeError):
        if trio is not None:
            return cast("Hashable", trio.lowlevel.current_trio_token())
    raise RuntimeError("no event loop is running; call an asynchronous client inside one: asyncio.run(main())")


def call_from_thread(loop: Any, function: Callable[[], object]) -> None:
    """Call a function in an event loop, from another thread; do nothing if the loop has ended."""
    call: Any = getattr(loop, "call_soon_threadsafe", None) or loop.run_sync_soon
    # What waited for the call has ended with the loop.
    with suppress(RuntimeError):
        call(function)
