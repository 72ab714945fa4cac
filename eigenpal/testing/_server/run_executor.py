"""Executes runs: calls handlers in threads, and applies what they report when the server's clock reaches it."""

from __future__ import annotations

import copy
import functools
import heapq
import inspect
import itertools
import json
import logging
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from time import sleep  # here, because tests replace time.sleep
from typing import Any, Literal, NoReturn

from eigenpal._clock import real_monotonic
from eigenpal.testing._server.automations import Automation, Handler, RunSchedule, Version
from eigenpal.testing._server.clock import EPOCH, Clock, read_system_time, truncate_to_milliseconds
from eigenpal.testing._server.content import Content, UploadedFile, guess_content_type
from eigenpal.testing._server.notifier import Notifier
from eigenpal.testing._server.real_time_loop import run_in_real_time
from eigenpal.testing._server.run_context import (
    RunContext,
    RunRejected,
    RunUpdate,
    error_message,
    validate_output,
)
from eigenpal.testing._server.run_record import NOT_STARTED, Artifact, RunRecord, StepState, make_trace_event
from eigenpal.testing._server.worker_pool import WorkerPool

REFRESH_TIMEOUT_SECONDS = 1.0
"""How long a read waits for a handler, in real time, before it returns the run as running."""

CANCEL_SECONDS = 1.0
"""How long a run that has started continues, on the clock, after cancellation was requested."""

_LOGGER = logging.getLogger("eigenpal.testing")

_CANCELLED = "The run was cancelled"

CancelState = Literal["cancelled", "requested", "already_terminal"]


@dataclass
class _Execution:
    """An unfinished run, with the updates that are scheduled for it."""

    run: RunRecord
    handler: Handler | None
    slug: str
    schedule: RunSchedule
    clock: Clock
    shift: timedelta
    """What is added to `Clock.elapsed` for the times of this run. The time that the clock shows may jump."""
    poll_statuses: deque[str] = field(default_factory=lambda: deque[str]())
    """Statuses that the next reads return, regardless of the clock."""
    is_poll_driven: bool = False
    """Whether reads advance the run instead of the clock."""
    is_computing: bool = False
    is_submitted: bool = False
    is_closed: bool = False
    waited_seconds: float = 0.0
    was_seen_running: bool = False
    """Whether a reader stopped waiting for the handler and saw the run as running."""
    updates: list[tuple[timedelta, int, RunUpdate]] = field(
        default_factory=lambda: list[tuple[timedelta, int, RunUpdate]]()
    )
    """What is scheduled, and when, as `Clock.elapsed`."""

    def now(self) -> datetime:
        """Return the current time of this run."""
        return EPOCH + self.clock.elapsed() + self.shift

    def convert(self, at: datetime) -> timedelta:
        """Convert a time of this run to `Clock.elapsed`."""
        return at - EPOCH - self.shift


class RunExecutor:
    """Executes the runs of a server.

    Args:
        clock: The server's clock.
        lock: Held during every change.
        on_status_change: Called with each run whose status has changed.
        new_id: Returns an unused id for a prefix.
    """

    def __init__(
        self,
        clock: Clock,
        lock: threading.RLock,
        on_status_change: Callable[[RunRecord], None],
        new_id: Callable[[str], str],
    ) -> None:
        self.clock = clock
        self.lock = lock
        self.new_id = new_id
        self._on_status_change = on_status_change
        self._notifier = Notifier()
        self._workers = WorkerPool()
        self._executions: dict[str, _Execution] = {}
        self._order = itertools.count()
        # The next update of each execution, so that the clock is compared with the head only.
        self._queue: list[tuple[timedelta, int, _Execution]] = []
        self._is_stopping = False
        clock.on_change(self._on_clock_change)

    # --- starting ---

    def start(self, run: RunRecord, automation: Automation, version: Version | None, schedule: RunSchedule) -> None:
        """Start a run that was just created."""
        with self.lock:
            execution = self._add_execution(run, automation, version, schedule)
            polls = schedule.unfinished_polls
            if polls > 0:
                # A run that is resumed does not go back to created.
                statuses = ["created", "pending"] if run.status == "created" else ["pending"]
                # The last of these reads returns running, earlier ones return the statuses before it.
                execution.poll_statuses.extend([*statuses, *["running"] * max(1, polls - 2)][-polls:])
                execution.is_poll_driven = True
                return
            pending_at = run.created_at + timedelta(seconds=schedule.queue_seconds / 2)
            started_at = run.created_at + timedelta(seconds=schedule.queue_seconds)
            self._schedule(execution, pending_at, lambda run: run.enter("pending", pending_at))
            self._schedule(execution, started_at, lambda _: self._start_running(execution, started_at))
            if schedule.queue_seconds == 0:
                self._apply_due_updates()

    def resume_run(
        self, run: RunRecord, automation: Automation, version: Version | None, schedule: RunSchedule
    ) -> None:
        """Execute a run again that was unfinished when its server stopped; its timestamps are kept."""
        with self.lock:
            started_at, cancelled_at = run.started_at, run.cancel_requested_at
            if run.is_finished or run.id in self._executions:
                return
            if cancelled_at is not None:
                execution = self._add_unhandled_execution(run)
                self._schedule_cancelled(execution, cancelled_at + timedelta(seconds=CANCEL_SECONDS))
                self._apply_due_updates()
                return
            run.artifacts, run.usage = {}, {}
            if started_at is None:
                self.start(run, automation, version, schedule)
                return
            trace = list(itertools.takewhile(lambda event: event.get("status") != "running", run.trace))
            execution = self._add_execution(run, automation, version, schedule)
            run.trace = trace
            # Clients have received the run as running, so later updates must not have earlier timestamps.
            execution.was_seen_running = True
            self._apply(run, lambda _: self._start_running(execution, started_at))

    def _add_execution(
        self, run: RunRecord, automation: Automation, version: Version | None, schedule: RunSchedule
    ) -> _Execution:
        handler = automation.find_handler(run.version)
        execution = _Execution(run, handler, automation.slug, schedule, self.clock, self.clock.shift())
        self._executions[run.id] = execution
        run.steps = [StepState(name) for name in automation.step_names(version)]
        run.trace = [make_trace_event("status", run.created_at, status="created")]
        return execution

    def _add_unhandled_execution(self, run: RunRecord) -> _Execution:
        execution = self._executions[run.id] = _Execution(run, None, "", RunSchedule(), self.clock, self.clock.shift())
        return execution

    def _start_running(self, execution: _Execution, at: datetime) -> None:
        execution.run.started_at = at
        execution.run.enter("running", at)
        execution.is_submitted = execution.is_computing = True
        self._workers.submit(lambda: self._execute(execution))

    def _execute(self, execution: _Execution) -> None:
        """Call the handler, in a worker thread, and schedule the end of the run."""
        run = execution.run
        context = RunContext(run, execution.slug, _ExecutionTimeline(self, execution))
        output: Any = None
        error: str | None = None
        status = "completed"
        try:
            output = validate_output(self._call_handler(execution, context))
        except RunRejected as rejection:
            status, error = "rejected", error_message(rejection, "The run was rejected")
        except BaseException as failure:  # any exception of a handler, even of pytest.fail, fails its run
            status, error = "failed", error_message(failure)
            _LOGGER.info("The function of %ss.%s raised an error", run.kind, execution.slug, exc_info=failure)
        with self.lock:
            ends_at = self._report_remaining_steps(execution, context, output, status)
            self._schedule(execution, ends_at, lambda _: self._finish(execution, ends_at, status, output, error))
            execution.is_computing = False
        self._notifier.notify()

    def _call_handler(self, execution: _Execution, context: RunContext) -> Any:
        run = execution.run
        overrides: dict[str, Any] = run.overrides.get("steps") or {}
        last = run.steps[-1].name if run.steps else None
        if last is not None and last in overrides:
            # The output of a workflow is that of its last step, and an overridden step is not executed.
            for step in run.steps:
                if step.name in overrides:
                    context.step(step.name)
            return copy.deepcopy(overrides[last])
        arguments = copy.deepcopy(run.arguments)
        if execution.handler is None:
            return arguments
        result: Any = _call_with_accepted_arguments(execution.handler, arguments, _Files(run), context)
        if inspect.iscoroutine(result):
            result = run_in_real_time(result)
        return result

    def _report_remaining_steps(self, execution: _Execution, context: RunContext, output: Any, status: str) -> datetime:
        """Divide the remaining time among the steps the handler did not report, and return when the run ends."""
        run = execution.run
        remaining = max(0.0, execution.schedule.run_seconds - context.elapsed_seconds)
        unreported = [step.name for step in run.steps if step.name not in context.reported_steps]
        overrides: dict[str, Any] = run.overrides.get("steps") or {}
        # A handler that reports some of its steps skipped the others; one that reports none ran them all.
        if status == "completed" and unreported and not context.reported_steps - overrides.keys():
            last = run.steps[-1].name
            for name in unreported:
                context.step(name, output if name == last else {}, seconds=remaining / len(unreported))
        else:
            context.sleep(remaining)
        return context.now

    def _finish(self, execution: _Execution, at: datetime, status: str, output: Any, error: str | None) -> None:
        run = execution.run
        run.completed_at = truncate_to_milliseconds(at)
        run.output = output if status == "completed" else None
        run.error = error
        run.schema_valid = True if status == "completed" else None
        for step in run.steps:
            if step.status == "running":
                step.status = "cancelled" if status == "cancelled" else "failed"
            elif step.status == "pending":
                step.status = "skipped"
        execution.is_closed = True
        execution.updates.clear()
        self._executions.pop(run.id, None)
        run.enter(status, at)
        if run.kind == "agent":
            self._write_diagnostics(run)

    def _write_diagnostics(self, run: RunRecord) -> None:
        trace = "".join(json.dumps(event) + "\n" for event in run.trace)
        lock = json.dumps({"lockfileVersion": 1, "source": run.source}, indent=2) + "\n"
        for name, text in (("trace.jsonl", trace), ("eigenpal.lock", lock)):
            content = Content.from_bytes(text.encode())
            run.artifacts.setdefault(name, Artifact(self.new_id("fil"), name, guess_content_type(name), content))

    # --- the clock ---

    def apply_due_updates(self) -> None:
        """Apply every update whose time has come."""
        with self.lock:
            self._apply_due_updates()

    def _apply_due_updates(self) -> None:
        now = self.clock.elapsed()
        while self._queue and self._queue[0][0] <= now:
            _, _, execution = heapq.heappop(self._queue)
            if execution.is_closed or execution.is_poll_driven:
                continue
            while execution.updates and execution.updates[0][0] <= now:
                self._apply(execution.run, heapq.heappop(execution.updates)[2])
            self._enqueue(execution)

    def _apply(self, run: RunRecord, update: RunUpdate) -> None:
        status = run.status
        update(run)
        if run.status != status:
            self._on_status_change(run)

    def _schedule(self, execution: _Execution, at: datetime, update: RunUpdate) -> None:
        heapq.heappush(execution.updates, (execution.convert(at), next(self._order), update))
        self._enqueue(execution)

    def _enqueue(self, execution: _Execution) -> None:
        if execution.updates and not execution.is_closed:
            heapq.heappush(self._queue, (execution.updates[0][0], next(self._order), execution))

    def schedule(self, execution: _Execution, at: datetime, update: RunUpdate) -> None:
        """Schedule an update; safe to call from a worker thread."""
        with self.lock:
            if not execution.is_closed:
                self._schedule(execution, at, update)

    def _on_clock_change(self) -> None:
        self.apply_due_updates()
        self._notifier.notify()

    # --- reading ---

    async def refresh(self, run: RunRecord | None = None) -> None:
        """Wait a short real time for handlers that are computing, then apply what is due.

        Args:
            run: The run that is read, or None for all runs.
        """
        self.apply_due_updates()
        executions = self._executions_to_wait_for(run)
        if executions:
            started = real_monotonic()
            await self._notifier.wait_until(functools.partial(self._is_idle, *executions), _remaining_wait(executions))
            _record_wait(executions, real_monotonic() - started)
        self.apply_due_updates()

    def refresh_blocking(self) -> None:
        """Do the same for all runs, outside an event loop."""
        self.apply_due_updates()
        executions = self._executions_to_wait_for(None)
        if executions:
            started = real_monotonic()
            self._wait_blocking(executions, _remaining_wait(executions))
            _record_wait(executions, real_monotonic() - started)
        self.apply_due_updates()

    def wait_for_handlers(self, seconds: float) -> None:
        """Wait in real time, at most this long, until no handler is computing."""
        with self.lock:
            executions = [execution for execution in self._executions.values() if execution.is_computing]
        self._wait_blocking(executions, seconds)

    def _wait_blocking(self, executions: list[_Execution], seconds: float) -> None:
        deadline = real_monotonic() + seconds
        while not self._is_idle(*executions) and real_monotonic() < deadline:
            sleep(0.001)

    def _executions_to_wait_for(self, run: RunRecord | None) -> list[_Execution]:
        # A stuck handler delays only the first read, and several delay it no longer than one.
        with self.lock:
            executions = list(self._executions.values()) if run is None else [self._executions.get(run.id)]
        return [
            execution
            for execution in executions
            if execution is not None and execution.is_computing and execution.waited_seconds < REFRESH_TIMEOUT_SECONDS
        ]

    def _is_idle(self, *executions: _Execution) -> bool:
        return self._is_stopping or not any(execution.is_computing for execution in executions)

    async def poll(self, run: RunRecord) -> None:
        """Refresh a run that a client reads; a poll-driven run advances by one status."""
        with self.lock:
            execution = self._executions.get(run.id)
            if execution is not None and execution.is_poll_driven:
                if execution.poll_statuses:
                    self._enter_status(execution, execution.poll_statuses.popleft())
                    return
                self._hand_over_to_clock(execution)
        await self.refresh(run)

    def _enter_status(self, execution: _Execution, status: str) -> None:
        run, now = execution.run, execution.now()
        if status == "running" and run.status != status:
            self._apply(run, lambda _: self._start_running(execution, now))
        elif run.status != status:
            self._apply(run, lambda run: run.enter(status, now))

    def _hand_over_to_clock(self, execution: _Execution) -> None:
        execution.is_poll_driven = False
        execution.poll_statuses.clear()
        if not execution.is_submitted:
            self._enter_status(execution, "running")
        self._enqueue(execution)

    # --- waiting and cancelling ---

    async def wait(self, run: RunRecord, seconds: float) -> None:
        """Wait until a run has finished, ``seconds`` have passed on the clock, or the server stops."""
        deadline = self.clock.elapsed() + timedelta(seconds=seconds)
        execution = self._executions.get(run.id)
        if execution is None:
            return
        with self.lock:
            if execution.is_poll_driven:
                self._hand_over_to_clock(execution)
        while True:
            self.apply_due_updates()
            now = self.clock.elapsed()
            if run.is_finished or now >= deadline or self._is_stopping:
                return
            next_at = min(self._next_update_at(execution) or deadline, deadline)
            if execution.is_computing and self.clock.frozen:
                # How far to advance the frozen clock is known only when the handler has returned.
                is_over = functools.partial(self._is_idle_or_past, execution, deadline)
                if not await self._notifier.wait_until(is_over, seconds):
                    self._advance_to(deadline)
            elif self.clock.frozen:
                self._advance_to(next_at)
            else:
                pause = max(0.0, (next_at - now).total_seconds())
                before = (execution.is_computing, len(execution.updates))
                has_changed = functools.partial(self._has_changed, execution, before, deadline)
                await self._notifier.wait_until(has_changed, pause + 0.001)

    def _advance_to(self, elapsed: timedelta) -> None:
        self.clock.advance(max(timedelta(0), elapsed - self.clock.elapsed()))

    def _next_update_at(self, execution: _Execution) -> timedelta | None:
        with self.lock:
            return execution.updates[0][0] if execution.updates else None

    def _is_idle_or_past(self, execution: _Execution, deadline: timedelta) -> bool:
        return self._is_idle(execution) or self.clock.elapsed() >= deadline

    def _has_changed(self, execution: _Execution, before: tuple[bool, int], deadline: timedelta) -> bool:
        return (
            self._is_stopping
            or execution.run.is_finished
            or (execution.is_computing, len(execution.updates)) != before
            or min(self._next_update_at(execution) or deadline, deadline) <= self.clock.elapsed()
        )

    def cancel(self, run: RunRecord) -> CancelState:
        """Cancel a run: at once if it has not started, `CANCEL_SECONDS` later if it has."""
        with self.lock:
            self._apply_due_updates()
            if run.is_finished:
                return "already_terminal"
            # Runs that a test has added have no execution, but can be cancelled like any other.
            execution = self._executions.get(run.id) or self._add_unhandled_execution(run)
            now = execution.now()
            state: CancelState = "requested"
            if run.status in NOT_STARTED:
                run.cancel_requested_at = now
                self._apply(run, lambda _: self._finish(execution, now, "cancelled", None, _CANCELLED))
                state = "cancelled"
            elif run.cancel_requested_at is None:
                run.cancel_requested_at = now
                seconds = CANCEL_SECONDS
                if execution.is_poll_driven:
                    # The next read finds it cancelled.
                    seconds = 0
                    execution.poll_statuses.clear()
                    execution.updates.clear()
                self._schedule_cancelled(execution, now + timedelta(seconds=seconds))
        self._notifier.notify()
        return state

    def _schedule_cancelled(self, execution: _Execution, at: datetime) -> None:
        self._schedule(execution, at, lambda _: self._finish(execution, at, "cancelled", None, _CANCELLED))

    def stop(self) -> None:
        """Release waiting requests and worker threads."""
        self._is_stopping = True
        self._notifier.notify()
        self._workers.close()
        # Threads that are stuck in a handler stay in the closed pool.
        self._workers = WorkerPool()

    def resume(self) -> None:
        """Accept work again after `stop`."""
        self._is_stopping = False


class _ExecutionTimeline:
    """The timeline of one execution.

    The duration of a run is the time that its handler reports, so it does not depend on when the thread starts. Real
    time is added only if the clock is not frozen.
    """

    def __init__(self, executor: RunExecutor, execution: _Execution) -> None:
        self._executor = executor
        self._execution = execution
        self._started_at = execution.run.started_at or execution.now()
        self._started = real_monotonic()
        self._system_time = read_system_time()

    def schedule(self, at: datetime, update: RunUpdate) -> None:
        self._executor.schedule(self._execution, at, update)

    def elapsed(self, simulated: timedelta) -> timedelta:
        if self._executor.clock.frozen:
            return simulated
        real = timedelta(seconds=real_monotonic() - self._started)
        # Nothing where freezegun or time-machine have stopped the clock of the system.
        return simulated + min(real, max(timedelta(0), read_system_time() - self._system_time))

    def now(self, simulated: timedelta) -> datetime:
        now = self._started_at + self.elapsed(simulated)
        return max(now, self._execution.now()) if self._execution.was_seen_running else now

    def new_id(self, prefix: str) -> str:
        return self._executor.new_id(prefix)


def _remaining_wait(executions: list[_Execution]) -> float:
    return REFRESH_TIMEOUT_SECONDS - min(execution.waited_seconds for execution in executions)


def _record_wait(executions: list[_Execution], seconds: float) -> None:
    for execution in executions:
        execution.waited_seconds += seconds
        # A client has received the run as running, so later updates must not have earlier timestamps.
        execution.was_seen_running = execution.was_seen_running or execution.is_computing


class _MissingFile(KeyError):
    """A handler read a file that was not uploaded."""

    def __str__(self) -> str:
        return str(self.args[0])


class _Files(dict[str, UploadedFile | list[UploadedFile]]):
    """The uploaded files of a run, by input name."""

    def __init__(self, run: RunRecord) -> None:
        super().__init__()
        self._arguments = run.arguments
        for input_file in run.input_files:
            earlier = self.get(input_file.field)
            if earlier is None:
                self[input_file.field] = input_file.file
            else:
                self[input_file.field] = [*(earlier if isinstance(earlier, list) else [earlier]), input_file.file]

    def __missing__(self, name: str) -> NoReturn:
        message = f"no file was uploaded as {name!r}; uploaded: {', '.join(map(repr, self)) or 'none'}"
        if isinstance(self._arguments.get(name), str):
            message = f"no file was uploaded as {name!r}: it was sent as text; the client uploads a Path, not a str"
        raise _MissingFile(message)


def _call_with_accepted_arguments(handler: Handler, *values: Any) -> Any:
    """Call a handler with as many of input, files and context as it accepts; files and context also by name."""
    try:
        parameters = list(inspect.signature(handler).parameters.values())
    except (TypeError, ValueError):
        return handler(*values[:2])
    by_name: dict[str, Any] = dict(zip(("files", "context"), values[1:], strict=True))
    keywords = {
        parameter.name: by_name[parameter.name]
        for parameter in parameters
        if parameter.kind is parameter.KEYWORD_ONLY and parameter.name in by_name
    }
    if any(parameter.kind is parameter.VAR_POSITIONAL for parameter in parameters):
        return handler(*values)
    positional = [
        parameter
        for parameter in parameters
        if parameter.kind in (parameter.POSITIONAL_ONLY, parameter.POSITIONAL_OR_KEYWORD)
    ]
    arguments = [
        by_name.get(parameter.name, value) if position > 0 else value
        for position, (parameter, value) in enumerate(zip(positional, values, strict=False))
    ]
    return handler(*arguments, **keywords)
