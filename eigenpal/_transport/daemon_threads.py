"""A thread for functions that may block forever: name lookups, and reads and writes of pipes.

A call is given up when its time has passed or its task is cancelled. Its thread cannot be ended, but it is a daemon
thread, unlike those of asyncio and anyio: it does not keep the process from exiting.
"""

from __future__ import annotations

import threading
from collections.abc import Awaitable, Callable
from queue import SimpleQueue
from typing import Any, Generic, TypeVar

from eigenpal._transport.event_loops import call_from_thread, get_running_loop
from eigenpal._uploads.async_handles import working_for_task

T = TypeVar("T")


class _Call(Generic[T]):
    def __init__(self, function: Callable[[], T], notify: Callable[[], object]) -> None:
        self._function = function
        self._notify = notify
        self._results: list[T] = []
        self._errors: list[BaseException] = []
        self.is_finished = False

    def run(self) -> None:
        try:
            self._results.append(self._execute())
        except BaseException as error:  # noqa: BLE001  (raised by get_result in the thread that waits)
            self._errors.append(error)
        self.is_finished = True
        self._notify()

    def _execute(self) -> T:
        return self._function()

    def get_result(self) -> T:
        # Popped, because an error referenced by a frame of its own traceback is a reference cycle.
        if self._errors:
            raise self._errors.pop()
        return self._results.pop()


class _CallOfTask(_Call[T]):
    """A call whose function may have parts of it carried out by the task that waits for it."""

    def __init__(self, function: Callable[[], T], notify: Callable[[], object]) -> None:
        super().__init__(function, notify)
        self._steps: list[Callable[[], Awaitable[Any]]] = []
        self._outcomes: SimpleQueue[tuple[Any, BaseException | None]] = SimpleQueue()

    def _execute(self) -> T:
        with working_for_task(self._run_in_task):
            return self._function()

    def _run_in_task(self, step: Callable[[], Awaitable[Any]]) -> Any:
        self._steps.append(step)
        self._notify()
        result, error = self._outcomes.get()
        if error is not None:
            raise error
        return result

    async def carry_out_step(self) -> None:
        try:
            self._outcomes.put((await self._steps.pop()(), None))
        except Exception as error:  # noqa: BLE001  (raised by the function)
            self._outcomes.put((None, error))

    def give_up(self) -> None:
        self._outcomes.put((None, TimeoutError("the task no longer waits for this call")))


class DaemonThread:
    """Calls functions, one after another. The thread starts with the first call and ends after `close`."""

    def __init__(self) -> None:
        self._calls: SimpleQueue[_Call[Any] | None] = SimpleQueue()
        self._is_started = False
        self._last: _Call[Any] | None = None

    @property
    def is_busy(self) -> bool:
        """Whether a function that was given up is still running."""
        return self._last is not None and not self._last.is_finished

    def call(self, function: Callable[[], T], seconds: float | None) -> T:
        """Call a function and return its result.

        Raises:
            TimeoutError: It has not returned in time.
        """
        finished = threading.Event()
        call = _Call(function, finished.set)
        self._begin(call)
        if not finished.wait(seconds):
            raise TimeoutError
        return call.get_result()

    async def acall(self, function: Callable[[], T]) -> T:
        """Call a function and return its result. If the task is cancelled, it does not wait for the function."""
        import anyio  # here, because the synchronous client does not need it

        loop, notified = get_running_loop(), anyio.Event()
        call = _CallOfTask(function, lambda: call_from_thread(loop, lambda: notified.set()))
        self._begin(call)
        try:
            while True:
                await notified.wait()
                if call.is_finished:
                    return call.get_result()
                notified = anyio.Event()
                await call.carry_out_step()
        finally:
            call.give_up()

    def close(self, finish: Callable[[], object] | None = None) -> None:
        """End the thread when the present function has returned, and call ``finish`` in it before.

        If no function is running, ``finish`` is called here and now.
        """
        if finish is not None:
            if self.is_busy:
                self._calls.put(_Call(finish, bool))
            else:
                finish()
        self._calls.put(None)

    def _begin(self, call: _Call[Any]) -> None:
        self._last = call
        if not self._is_started:
            try:
                threading.Thread(target=_run_calls, args=(self._calls,), name="eigenpal", daemon=True).start()
            except RuntimeError:
                # No thread can be started any more, for example while the interpreter exits.
                call.run()
                return
            self._is_started = True
        self._calls.put(call)


def _run_calls(calls: SimpleQueue[_Call[Any] | None]) -> None:
    while (call := calls.get()) is not None:
        call.run()
        # Not kept while waiting for the next one, which may be far away.
        del call
