# Written from eigenpal/_runs/async_run_poller.py by tools/unasync.py; do not edit. Run `make generate`.
"""Starts runs and polls them until they finish: carries out the actions of a `Wait`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, TypeVar

from eigenpal._callbacks import make_sync_callback
from eigenpal._clock import monotonic
from eigenpal._runs.recent_starts import RecentStarts
from eigenpal._transport.actions import Sleep
from eigenpal.errors import EigenpalError

if TYPE_CHECKING:
    import os

    from eigenpal._runs.many.options import BatchOptions
    from eigenpal._runs.many.results import BatchProgress
    from eigenpal._runs.many.sync_batch import RunBatch
    from eigenpal._runs.polling import Wait, WaitFlow, WaitOptions
    from eigenpal._transport import HttpxTransport
    from eigenpal_generated.models import Run, RunAccepted
    from eigenpal_generated.runtime import Request, Response

    TRun = TypeVar("TRun", bound=Run | RunAccepted)


class RunPoller:
    """Starts runs and polls them until they finish.

    A client and its resources share a poller, so that every wait has the list of recently started runs.
    """

    def __init__(self, transport: HttpxTransport) -> None:
        self.transport = transport
        self._recent_starts = RecentStarts()

    def with_transport(self, transport: HttpxTransport) -> RunPoller:
        """Return a poller for another transport that shares the list of recently started runs."""
        poller = RunPoller(transport)
        poller._recent_starts = self._recent_starts
        return poller

    def start(self, request: Request, parse: Callable[[Response], TRun]) -> TRun:
        """Start a run."""
        run = self.transport.call(request, parse)
        self._recent_starts.add(run.id, monotonic())
        return run

    def start_and_wait(
        self, request: Request, parse: Callable[[Response], Run | RunAccepted], options: WaitOptions
    ) -> Run:
        """Start a run and wait for it to finish."""
        wait = self._make_wait(options)
        return self._finish(wait, wait.start(self.transport.add_idempotency_key(request), parse))

    def wait(self, run_id: str, options: WaitOptions) -> Run:
        """Wait for a run to finish."""
        wait = self._make_wait(options)
        return self._finish(wait, wait.poll(run_id))

    def watch(self, run_id: str, options: WaitOptions) -> Iterator[Run]:
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
    ) -> RunBatch:
        """Return many runs, which are started when they are iterated over."""
        from eigenpal._runs.many.sync_batch import RunBatch  # here, because most programs do not use it

        return RunBatch(self.transport, self._recent_starts, options, inputs, journal, progress)

    def _finish(self, wait: Wait, flow: WaitFlow) -> Run:
        callback = make_sync_callback("on_update", wait.on_update)
        with wait:
            while (run := self._next_change(flow)) is not None:
                callback(run)
        return wait.result()

    def _watch(self, wait: Wait, flow: WaitFlow) -> Iterator[Run]:
        with wait:
            while (run := self._next_change(flow)) is not None:
                yield run

    def _next_change(self, flow: WaitFlow) -> Run | None:
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
                    result = self.transport.call(action.request, action.parse, deadline=action.deadline)
                except EigenpalError as raised:
                    error = raised
            elif isinstance(action, Sleep):
                self.transport.sleep(action.seconds)
            else:
                return action.run
