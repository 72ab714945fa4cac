"""The threads of a batch: they are used again, and end with it."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import textwrap
import threading
import time

import pytest

from eigenpal.testing import EigenpalServer

NAME = "eigenpal-run-many"


def list_threads() -> set[threading.Thread]:
    return {thread for thread in threading.enumerate() if thread.name == NAME}


def await_end(threads: set[threading.Thread]) -> None:
    for thread in threads:
        thread.join(60)
        assert not thread.is_alive()


def test_threads_are_used_again_and_end_with_the_loop() -> None:
    before = list_threads()
    seen: set[threading.Thread] = set()
    with EigenpalServer() as server, server.client() as client:
        for _ in client.run_many("workflows.echo", [{"n": number} for number in range(60)], concurrency=2):
            seen |= list_threads() - before
    # Not one for each run; two that end at the same time may leave a flow to a third one.
    assert 1 <= len(seen) < 20
    await_end(seen)


@pytest.mark.parametrize("leave", ["close", "drop"])
def test_idle_threads_end_when_the_loop_is_left(leave: str) -> None:
    before = list_threads()
    with EigenpalServer() as server, server.client() as client:
        batch = client.run_many("workflows.echo", [{"n": number} for number in range(5)], concurrency=5)
        iterator = iter(batch)
        next(iterator)
        deadline = time.monotonic() + 60
        while len(server.requests.of("runs.get")) < 5 and time.monotonic() < deadline:
            time.sleep(0.01)
        threads = list_threads() - before
        assert threads
        if leave == "close":
            batch.close()
        del iterator, batch
        gc.collect()
        await_end(threads)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork")
def test_a_child_process_does_not_wait_for_threads_of_its_parent() -> None:
    program = """
        import os, sys, threading, time
        from eigenpal._runs.many.flow_threads import FlowThreads

        carried_out = threading.Semaphore(0)
        threads = FlowThreads(threading.RLock(), lambda flow: carried_out.release())

        def carry_out():
            threads.add(iter(()))
            threads.assign()
            return carried_out.acquire(timeout=60)

        assert carry_out()
        while not threads._idle:
            time.sleep(0.01)
        child = os.fork()
        if child == 0:
            os._exit(0 if carry_out() else 1)
        assert os.waitpid(child, 0)[1] == 0
    """
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", textwrap.dedent(program)], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
