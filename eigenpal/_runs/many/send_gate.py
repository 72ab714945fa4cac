"""The gate of a batch: every start waits here until the brake allows it."""

from __future__ import annotations

import math

from eigenpal._runs.many.actions import BatchFlow, Event, NotCarriedOut, Pause
from eigenpal._runs.many.item import Item
from eigenpal._runs.many.state import BatchState
from eigenpal.errors import EigenpalError


class SendGate:
    """Which starts have been sent and have no response yet. They are sent in the order in which they came here.

    So a start that was refused is sent again only after the others that wait: a few refusals in a row do not exhaust
    the attempts of one.
    """

    def __init__(self, state: BatchState) -> None:
        self._state = state
        self._brake = state.brake
        self._waiting: dict[Item, Event | None] = {}
        """What wakes each start that is here, the first one first; None if it does not wait."""
        self.sending = 0
        """Number of starts that have passed the gate, and have no response yet."""

    def enter(self, item: Item) -> BatchFlow[None]:
        """Wait until the start of an item may be sent.

        Raises:
            NotCarriedOut: The batch has failed meanwhile.
        """
        self._waiting[item] = None
        try:
            while True:
                if self._state.failure is not None:
                    raise NotCarriedOut
                hold = self._brake.held_until - self._state.monotonic()
                if next(iter(self._waiting)) is not item or self.sending >= self._brake.limit:
                    event = self._waiting[item] = self._state.make_event()
                    yield Pause(event)
                elif hold > 0:
                    event = self._waiting[item] = self._state.make_event()
                    yield Pause(event, hold)
                else:
                    self.sending += 1
                    item.is_sending = True
                    return
        finally:
            del self._waiting[item]
            self._wake_first()

    def leave(self, item: Item) -> None:
        """Note that a start has a response, or has failed. Do nothing if that was noted before."""
        if item.is_sending:
            item.is_sending = False
            self.sending -= 1
            self._wake_first()
            if self._state.is_stopped:
                # The end of the batch waits for the starts in flight.
                self._state.environment.wake_consumer()

    def _wake_first(self) -> None:
        for event in self._waiting.values():
            if event is not None:
                event.set()
            return

    def open(self) -> None:
        """Let all that wait go on, because the batch has failed."""
        for event in self._waiting.values():
            if event is not None:
                event.set()

    def hold(self, deadline: float | None) -> BatchFlow[None]:
        """Wait until anything may be sent, but not after the deadline."""
        seconds = self._brake.held_until - self._state.monotonic()
        limit = math.inf if deadline is None else deadline - self._state.monotonic()
        if min(seconds, limit) > 0:
            yield Pause(self._state.make_event(), min(seconds, limit))

    def note_refused_poll(self, sent: float, error: EigenpalError) -> None:
        """Record that the server has refused a poll."""
        self._brake.note_refusal(sent, self._state.monotonic(), error.retry_after)
