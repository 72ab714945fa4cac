"""The starts of a batch whose outcome is unknown: they are searched for together until each is resolved."""

from __future__ import annotations

import math
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any

from eigenpal._logging import logger
from eigenpal._runs.many.actions import BatchFlow, Event, NotCarriedOut, Pause
from eigenpal._runs.many.search import (
    JOURNAL_MARGIN_SECONDS,
    NO_CLOCK_MARGIN_SECONDS,
    SETTLE_SECONDS,
    WINDOW_MARGIN_SECONDS,
    SearchResult,
    UnknownStart,
    UnknownStartSearch,
)
from eigenpal._runs.many.state import BatchState
from eigenpal._transport.actions import RunInThread
from eigenpal.errors import EigenpalError

# Starts that fail together are searched for together.
_SEARCH_DELAY_SECONDS = 1.0
_SEARCH_INTERVAL_SECONDS = 5.0
_MAX_SEARCH_FAILURES = 6
_MAX_DOUBTS = 3
# A `Date` has no fractions of a second.
_CLOCK_PRECISION_SECONDS = 2.0
_MAX_CLOCK_WAIT_SECONDS = 600.0
"""How long to wait for the clock of the server to show a minute more. It may stand still, or have been set back."""
_BATCH_FAILED = "the batch has failed"


class UnknownStarts:
    """The starts whose outcome is unknown, and the flow that searches for them.

    Args:
        state: The state of the batch.
        has_other_starts: Returns whether other inputs are in progress, whose runs a search can compare with.
    """

    def __init__(self, state: BatchState, has_other_starts: Callable[[], bool]) -> None:
        self._state = state
        self._has_other_starts = has_other_starts
        self._unresolved: list[UnknownStart] = []
        self._of_journal: dict[str, UnknownStart] = {}
        self._added: Event | None = None
        """Set when there is another one; None if no search is running."""

    def add_those_of_journal(self) -> None:
        """Search for the starts of which the journal does not know the outcome."""
        if self._state.journal is None:
            return
        for key, entry in self._state.journal.unknown.items():
            mark = self._state.make_mark(key, entry.attempt)
            since = None if entry.at is None else entry.at - JOURNAL_MARGIN_SECONDS
            self._of_journal[key] = self._add(mark, since, None)

    def take_that_of_journal(self, key: str) -> UnknownStart:
        """Return the start of an earlier call."""
        return self._of_journal.pop(key)

    def add(self, mark: str, sent_at: float | None) -> UnknownStart:
        """Search for a start of this call.

        Args:
            mark: Its idempotency key.
            sent_at: The time of the server when it was sent; None if that is not known.
        """
        if sent_at is None:
            # The clock of this computer may be set to another time zone.
            sent_at = self._state.environment.time() - NO_CLOCK_MARGIN_SECONDS
        return self._add(mark, sent_at - WINDOW_MARGIN_SECONDS, self._state.read_server_time())

    def _add(self, mark: str, since: float | None, received_by: float | None) -> UnknownStart:
        unknown = UnknownStart(mark, since, received_by, self._state.monotonic(), self._state.make_event())
        if self._state.failure is not None:
            unknown.resolve(reason=_BATCH_FAILED)
        elif since is None:
            unknown.resolve(reason="the journal does not say when it was sent")
        else:
            self._unresolved.append(unknown)
            if self._added is None:
                self._added = self._state.make_event()
                self._state.environment.spawn(self._search())
            else:
                self._added.set()
        return unknown

    def give_up(self) -> None:
        """Resolve all, because the batch has failed."""
        for unknown in self._unresolved:
            unknown.resolve(reason=_BATCH_FAILED)
        self._unresolved.clear()

    # --- searching ----------------------------------------------------------------------------------------------------

    def _search(self) -> BatchFlow[None]:
        with suppress(NotCarriedOut):
            yield from self._search_until_known()

    def _search_until_known(self) -> BatchFlow[None]:
        """Search until every outcome is known, or surely stays unknown."""
        failures = 0
        searched = -math.inf
        pause = _SEARCH_DELAY_SECONDS
        while self._unresolved:
            added = self._added = self._state.make_event()
            yield Pause(added, pause)
            if added.is_set():
                # More may follow.
                rest = max(_SEARCH_DELAY_SECONDS, searched + _SEARCH_INTERVAL_SECONDS - self._state.monotonic())
                yield Pause(self._state.make_event(), rest)
            batch = list(self._unresolved)
            if not batch:
                break
            searched = self._state.monotonic()
            try:
                result = yield from self._search_once(batch)
            except EigenpalError as error:
                failures += 1
                is_permanent = 400 <= error.status < 500 and error.status not in (408, 429)
                # Not made for a request: the client is closed, or the settings of the proxy are invalid.
                is_permanent = is_permanent or error.operation is None
                if is_permanent or failures >= _MAX_SEARCH_FAILURES:
                    for unknown in batch:
                        self._resolve(unknown, reason=f"the search failed: {error.message}")
                pause = min(2.0**failures, SETTLE_SECONDS)
                continue
            failures = 0
            pause = self._evaluate(batch, result, searched)
        self._added = None

    def _search_once(self, batch: list[UnknownStart]) -> BatchFlow[SearchResult]:
        since = min(unknown.since for unknown in batch if unknown.since is not None)
        known: dict[str, str] = {}
        if self._state.journal is not None:
            known = yield RunInThread(partial(self._read_known, since))
        known.update(self._state.recent)
        search = UnknownStartSearch(
            self._state.options.target.name, known, self._state.read_server_time, self._state.note_response
        )
        return (yield from search.search(frozenset(unknown.mark for unknown in batch), since))

    def _read_known(self, since: float) -> dict[str, str]:
        """Return the runs in the journal that may be in the list, and their marks."""
        assert self._state.journal is not None
        return {
            entry.run_id: self._state.make_mark(entry.key, entry.attempt)
            for entry in self._state.journal.read_started()
            if entry.run_id is not None and (entry.at is None or entry.at >= since)
        }

    def _evaluate(self, batch: list[UnknownStart], result: SearchResult, searched: float) -> float:
        """Resolve what a search has decided, and return the seconds until the next one."""
        waits: list[float] = []
        for unknown in batch:
            if unknown.mark in result.runs:
                self._resolve(unknown, run_id=result.runs[unknown.mark])
            elif result.began is None:
                self._resolve(unknown, reason="the responses of the server have no date")
            else:
                if unknown.received_by is None:
                    unknown.received_by = result.began
                missing = SETTLE_SECONDS + max(
                    unknown.received_by + _CLOCK_PRECISION_SECONDS - result.began,
                    # A `Date` may be wrong, for example that of a cache.
                    unknown.noted - searched,
                )
                if missing > 0 and searched - unknown.noted > _MAX_CLOCK_WAIT_SECONDS:
                    self._resolve(unknown, reason="the clock of the server, in its responses, does not go on")
                elif missing > 0:
                    waits.append(min(missing, _MAX_CLOCK_WAIT_SECONDS) + 1.0)
                elif result.doubt:
                    # It may be dispelled, for example by a run that is started meanwhile.
                    unknown.doubts += 1
                    waits.append(_SEARCH_INTERVAL_SECONDS)
                    is_help_coming = not result.has_witness and self._has_other_starts()
                    if unknown.doubts >= _MAX_DOUBTS and not is_help_coming:
                        self._resolve(unknown, reason=result.doubt)
                elif self._state.options.on_unknown == "report":
                    self._resolve(unknown, reason="on_unknown is 'report'")
                else:
                    logger.info("run_many: no run has the key %s; starting it again", unknown.mark)
                    self._resolve(unknown, is_absent=True)
        return max(min(waits, default=0.0), _SEARCH_DELAY_SECONDS)

    def _resolve(self, unknown: UnknownStart, **outcome: Any) -> None:
        if unknown in self._unresolved:
            self._unresolved.remove(unknown)
            unknown.resolve(**outcome)
