"""What the parts of a batch share."""

from __future__ import annotations

import os
from collections import deque
from typing import TYPE_CHECKING

from eigenpal._runs.many.brake import Brake
from eigenpal._runs.many.inputs import make_mark
from eigenpal._runs.many.journal import Entry
from eigenpal._runs.many.options import BatchOptions, Environment
from eigenpal._runs.many.server_clock import ServerClock
from eigenpal._runs.many.tally import Tally

if TYPE_CHECKING:
    from eigenpal._runs.many.journal_file import JournalFile
    from eigenpal_generated.runtime import Response

RECENT_STARTS = 5_000
"""How many runs of this call are known to a search without reading them."""


class JournalError(Exception):
    """The journal cannot be written. Its cause says why."""


class BatchState:
    """What the parts of a batch share.

    Args:
        options: The arguments of the call.
        environment: Driver and client.
        total: Number of inputs, if it is known.
    """

    def __init__(self, options: BatchOptions, environment: Environment, total: int | None) -> None:
        self.options = options
        self.environment = environment
        self.monotonic = environment.monotonic
        self.make_event = environment.make_event
        self.journal: JournalFile | None = None
        self.token = os.urandom(6).hex()
        self.brake = Brake(options.concurrency, environment.random)
        self.clock = ServerClock()
        self.tally = Tally(total)
        self.recent: deque[tuple[str, str]] = deque(maxlen=RECENT_STARTS)
        """The ids of the last runs that were started, and their marks."""
        self.failure: BaseException | None = None
        """Why nothing more is started."""
        self.was_reached = False
        """Whether the server, or one in front of it, has ever responded or lost a connection."""
        self.is_stopped = False
        """Whether nothing more is started, nor waited for."""

    def make_mark(self, key: str, attempt: int) -> str:
        """Return the idempotency key of a start."""
        return make_mark(self.token, key, attempt)

    def record(self, entry: Entry) -> None:
        """Write a line to the journal, if there is one.

        Raises:
            JournalError: It cannot be written.
        """
        if self.journal is not None:
            try:
                self.journal.append(entry)
            except OSError as error:
                raise JournalError from error

    def note_response(self, response: Response) -> None:
        """Take over the clock of the server."""
        self.was_reached = True
        self.clock.note(response.headers.get("date"), self.monotonic())

    def read_server_time(self) -> float | None:
        """Return the time of the server, in seconds since 1970; None if it is not known."""
        return self.clock.read(self.monotonic())
