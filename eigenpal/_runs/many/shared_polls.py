"""One request for the statuses of many runs: `runs.list(ids=...)` instead of a `runs.get` for each, without I/O.

A run is read by `runs.get` at first, which is enough for short runs, and at last, because rows have no output. In
between, the first run that is due reads the statuses of all that are about to be. A run that is missing from the
response has not ended because of that: it is read itself.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from eigenpal._logging import logger
from eigenpal._runs.many.actions import BatchFlow, Call, Event, Pause
from eigenpal._runs.polling import UNFINISHED_STATUSES
from eigenpal._runs.start_search import find_value
from eigenpal.errors import EigenpalConnectionError, EigenpalError, EigenpalTimeoutError
from eigenpal_generated.api.runs import list as list_runs

if TYPE_CHECKING:
    from eigenpal_generated.models import RunsListResponse
    from eigenpal_generated.runtime import Response

MAX_IDS = 50
_MAX_URL_LENGTH = 3500
# A list of fewer runs would save nothing, because each needs a last runs.get of its own.
_MIN_IDS = 3
_LIST_TIMEOUT_SECONDS = 30.0
_LAST_POLL_SECONDS = 0.2


class _Sleeper:
    """A run between two polls."""

    def __init__(self, event: Event, due: float, interval: float) -> None:
        self.event = event
        """Set if the run should be read itself."""
        self.due = due
        self.interval = interval


class SharedPolls:
    """Lets runs sleep between polls, and polls all that are due at once.

    Args:
        monotonic: The clock.
        make_event: Makes an event for the flows of the batch.
        next_interval: Returns the seconds until the next poll, that many seconds after the first.
        note_refusal: Called with when a poll was sent, and its error, if the server is too busy.
        note_response: Called with each response.
    """

    def __init__(
        self,
        monotonic: Callable[[], float],
        make_event: Callable[[], Event],
        next_interval: Callable[[float], float],
        note_refusal: Callable[[float, EigenpalError], object],
        note_response: Callable[[Response], object],
    ) -> None:
        self._monotonic = monotonic
        self._make_event = make_event
        self._next_interval = next_interval
        self._note_refusal = note_refusal
        self._note_response = note_response
        self._sleepers: dict[str, _Sleeper] = {}
        self._first_polls: dict[str, float] = {}
        self._listed: Event | None = None
        self.is_listing_supported = True

    def sleep(self, run_id: str, seconds: float, deadline: float) -> BatchFlow[None]:
        """Sleep until the run should be read itself: it has finished, is missing, or its deadline is near."""
        began = self._monotonic()
        sleeper = _Sleeper(self._make_event(), began + seconds, seconds)
        first_poll = self._first_polls.setdefault(run_id, began)
        if run_id in self._sleepers:
            # The server has given two inputs the same run.
            yield Pause(sleeper.event, seconds)
            return
        self._sleepers[run_id] = sleeper
        try:
            while True:
                # The last poll is sent early enough for its response to arrive before the deadline.
                wake = min(sleeper.due, max(deadline - _LAST_POLL_SECONDS, began + seconds))
                yield Pause(sleeper.event, max(0.0, wake - self._monotonic()))
                now = self._monotonic()
                if sleeper.event.is_set() or not self.is_listing_supported:
                    return
                sleeper.interval = self._next_interval(now - first_poll)
                if deadline - now < 2 * sleeper.interval:
                    return
                if now < sleeper.due:
                    continue  # another run has read its status
                if self._listed is not None:
                    yield Pause(self._listed)
                    continue
                run_ids = self._choose(run_id)
                if len(run_ids) < _MIN_IDS:
                    return
                yield from self._list(run_ids)
        finally:
            del self._sleepers[run_id]

    def forget(self, run_id: str) -> None:
        """Forget a run that has a result."""
        self._first_polls.pop(run_id, None)

    def _choose(self, run_id: str) -> list[str]:
        """Return a run that is due and the others that sleep, because a longer list costs no more."""
        others = [name for name, sleeper in self._sleepers.items() if name != run_id and not sleeper.event.is_set()]
        others.sort(key=lambda name: self._sleepers[name].due)
        chosen: list[str] = []
        length = 0
        for name in [run_id, *others][:MAX_IDS]:
            length += len(quote(name, safe="")) + len("%2C")
            if length > _MAX_URL_LENGTH:
                break
            if "," not in name:
                chosen.append(name)
        return chosen if run_id in chosen else []

    def _list(self, run_ids: list[str]) -> BatchFlow[None]:
        self._listed = self._make_event()
        sent = self._monotonic()
        try:
            request = list_runs.request(ids=run_ids, limit=MAX_IDS)
            page: RunsListResponse = yield Call(request, self._parse, sent + _LIST_TIMEOUT_SECONDS)
        except EigenpalError as error:
            self._handle_error(error, run_ids, sent)
        else:
            self._update(run_ids, [row.to_dict() for row in page.runs])
        finally:
            listed, self._listed = self._listed, None
            listed.set()

    def _parse(self, response: Response) -> RunsListResponse:
        self._note_response(response)
        return list_runs.parse(response)

    def _handle_error(self, error: EigenpalError, run_ids: list[str], sent: float) -> None:
        is_transient = error.status in (408, 429) or error.status >= 500
        if isinstance(error, (EigenpalConnectionError, EigenpalTimeoutError)):
            is_transient = True
        if not is_transient:
            self._stop_listing(f"{error.message}")
            return
        if error.status in (429, 503):
            self._note_refusal(sent, error)
        now = self._monotonic()
        for name in run_ids:
            if name in self._sleepers:
                sleeper = self._sleepers[name]
                sleeper.due = now + max(sleeper.interval, min(error.retry_after or 0.0, 60.0))

    def _update(self, run_ids: list[str], rows: list[dict[str, Any]]) -> None:
        by_id = {row.get("id"): row for row in rows}
        if not by_id.keys() <= set(run_ids):
            self._stop_listing("the server ignores the filter by ids")
            return
        now = self._monotonic()
        for name in run_ids:
            sleeper = self._sleepers.get(name)
            if sleeper is None:
                continue
            row = by_id.get(name)
            is_unfinished = row is not None and (
                row.get("finished") is False or find_value(row, "execution", "status") in UNFINISHED_STATUSES
            )
            if is_unfinished:
                sleeper.due = now + sleeper.interval
            else:
                sleeper.event.set()

    def _stop_listing(self, reason: str) -> None:
        """Read each run itself from now on."""
        logger.info("run_many: the statuses of runs cannot be listed by id (%s); reading each run itself", reason)
        self.is_listing_supported = False
        for sleeper in self._sleepers.values():
            sleeper.event.set()
