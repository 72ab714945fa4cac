"""The rules of `run_many`, without I/O: which input is started when, and what becomes of it.

Each input is a flow, and so is the search for starts whose outcome is unknown. A driver carries out their actions.
"""

from __future__ import annotations

import math
import os
from collections import deque
from collections.abc import Mapping
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any

from eigenpal._logging import logger
from eigenpal._runs.inputs import split_inputs
from eigenpal._runs.many.actions import BatchFlow, Call, Event, NotCarriedOut, Pause
from eigenpal._runs.many.brake import MAX_RETRY_AFTER_SECONDS, Brake
from eigenpal._runs.many.inputs import BatchInput, KeyRegistry, Prepared, compute_digest, make_mark, prepare
from eigenpal._runs.many.item import Item
from eigenpal._runs.many.journal import Entry
from eigenpal._runs.many.options import BatchOptions, Environment
from eigenpal._runs.many.results import BatchProgress, BatchSummary, RunResult
from eigenpal._runs.many.server_clock import ServerClock
from eigenpal._runs.many.shared_polls import SharedPolls
from eigenpal._runs.many.tally import Tally
from eigenpal._runs.many.unknown_starts import (
    JOURNAL_MARGIN_SECONDS,
    NO_CLOCK_MARGIN_SECONDS,
    SETTLE_SECONDS,
    WINDOW_MARGIN_SECONDS,
    SearchResult,
    UnknownStart,
    UnknownStartSearch,
)
from eigenpal._runs.polling import (
    SendRequest,
    Wait,
    WaitFlow,
    compute_interval,
    is_finished,
)
from eigenpal._runs.start import build_start_request, parse_start_response
from eigenpal._transport.actions import RunInThread, Sleep
from eigenpal.errors import (
    EigenpalConnectionError,
    EigenpalError,
    EigenpalRunFailedError,
    EigenpalTimeoutError,
)
from eigenpal_generated.api.runs import list as list_runs
from eigenpal_generated.models import Run

if TYPE_CHECKING:
    from eigenpal._runs.many.journal_file import JournalFile
    from eigenpal_generated.runtime import Request, Response

_AHEAD = 4
"""How many times the concurrency may be started or waiting before the caller has taken the results."""
_RECENT_STARTS = 5_000
# Starts that fail together are searched for together.
_SEARCH_DELAY_SECONDS = 1.0
_SEARCH_INTERVAL_SECONDS = 5.0
_MAX_SEARCH_FAILURES = 6
_MAX_DOUBTS = 3
# A `Date` has no fractions of a second.
_CLOCK_PRECISION_SECONDS = 2.0


class _Refused(Exception):
    """A start was refused before the server took it."""

    def __init__(self, error: EigenpalError) -> None:
        super().__init__(error)
        self.error = error


class _JournalError(Exception):
    """The journal cannot be written. Its cause says why."""


class Batch:
    """The state of one call of `run_many`.

    Args:
        options: The arguments of the call.
        environment: Driver and client.
        total: Number of inputs, if it is known.
    """

    def __init__(self, options: BatchOptions, environment: Environment, total: int | None) -> None:
        self._options = options
        self._monotonic = environment.monotonic
        self._make_event = environment.make_event
        self._spawn = environment.spawn
        self._wake_consumer = environment.wake_consumer
        self._time = environment.time
        self._recent_starts = environment.recent_starts
        self.journal: JournalFile | None = None
        self._token = os.urandom(6).hex()
        self._keys = KeyRegistry()
        self._brake = Brake(options.concurrency, environment.random)
        self._clock = ServerClock()
        interval = options.wait.poll_interval_seconds
        self._polls = SharedPolls(
            self._monotonic,
            self._make_event,
            compute_interval if interval is None else lambda _: interval,
            self._note_refused_poll,
            self._note_response,
        )
        self._tally = Tally(total)
        self._began = self._monotonic()
        self._reported: tuple[int, int, int] | None = None
        self.is_ordered = False

        self._queue: deque[BatchInput] = deque()
        self._running = 0
        """Inputs that have a slot: their start or run is in flight."""
        self._slot_waiters: deque[Event] = deque()
        self._sending = 0
        """Starts that have passed the brake, and have no response yet."""
        self._send_waiters: deque[Event] = deque()
        self._outstanding = 0
        """Inputs that were taken, and have no result that the caller has taken."""
        self._ready: deque[RunResult] = deque()
        self._ordered: dict[int, RunResult | None] = {}
        self._next_index = 0
        self._last_result: RunResult | None = None
        self._acknowledged: set[int] = set()
        """Positions of the results that the journal has as finished already."""
        self._has_inputs = True
        self._input_error: BaseException | None = None
        self._failure: BaseException | None = None
        self._is_crashed = False
        self.is_stopped = False

        self._recent: deque[tuple[str, str]] = deque(maxlen=_RECENT_STARTS)
        self._unknown: list[UnknownStart] = []
        self._unknown_of_journal: dict[str, UnknownStart] = {}
        self._unknown_added: Event | None = None
        """Set when there is another one; None if no search is running."""
        self._clock_read: Event | None = None
        """Set when the clock of the server is known, or could not be read."""

    def use_journal(self, journal: JournalFile) -> None:
        """Write ahead to a journal, and go on where an earlier call has ended."""
        self.journal = journal
        self._token = journal.token

    def close(self) -> None:
        """Close the journal."""
        if self.journal is not None:
            self.journal.close()

    def begin(self) -> None:
        """Search for the starts of which the journal does not know the outcome."""
        if self.journal is None:
            return
        for key, entry in self.journal.unknown.items():
            mark = make_mark(self._token, key, entry.attempt)
            since = None if entry.at is None else entry.at - JOURNAL_MARGIN_SECONDS
            self._unknown_of_journal[key] = self._add_unknown(mark, since, None)

    # --- inputs -------------------------------------------------------------------------------------------------------

    @property
    def wants_input(self) -> bool:
        """Whether another input should be taken from the iterable now."""
        return (
            self._has_inputs
            and not self.is_stopped
            and self._failure is None
            and len(self._queue) < self._options.concurrency
            and self._outstanding < _AHEAD * self._options.concurrency
        )

    @property
    def next_input_index(self) -> int:
        """Position of the next input."""
        return self._tally.inputs

    def add_input(self, given: BatchInput) -> None:
        """Take an input. While the iterable was asked for it, the batch may have failed."""
        self._tally.inputs += 1
        self._outstanding += 1
        self._queue.append(given)
        self._begin_queued()

    def end_inputs(self, error: BaseException | None = None) -> None:
        """Note that there are no more inputs, perhaps because of an error, which is raised after the last result."""
        self._has_inputs = False
        self._input_error = error
        self._wake_consumer()

    def _begin_queued(self) -> None:
        while self._queue and self._failure is not None:
            self._drop(self._queue.popleft().position)
        while not self.is_stopped and self._running < self._brake.limit:
            if self._slot_waiters:
                self._running += 1
                self._slot_waiters.popleft().set()
            elif self._queue:
                self._running += 1
                self._spawn(self._process(self._queue.popleft()))
            else:
                return

    def _release_slot(self) -> None:
        self._running -= 1
        self._begin_queued()

    def _acquire_slot(self) -> BatchFlow[None]:
        event = self._make_event()
        self._slot_waiters.append(event)
        self._begin_queued()
        while not event.is_set():
            yield Pause(event)

    # --- results ------------------------------------------------------------------------------------------------------

    def take_result(self) -> RunResult | None:
        """Return the next result, if there is one; the caller has finished with the one before.

        Raises:
            OSError: The journal cannot be written.
            EigenpalError: The run has failed, and `raise_on_failure` is set.
        """
        self._acknowledge()
        result = self._next_ordered() if self.is_ordered else (self._ready.popleft() if self._ready else None)
        if result is None:
            return None
        self._outstanding -= 1
        self._tally.add(result)
        self._tally.active.pop(result.key, None)
        self._last_result = result
        if self._options.raise_on_failure and not result.ok:
            if result.error is not None:
                raise result.error
            if result.run is not None:
                raise EigenpalRunFailedError(result.run)
        return result

    def _next_ordered(self) -> RunResult | None:
        while self._next_index in self._ordered:
            result = self._ordered.pop(self._next_index)
            self._next_index += 1
            if result is not None:
                return result
        return None

    def _acknowledge(self) -> None:
        """Record that the caller has finished with the last result."""
        result, self._last_result = self._last_result, None
        if result is None or self.journal is None:
            return
        if result.index in self._acknowledged:
            self._acknowledged.remove(result.index)
        elif result.run is not None:
            self.journal.append(
                Entry(result.key, "finished", result.attempt, result.run.id, result.run.execution.status)
            )

    @property
    def is_over(self) -> bool:
        """Whether there will be no further result."""
        if self._is_crashed:
            return True
        return self._outstanding == 0 and (not self._has_inputs or self._failure is not None)

    def raise_failure(self) -> None:
        """Raise what has ended the batch early, if anything has."""
        error = self._failure or self._input_error
        if error is not None:
            raise error

    def fail(self, error: BaseException) -> None:
        """Start nothing more, because every start would fail with this error. The runs in flight are waited for."""
        if self._failure is not None:
            return
        self._failure = error
        for unknown in self._unknown:
            unknown.resolve(reason="the batch has failed")
        self._unknown.clear()
        self._begin_queued()
        self._wake_consumer()

    def crash(self, error: BaseException) -> None:
        """End the batch at once, because of an error that is not about a request."""
        if not self._is_crashed:
            self._failure, self._is_crashed = error, True
        self.stop()
        self._wake_consumer()

    def _drop(self, index: int) -> None:
        self._outstanding -= 1
        if self.is_ordered:
            self._ordered[index] = None

    def stop(self) -> None:
        """Start nothing more, and wait for nothing more."""
        self.is_stopped = True

    @property
    def is_sending(self) -> bool:
        """Whether a start is in flight, whose response would tell the id of the run."""
        return self._sending > 0

    # --- reports ------------------------------------------------------------------------------------------------------

    def summarize(self) -> BatchSummary:
        """Return the summary so far."""
        left_over: list[str] = []
        if self.journal is not None and not self._has_inputs and self._input_error is None:
            left_over = [*self.journal.unknown, *self.journal.started]
        return self._tally.summarize(self._monotonic() - self._began, left_over)

    def report_progress(self) -> BatchProgress | None:
        """Return the progress so far; None if it is that of the last time."""
        progress = self._tally.report(self._running, self._monotonic() - self._began)
        state = (progress.done, progress.failed, progress.running)
        if state == self._reported:
            return None
        self._reported = state
        return progress

    def describe_rest(self) -> str:
        """Describe what an early end leaves behind, and how to go on; empty if it leaves nothing."""
        active = list(self._tally.active.items())
        parts: list[str] = []
        if active:
            shown = ", ".join(run_id for _, run_id in active[:5]) + (", ..." if len(active) > 5 else "")
            parts.append(f"{len(active)} run{'s' if len(active) > 1 else ''} still in progress ({shown})")
        if self._sending:
            parts.append(f"{self._sending} start{'s' if self._sending > 1 else ''} of unknown outcome")
        if not parts and (self._failure is not None or not (self._queue or self._has_inputs)):
            return ""
        text = f"run_many was left with {' and '.join(parts)}." if parts else "run_many was left early."
        if self.journal is not None:
            return f"{text} Runs are not stopped; the same call with journal={str(self.journal.path)!r} goes on."
        return (
            f"{text} Runs are not stopped; wait for them with client.runs.wait(). "
            "With a journal, the same call would go on."
        )

    # --- one input ----------------------------------------------------------------------------------------------------

    def _process(self, given: BatchInput) -> BatchFlow[None]:
        item = Item(given.position, given.key or f"inputs[{given.position}]", self._monotonic())
        result: RunResult | None
        try:
            result = yield from self._find_result(item, given)
        except _JournalError as error:
            self.crash(error.__cause__ or error)
            return
        except NotCarriedOut:
            return
        except (EigenpalError, OSError, ValueError, TypeError) as error:
            result = item.make_result(self._monotonic(), error=error)
        if item.run_id is not None:
            self._polls.forget(item.run_id)
        if result is None:
            self._tally.skipped += 1
            self._drop(item.index)
        elif self.is_ordered:
            self._ordered[item.index] = result
        else:
            self._ready.append(result)
        self._release_slot()
        self._wake_consumer()

    def _find_result(self, item: Item, given: BatchInput) -> BatchFlow[RunResult | None]:
        prepared = yield from self._prepare(given.values, needs_digest=given.key is None)
        item.key = (
            self._keys.add_digest(prepared.digest or "") if given.key is None else self._keys.add_given(given.key)
        )
        entry = None if self.journal is None else self.journal.take(item.key)
        if self.journal is not None:
            self.journal.unknown.pop(item.key, None)
            self.journal.started.pop(item.key, None)
        if entry is not None:
            item.attempt = entry.attempt
        if entry is None or entry.state == "not_started":
            return (yield from self._start(item, prepared))
        if entry.state == "starting":
            unknown = self._unknown_of_journal.pop(item.key)
            yield from self._await_search(unknown)
            if not unknown.is_absent:
                return (yield from self._wait_for_found(item, unknown, None))
            return (yield from self._start(item, prepared))
        if entry.state == "finished" and entry.status != "completed" and self._options.retry_failed:
            item.attempt += 1
            return (yield from self._start(item, prepared))
        if entry.state == "finished" and self._options.skip_finished:
            return None
        if entry.state == "finished":
            self._acknowledged.add(item.index)
        result = yield from self._wait(item, entry.run_id or "")
        if self._options.retry_failed and entry.state == "started" and not result.ok and result.run is not None:
            # It has failed since an earlier call was interrupted.
            self._record(Entry(item.key, "finished", item.attempt, result.run.id, result.run.execution.status))
            item.attempt += 1
            return (yield from self._start(item, prepared))
        return result

    @staticmethod
    def _prepare(values: Mapping[str, Any], *, needs_digest: bool) -> BatchFlow[Prepared]:
        if all(value is None or isinstance(value, (str, int, float)) for value in values.values()):
            return prepare(values, needs_digest=needs_digest)
        prepared: Prepared = yield RunInThread(partial(prepare, values, needs_digest=needs_digest))
        if not prepared.may_hang:
            return prepared
        compute = partial(compute_digest, split_inputs(prepared.values))
        digest: str = yield RunInThread(compute, may_hang=True)
        return prepared._replace(digest=digest)

    # --- starting -----------------------------------------------------------------------------------------------------

    def _start(self, item: Item, prepared: Prepared) -> BatchFlow[RunResult]:
        mark = make_mark(self._token, item.key, item.attempt)
        request = build_start_request(
            self._options.target, prepared.values, self._options.start._replace(idempotency_key=mark)
        )
        restarts = 0
        while True:
            try:
                return (yield from self._start_and_wait(item, request))
            except EigenpalError as error:
                if not error.outcome_unknown or item.run_id is not None:
                    raise
                logger.info("run_many: it is unknown whether %s was started: %s", item.key, error.message)
                now = self._clock.read(self._monotonic())
                since = (self._guess_server_time() if item.sent_at is None else item.sent_at) - WINDOW_MARGIN_SECONDS
                unknown = self._add_unknown(mark, since, now)
                yield from self._await_search(unknown)
                if not unknown.is_absent:
                    return (yield from self._wait_for_found(item, unknown, error))
                if restarts >= self._options.max_retries:
                    raise
                restarts += 1

    def _start_and_wait(self, item: Item, request: Request) -> BatchFlow[RunResult]:
        """Start a run, again as long as the server refuses it, and wait for it."""
        refusals = 0
        successes = self._brake.successes
        while True:
            yield from self._pass_brake(item)
            try:
                yield from self._record_start(item)
                item.began = self._monotonic()
                wait = self._make_wait()
                return (yield from self._finish_wait(item, wait, wait.start(request, self._parse_start)))
            except _Refused as refused:
                error = refused.error
            finally:
                # Does nothing if the start had a response.
                self._end_sending(item)
            self._brake.note_refusal(item.began, self._monotonic(), error.retry_after)
            if self._brake.successes > successes:
                successes, refusals = self._brake.successes, 0
            refusals += 1
            is_hopeless = error.retry_after is not None and error.retry_after > MAX_RETRY_AFTER_SECONDS
            if refusals > self._options.max_retries or is_hopeless:
                raise error

    def _pass_brake(self, item: Item) -> BatchFlow[None]:
        """Wait until a start may be sent."""
        while True:
            hold = self._brake.held_until - self._monotonic()
            if hold > 0:
                yield Pause(self._make_event(), hold)
            elif self._sending < self._brake.limit:
                self._sending += 1
                item.is_sending = True
                return
            else:
                event = self._make_event()
                self._send_waiters.append(event)
                yield Pause(event)

    def _end_sending(self, item: Item) -> None:
        if not item.is_sending:
            return
        item.is_sending = False
        self._sending -= 1
        for _ in range(min(len(self._send_waiters), max(1, self._brake.limit - self._sending))):
            self._send_waiters.popleft().set()
        self._wake_consumer()

    def _record_start(self, item: Item) -> BatchFlow[None]:
        if self.journal is None:
            item.sent_at = self._clock.read(self._monotonic())
            return
        yield from self._read_clock()
        item.sent_at = self._clock.read(self._monotonic())
        try:
            yield from self.journal.append_durably(Entry(item.key, "starting", item.attempt, at=item.sent_at))
        except OSError as error:
            raise _JournalError from error
        except (NotCarriedOut, GeneratorExit):
            self._record(Entry(item.key, "not_started", item.attempt))
            raise

    def _read_clock(self) -> BatchFlow[None]:
        """Make sure that the clock of the server is known, so that a later call knows from when on to search."""
        if self._clock.read(self._monotonic()) is not None:
            return
        if self._clock_read is not None:
            while not self._clock_read.is_set():
                yield Pause(self._clock_read)
            return
        self._clock_read = self._make_event()
        try:
            yield Call(list_runs.request(limit=1), self._note_response, with_retries=True)
        except EigenpalError as error:
            logger.info("run_many: the clock of the server could not be read: %s", error.message)
        finally:
            self._clock_read.set()

    def _record(self, entry: Entry) -> None:
        if self.journal is not None:
            try:
                self.journal.append(entry)
            except OSError as error:
                raise _JournalError from error

    def _note_started(self, item: Item, run_id: str) -> None:
        item.run_id = run_id
        self._tally.active[item.key] = run_id
        self._recent.append((run_id, make_mark(self._token, item.key, item.attempt)))
        at = self._clock.read(self._monotonic())
        self._record(Entry(item.key, "started", item.attempt, run_id, at=at))

    def _note_start_error(self, item: Item, error: Exception) -> None:
        """Record that a start has failed.

        Raises:
            _Refused: It may be sent again.
        """
        if not isinstance(error, EigenpalError):
            # An event hook of the user's client may have raised it, after the start was sent.
            return
        if error.operation is None:
            # It was not made for this request: the client was closed meanwhile.
            error.outcome_unknown = True
        if error.outcome_unknown:
            return
        self._record(Entry(item.key, "not_started", item.attempt))
        is_unsent = isinstance(error, (EigenpalConnectionError, EigenpalTimeoutError)) and error.status == 0
        if isinstance(error, EigenpalConnectionError) and error.is_tls_failure:
            is_unsent = False
        if error.status in (429, 503) or is_unsent:
            raise _Refused(error)
        if error.status == 401 or (error.status in (403, 404) and not self._brake.successes):
            # Every other start would fail in the same way.
            self.fail(error)

    def _note_response(self, response: Response) -> None:
        self._clock.note(response.headers.get("date"), self._monotonic())

    def _parse_start(self, response: Response) -> Any:
        self._note_response(response)
        return parse_start_response(response)

    # --- waiting ------------------------------------------------------------------------------------------------------

    def _make_wait(self) -> Wait:
        return Wait(self._options.wait, self._recent_starts, self._monotonic)

    def _wait(self, item: Item, run_id: str) -> BatchFlow[RunResult]:
        """Wait for a run that was started before."""
        item.run_id = run_id
        self._tally.active[item.key] = run_id
        wait = self._make_wait()
        return (yield from self._finish_wait(item, wait, wait.poll(run_id)))

    def _finish_wait(self, item: Item, wait: Wait, flow: WaitFlow) -> BatchFlow[RunResult]:
        """Carry out the actions of a wait; sleep together with the other runs."""
        value: Any = None
        error: Exception | None = None
        while True:
            try:
                action = flow.send(value) if error is None else flow.throw(error)
            except StopIteration:
                return item.make_result(self._monotonic(), run=wait.result())
            value, error = None, None
            if isinstance(action, Sleep):
                yield from self._polls.sleep(item.run_id or "", action.seconds, wait.deadline)
            elif isinstance(action, SendRequest):
                is_start = item.is_sending
                try:
                    value = yield from self._call(action, is_start=is_start)
                except NotCarriedOut:
                    if is_start:
                        self._record(Entry(item.key, "not_started", item.attempt))
                    raise
                except Exception as raised:  # noqa: BLE001 - the flow raises it again
                    error = raised
                if is_start:
                    self._end_sending(item)
                    if error is not None:
                        self._note_start_error(item, error)
                        continue
                    self._brake.note_success()
                    self._begin_queued()
                    self._note_started(item, value.id)
                    if isinstance(value, Run) and is_finished(value):
                        return item.make_result(self._monotonic(), run=value)

    def _call(self, action: SendRequest, *, is_start: bool) -> BatchFlow[Any]:
        if not is_start:
            hold = self._brake.held_until - self._monotonic()
            limit = math.inf if action.deadline is None else action.deadline - self._monotonic()
            if min(hold, limit) > 0:
                yield Pause(self._make_event(), min(hold, limit))
        sent = self._monotonic()
        try:
            return (yield Call(action.request, action.parse, action.deadline))
        except EigenpalError as error:
            if not is_start and error.status in (429, 503):
                self._note_refused_poll(sent, error)
            raise

    def _note_refused_poll(self, sent: float, error: EigenpalError) -> None:
        self._brake.note_refusal(sent, self._monotonic(), error.retry_after)

    # --- unknown outcomes ---------------------------------------------------------------------------------------------

    def _guess_server_time(self) -> float:
        """Return a time before which this call has sent nothing, although the clock of the server is not known."""
        return self._time() - NO_CLOCK_MARGIN_SECONDS

    def _add_unknown(self, mark: str, since: float | None, received_by: float | None) -> UnknownStart:
        unknown = UnknownStart(mark, since, received_by, self._monotonic(), self._make_event())
        if self._failure is not None:
            unknown.resolve(reason="the batch has failed")
        elif since is None:
            unknown.resolve(reason="the journal does not say when it was sent")
        else:
            self._unknown.append(unknown)
            if self._unknown_added is None:
                self._unknown_added = self._make_event()
                self._spawn(self._search_unknown())
            else:
                self._unknown_added.set()
        return unknown

    def _await_search(self, unknown: UnknownStart) -> BatchFlow[None]:
        """Wait for the end of a search, without a slot."""
        self._release_slot()
        self._wake_consumer()
        while not unknown.resolved.is_set():
            yield Pause(unknown.resolved)
        yield from self._acquire_slot()

    def _wait_for_found(self, item: Item, unknown: UnknownStart, error: EigenpalError | None) -> BatchFlow[RunResult]:
        if unknown.run_id is not None:
            self._note_started(item, unknown.run_id)
            return (yield from self._wait(item, unknown.run_id))
        if error is None:
            error = EigenpalError(
                f"an earlier call was interrupted while it started {item.key!r}",
                operation="run",
                outcome_unknown=True,
                idempotency_key=unknown.mark,
            )
        error.hint = (
            f"The run may have started. It was searched for and not found, and was not started again, because "
            f"{unknown.reason}. Its idempotency key is {unknown.mark!r}."
        )
        raise error

    def _search_unknown(self) -> BatchFlow[None]:
        with suppress(NotCarriedOut):
            yield from self._search_until_known()

    def _search_until_known(self) -> BatchFlow[None]:
        """Search until every outcome is known, or surely stays unknown."""
        failures = 0
        searched = -math.inf
        pause = _SEARCH_DELAY_SECONDS
        while self._unknown:
            added = self._unknown_added = self._make_event()
            yield Pause(added, pause)
            if added.is_set():
                # More may follow.
                rest = max(_SEARCH_DELAY_SECONDS, searched + _SEARCH_INTERVAL_SECONDS - self._monotonic())
                yield Pause(self._make_event(), rest)
            batch = list(self._unknown)
            searched = self._monotonic()
            try:
                result = yield from self._search_once(batch)
            except EigenpalError as error:
                failures += 1
                is_permanent = 400 <= error.status < 500 and error.status not in (408, 429)
                if is_permanent or failures >= _MAX_SEARCH_FAILURES:
                    for unknown in batch:
                        self._resolve(unknown, reason=f"the search failed: {error.message}")
                pause = min(2.0**failures, SETTLE_SECONDS)
                continue
            failures = 0
            pause = self._evaluate(batch, result, searched)
        self._unknown_added = None

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
                if missing > 0:
                    waits.append(missing + 1.0)
                elif result.doubt:
                    # It may be dispelled, for example by a run that is started meanwhile.
                    unknown.doubts += 1
                    waits.append(_SEARCH_INTERVAL_SECONDS)
                    is_help_coming = not result.has_witness and (self._running > 0 or bool(self._queue))
                    if unknown.doubts >= _MAX_DOUBTS and not is_help_coming:
                        self._resolve(unknown, reason=result.doubt)
                elif self._options.on_unknown == "report":
                    self._resolve(unknown, reason="on_unknown is 'report'")
                else:
                    logger.info("run_many: no run has the key %s; starting it again", unknown.mark)
                    self._resolve(unknown, is_absent=True)
        return max(min(waits, default=0.0), _SEARCH_DELAY_SECONDS)

    def _resolve(self, unknown: UnknownStart, **outcome: Any) -> None:
        if unknown in self._unknown:
            self._unknown.remove(unknown)
            unknown.resolve(**outcome)

    def _search_once(self, batch: list[UnknownStart]) -> BatchFlow[SearchResult]:
        since = min(unknown.since for unknown in batch if unknown.since is not None)
        known: dict[str, str] = {}
        if self.journal is not None:
            known = yield RunInThread(partial(self._read_known, since))
        known.update(self._recent)
        search = UnknownStartSearch(
            self._options.target.name, known, lambda: self._clock.read(self._monotonic()), self._note_response
        )
        return (yield from search.search(frozenset(unknown.mark for unknown in batch), since))

    def _read_known(self, since: float) -> dict[str, str]:
        """Return the runs in the journal that may be in the list, and their marks."""
        assert self.journal is not None
        return {
            entry.run_id: make_mark(self._token, entry.key, entry.attempt)
            for entry in self.journal.read_started()
            if entry.run_id is not None and (entry.at is None or entry.at >= since)
        }
