"""The arguments of `run_many`, and what a batch needs from its driver."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from typing import Literal, NamedTuple

from eigenpal._runs.many.actions import BatchFlow, Event
from eigenpal._runs.polling import WaitOptions
from eigenpal._runs.recent_starts import RecentStarts
from eigenpal._runs.start import StartOptions
from eigenpal._runs.targets import ResolvedTarget


class BatchOptions(NamedTuple):
    """The arguments of `run_many`, checked."""

    target: ResolvedTarget
    start: StartOptions
    wait: WaitOptions
    concurrency: int
    on_unknown: Literal["restart", "report"]
    retry_failed: bool
    skip_finished: bool
    raise_on_failure: bool
    max_retries: int

    def describe(self, journal: object) -> str:
        """Describe a batch by its arguments, as its ``repr`` does."""
        shown = f"target={self.target.name!r}, concurrency={self.concurrency}"
        return shown if journal is None else f"{shown}, journal={str(journal)!r}"


class Environment(NamedTuple):
    """What a batch needs from its driver and its client."""

    monotonic: Callable[[], float]
    make_event: Callable[[], Event]
    spawn: Callable[[BatchFlow[None]], object]
    """Carries out a flow at the same time as others."""
    wake_consumer: Callable[[], object]
    """Called when there may be a result, or room for an input."""
    recent_starts: RecentStarts
    random: Callable[[], float] = random.random
    time: Callable[[], float] = time.time
