"""The clock for deadlines. It does not stop when a test freezes the time."""

from __future__ import annotations

import time
from functools import partial

skipped_seconds: float = 0.0
"""Seconds that clients did not really sleep, because they advanced the clock of an embedded server instead."""


def monotonic() -> float:
    """Return the seconds since an arbitrary time, like ``time.monotonic()``, plus those that were skipped."""
    return real_monotonic() + skipped_seconds


def skip(seconds: float) -> None:
    """Advance the clock."""
    global skipped_seconds
    skipped_seconds += seconds


# freezegun replaces time.monotonic, also where a module has imported it.
if hasattr(time, "clock_gettime"):
    real_monotonic = partial(time.clock_gettime, time.CLOCK_MONOTONIC)
else:  # Windows
    real_monotonic = partial(time.monotonic)
