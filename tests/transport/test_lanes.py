"""The connection pools of the default clients: bounded, fair, and without a connection that is lost."""

from __future__ import annotations

import asyncio
import gc
import itertools
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from functools import partial
from types import FrameType
from typing import Any

import anyio
import httpx
import pytest
from anyio.lowlevel import checkpoint

from eigenpal import errors
from eigenpal._clock import monotonic
from eigenpal._thread_event import ThreadEvent
from eigenpal._transport import AsyncHttpxTransport, HttpxTransport, lane_pool, sync_lanes
from eigenpal._transport.lane_pool import LanePool, Waiter
from tests.support.event_loop import EventLoop, Kind
from tests.support.faulty_server import (
    Connection,
    FaultyServer,
    encode_response,
    read_then_encode,
    respond,
    respond_with_path,
)

from .harness import FILE, GET, get_data, get_pool, make_options, no_async_sleep, no_sleep

ORIGIN = ("https", b"api.test")
OTHER = ("https", b"files.test")


# --- the bookkeeping --------------------------------------------------------------------------------------------------


class NoTransport:
    """What a lane has once it was used."""


def enter(pool: LanePool, origin: lane_pool.Origin = ORIGIN) -> Waiter:
    return pool.enter(origin, ThreadEvent)


def use(waiter: Waiter) -> lane_pool.Lane:
    """Return the lane of a waiter as it is after a request."""
    assert waiter.lane is not None
    waiter.lane.origin, waiter.lane.transport = waiter.origin, NoTransport()
    return waiter.lane


def test_the_lane_used_last_is_used_next() -> None:
    pool = LanePool(3)
    first, second = use(enter(pool)), use(enter(pool))
    assert pool.keep(first)
    assert pool.keep(second)
    assert enter(pool).lane is second
    assert enter(pool).lane is first


def test_lanes_are_given_in_the_order_of_the_requests() -> None:
    pool = LanePool(1)
    lane = use(enter(pool))
    waiters = [enter(pool) for _ in range(3)]
    for waiter in waiters:
        assert [other.lane for other in waiters].count(lane) == waiters.index(waiter)
        pool.keep(lane)
        assert waiter.lane is lane
        assert waiter.event.is_set()
    pool.remove(lane)
    assert pool.lanes == set()


def test_a_lane_to_another_origin_is_kept_unless_its_place_is_needed() -> None:
    pool = LanePool(2)
    lane, other = use(enter(pool)), use(enter(pool, OTHER))
    assert pool.keep(other)
    assert pool.keep(lane)
    assert enter(pool, OTHER).lane is other
    assert enter(pool, OTHER).lane is lane
    assert enter(pool, OTHER).lane is None


@pytest.mark.parametrize("is_used", [False, True])
def test_a_lane_that_comes_as_its_request_gives_up_is_passed_on(is_used: bool) -> None:
    pool = LanePool(1)
    lane = use(enter(pool))
    first, second, third = (enter(pool) for _ in range(3))
    pool.give_up(second)
    if is_used:
        pool.keep(lane)
    else:
        pool.remove(lane)
    assert first.lane is not None
    pool.give_up(first)
    assert third.lane is not None
    assert pool.lanes == {third.lane}
    assert (third.lane is lane) is is_used


def test_no_more_than_a_hundred_lanes_are_kept_idle() -> None:
    pool = LanePool(1000)
    leased = [use(enter(pool)) for _ in range(150)]
    assert [pool.keep(lane) for lane in leased] == [True] * 100 + [False] * 50


def test_closing_wakes_all_that_wait() -> None:
    pool = LanePool(1)
    lane = use(enter(pool))
    waiter = enter(pool)
    assert pool.close() == {lane}
    assert waiter.event.is_set()
    assert pool.leave(waiter) is None
    assert not pool.keep(lane)
    with pytest.raises(errors.EigenpalError, match="this client is closed"):
        enter(pool)


# --- both transports --------------------------------------------------------------------------------------------------


class Caller:
    """A transport, and calls that are in flight at the same time."""

    def __init__(self, kind: Kind, stack: ExitStack) -> None:
        self.kind = kind
        self._stack = stack
        self.loop = stack.enter_context(EventLoop())
        self._threads = stack.enter_context(ThreadPoolExecutor(40))

    def make(self, server: FaultyServer, **options: Any) -> Any:
        make: Any = HttpxTransport if self.kind == "sync" else AsyncHttpxTransport
        sleep: Any = no_sleep if self.kind == "sync" else no_async_sleep
        transport = make(make_options(base_url=server.url, **options), sleep=sleep)
        self._stack.callback(self.close, transport)
        return transport

    def close(self, transport: Any) -> None:
        self.loop.complete(transport.close() if self.kind == "sync" else transport.aclose())

    def call_all(self, calls: list[Callable[[], Any]]) -> list[Any]:
        """Return the results of calls in flight at the same time, begun in this order."""
        if self.kind == "sync":
            submitted = [self._threads.submit(call) for call in calls]
            return [done.result() for done in submitted]

        async def gather() -> list[Any]:
            return await asyncio.gather(*(call() for call in calls))

        results: list[Any] = self.loop.complete(gather())
        return results

    def find_client(self, transport: Any) -> Any:
        """Return the httpx client of a transport."""

        async def find() -> Any:
            return transport.connections.client()

        return self.loop.complete(find())

    def get_pool(self, transport: Any) -> list[Any]:
        """Return the open connections."""
        return get_pool(self.find_client(transport))


@pytest.fixture
def caller(kind: Kind) -> Iterator[Caller]:
    with ExitStack() as stack:
        yield Caller(kind, stack)


@pytest.mark.usefixtures("kept_connections")
def test_connections_are_bounded_and_reused(caller: Caller) -> None:
    with FaultyServer(respond_with_path) as server:
        transport = caller.make(server, max_connections=3)
        requests = [GET._replace(path=f"/{number}") for number in range(60)]
        answers = caller.call_all([partial(transport.call, request, get_data) for request in requests])
        assert answers == [{"path": request.path} for request in requests]
        assert 1 <= server.connection_count <= 3
        assert len(caller.get_pool(transport)) == server.connection_count


@pytest.mark.usefixtures("kept_connections")
def test_one_call_after_the_other_needs_one_connection(caller: Caller) -> None:
    with FaultyServer(respond_with_path) as server:
        transport = caller.make(server)
        caller.call_all([lambda: transport.call(GET, get_data) for _ in range(10)])
        count = server.connection_count
        for _ in range(10):
            caller.loop.complete(transport.call(GET, get_data))
        assert server.connection_count == count


@pytest.mark.parametrize("deadline", [None, 1.5])
def test_waiting_for_a_connection_ends_with_the_timeout_or_the_deadline(caller: Caller, deadline: float | None) -> None:
    with FaultyServer(respond(encode_response(b"x" * 100_000, content_type="application/pdf"))) as server:
        transport = caller.make(server, max_connections=1, timeout_seconds=0.1 if deadline is None else 60)
        with caller.loop.complete(transport.stream(FILE)) as stream:
            began = time.monotonic()
            until = None if deadline is None else monotonic() + deadline
            with pytest.raises(errors.EigenpalTimeoutError, match=f"no connection to {server.url} was free") as caught:
                caller.loop.complete(transport.call(GET, get_data, deadline=until))
            assert time.monotonic() - began < 10
            assert not caught.value.outcome_unknown
            assert caught.value.hint == "Raise max_connections, or send fewer requests at a time."
            assert sum(map(len, caller.loop.complete(stream.iter_bytes()))) == 100_000
        assert len(caller.get_pool(transport)) == 1
        assert server.connection_count == 1


def redirect_to(url: Callable[[], str]) -> Callable[[Connection, FaultyServer], bool]:
    def handle(connection: Connection, server: FaultyServer) -> bool:
        head = f"HTTP/1.1 302 Found\r\nLocation: {url()}\r\nContent-Length: 0\r\n\r\n"
        connection.send(read_then_encode(connection, server, head.encode()))
        return True

    return handle


@pytest.mark.usefixtures("kept_connections")
@pytest.mark.parametrize(("max_connections", "per_server"), [(2, 1), (1, 3)])
def test_redirects_to_another_origin(caller: Caller, max_connections: int, per_server: int) -> None:
    """They have a connection of their own, unless there is only one."""
    with FaultyServer(respond()) as files, FaultyServer(redirect_to(lambda: f"{files.url}/file")) as server:
        transport = caller.make(server, max_connections=max_connections)
        for _ in range(3):
            assert caller.loop.complete(transport.call(GET, get_data))["id"] == "run_1"
        assert (server.connection_count, files.connection_count) == (per_server, per_server)
        assert len(caller.get_pool(transport)) == max_connections


@pytest.mark.usefixtures("kept_connections")
def test_idle_connections_are_closed_by_a_later_call(caller: Caller) -> None:
    barrier = threading.Barrier(20)

    def respond_together(connection: Connection, server: FaultyServer) -> bool:
        data = read_then_encode(connection, server, encode_response(b"{}", content_type="application/json"))
        if len(server.requests) <= 20:
            barrier.wait(30)
        connection.send(data)
        return True

    with FaultyServer(respond_together) as server:
        transport = caller.make(server)
        caller.call_all([lambda: transport.call(GET, get_data) for _ in range(20)])
        assert len(caller.get_pool(transport)) == 20
        for lane in caller.find_client(transport)._transport.pool.idle:
            lane.idle_since -= 2 * lane_pool.KEEPALIVE_SECONDS
        caller.loop.complete(transport.call(GET, get_data))
        assert len(caller.get_pool(transport)) == 1


def test_a_closed_client_ends_calls_that_wait_for_a_connection(caller: Caller) -> None:
    is_closed = threading.Event()

    def respond_after_close(connection: Connection, server: FaultyServer) -> bool:
        server.read(connection)
        is_closed.wait(30)
        return False

    with FaultyServer(respond_after_close) as server:
        transport = caller.make(server, max_connections=1, max_retries=0)

        async def call() -> str:
            with pytest.raises(errors.EigenpalError) as caught:
                await transport.call(GET, get_data)
            return str(caught.value)

        def sync_call() -> str:
            with pytest.raises(errors.EigenpalError) as caught:
                transport.call(GET, get_data)
            return str(caught.value)

        async def close() -> str:
            await asyncio.to_thread(server.request_arrived.acquire)
            await transport.aclose()
            is_closed.set()
            return ""

        def sync_close() -> str:
            server.request_arrived.acquire()
            transport.close()
            is_closed.set()
            return ""

        calls = [sync_call] * 4 + [sync_close] if caller.kind == "sync" else [call] * 4 + [close]
        messages = caller.call_all(list(calls))
        assert sum("this client is closed" in message for message in messages) >= 3, messages


# --- cancellation -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("library", ["asyncio", "trio"])
def test_calls_that_are_cancelled_while_others_wait(library: str) -> None:
    """Every third call is cancelled, each after another number of steps; all the others succeed."""
    pytest.importorskip(library)
    with FaultyServer(respond_with_path) as server:

        async def main() -> None:
            transport = AsyncHttpxTransport(make_options(base_url=server.url, max_connections=3))
            succeeded: list[int] = []

            async def call(number: int) -> None:
                await transport.call(GET._replace(path=f"/{number}"), get_data)
                succeeded.append(number)

            async def cancel(scope: anyio.CancelScope, steps: int) -> None:
                for _ in range(steps):
                    await checkpoint()
                scope.cancel()

            async def call_and_cancel(number: int) -> None:
                async with anyio.create_task_group() as group:
                    group.start_soon(cancel, group.cancel_scope, number)
                    await call(number)

            with anyio.fail_after(60):
                async with anyio.create_task_group() as group:
                    for number in range(300):
                        group.start_soon(call if number % 3 else call_and_cancel, number)
            assert set(succeeded) >= {number for number in range(300) if number % 3}
            pool = transport.connections.client()
            assert len(get_pool(pool)) <= 3
            assert all(connection.is_idle() for connection in get_pool(pool))
            await transport.aclose()

        anyio.run(main, backend=library)


def test_tasks_that_are_cancelled_by_asyncio_while_others_wait() -> None:
    with FaultyServer(respond_with_path) as server:

        async def main() -> None:
            transport = AsyncHttpxTransport(make_options(base_url=server.url, max_connections=2))
            for steps in range(0, 60, 3):
                tasks = [asyncio.create_task(transport.call(GET, get_data)) for _ in range(12)]
                for _ in range(steps):
                    await asyncio.sleep(0)
                for task in tasks[::3]:
                    task.cancel()
                results = await asyncio.wait_for(asyncio.gather(*tasks, return_exceptions=True), 30)
                for number, result in enumerate(results):
                    assert isinstance(result, dict) or (number % 3 == 0 and isinstance(result, asyncio.CancelledError))
                assert len(get_pool(transport.connections.client())) <= 2
            await transport.aclose()

        asyncio.run(main())


def test_a_client_that_is_closed_while_a_connection_is_opened_leaves_none(
    caller: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    with FaultyServer(respond()) as server:
        transport = caller.make(server)
        lanes = caller.find_client(transport)._transport
        opened: list[Any] = []
        make_transport = lanes._routes.make_transport

        def make(url: httpx.URL) -> Any:
            made = make_transport(url)
            backend = made._pool._network_backend
            connect = backend.connect_tcp

            async def connect_and_close(*args: Any, **options: Any) -> Any:
                opened.append(await connect(*args, **options))
                await transport.aclose()
                return opened[0]

            def connect_and_close_sync(*args: Any, **options: Any) -> Any:
                opened.append(connect(*args, **options))
                transport.close()
                return opened[0]

            monkeypatch.setattr(
                backend, "connect_tcp", connect_and_close_sync if caller.kind == "sync" else connect_and_close
            )
            return made

        monkeypatch.setattr(lanes._routes, "make_transport", make)
        caller.loop.complete(transport.call(GET, get_data))
        assert lanes.pool.lanes == set()
        assert [stream.get_extra_info("socket").fileno() for stream in opened] == [-1]


@pytest.mark.filterwarnings("error")
def test_a_garbage_collected_pool_closes_all_its_connections() -> None:
    with FaultyServer(respond_with_path) as server:
        transport = HttpxTransport(make_options(base_url=server.url))
        with ThreadPoolExecutor(8) as threads:
            calls = [threads.submit(transport.call, GET, get_data) for _ in range(32)]
            for done in calls:
                done.result()
        opened = get_pool(transport.connections.client())
        del transport
        gc.collect()
        assert opened
        assert all(connection.is_closed() for connection in opened)


# --- interrupts -------------------------------------------------------------------------------------------------------


def interrupt_at(step: int) -> Callable[[], bool]:
    """Raise KeyboardInterrupt at this step of the two modules in this thread; return a function that ends it.

    A step is a byte code, before which Python may run the handler of a signal.
    """
    left = [step]
    previous = sys.gettrace()

    def trace(frame: FrameType, event: str, argument: Any) -> Any:
        if frame.f_code.co_filename not in (lane_pool.__file__, sync_lanes.__file__):
            return None
        frame.f_trace_opcodes = True
        if event == "opcode":
            left[0] -= 1
            if left[0] < 0:
                sys.settrace(previous)
                raise KeyboardInterrupt
        return trace

    def end() -> bool:
        sys.settrace(previous)
        return left[0] < 0

    # Python 3.12 looks only here whether byte codes are wanted.
    sys._getframe().f_trace_opcodes = True  # pyright: ignore[reportPrivateUsage]
    sys.settrace(trace)
    return end


def test_an_interrupt_at_any_step_loses_no_lane() -> None:
    with FaultyServer(respond()) as server:
        transport = HttpxTransport(make_options(base_url=server.url, max_connections=1))
        transport.call(GET, get_data)
        step = 0
        for step in itertools.count():
            end = interrupt_at(step)
            try:
                transport.call(GET, get_data)
            except KeyboardInterrupt:
                pass
            finally:
                was_interrupted = end()
            # A response of httpx is a reference cycle.
            gc.collect(1)
            assert transport.call(GET, get_data)["id"] == "run_1"
            assert len(get_pool(transport.connections.client())) == 1
            if not was_interrupted:
                break
        assert step > 100
        transport.close()
        gc.collect()


def test_a_request_of_httpx_that_fails_in_every_way_leaves_no_lane() -> None:
    """Whatever a request raises, also before anything is sent."""

    def fail() -> Iterator[bytes]:
        yield b"x"
        raise KeyboardInterrupt

    with FaultyServer(respond()) as server:
        transport = HttpxTransport(make_options(base_url=server.url, max_connections=1))
        client = transport.connections.client()
        timeout = {"timeout": {"connect": 5, "read": 5, "write": 5, "pool": 5}}
        for _ in range(3):
            with suppress(KeyboardInterrupt):
                client.post(server.url, content=fail(), extensions=timeout)
            with pytest.raises(httpx.LocalProtocolError):
                client.get(server.url, headers={"x": "\n"}, extensions=timeout)
            assert get_pool(client) == []
        transport.close()
