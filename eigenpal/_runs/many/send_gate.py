"""The gate of a batch: every start waits here until the brake allows it."""

from __future__ import annotations

import math
from collections import deque

from eigenpal._runs.many.actions import BatchFlow, Event, Pause
from eigenpal._runs.many.item import Item
from eigenpal._runs.many.state import BatchState
from eigenpal.errors import EigenpalError


class SendGate:
    """Which starts have been sent and have no response yet."""

    def __init__(self, state: BatchState) -> None:
        self._state = state
        self._brake = state.brake
        self._waiting: deque[Event] = deque()
        self.sending = 0
        """Number of starts that have passed the gate, and have no response yet."""

    def enter(self, item: Item) -> BatchFlow[None]:
        """Wait until the start of an item may be sent."""
        while True:
            hold = self._brake.held_until - self._state.monotonic()
            if hold > 0:
                yield Pause(self._state.make_event(), hold)
            elif self.sending < self._brake.limit:
                self.sending += 1
                item.is_sending = True
                return
            else:
                event = self._state.make_event()
                self._waiting.append(event)
                yield Pause(event)

    def leave(self, item: Item) -> None:
        """Note that a start has a response, or has failed. Do nothing if that was noted before."""
        if not item.is_sending:
            return
        item.is_sending = False
        self.sending -= 1
        for _ in range(min(len(self._waiting), max(1, self._brake.limit - self.sending))):
            self._waiting.popleft().set()
        self._state.environment.wake_consumer()

    def hold(self, deadline: float | None) -> BatchFlow[None]:
        """Wait until anything may be sent, but not after the deadline."""
        seconds = self._brake.held_until - self._state.monotonic()
        limit = math.inf if deadline is None else deadline - self._state.monotonic()
        if min(seconds, limit) > 0:
            yield Pause(self._state.make_event(), min(seconds, limit))

    def note_refused_poll(self, sent: float, error: EigenpalError) -> None:
        """Record that the server has refused a poll."""
        self._brake.note_refusal(sent, self._state.monotonic(), error.retry_after)
