"""Starts a run for an input and waits for it; a start is repeated only if the server surely has not taken it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from eigenpal._logging import logger
from eigenpal._runs.many.actions import BatchFlow, Call, Event, NotCarriedOut, Pause
from eigenpal._runs.many.brake import MAX_RETRY_AFTER_SECONDS
from eigenpal._runs.many.inputs import Prepared
from eigenpal._runs.many.item import Item
from eigenpal._runs.many.journal import Entry
from eigenpal._runs.many.results import RunResult, quote_key
from eigenpal._runs.many.search import UnknownStart
from eigenpal._runs.many.send_gate import SendGate
from eigenpal._runs.many.shared_polls import SharedPolls
from eigenpal._runs.many.slots import Slots
from eigenpal._runs.many.state import BatchState, JournalError
from eigenpal._runs.many.unknown_starts import UnknownStarts
from eigenpal._runs.polling import SendRequest, Wait, WaitFlow, compute_interval, is_finished
from eigenpal._runs.start import build_start_request, parse_start_response
from eigenpal._transport.actions import Sleep
from eigenpal._transport.lane_pool import ClientClosedError
from eigenpal.errors import EigenpalConnectionError, EigenpalError, EigenpalTimeoutError
from eigenpal_generated.api.runs import get as get_run, list as list_runs
from eigenpal_generated.decoding import DecodeError
from eigenpal_generated.models import Run
from eigenpal_generated.runtime import Request, Response


class _Refused(Exception):
    """A start was refused before the server took it."""

    def __init__(self, error: EigenpalError) -> None:
        super().__init__(error)
        self.error = error


class Starts:
    """Starts runs and waits for them.

    Args:
        state: The state of the batch.
        gate: Where starts wait until they may be sent.
        slots: What an input has while its start or run is in flight.
        unknown_starts: Where starts are searched for whose outcome is unknown.
        fail: Called with an error with which every other start would fail too.
    """

    def __init__(
        self,
        state: BatchState,
        gate: SendGate,
        slots: Slots,
        unknown_starts: UnknownStarts,
        fail: Callable[[EigenpalError], object],
    ) -> None:
        self._state = state
        self._gate = gate
        self._slots = slots
        self._unknown_starts = unknown_starts
        self._fail = fail
        interval = state.options.wait.poll_interval_seconds
        self._polls = SharedPolls(
            state.monotonic,
            state.make_event,
            compute_interval if interval is None else lambda _: interval,
            gate.note_refused_poll,
            state.note_response,
        )
        self._clock_read: Event | None = None
        """Set when the clock of the server is known, or could not be read."""

    # --- starting -----------------------------------------------------------------------------------------------------

    def start(self, item: Item, prepared: Prepared) -> BatchFlow[RunResult]:
        """Start a run and wait for it. If it is unknown whether it was started, search for it."""
        mark = self._state.make_mark(item.key, item.attempt)
        options = self._state.options
        request = build_start_request(options.target, prepared.values, options.start._replace(idempotency_key=mark))
        restarts = 0
        while True:
            try:
                return (yield from self._start_and_wait(item, request))
            except EigenpalError as error:
                if not error.outcome_unknown or item.run_id is not None:
                    raise
                logger.info("run_many: it is unknown whether %s was started: %s", quote_key(item.key), error.message)
                unknown = self._unknown_starts.add(mark, item.sent_at)
                yield from self.await_search(item, unknown)
                if not unknown.is_absent:
                    return (yield from self.wait_for_found(item, unknown, error))
                if restarts >= options.max_retries:
                    raise
                restarts += 1

    def _start_and_wait(self, item: Item, request: Request) -> BatchFlow[RunResult]:
        """Start a run, again as long as the server refuses it, and wait for it."""
        brake, monotonic = self._state.brake, self._state.monotonic
        refusals = 0
        successes = brake.successes
        while True:
            yield from self._gate.enter(item)
            try:
                yield from self._record_start(item)
                item.began = monotonic()
                wait = self._make_wait()
                return (yield from self._finish_wait(item, wait, wait.start(request, self._parse_start)))
            except _Refused as refused:
                error = refused.error
            finally:
                # Does nothing if the start had a response.
                self._gate.leave(item)
            if error.retry_after is not None and error.retry_after > MAX_RETRY_AFTER_SECONDS:
                self._fail(error)
                raise error
            brake.note_refusal(item.began, monotonic(), error.retry_after)
            if brake.successes > successes:
                successes, refusals = brake.successes, 0
            refusals += 1
            max_retries = self._state.options.max_retries
            if not self._state.was_reached and brake.refusals_in_a_row > max_retries:
                # If each start found that out for itself, it would take hours.
                self._fail(error)
                raise error
            if refusals > max_retries:
                raise error

    def _record_start(self, item: Item) -> BatchFlow[None]:
        journal = self._state.journal
        if journal is None:
            item.sent_at = self._state.read_server_time()
            return
        yield from self._read_clock()
        item.sent_at = self._state.read_server_time()
        try:
            yield from journal.append_durably(Entry(item.key, "starting", item.attempt, at=item.sent_at))
        except OSError as error:
            raise JournalError from error
        except (NotCarriedOut, GeneratorExit):
            self._state.record(Entry(item.key, "not_started", item.attempt))
            raise

    def _read_clock(self) -> BatchFlow[None]:
        """Make sure that the clock of the server is known, so that a later call knows from when on to search."""
        if self._state.read_server_time() is not None:
            return
        if self._clock_read is not None:
            while not self._clock_read.is_set():
                yield Pause(self._clock_read)
            return
        self._clock_read = self._state.make_event()
        try:
            yield Call(list_runs.request(limit=1), self._state.note_response, with_retries=True)
        except EigenpalError as error:
            logger.info("run_many: the clock of the server could not be read: %s", error.message)
        finally:
            self._clock_read.set()

    def _parse_start(self, response: Response) -> Any:
        self._state.note_response(response)
        started = parse_start_response(response)
        try:
            get_run.request(started.id)
        except ValueError:
            # It has started, and is searched for.
            raise DecodeError("id", "the id of a run", started.id) from None
        return started

    def _note_started(self, item: Item, run_id: str) -> None:
        item.run_id = run_id
        self._state.tally.active[item.key] = run_id
        self._state.recent.append((run_id, self._state.make_mark(item.key, item.attempt)))
        self._state.record(Entry(item.key, "started", item.attempt, run_id, at=self._state.read_server_time()))

    def _note_start_error(self, item: Item, error: Exception) -> None:
        """Record that a start has failed.

        Raises:
            _Refused: It may be sent again.
        """
        if not isinstance(error, EigenpalError):
            # An event hook of the user's client may have raised it, after the start was sent.
            return
        if isinstance(error, ClientClosedError):
            # Perhaps after the start was sent.
            error.outcome_unknown = True
        if error.operation is None:
            # It was not made for this request: the client is closed, or the settings of the proxy are invalid.
            self._fail(error)
        if error.status or error.outcome_unknown:
            self._state.was_reached = True
        if error.outcome_unknown:
            return
        self._state.record(Entry(item.key, "not_started", item.attempt))
        is_unsent = isinstance(error, (EigenpalConnectionError, EigenpalTimeoutError)) and error.status == 0
        is_permanent = isinstance(error, EigenpalConnectionError) and (error.is_tls_failure or error.is_proxy_refusal)
        if error.status in (429, 503) or (is_unsent and not is_permanent):
            raise _Refused(error)
        is_wrong_address = 300 <= error.status < 400 or error.status in (403, 404) or is_permanent
        if error.status in (401, 407) or (is_wrong_address and not self._state.brake.successes):
            # Every other start would fail in the same way.
            self._fail(error)

    # --- waiting ------------------------------------------------------------------------------------------------------

    def _make_wait(self) -> Wait:
        return Wait(self._state.options.wait, self._state.environment.recent_starts, self._state.monotonic)

    def wait(self, item: Item, run_id: str) -> BatchFlow[RunResult]:
        """Wait for a run that was started before."""
        item.run_id = run_id
        self._state.tally.active[item.key] = run_id
        wait = self._make_wait()
        return (yield from self._finish_wait(item, wait, wait.poll(run_id)))

    def forget(self, run_id: str) -> None:
        """Forget a run that has a result."""
        self._polls.forget(run_id)

    def _finish_wait(self, item: Item, wait: Wait, flow: WaitFlow) -> BatchFlow[RunResult]:
        """Carry out the actions of a wait; sleep together with the other runs."""
        value: Any = None
        error: Exception | None = None
        while True:
            try:
                action = flow.send(value) if error is None else flow.throw(error)
            except StopIteration:
                return item.make_result(self._state.monotonic(), run=wait.result())
            value, error = None, None
            if isinstance(action, Sleep):
                yield from self._polls.sleep(item.run_id or "", action.seconds, wait.deadline)
            elif isinstance(action, SendRequest):
                is_start = item.is_sending
                try:
                    value = yield from self._call(action, is_start=is_start)
                except NotCarriedOut:
                    if is_start:
                        self._state.record(Entry(item.key, "not_started", item.attempt))
                    raise
                except Exception as raised:  # noqa: BLE001 - the flow raises it again
                    error = raised
                if is_start:
                    self._gate.leave(item)
                    if error is not None:
                        self._note_start_error(item, error)
                        continue
                    self._state.brake.note_success()
                    self._slots.fill()
                    self._note_started(item, value.id)
                    if isinstance(value, Run) and is_finished(value):
                        return item.make_result(self._state.monotonic(), run=value)

    def _call(self, action: SendRequest, *, is_start: bool) -> BatchFlow[Any]:
        if not is_start:
            yield from self._gate.hold(action.deadline)
        sent = self._state.monotonic()
        try:
            return (yield Call(action.request, action.parse, action.deadline))
        except EigenpalError as error:
            if not is_start and error.status in (429, 503):
                self._gate.note_refused_poll(sent, error)
            raise

    # --- unknown outcomes ---------------------------------------------------------------------------------------------

    def await_search(self, item: Item, unknown: UnknownStart) -> BatchFlow[None]:
        """Wait for the end of a search, without a slot."""
        self._slots.release(item)
        self._state.environment.wake_consumer()
        while not unknown.resolved.is_set():
            yield Pause(unknown.resolved)
        yield from self._slots.acquire(item)

    def wait_for_found(self, item: Item, unknown: UnknownStart, error: EigenpalError | None) -> BatchFlow[RunResult]:
        """Wait for a run that was searched for.

        Raises:
            EigenpalError: It was not found.
        """
        if unknown.run_id is not None:
            self._note_started(item, unknown.run_id)
            return (yield from self.wait(item, unknown.run_id))
        if error is None:
            error = EigenpalError(
                f"an earlier call was interrupted while it started {quote_key(item.key)}",
                operation="run",
                outcome_unknown=True,
                idempotency_key=unknown.mark,
            )
        error.hint = (
            f"The run may have started. It was searched for and not found, and was not started again, because "
            f"{unknown.reason}. Its idempotency key is {unknown.mark!r}."
        )
        raise error
