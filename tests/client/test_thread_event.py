"""The event that threads wait for."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

from eigenpal._thread_event import ThreadEvent


def test_all_threads_are_woken_and_those_that_come_later_do_not_wait() -> None:
    event = ThreadEvent()
    begun = threading.Barrier(9)

    def wait() -> bool:
        begun.wait(60)
        event.wait()
        return event.is_set()

    with ThreadPoolExecutor(8) as threads:
        waits = [threads.submit(wait) for _ in range(8)]
        begun.wait(60)
        assert not event.is_set()
        event.set()
        event.set()
        assert all(done.result(60) for done in waits)
    event.wait()


def test_any_timeout_is_taken() -> None:
    event = ThreadEvent()
    event.wait(0)
    event.wait(-1)
    assert not event.is_set()
    event.set()
    event.wait(1e300)
