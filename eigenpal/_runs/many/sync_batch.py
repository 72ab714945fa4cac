"""`RunBatch`: carries out a batch in threads."""

from __future__ import annotations

import inspect
import os
import sys
import threading
import weakref
from collections.abc import Callable, Generator, Iterator, Sized
from types import TracebackType
from typing import Any, cast

from eigenpal import _transport
from eigenpal._callbacks import make_sync_callback
from eigenpal._clock import monotonic
from eigenpal._hooks import find_frozen_server
from eigenpal._logging import add_note, logger
from eigenpal._options import replace_options
from eigenpal._runs.many.actions import BatchAction, BatchFlow, Call, NotCarriedOut, Pause
from eigenpal._runs.many.batch import Batch
from eigenpal._runs.many.flow_threads import FlowThreads
from eigenpal._runs.many.inputs import list_inputs, parse_input
from eigenpal._runs.many.journal import make_header
from eigenpal._runs.many.journal_file import LOCK_TIMEOUT_SECONDS, JournalFile
from eigenpal._runs.many.options import BatchOptions, Environment
from eigenpal._runs.many.progress import ProgressDisplay
from eigenpal._runs.many.results import BatchProgress, BatchSummary, RunResult
from eigenpal._runs.recent_starts import RecentStarts
from eigenpal._thread_event import ThreadEvent
from eigenpal.errors import EigenpalError

_GRACE_SECONDS = 0.3
# On Windows, Ctrl-C does not end the wait for an event.
_TICK_SECONDS = 0.5


class RunBatch:
    """Many runs, as returned by `client.run_many`: iterate over it for their results.

    The iterable of inputs is read in the thread that iterates, as far ahead as needed. Nothing is started before the
    first result is asked for. It can be iterated over once.

    Leaving the loop, Ctrl-C, and the end of a ``with`` block stop the starting. Runs in progress are not stopped on
    the server; with a journal, the same call goes on with them.
    """

    def __init__(
        self,
        transport: _transport.HttpxTransport,
        recent_starts: RecentStarts,
        options: BatchOptions,
        inputs: object,
        journal: str | os.PathLike[str] | None,
        progress: Callable[[BatchProgress], object] | bool,
    ) -> None:
        self._transport = transport
        # The batch retries by itself.
        self._once = transport.with_options(replace_options(transport.options, max_retries=0))
        self._options = options
        self._inputs: Any = list_inputs(inputs)
        if not hasattr(self._inputs, "__iter__"):
            raise TypeError("inputs is an asynchronous iterable; use AsyncEigenpalClient for it")
        self._total = len(inputs) if isinstance(inputs, Sized) else None
        self._journal_path = journal
        self._display = ProgressDisplay(options.target.name) if progress is True else None
        show: Any = self._display or (None if progress is False else progress)
        self._show = make_sync_callback("progress", show)
        self._lock = threading.RLock()
        self._changed: ThreadEvent | None = None
        """Set when there may be a result, or room for an input; None if nobody waits for that."""
        self._pauses: list[ThreadEvent] = []
        self._threads = FlowThreads(self._lock, self._drive)
        # A loop that is left drops its iterator, which stops the batch, so that no other reference may keep it.
        self._iterator: weakref.ref[Generator[RunResult]] | None = None
        self._process = os.getpid()
        self._thread: int | None = None
        """The thread that iterates."""
        self._batch = Batch(
            options,
            Environment(monotonic, ThreadEvent, self._threads.add, self._wake, recent_starts),
            self._total,
        )

    # --- for the user -------------------------------------------------------------------------------------------------

    def __repr__(self) -> str:
        return f"RunBatch({self._options.describe(self._journal_path)})"

    def __iter__(self) -> Iterator[RunResult]:
        return self._begin(is_ordered=False)

    def in_order(self) -> Iterator[RunResult]:
        """Return an iterator over the results in the order of the inputs.

        While it waits for a slow run, at most 4 times as many runs as `concurrency` are started ahead of it.
        """
        return self._begin(is_ordered=True)

    def summary(self) -> BatchSummary:
        """Return how many runs have completed and failed, and which are left. It prints well."""
        with self._lock:
            return self._batch.summarize()

    def close(self) -> None:
        """Start nothing more. Runs in progress are not stopped on the server."""
        iterator = None if self._iterator is None else self._iterator()
        if iterator is None or self._has_no_threads:
            return
        with self._lock:
            self._batch.stop()
        # The loop of another thread ends by itself. A callback may close the batch in this one.
        if self._thread == threading.get_ident() and inspect.getgeneratorstate(iterator) != inspect.GEN_RUNNING:
            iterator.close()

    def __enter__(self) -> RunBatch:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    # --- the thread that iterates -------------------------------------------------------------------------------------

    def _begin(self, *, is_ordered: bool) -> Iterator[RunResult]:
        if self._iterator is not None:
            raise EigenpalError("a RunBatch can be iterated over once; call run_many again")
        if is_ordered:
            self._batch.use_order()
        self._process = os.getpid()
        iterator = self._iterate()
        self._iterator = weakref.ref(iterator)
        return iterator

    def _iterate(self) -> Generator[RunResult]:
        if self._journal_path is not None:
            header = make_header(self._transport.options.base_url, self._options.target, self._options.start)
            self._batch.use_journal(JournalFile(self._journal_path, header, ThreadEvent, LOCK_TIMEOUT_SECONDS))
        try:
            with self._lock:
                self._batch.begin()
                self._threads.assign()
            yield from self._collect(iter(self._inputs))
        except BaseException as error:
            if not self._has_no_threads:
                self._stop(error)
            raise
        else:
            self._stop(None)
        finally:
            if not self._has_no_threads:
                self._close()

    @property
    def _has_no_threads(self) -> bool:
        """Whether its threads are gone: in a forked process, and when Python exits. They may have held the lock."""
        return self._process != os.getpid() or sys.is_finalizing()

    def _collect(self, inputs: Iterator[object]) -> Iterator[RunResult]:
        while True:
            self._thread = threading.get_ident()
            if self._has_no_threads:
                raise EigenpalError("a RunBatch cannot be used by a process that was forked while it ran")
            with self._lock:
                wants_input, position = self._batch.wants_input, self._batch.next_input_index
            if wants_input:
                self._pull(inputs, position)
            with self._lock:
                result = self._batch.take_result()
                is_over = self._batch.is_over
                wants_input = self._batch.wants_input
                progress = self._batch.report_progress()
                changed = self._expect_change() if result is None else None
            if progress is not None:
                self._show(progress)
            if result is not None:
                yield result
                del result
            elif is_over:
                self._batch.raise_failure()
                return
            elif changed is not None and not wants_input:
                changed.wait(_TICK_SECONDS)

    def _expect_change(self) -> ThreadEvent:
        """Return what is set when the thread that iterates should look again."""
        if self._changed is None:
            self._changed = ThreadEvent()
        return self._changed

    def _wake(self) -> None:
        """Have the thread that iterates look again."""
        changed, self._changed = self._changed, None
        if changed is not None:
            changed.set()

    def _pull(self, inputs: Iterator[object], position: int) -> None:
        """Take an input. The iterable may block, and is not called under the lock."""
        error: Exception | None = None
        try:
            given = parse_input(position, next(inputs))
        except StopIteration:
            pass
        except Exception as raised:  # noqa: BLE001 - raised after the results of the runs in progress
            error = raised
        else:
            with self._lock:
                self._batch.add_input(given)
                self._threads.assign()
            return
        with self._lock:
            self._batch.end_inputs(error)

    def _stop(self, error: BaseException | None) -> None:
        """Stop the threads, but first let the starts in flight tell the ids of their runs."""
        deadline = monotonic() + _GRACE_SECONDS
        with self._lock:
            self._batch.stop()
            for event in self._pauses:
                event.set()
        while True:
            with self._lock:
                is_sending, changed = self._batch.is_sending, self._expect_change()
                rest = self._batch.describe_rest()
            seconds = deadline - monotonic()
            if not is_sending or seconds <= 0:
                break
            changed.wait(seconds)
        if not rest or error is None:
            return
        if isinstance(error, GeneratorExit):
            logger.warning("%s", rest)
        else:
            add_note(error, rest)

    def _close(self) -> None:
        with self._lock:
            self._threads.close()
            self._batch.close()
        if self._display is not None:
            self._display.close()

    # --- the threads of the runs --------------------------------------------------------------------------------------

    def _drive(self, flow: BatchFlow[None]) -> None:
        value: Any = None
        error: Exception | None = None
        try:
            while True:
                with self._lock:
                    try:
                        action = flow.send(value) if error is None else flow.throw(error)
                    except StopIteration:
                        self._threads.assign(spare=1)
                        return
                    self._threads.assign()
                    is_stopped = self._batch.is_stopped
                value, error = None, None
                try:
                    if is_stopped:
                        raise NotCarriedOut
                    value = self._carry_out(action)
                except Exception as raised:  # noqa: BLE001 - the flow handles it
                    error = raised
        except BaseException as raised:  # noqa: BLE001 - raised in the thread that iterates
            with self._lock:
                self._batch.crash(raised)
        finally:
            with self._lock:
                flow.close()

    def _carry_out(self, action: BatchAction) -> Any:
        if isinstance(action, Call):
            transport = self._transport if action.with_retries else self._once
            return transport.call(action.request, action.parse, deadline=action.deadline)
        if isinstance(action, Pause):
            return self._pause(action)
        return action.function()

    def _pause(self, pause: Pause) -> None:
        if pause.seconds is not None and find_frozen_server(self._transport.config.origin) is not None:
            self._transport.sleep(pause.seconds)
            return
        event = cast("ThreadEvent", pause.event)
        with self._lock:
            self._pauses.append(event)
            is_stopped = self._batch.is_stopped
        if not is_stopped:
            event.wait(pause.seconds)
        with self._lock:
            self._pauses.remove(event)
            if self._batch.is_stopped:
                # It may be this that has ended the pause.
                raise NotCarriedOut
