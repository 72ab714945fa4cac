"""Runs on their way: what each one does is planned on the server's clock and takes effect when the clock gets there."""

from __future__ import annotations

import asyncio
import copy
import functools
import heapq
import inspect
import itertools
import json
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal

from eigenpal.testing._server.automations import Automation, Behaviour, Pace, Version
from eigenpal.testing._server.changes import Changes
from eigenpal.testing._server.clock import Clock, as_shown
from eigenpal.testing._server.content import Content, UploadedFile, guess_content_type
from eigenpal.testing._server.context import Effect, RunContext, RunRejected, checked_output, told
from eigenpal.testing._server.run import NOT_STARTED, Artifact, Run, StepState, trace_event
from eigenpal.testing._server.workers import Workers

SETTLE_SECONDS = 1.0
"""How long a read waits, in real time, for a function that is computing before it reports the run as running."""

CANCEL_SECONDS = 1.0
"""How long, on the clock, a run that has started goes on after it was asked to stop."""

_CANCELLED = "The run was cancelled"

CancelState = Literal["cancelled", "requested", "already_terminal"]


@dataclass
class _Execution:
    """A run that is not finished, and what is known about its future."""

    run: Run
    behaviour: Behaviour | None
    slug: str
    pace: Pace
    shown: deque[str] = field(default_factory=lambda: deque[str]())
    """Statuses that the next reads will see, whatever the clock says."""
    held: bool = False
    """Whether reads, and not the clock, move it on."""
    computing: bool = False
    submitted: bool = False
    closed: bool = False
    waited: float = 0.0
    late: bool = False
    """Whether it was seen computing by a reader who would not wait any longer."""
    due: list[tuple[datetime, int, Effect]] = field(default_factory=lambda: list[tuple[datetime, int, Effect]]())


class Engine:
    """Plays the runs of a server.

    Args:
        clock: When things happen.
        lock: Held while something changes.
        changed: Called with each run whose status has changed.
        new_id: Makes ids.
    """

    def __init__(
        self,
        clock: Clock,
        lock: threading.RLock,
        changed: Callable[[Run], None],
        new_id: Callable[[str], str],
    ) -> None:
        self.clock = clock
        self.lock = lock
        self.new_id = new_id
        self._changed = changed
        self._changes = Changes()
        self._workers = Workers()
        self._executions: dict[str, _Execution] = {}
        self._order = itertools.count()
        # The next effect of each execution; the clock is compared with its head only.
        self._heap: list[tuple[datetime, int, _Execution]] = []
        self._stopping = False
        clock.on_change(self._turned)

    # --- starting ---

    def start(self, run: Run, automation: Automation, version: Version | None, pace: Pace) -> None:
        """Begin to play a run that was just created."""
        with self.lock:
            execution = self._enlisted(run, automation, version, pace)
            if pace.polls > 0:
                # A run that is started again is not seen going back.
                phases = ["created", "pending"] if run.status == "created" else ["pending"]
                # The last of the reads that find it unfinished sees it running; earlier ones see how it got there.
                execution.shown.extend([*phases, *["running"] * max(1, pace.polls - 2)][-pace.polls :])
                execution.held = True
                return
            pends = run.created_at + timedelta(seconds=pace.queued / 2)
            begins = run.created_at + timedelta(seconds=pace.queued)
            self._plan(execution, pends, functools.partial(_enter, status="pending", at=pends))
            self._plan(execution, begins, functools.partial(self._begin, execution=execution, at=begins))
            if pace.queued == 0:
                self._advance()

    def start_again(self, run: Run, automation: Automation, version: Version | None, pace: Pace) -> None:
        """Play a run that was on its way when its server stopped: from the start, with the moments it had."""
        with self.lock:
            begun, cancelled = run.started_at, run.cancel_requested_at
            if run.finished or run.id in self._executions:
                return
            if cancelled is not None:
                self._end_cancelled(self._unplayed(run), cancelled + timedelta(seconds=CANCEL_SECONDS))
                self._advance()
                return
            run.artifacts, run.usage = {}, {}
            if begun is None:
                self.start(run, automation, version, pace)
                return
            before = list(itertools.takewhile(lambda event: event.get("status") != "running", run.trace))
            execution = self._enlisted(run, automation, version, pace)
            run.trace = before
            # It was seen running before now, so what it does from here on was not done before.
            execution.late = True
            self._apply(run, functools.partial(self._begin, execution=execution, at=begun))

    def _enlisted(self, run: Run, automation: Automation, version: Version | None, pace: Pace) -> _Execution:
        execution = _Execution(run, automation.behaviour(run.version), automation.slug, pace)
        self._executions[run.id] = execution
        run.steps = [StepState(name) for name in automation.steps_of(version)]
        run.trace = [trace_event("status", run.created_at, status="created")]
        return execution

    def _unplayed(self, run: Run) -> _Execution:
        execution = self._executions[run.id] = _Execution(run, None, "", Pace())
        return execution

    def _begin(self, run: Run, execution: _Execution, at: datetime) -> None:
        run.started_at = at
        _enter(run, "running", at)
        execution.submitted = execution.computing = True
        self._workers.submit(lambda: self._play(execution))

    def _play(self, execution: _Execution) -> None:
        """Call the function, in a worker thread, and plan how the run ends."""
        run = execution.run
        context = RunContext(run, execution.slug, _Recorder(self, execution))
        output: Any = None
        error: str | None = None
        status = "completed"
        try:
            output = checked_output(self._call(execution, context))
        except RunRejected as refusal:
            status, error = "rejected", told(refusal, "The run was rejected")
        except BaseException as failure:  # noqa: BLE001 - whatever a function raises, pytest.fail too, fails its run
            status, error = "failed", told(failure)
        with self.lock:
            ends = self._spread(execution, context, output, status)
            self._plan(execution, ends, lambda _: self._finish(execution, ends, status, output, error))
            execution.computing = False
        self._changes.tell()

    def _call(self, execution: _Execution, context: RunContext) -> Any:
        run = execution.run
        overrides: dict[str, Any] = run.overrides.get("steps") or {}
        last = run.steps[-1].name if run.steps else None
        if last is not None and last in overrides:
            # The output of a workflow is what its last step puts out, and that step is not executed.
            for step in run.steps:
                if step.name in overrides:
                    context.step(step.name)
            return copy.deepcopy(overrides[last])
        arguments = copy.deepcopy(run.arguments)
        behaviour = execution.behaviour
        if behaviour is None:
            return arguments
        result: Any = _called(behaviour, arguments, _files_by_field(run), context)
        if inspect.iscoroutine(result):
            result = asyncio.run(result)
        return result

    def _spread(self, execution: _Execution, context: RunContext, output: Any, status: str) -> datetime:
        """Share the time that is left among the steps the function did not report, and return when the run ends."""
        run = execution.run
        left = max(0.0, execution.pace.takes - context.seconds_taken)
        silent = [step.name for step in run.steps if step.name not in context.reported]
        overrides: dict[str, Any] = run.overrides.get("steps") or {}
        if status == "completed" and silent:
            # A function that reports some of its steps leaves the others untouched; one that reports none did them all.
            if context.reported - overrides.keys():
                context.take(left)
                return context.moment
            last = run.steps[-1].name
            for name in silent:
                context.step(name, output if name == last else {}, seconds=left / len(silent))
            return context.moment
        context.take(left)
        return context.moment

    def _finish(self, execution: _Execution, at: datetime, status: str, output: Any, error: str | None) -> None:
        run = execution.run
        run.completed_at = as_shown(at)
        run.output = output if status == "completed" else None
        run.error = error
        run.schema_valid = True if status == "completed" else None
        for step in run.steps:
            if step.status == "running":
                step.status = "cancelled" if status == "cancelled" else "failed"
            elif step.status == "pending":
                step.status = "skipped"
        execution.closed = True
        execution.due.clear()
        self._executions.pop(run.id, None)
        run.status = status
        run.trace.append(trace_event("status", at, status=status))
        if run.kind == "agent":
            self._write_diagnostics(run)

    def _write_diagnostics(self, run: Run) -> None:
        lines = "".join(json.dumps(event) + "\n" for event in run.trace)
        lock = {"lockfileVersion": 1, "source": run.source}
        for name, text in (("trace.jsonl", lines), ("eigenpal.lock", json.dumps(lock, indent=2) + "\n")):
            run.artifacts.setdefault(
                name, Artifact(self.new_id("fil"), name, guess_content_type(name), Content.of(text.encode()))
            )

    # --- the clock ---

    def advance(self) -> None:
        """Let everything take effect that is due."""
        with self.lock:
            self._advance()

    def _advance(self) -> None:
        now = self.clock.now()
        while self._heap and self._heap[0][0] <= now:
            _, _, execution = heapq.heappop(self._heap)
            if execution.closed or execution.held:
                continue
            while execution.due and execution.due[0][0] <= now:
                self._apply(execution.run, heapq.heappop(execution.due)[2])
            self._queue(execution)

    def _apply(self, run: Run, effect: Effect) -> None:
        before = run.status
        effect(run)
        if run.status != before:
            self._changed(run)

    def _plan(self, execution: _Execution, moment: datetime, effect: Effect) -> None:
        heapq.heappush(execution.due, (moment, next(self._order), effect))
        self._queue(execution)

    def _queue(self, execution: _Execution) -> None:
        if execution.due and not execution.closed:
            heapq.heappush(self._heap, (execution.due[0][0], next(self._order), execution))

    def record(self, execution: _Execution, moment: datetime, effect: Effect) -> None:
        """Plan an effect; from a worker thread."""
        with self.lock:
            if not execution.closed:
                self._plan(execution, moment, effect)

    def _turned(self) -> None:
        self.advance()
        self._changes.tell()

    # --- reading ---

    async def settle(self, run: Run | None = None) -> None:
        """Wait, for a moment of real time, for functions that are computing, then let take effect what is due.

        Args:
            run: The run that is read; all of them, if left out.
        """
        self.advance()
        awaited = self._awaited(run)
        if awaited:
            started = time.monotonic()
            await self._changes.until(functools.partial(self._at_rest, *awaited), _patience(awaited))
            _count_waiting(awaited, time.monotonic() - started)
        self.advance()

    def settle_here(self) -> None:
        """Do the same outside of an event loop, for all runs."""
        self.advance()
        awaited = self._awaited(None)
        if awaited:
            started = time.monotonic()
            deadline = started + _patience(awaited)
            while not self._at_rest(*awaited) and time.monotonic() < deadline:
                time.sleep(0.001)
            _count_waiting(awaited, time.monotonic() - started)
        self.advance()

    def _awaited(self, run: Run | None) -> list[_Execution]:
        # A function that is stuck on purpose costs its readers this long once, not each time, and many cost no more.
        return [one for one in self._computing(run) if one.waited < SETTLE_SECONDS]

    def _at_rest(self, *executions: _Execution) -> bool:
        return self._stopping or not any(one.computing for one in executions)

    def _computing(self, run: Run | None) -> list[_Execution]:
        if run is None:
            with self.lock:
                return [one for one in self._executions.values() if one.computing]
        execution = self._executions.get(run.id)
        return [execution] if execution is not None and execution.computing else []

    async def read(self, run: Run) -> None:
        """Bring a run up to date because it is looked at; a run that is paced by reads moves on by one status."""
        with self.lock:
            execution = self._executions.get(run.id)
            if execution is not None and execution.held:
                if execution.shown:
                    self._show(execution, execution.shown.popleft())
                    return
                self._let_go(execution)
        await self.settle(run)

    def _show(self, execution: _Execution, status: str) -> None:
        run, now = execution.run, self.clock.now()
        if status == "running" and run.status != status:
            self._apply(run, functools.partial(self._begin, execution=execution, at=now))
        elif run.status != status:
            self._apply(run, functools.partial(_enter, status=status, at=now))

    def _let_go(self, execution: _Execution) -> None:
        """Let a run that was paced by reads go on by the clock."""
        execution.held = False
        execution.shown.clear()
        if not execution.submitted:
            self._show(execution, "running")
        self._queue(execution)

    # --- waiting and cancelling ---

    async def wait(self, run: Run, seconds: float) -> None:
        """Hold an answer back until a run is finished, ``seconds`` have passed on the clock, or the server stops."""
        deadline = self.clock.now() + timedelta(seconds=seconds)
        execution = self._executions.get(run.id)
        if execution is None:
            return
        with self.lock:
            if execution.held:
                self._let_go(execution)
        while True:
            self.advance()
            now = self.clock.now()
            if run.finished or now >= deadline or self._stopping:
                return
            due = self._next_due(execution) or deadline
            if execution.computing and self.clock.frozen:
                # The clock stands still while the function is at work; only then is known how far to turn it.
                over = functools.partial(self._at_rest_or_over, execution, deadline)
                if not await self._changes.until(over, seconds):
                    self.clock.advance_to(deadline)
            elif self.clock.frozen:
                self.clock.advance_to(min(due, deadline))
            else:
                pause = max(0.0, (min(due, deadline) - now).total_seconds())
                moved = functools.partial(self._has_moved, execution, execution.computing, len(execution.due), deadline)
                await self._changes.until(moved, pause + 0.001)

    def _next_due(self, execution: _Execution) -> datetime | None:
        with self.lock:
            return execution.due[0][0] if execution.due else None

    def _at_rest_or_over(self, execution: _Execution, deadline: datetime) -> bool:
        return self._at_rest(execution) or self.clock.now() >= deadline

    def _has_moved(self, execution: _Execution, computing: bool, due: int, deadline: datetime) -> bool:
        """Return whether there is a reason to look again before the time is over."""
        return (
            self._stopping
            or execution.run.finished
            or execution.computing != computing
            or len(execution.due) != due
            or min(self._next_due(execution) or deadline, deadline) <= self.clock.now()
        )

    def cancel(self, run: Run) -> CancelState:
        """Cancel a run, at once if it has not started and a little later if it has."""
        with self.lock:
            self._advance()
            if run.finished:
                return "already_terminal"
            # A run that nobody plays, because a test has put it there, ends like any other.
            execution = self._executions.get(run.id) or self._unplayed(run)
            now = self.clock.now()
            if run.status in NOT_STARTED:
                run.cancel_requested_at = now
                self._apply(run, lambda _: self._finish(execution, now, "cancelled", None, _CANCELLED))
                state: CancelState = "cancelled"
            else:
                if run.cancel_requested_at is None:
                    run.cancel_requested_at = now
                    seconds = CANCEL_SECONDS
                    if execution.held:
                        # Reads move it on: the next one finds it cancelled.
                        seconds = 0
                        execution.shown.clear()
                        execution.due.clear()
                    self._end_cancelled(execution, now + timedelta(seconds=seconds))
                state = "requested"
        self._changes.tell()
        return state

    def _end_cancelled(self, execution: _Execution, ends: datetime) -> None:
        self._plan(execution, ends, lambda _: self._finish(execution, ends, "cancelled", None, _CANCELLED))

    def stop(self) -> None:
        """Let go of everyone who waits, and of the threads."""
        self._stopping = True
        self._changes.tell()
        self._workers.close()
        # Threads that are stuck in a function belong to the pool that was closed.
        self._workers = Workers()

    def resume(self) -> None:
        """Take up work after a stop."""
        self._stopping = False


class _Recorder:
    """What a function did, placed on the clock.

    A run begins at a moment of the clock and takes the time it tells, so the same function gives the same run however
    late its thread gets to work. Only while the clock runs does the time it really needs count as well.
    """

    def __init__(self, engine: Engine, execution: _Execution) -> None:
        self.engine = engine
        self._execution = execution
        self._started_at = execution.run.started_at or engine.clock.now()
        self._began = time.monotonic()

    def record(self, moment: datetime, effect: Effect) -> None:
        self.engine.record(self._execution, moment, effect)

    def elapsed(self, told: timedelta) -> timedelta:
        if self.engine.clock.frozen:
            return told
        return told + timedelta(seconds=time.monotonic() - self._began)

    def moment(self, told: timedelta) -> datetime:
        moment = self._started_at + self.elapsed(told)
        return max(moment, self.engine.clock.now()) if self._execution.late else moment

    def new_id(self, prefix: str) -> str:
        return self.engine.new_id(prefix)


def _patience(awaited: list[_Execution]) -> float:
    return SETTLE_SECONDS - min(one.waited for one in awaited)


def _count_waiting(awaited: list[_Execution], seconds: float) -> None:
    for one in awaited:
        one.waited += seconds
        # Whoever looked has seen it running: what it does from now on is not to be seen as done before.
        one.late = one.late or one.computing


def _enter(run: Run, status: str, at: datetime) -> None:
    run.status = status
    run.trace.append(trace_event("status", at, status=status))


def _files_by_field(run: Run) -> dict[str, UploadedFile | list[UploadedFile]]:
    collected: dict[str, list[UploadedFile]] = {}
    for one in run.input_files:
        collected.setdefault(one.field, []).append(one.file)
    return {name: files[0] if len(files) == 1 else files for name, files in collected.items()}


def _called(behaviour: Behaviour, *given: Any) -> Any:
    """Call a function with as many of input, files and context as it takes; files and context go by their names too."""
    try:
        parameters = list(inspect.signature(behaviour).parameters.values())
    except (TypeError, ValueError):
        return behaviour(*given[:2])
    by_name: dict[str, Any] = dict(zip(("files", "context"), given[1:], strict=True))
    named = {one.name: by_name[one.name] for one in parameters if one.kind is one.KEYWORD_ONLY and one.name in by_name}
    if any(one.kind is one.VAR_POSITIONAL for one in parameters):
        return behaviour(*given)
    positional = [one for one in parameters if one.kind in (one.POSITIONAL_ONLY, one.POSITIONAL_OR_KEYWORD)]
    values = [
        by_name.get(one.name, value) if place > 0 else value
        for place, (one, value) in enumerate(zip(positional, given, strict=False))
    ]
    return behaviour(*values, **named)
