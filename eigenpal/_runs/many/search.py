"""The search for all starts of a batch whose outcome is unknown, without I/O.

A run carries its idempotency key in its metadata, which `runs.list` does not show. So the rows since the first of these
starts are read one by one, except those that are known to be others. What is not found may be started again only if
that is sure:

- the search was complete, and began a minute after the last moment at which the server can have received the start;
- a run that is known to have been started was in the list, so that the list has the runs of this target;
- and it has its key, so that the server does store the metadata.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any, cast

from eigenpal._logging import logger
from eigenpal._runs.idempotency import METADATA_KEY, make_target_filters
from eigenpal._runs.many.actions import BatchFlow, Call, Event
from eigenpal._runs.many.server_clock import EPOCH, format_time
from eigenpal._runs.start_search import find_creation_time, find_value, is_rerun
from eigenpal.errors import EigenpalError, EigenpalNotFoundError, EigenpalResponseError
from eigenpal_generated.api.runs import get as get_run, list as list_runs

if TYPE_CHECKING:
    from eigenpal_generated.models import Run, RunListItem, RunsListResponse
    from eigenpal_generated.runtime import Response

WINDOW_MARGIN_SECONDS = 60.0
"""How much earlier than the first unknown start the search begins, because the servers have several clocks."""
JOURNAL_MARGIN_SECONDS = 600.0
"""The same for a start of an earlier call. The runs in the journal cost nothing but the pages that list them."""
NO_CLOCK_MARGIN_SECONDS = 26 * 3600.0
"""The same where the clock of the server was not known, and that of this computer may be set to another time zone."""
SETTLE_SECONDS = 60.0
"""How long after a start the server may still begin to carry it out."""
_PAGE_SIZE = 100


class UnknownStart:
    """A start whose outcome is unknown.

    Args:
        mark: Its idempotency key.
        since: A time of the server before it was sent, in seconds since 1970; None if that is not known.
        received_by: The time of the server by which it must have received it; None if that is not known yet.
        noted: When the outcome became unknown, on the monotonic clock.
        resolved: Set when the search has ended.
    """

    def __init__(
        self, mark: str, since: float | None, received_by: float | None, noted: float, resolved: Event
    ) -> None:
        self.mark = mark
        self.since = since
        self.received_by = received_by
        self.noted = noted
        self.resolved = resolved
        self.run_id: str | None = None
        """Id of the run, if it was found."""
        self.is_absent = False
        """Whether it surely was not started."""
        self.doubts = 0
        """How many searches have not found it, but could not be sure."""
        self.reason = ""
        """Otherwise, why that is not sure."""

    def resolve(self, *, run_id: str | None = None, is_absent: bool = False, reason: str = "") -> None:
        """End the search."""
        self.run_id, self.is_absent, self.reason = run_id, is_absent, reason
        self.resolved.set()


class SearchResult:
    """What one search has found."""

    def __init__(self) -> None:
        self.runs: dict[str, str] = {}
        """Run ids by mark."""
        self.began: float | None = None
        """The time of the server when the search began."""
        self.has_witness = False
        """Whether a run that is known to have been started was listed."""
        self.doubt = ""
        """Why a run that was not found may exist; empty if it surely does not."""


class UnknownStartSearch:
    """Searches the runs of a target.

    Args:
        target: The name of the target.
        known: The runs that are known to have been started, and their marks.
        read_server_time: Returns the time of the server, in seconds since 1970, if it is known.
        note_response: Called with each response.
    """

    def __init__(
        self,
        target: str,
        known: Mapping[str, str],
        read_server_time: Callable[[], float | None],
        note_response: Callable[[Response], object],
    ) -> None:
        self._filters: dict[str, Any] = {**make_target_filters(target), "limit": _PAGE_SIZE}
        self._known = known
        self._read_server_time = read_server_time
        self._note_response = note_response
        self._unreadable = 0

    def search(self, marks: frozenset[str], since: float) -> BatchFlow[SearchResult]:
        """Search for all marks at once.

        Raises:
            EigenpalError: A request failed.
        """
        result = SearchResult()
        witnesses: list[str] = []
        seen: set[str] = set()
        cursors: set[str] = set()
        cursor: str | None = None
        while True:
            page: RunsListResponse = yield from self._call_list(since, cursor)
            if result.began is None:
                result.began = self._read_server_time()
            for row in page.runs:
                if row.id in seen:
                    continue
                seen.add(row.id)
                if row.id in self._known:
                    witnesses.append(row.id)
                else:
                    yield from self._read_row(row, since, marks, result)
            cursor = page.next_cursor
            if not cursor:
                break
            if cursor in cursors:
                # The server would list the same runs for ever.
                self._unreadable += 1
                break
            cursors.add(cursor)
        result.has_witness = bool(witnesses or result.runs)
        result.doubt = yield from self._find_doubt(witnesses, result)
        return result

    def _call_list(self, since: float, cursor: str | None) -> BatchFlow[RunsListResponse]:
        def parse(response: Response) -> RunsListResponse:
            self._note_response(response)
            page = list_runs.parse(response)
            # Rows that cannot be decoded are left out of it, but may be the run.
            self._unreadable += len(cast("list[object]", page.get("runs", []))) - len(page)
            return page

        request = list_runs.request(**self._filters, created_after=format_time(since), cursor=cursor)
        page: RunsListResponse = yield Call(request, parse, with_retries=True)
        return page

    def _read_row(self, row: RunListItem, since: float, marks: frozenset[str], result: SearchResult) -> BatchFlow[None]:
        raw = row.to_dict()
        created = find_creation_time(raw)
        if is_rerun(raw) or (created is not None and (created - EPOCH).total_seconds() < since):
            return
        try:
            run: Run = yield Call(get_run.request(row.id, expand="input"), get_run.parse, with_retries=True)
        except EigenpalNotFoundError:
            # It was deleted, unless it is too new for one of the servers.
            is_old = created is not None and (datetime.now(timezone.utc) - created).total_seconds() > SETTLE_SECONDS
            self._unreadable += not is_old
            return
        except EigenpalResponseError:
            self._unreadable += 1
            return
        data = run.to_dict()
        if run.id != row.id or not isinstance(data.get("input"), dict):
            self._unreadable += 1
            return
        mark = find_value(data, "input", "metadata", METADATA_KEY)
        if isinstance(mark, str) and mark in marks and not is_rerun(data):
            if mark in result.runs:
                logger.warning("run_many: both %s and %s have the key %s", result.runs[mark], row.id, mark)
            # Rows are listed newest first; of two, the older one is kept.
            result.runs[mark] = row.id

    def _find_doubt(self, witnesses: list[str], result: SearchResult) -> BatchFlow[str]:
        if self._unreadable:
            return f"{self._unreadable} of the runs in question could not be read"
        if result.runs:
            return ""
        if not witnesses:
            return "none of the runs that were started by this call or this journal is in the list to compare with"
        try:
            request = get_run.request(witnesses[0], expand="input")
            run: Run = yield Call(request, get_run.parse, with_retries=True)
        except EigenpalError as error:
            return f"the run {witnesses[0]} could not be read: {error.message}"
        mark: object = find_value(cast("Mapping[str, Any]", run.to_dict()), "input", "metadata", METADATA_KEY)
        if mark != self._known[witnesses[0]]:
            return "the server does not store the keys of runs"
        return ""
