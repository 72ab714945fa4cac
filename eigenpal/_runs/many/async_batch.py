"""`AsyncRunBatch`: carries out a batch in tasks.

The tasks are in a task group, which is in a task of its own: the loop of the user may be left at any time, and a task
group must not be open while a generator is suspended.
"""

from __future__ import annotations

import os
import sys
from collections.abc import AsyncIterator, Callable, Coroutine, Sized
from contextvars import copy_context
from types import TracebackType
from typing import Any, cast

import anyio
import anyio.abc
import anyio.lowlevel

from eigenpal import _transport
from eigenpal._callbacks import make_async_callback
from eigenpal._clock import monotonic
from eigenpal._hooks import find_frozen_server
from eigenpal._logging import add_note, logger
from eigenpal._options import replace_options
from eigenpal._runs.many.actions import BatchAction, BatchFlow, Call, NotCarriedOut, Pause
from eigenpal._runs.many.batch import Batch
from eigenpal._runs.many.inputs import list_inputs, parse_input
from eigenpal._runs.many.journal import Header, make_header
from eigenpal._runs.many.journal_file import LOCK_TIMEOUT_SECONDS, JournalFile, JournalInUseError
from eigenpal._runs.many.options import BatchOptions, Environment
from eigenpal._runs.many.progress import ProgressDisplay
from eigenpal._runs.many.results import BatchProgress, BatchSummary, RunResult
from eigenpal._runs.recent_starts import RecentStarts
from eigenpal._transport.async_transport import run_in_thread
from eigenpal._transport.event_loops import call_from_thread, get_running_loop
from eigenpal.errors import EigenpalError

_GRACE_SECONDS = 0.3


class AsyncRunBatch:
    """Many runs, as returned by `client.run_many`: iterate over it with ``async for`` for their results.

    The iterable of inputs is read as far ahead as needed. Nothing is started before the first result is asked for. It
    can be iterated over once.

    Leaving the loop, cancellation, and the end of an ``async with`` block stop the starting. Runs in progress are not
    stopped on the server; with a journal, the same call goes on with them.
    """

    def __init__(
        self,
        transport: _transport.AsyncHttpxTransport,
        recent_starts: RecentStarts,
        options: BatchOptions,
        inputs: object,
        journal: str | os.PathLike[str] | None,
        progress: Callable[[BatchProgress], object] | bool,
    ) -> None:
        total = len(inputs) if isinstance(inputs, Sized) else None
        self._engine = _Engine(transport, recent_starts, options, list_inputs(inputs), journal, total)
        self._display = ProgressDisplay(options.target.name) if progress is True else None
        show: Any = self._display or (None if progress is False else progress)
        self._show = make_async_callback("progress", show)
        self._described = options.describe(journal)

    def __repr__(self) -> str:
        return f"AsyncRunBatch({self._described})"

    def __aiter__(self) -> AsyncIterator[RunResult]:
        return self._begin(is_ordered=False)

    def in_order(self) -> AsyncIterator[RunResult]:
        """Return an iterator over the results in the order of the inputs.

        While it waits for a slow run, at most 4 times as many runs as `concurrency` are started ahead of it.
        """
        return self._begin(is_ordered=True)

    def summary(self) -> BatchSummary:
        """Return how many runs have completed and failed, and which are left. It prints well."""
        return self._engine.batch.summarize()

    async def aclose(self) -> None:
        """Start nothing more. Runs in progress are not stopped on the server."""
        await self._engine.stop(None)

    async def __aenter__(self) -> AsyncRunBatch:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self.aclose()

    def _begin(self, *, is_ordered: bool) -> AsyncIterator[RunResult]:
        if self._engine.is_begun:
            raise EigenpalError("an AsyncRunBatch can be iterated over once; call run_many again")
        self._engine.is_begun = True
        if is_ordered:
            self._engine.batch.use_order()
        return _Results(self._engine, self._show, self._display)


class _Results(AsyncIterator[RunResult]):
    """The iterator of a loop. A loop that is left drops it, which stops the batch."""

    def __init__(self, engine: _Engine, show: Callable[[BatchProgress], Any], display: ProgressDisplay | None) -> None:
        self._engine = engine
        self._show = show
        self._display = display
        self._is_over = False

    def __aiter__(self) -> AsyncIterator[RunResult]:
        return self

    async def __anext__(self) -> RunResult:
        engine = self._engine
        if self._is_over:
            raise StopAsyncIteration
        try:
            await engine.begin()
            while True:
                result = engine.batch.take_result()
                changed = engine.expect_change() if result is None else None
                progress = engine.batch.report_progress()
                if progress is not None:
                    await self._show(progress)
                if result is not None:
                    engine.wake()
                    return result
                if engine.batch.is_over:
                    break
                if changed is not None:
                    await changed.wait()
            engine.batch.raise_failure()
        except BaseException as error:
            await self._end(error)
            raise
        await self._end(None)
        raise StopAsyncIteration

    async def aclose(self) -> None:
        """Start nothing more."""
        await self._end(None)

    async def _end(self, error: BaseException | None) -> None:
        self._is_over = True
        await self._engine.stop(error)
        if self._display is not None:
            self._display.close()

    def __del__(self) -> None:
        if not self._is_over:
            self._engine.abandon()
            if self._display is not None:
                self._display.close()


class _Engine:
    """The tasks of a batch."""

    def __init__(
        self,
        transport: _transport.AsyncHttpxTransport,
        recent_starts: RecentStarts,
        options: BatchOptions,
        inputs: Any,
        journal: str | os.PathLike[str] | None,
        total: int | None,
    ) -> None:
        self._transport = transport
        # The batch retries by itself.
        self._once = transport.with_options(replace_options(transport.options, max_retries=0))
        self._options = options
        self._inputs = inputs
        self._journal_path = journal
        self.is_begun = False
        self._is_ending = False
        self._changed: anyio.Event | None = None
        """Set when there may be a result, or room for an input; None if nobody waits for that."""
        self._group: anyio.abc.TaskGroup | None = None
        self._unstarted: dict[BatchFlow[None], Coroutine[Any, Any, None]] = {}
        """What the tasks run that have not begun."""
        self._ended: anyio.Event | None = None
        self._abandoned: anyio.Event | None = None
        self._loop: Any = None
        self._task: Any = None
        self.batch = Batch(options, Environment(monotonic, anyio.Event, self._spawn, self.wake, recent_starts), total)

    async def begin(self) -> None:
        """Start the task of the batch, unless that was done."""
        if self._loop is not None:
            return
        if self._journal_path is not None:
            header = make_header(self._transport.options.base_url, self._options.target, self._options.start)
            self.batch.use_journal(await _open_journal(self._journal_path, header))
        self._loop = get_running_loop()
        self._ended, self._abandoned = anyio.Event(), anyio.Event()
        self._task = _start_task(self._run)

    async def stop(self, error: BaseException | None) -> None:
        """End the tasks, but first let the starts in flight tell the ids of their runs."""
        if self._ended is None or self._ended.is_set():
            return
        with anyio.CancelScope(shield=True):
            await self._end(error)
            await self._ended.wait()

    async def _end(self, error: BaseException | None) -> None:
        self.batch.stop()
        is_first, self._is_ending = not self._is_ending, True
        with anyio.move_on_after(_GRACE_SECONDS):
            while self.batch.is_sending:
                await self.expect_change().wait()
        rest = self.batch.describe_rest() if is_first else ""
        if rest and error is not None:
            add_note(error, rest)
        elif rest:
            logger.warning("%s", rest)
        if self._group is not None:
            self._group.cancel_scope.cancel()

    def abandon(self) -> None:
        """End the tasks, from any thread and without waiting for it."""
        if self._abandoned is not None:
            call_from_thread(self._loop, self._abandoned.set)

    async def _end_if_abandoned(self) -> None:
        assert self._abandoned is not None
        await self._abandoned.wait()
        await self._end(None)

    def expect_change(self) -> anyio.Event:
        """Return what is set when the loop of the user and the task that takes inputs should look again."""
        if self._changed is None:
            self._changed = anyio.Event()
        return self._changed

    def wake(self) -> None:
        """Have the loop of the user and the task that takes inputs look again."""
        changed, self._changed = self._changed, None
        if changed is not None:
            changed.set()

    # --- the task of the batch ----------------------------------------------------------------------------------------

    async def _run(self) -> None:
        try:
            async with anyio.create_task_group() as group:
                self._group = group
                if self.batch.is_stopped:
                    return
                group.start_soon(self._end_if_abandoned)
                self.batch.begin()
                try:
                    await self._feed()
                except BaseException as error:
                    self.batch.crash(error)  # before the flows, which are cancelled for it
                    raise
        except BaseException as error:
            self.batch.crash(error)
            if isinstance(error, anyio.get_cancelled_exc_class()):
                raise
        finally:
            # Of tasks that asyncio cancels before they begin, as asyncio.run does at its end: anyio would leave these
            # without having awaited them, of which Python warns.
            for coroutine in self._unstarted.values():
                coroutine.close()
            self.batch.close()
            self.wake()
            if self._ended is not None:
                self._ended.set()

    async def _feed(self) -> None:
        """Take inputs as they are wanted."""
        is_async = hasattr(self._inputs, "__aiter__")
        inputs: Any = aiter(self._inputs) if is_async else iter(self._inputs)
        while not self.batch.is_over:
            if not self.batch.wants_input:
                await self.expect_change().wait()
                continue
            error: Exception | None = None
            try:
                given = await anext(inputs) if is_async else next(inputs)
                parsed = parse_input(self.batch.next_input_index, given)
            except (StopIteration, StopAsyncIteration):
                pass
            except Exception as raised:  # noqa: BLE001 - raised after the results of the runs in progress
                error = raised
            else:
                self.batch.add_input(parsed)
                if not is_async:
                    await anyio.lowlevel.checkpoint()
                continue
            self.batch.end_inputs(error)

    def _spawn(self, flow: BatchFlow[None]) -> None:
        assert self._group is not None
        coroutine = self._unstarted[flow] = self._drive(flow)
        self._group.start_soon(lambda: coroutine)

    async def _drive(self, flow: BatchFlow[None]) -> None:
        del self._unstarted[flow]
        value: Any = None
        error: Exception | None = None
        try:
            while True:
                try:
                    action = flow.send(value) if error is None else flow.throw(error)
                except StopIteration:
                    return
                is_stopped = self.batch.is_stopped
                value, error = None, None
                try:
                    if is_stopped:
                        raise NotCarriedOut
                    value = await self._carry_out(action)
                except Exception as raised:  # noqa: BLE001 - the flow handles it
                    error = raised
        except BaseException as raised:
            is_cancelled = isinstance(raised, anyio.get_cancelled_exc_class())
            # Raised in the task that iterates. If all flows are cancelled, what they are cancelled for is raised.
            if not is_cancelled or (self._group is not None and not self._group.cancel_scope.cancel_called):
                self.batch.crash(raised)
            if is_cancelled:
                raise
        finally:
            flow.close()

    async def _carry_out(self, action: BatchAction) -> Any:
        if isinstance(action, Call):
            transport = self._transport if action.with_retries else self._once
            return await transport.call(action.request, action.parse, deadline=action.deadline)
        if isinstance(action, Pause):
            return await self._pause(action)
        return await run_in_thread(action.function, may_hang=action.may_hang)

    async def _pause(self, pause: Pause) -> None:
        if pause.seconds is not None and find_frozen_server(self._transport.config.origin) is not None:
            await self._transport.sleep(pause.seconds)
            return
        event = cast("anyio.Event", pause.event)
        if pause.seconds is None:
            await event.wait()
            return
        with anyio.move_on_after(pause.seconds):
            await event.wait()


async def _open_journal(path: str | os.PathLike[str], header: Header) -> JournalFile:
    deadline = monotonic() + LOCK_TIMEOUT_SECONDS
    while True:
        try:
            return JournalFile(path, header, anyio.Event)
        except JournalInUseError:
            if monotonic() >= deadline:
                raise
        await anyio.sleep(0.05)


def _start_task(function: Callable[[], Any]) -> Any:
    """Start a task that outlives the present function, and return it."""
    asyncio: Any = sys.modules.get("asyncio")
    loop = get_running_loop()
    if asyncio is not None and isinstance(loop, asyncio.AbstractEventLoop):
        return cast("Any", loop).create_task(function())
    import trio

    return trio.lowlevel.spawn_system_task(function, context=copy_context())
