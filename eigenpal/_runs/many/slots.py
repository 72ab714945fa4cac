"""The slots of a batch: which inputs are in progress, and which wait for one of as many slots as the brake allows."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

from eigenpal._runs.many.actions import BatchFlow, Event, Pause
from eigenpal._runs.many.inputs import BatchInput
from eigenpal._runs.many.item import Item
from eigenpal._runs.many.state import BatchState


class Slots:
    """The inputs that have no result yet.

    Args:
        state: The state of the batch.
        process: Makes the flow of an input, which releases the item in the end, however it ends.
        drop: Called with an input that is not begun, because the batch has failed.
    """

    def __init__(
        self,
        state: BatchState,
        process: Callable[[Item, BatchInput], BatchFlow[None]],
        drop: Callable[[BatchInput], object],
    ) -> None:
        self._state = state
        self._process = process
        self._drop = drop
        self._queue: deque[BatchInput] = deque()
        self._active: set[Item] = set()
        self._waiting: deque[tuple[Item, Event]] = deque()
        self.running = 0
        """Number of inputs whose start or run is in flight."""

    def __len__(self) -> int:
        return len(self._queue) + len(self._active)

    @property
    def queued(self) -> int:
        """Number of inputs that were not begun."""
        return len(self._queue)

    def add(self, given: BatchInput) -> None:
        """Begin an input as soon as there is a slot for it."""
        self._queue.append(given)
        self.fill()

    def fill(self) -> None:
        """Give free slots away; inputs that were not begun when the batch failed never are."""
        while self._queue and self._state.failure is not None:
            self._drop(self._queue.popleft())
        while not self._state.is_stopped and self.running < self._state.brake.limit:
            if self._waiting:
                item, event = self._waiting.popleft()
                self._lease(item)
                event.set()
            elif self._queue:
                given = self._queue.popleft()
                item = Item(given.position, given.key or f"inputs[{given.position}]", self._state.monotonic())
                self._lease(item)
                self._active.add(item)
                self._state.environment.spawn(self._process(item, given))
            else:
                return

    def _lease(self, item: Item) -> None:
        self.running += 1
        item.has_slot = True

    def release(self, item: Item) -> None:
        """Take the slot of an item, if it has one."""
        if item.has_slot:
            self.running -= 1
            item.has_slot = False
            self.fill()

    def acquire(self, item: Item) -> BatchFlow[None]:
        """Wait for a slot, before the inputs that were not begun."""
        event = self._state.make_event()
        self._waiting.append((item, event))
        self.fill()
        while not event.is_set():
            yield Pause(event)

    def end(self, item: Item) -> None:
        """Forget an item, and take its slot."""
        self._active.discard(item)
        self.release(item)
