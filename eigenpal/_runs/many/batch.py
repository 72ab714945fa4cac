"""The rules of `run_many`, without I/O: which input is started when, and what becomes of it.

Each input is a flow, and so is the search for starts whose outcome is unknown. A driver carries out their actions.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from eigenpal._runs.many.actions import BatchFlow, NotCarriedOut
from eigenpal._runs.many.inputs import BatchInput, HandleRegistry, KeyRegistry, Prepared, prepare
from eigenpal._runs.many.item import Item
from eigenpal._runs.many.journal import Entry
from eigenpal._runs.many.options import BatchOptions, Environment
from eigenpal._runs.many.result_queue import ResultQueue
from eigenpal._runs.many.results import BatchProgress, BatchSummary, RunResult
from eigenpal._runs.many.send_gate import SendGate
from eigenpal._runs.many.slots import Slots
from eigenpal._runs.many.starts import Starts
from eigenpal._runs.many.state import BatchState, JournalError
from eigenpal._runs.many.unknown_starts import UnknownStarts
from eigenpal._transport.actions import RunInThread
from eigenpal.errors import EigenpalError, EigenpalRunFailedError

if TYPE_CHECKING:
    from eigenpal._runs.many.journal_file import JournalFile

_AHEAD = 4
"""How many times the concurrency may be started or waiting before the caller has taken the results."""


class Batch:
    """One call of `run_many`.

    Every input that was taken is in one of two places: `Slots`, which it leaves however its flow ends, or
    `ResultQueue`. The batch is over when both are empty. Nothing is counted apart from them.

    Drivers call its methods one at a time, carry out every flow to its end, and close it. What a flow or its action
    raises beyond that is a crash, noted before the flow is closed.

    Args:
        options: The arguments of the call.
        environment: Driver and client.
        total: Number of inputs, if it is known.
    """

    def __init__(self, options: BatchOptions, environment: Environment, total: int | None) -> None:
        self._options = options
        self._state = BatchState(options, environment, total)
        self._tally = self._state.tally
        self._keys = KeyRegistry()
        self._handles = HandleRegistry()
        self._results = ResultQueue()
        self._slots = Slots(self._state, self._process, self._drop)
        self._gate = SendGate(self._state)
        self._unknown_starts = UnknownStarts(self._state, self._has_other_starts)
        self._starts = Starts(self._state, self._gate, self._slots, self._unknown_starts, self.fail)
        self._began = self._state.monotonic()
        self._reported: tuple[int, int, int] | None = None
        self._last_result: RunResult | None = None
        self._acknowledged: set[int] = set()
        """Positions of the results that the journal has as finished already."""
        self._has_inputs = True
        self._input_error: BaseException | None = None

    def use_journal(self, journal: JournalFile) -> None:
        """Write ahead to a journal, and go on where an earlier call has ended."""
        self._state.journal = journal
        self._state.token = journal.token

    def use_order(self) -> None:
        """Return the results in the order of the inputs."""
        self._results.is_ordered = True

    def begin(self) -> None:
        """Search for the starts of which the journal does not know the outcome."""
        self._unknown_starts.add_those_of_journal()

    # --- inputs -------------------------------------------------------------------------------------------------------

    @property
    def wants_input(self) -> bool:
        """Whether another input should be taken from the iterable now."""
        return (
            self._has_inputs
            and not self.is_stopped
            and self._state.failure is None
            and self._slots.queued < self._options.concurrency
            and self._outstanding < _AHEAD * self._options.concurrency
        )

    @property
    def _outstanding(self) -> int:
        return len(self._slots) + len(self._results)

    @property
    def next_input_index(self) -> int:
        """Position of the next input."""
        return self._tally.inputs

    def add_input(self, given: BatchInput) -> None:
        """Take an input. The batch may have failed while the iterable was asked for it."""
        self._tally.inputs += 1
        self._slots.add(given)

    def end_inputs(self, error: BaseException | None = None) -> None:
        """Note that there are no more inputs, perhaps because of an error, which is raised after the last result."""
        self._has_inputs = False
        self._input_error = error
        self._wake_consumer()

    def _drop(self, given: BatchInput) -> None:
        self._results.add(given.position, None)

    def _has_other_starts(self) -> bool:
        return self._slots.running > 0 or self._slots.queued > 0

    # --- results ------------------------------------------------------------------------------------------------------

    def take_result(self) -> RunResult | None:
        """Return the next result, if there is one; the caller has finished with the one before.

        Raises:
            OSError: The journal cannot be written.
            EigenpalError: The run has failed, and `raise_on_failure` is set.
        """
        self._acknowledge()
        result = self._results.take()
        if result is None:
            return None
        self._tally.add(result)
        self._tally.active.pop(result.key, None)
        self._last_result = result
        if self._options.raise_on_failure and not result.ok:
            if result.error is not None:
                raise result.error
            if result.run is not None:
                raise EigenpalRunFailedError(result.run)
        return result

    def _acknowledge(self) -> None:
        """Record that the caller has finished with the last result."""
        result, self._last_result = self._last_result, None
        journal = self._state.journal
        if result is None or journal is None:
            return
        if result.index in self._acknowledged:
            self._acknowledged.remove(result.index)
        elif result.run is not None:
            journal.append(Entry(result.key, "finished", result.attempt, result.run.id, result.run.execution.status))

    # --- the end ------------------------------------------------------------------------------------------------------

    @property
    def is_over(self) -> bool:
        """Whether there will be no further result."""
        if self.is_stopped:
            return True
        return not self._outstanding and (not self._has_inputs or self._state.failure is not None)

    @property
    def is_stopped(self) -> bool:
        """Whether nothing more is started, nor waited for."""
        return self._state.is_stopped

    @property
    def is_sending(self) -> bool:
        """Whether a start is in flight, whose response would tell the id of the run."""
        return self._gate.sending > 0

    def raise_failure(self) -> None:
        """Raise what has ended the batch early, if anything has."""
        error = self._state.failure or self._input_error
        if error is not None:
            raise error

    def fail(self, error: BaseException) -> None:
        """Start nothing more, because every start would fail with this error. The runs in flight are waited for."""
        if self._state.failure is not None:
            return
        self._state.failure = error
        self._unknown_starts.give_up()
        self._gate.open()
        self._slots.fill()
        self._wake_consumer()

    def crash(self, error: BaseException) -> None:
        """End the batch at once, because of an error that is not about a request. Does nothing if it was stopped."""
        if not self.is_stopped:
            self._state.failure = error
            self.stop()

    def stop(self) -> None:
        """Start nothing more, and wait for nothing more."""
        self._state.is_stopped = True
        self._wake_consumer()

    def close(self) -> None:
        """Close the journal."""
        if self._state.journal is not None:
            self._state.journal.close()

    def _wake_consumer(self) -> None:
        self._state.environment.wake_consumer()

    # --- reports ------------------------------------------------------------------------------------------------------

    def summarize(self) -> BatchSummary:
        """Return the summary so far."""
        left_over: list[str] = []
        journal = self._state.journal
        if journal is not None and not self._has_inputs and self._input_error is None:
            left_over = [*journal.unknown, *journal.started]
        return self._tally.summarize(self._state.monotonic() - self._began, left_over)

    def report_progress(self) -> BatchProgress | None:
        """Return the progress so far; None if it is that of the last time."""
        progress = self._tally.report(self._slots.running, self._state.monotonic() - self._began)
        state = (progress.done, progress.failed, progress.running)
        if state == self._reported:
            return None
        self._reported = state
        return progress

    def describe_rest(self) -> str:
        """Describe what an early end leaves behind, and how to go on; empty if it leaves nothing."""
        active = list(self._tally.active.values())
        sending = self._gate.sending
        parts: list[str] = []
        if active:
            shown = ", ".join(active[:5]) + (", ..." if len(active) > 5 else "")
            parts.append(f"{len(active)} run{'s' if len(active) > 1 else ''} still in progress ({shown})")
        if sending:
            parts.append(f"{sending} start{'s' if sending > 1 else ''} of unknown outcome")
        if not parts and (self._state.failure is not None or not (self._slots.queued or self._has_inputs)):
            return ""
        text = f"run_many was left with {' and '.join(parts)}." if parts else "run_many was left early."
        journal = self._state.journal
        if journal is not None and journal.is_lost:
            return f"{text} Runs are not stopped; wait for them with client.runs.wait()."
        if journal is not None:
            return f"{text} Runs are not stopped; the same call with journal={str(journal.path)!r} goes on."
        return (
            f"{text} Runs are not stopped; wait for them with client.runs.wait(). "
            "With a journal, the same call would go on."
        )

    # --- one input ----------------------------------------------------------------------------------------------------

    def _process(self, item: Item, given: BatchInput) -> BatchFlow[None]:
        result: RunResult | None = None
        try:
            result = yield from self._find_result(item, given)
        except JournalError as error:
            self.crash(error.__cause__ or error)
        except NotCarriedOut:
            pass
        except (EigenpalError, OSError, ValueError, TypeError) as error:
            result = item.make_result(self._state.monotonic(), error=error)
        except Exception as error:  # noqa: BLE001 - raised by the driver where the user iterates
            self.crash(error)
        finally:
            self._handles.remove(given)
            if item.run_id is not None:
                self._starts.forget(item.run_id)
            self._results.add(item.index, result)
            self._slots.end(item)
            self._wake_consumer()

    def _find_result(self, item: Item, given: BatchInput) -> BatchFlow[RunResult | None]:
        self._handles.add(given)
        prepared = yield from self._prepare(given.values, needs_digest=given.key is None)
        item.key = (
            self._keys.add_digest(prepared.digest or "") if given.key is None else self._keys.add_given(given.key)
        )
        journal = self._state.journal
        entry = None if journal is None else journal.take(item.key)
        if entry is not None:
            item.attempt = entry.attempt
        if entry is None or entry.state == "not_started":
            return (yield from self._starts.start(item, prepared))
        if entry.state == "starting":
            unknown = self._unknown_starts.take_that_of_journal(item.key)
            yield from self._starts.await_search(item, unknown)
            if not unknown.is_absent:
                return (yield from self._starts.wait_for_found(item, unknown, None))
            return (yield from self._starts.start(item, prepared))
        if entry.state == "finished" and entry.status != "completed" and self._options.retry_failed:
            item.attempt += 1
            return (yield from self._starts.start(item, prepared))
        if entry.state == "finished" and self._options.skip_finished:
            self._tally.skipped += 1
            return None
        if entry.state == "finished":
            self._acknowledged.add(item.index)
        result = yield from self._starts.wait(item, entry.run_id or "")
        if self._options.retry_failed and entry.state == "started" and not result.ok and result.run is not None:
            # It has failed since an earlier call was interrupted.
            status = result.run.execution.status
            self._state.record(Entry(item.key, "finished", item.attempt, result.run.id, status))
            item.attempt += 1
            return (yield from self._starts.start(item, prepared))
        return result

    @staticmethod
    def _prepare(values: Mapping[str, Any], *, needs_digest: bool) -> BatchFlow[Prepared]:
        if all(value is None or isinstance(value, (str, int, float)) for value in values.values()):
            return prepare(values, needs_digest=needs_digest)
        # Reading large files, or a handle, takes long or never ends; leaving the batch does not wait for it.
        prepared: Prepared = yield RunInThread(
            partial(prepare, values, needs_digest=needs_digest), may_hang=needs_digest
        )
        return prepared
