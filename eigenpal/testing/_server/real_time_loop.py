"""Event loops whose timers work while freezegun has stopped the time."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

from eigenpal._clock import real_monotonic

T = TypeVar("T")


def run_in_real_time(main: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine in a new event loop, like ``asyncio.run``."""

    async def run() -> T:
        # It reads time.monotonic, which freezegun replaces.
        vars(asyncio.get_running_loop())["time"] = real_monotonic
        return await main

    return asyncio.run(run())
