"""Starts runs and polls them until they finish: carries out the actions of a `Wait`."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from typing import TYPE_CHECKING, Any, TypeVar

from eigenpal._callbacks import make_async_callback
from eigenpal._clock import monotonic
from eigenpal._runs.recent_starts import RecentStarts
from eigenpal._transport.actions import Sleep
from eigenpal.errors import EigenpalError

if TYPE_CHECKING:
    import os

    from eigenpal._runs.many.async_batch import AsyncRunBatch
    from eigenpal._runs.many.options import BatchOptions
    from eigenpal._runs.many.results import BatchProgress
    from eigenpal._runs.polling import Wait, WaitFlow, WaitOptions
    from eigenpal._transport import AsyncHttpxTransport
    from eigenpal_generated.models import Run, RunAccepted
    from eigenpal_generated.runtime import Request, Response

    TRun = TypeVar("TRun", bound=Run | RunAccepted)


class AsyncRunPoller:
    """Starts runs and polls them until they finish.

    A client and its resources share a poller, so that every wait has the list of recently started runs.
    """

    def __init__(self, transport: AsyncHttpxTransport) -> None:
        self.transport = transport
        self._recent_starts = RecentStarts()

    def with_transport(self, transport: AsyncHttpxTransport) -> AsyncRunPoller:
        """Return a poller for another transport that shares the list of recently started runs."""
        poller = AsyncRunPoller(transport)
        poller._recent_starts = self._recent_starts
        return poller

    async def start(self, request: Request, parse: Callable[[Response], TRun]) -> TRun:
        """Start a run."""
        run = await self.transport.call(request, parse)
        self._recent_starts.add(run.id, monotonic())
        return run

    async def start_and_wait(
        self, request: Request, parse: Callable[[Response], Run | RunAccepted], options: WaitOptions
    ) -> Run:
        """Start a run and wait for it to finish."""
        wait = self._make_wait(options)
        return await self._finish(wait, wait.start(self.transport.add_idempotency_key(request), parse))

    async def wait(self, run_id: str, options: WaitOptions) -> Run:
        """Wait for a run to finish."""
        wait = self._make_wait(options)
        return await self._finish(wait, wait.poll(run_id))

    def watch(self, run_id: str, options: WaitOptions) -> AsyncIterator[Run]:
        """Yield a run each time its status changes."""
        wait = self._make_wait(options)
        return self._watch(wait, wait.poll(run_id))

    def _make_wait(self, options: WaitOptions) -> Wait:
        # Imported here because most calls do not wait.
        from eigenpal._runs.polling import Wait

        return Wait(options, self._recent_starts, monotonic)

    def run_many(
        self,
        options: BatchOptions,
        inputs: object,
        journal: str | os.PathLike[str] | None,
        progress: Callable[[BatchProgress], object] | bool,
    ) -> AsyncRunBatch:
        """Return many runs, which are started when they are iterated over."""
        from eigenpal._runs.many.async_batch import AsyncRunBatch  # here, because most programs do not use it

        return AsyncRunBatch(self.transport, self._recent_starts, options, inputs, journal, progress)

    async def _finish(self, wait: Wait, flow: WaitFlow) -> Run:
        callback = make_async_callback("on_update", wait.on_update)
        with wait:
            while (run := await self._next_change(flow)) is not None:
                await callback(run)
        return wait.result()

    async def _watch(self, wait: Wait, flow: WaitFlow) -> AsyncIterator[Run]:
        with wait:
            while (run := await self._next_change(flow)) is not None:
                yield run

    async def _next_change(self, flow: WaitFlow) -> Run | None:
        """Carry out actions until the status changes; return None once the run has finished."""
        from eigenpal._runs.polling import SendRequest

        result: Any = None
        error: EigenpalError | None = None
        while True:
            try:
                action = flow.send(result) if error is None else flow.throw(error)
            except StopIteration:
                return None
            result, error = None, None
            if isinstance(action, SendRequest):
                try:
                    result = await self.transport.call(action.request, action.parse, deadline=action.deadline)
                except EigenpalError as raised:
                    error = raised
            elif isinstance(action, Sleep):
                await self.transport.sleep(action.seconds)
            else:
                return action.run
