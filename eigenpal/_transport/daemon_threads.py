"""A thread for functions that may block forever: name lookups, and reads and writes of pipes.

A call is given up when its time has passed or its task is cancelled. Its thread cannot be ended, but it is a daemon
thread, unlike those of asyncio and anyio: it does not keep the process from exiting.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from queue import SimpleQueue
from typing import Any, Generic, TypeVar

from eigenpal._transport.event_loops import call_from_thread, get_running_loop

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
            self._results.append(self._function())
        except BaseException as error:  # noqa: BLE001  (raised by get_result in the thread that waits)
            self._errors.append(error)
        self.is_finished = True
        self._notify()

    def get_result(self) -> T:
        # Popped, because an error referenced by a frame of its own traceback is a reference cycle.
        if self._errors:
            raise self._errors.pop()
        return self._results.pop()


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
        call = self._begin(function, finished.set)
        if not finished.wait(seconds):
            raise TimeoutError
        return call.get_result()

    async def acall(self, function: Callable[[], T]) -> T:
        """Call a function and return its result. If the task is cancelled, it does not wait for the function."""
        import anyio  # here, because the synchronous client does not need it

        loop, finished = get_running_loop(), anyio.Event()
        call = self._begin(function, lambda: call_from_thread(loop, finished.set))
        await finished.wait()
        return call.get_result()

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

    def _begin(self, function: Callable[[], T], notify: Callable[[], object]) -> _Call[T]:
        self._last = call = _Call(function, notify)
        if not self._is_started:
            try:
                threading.Thread(target=_run_calls, args=(self._calls,), name="eigenpal", daemon=True).start()
            except RuntimeError:
                # No thread can be started any more, for example while the interpreter exits.
                call.run()
                return call
            self._is_started = True
        self._calls.put(call)
        return call


def _run_calls(calls: SimpleQueue[_Call[Any] | None]) -> None:
    while (call := calls.get()) is not None:
        call.run()
        # Not kept while waiting for the next one, which may be far away.
        del call
