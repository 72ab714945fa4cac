"""A deadline ends a call on time, in every phase; on real sockets and with the real clock."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import httpx
import pytest

from eigenpal import errors
from eigenpal._transport.request_flow import Environment
from tests.support.event_loop import Kind
from tests.support.fake_clock import FakeClock
from tests.support.faulty_server import (
    FaultyServer,
    drip,
    encode_json_response,
    make_unconnectable_address,
    never_read,
    never_respond,
)
from tests.support.script import Script, ok

from .harness import GET, START, EitherTransport, make_upload


def call_late(transport: EitherTransport, request: Any, seconds: float) -> errors.EigenpalTimeoutError:
    """Call with a deadline and return the error, which has to be raised long before any timeout."""
    began = time.monotonic()
    with pytest.raises(errors.EigenpalTimeoutError) as caught:
        transport.call(request, deadline=transport.time.environment.monotonic() + seconds)
    took = time.monotonic() - began
    assert took < transport.options.timeout_seconds / 2
    return caught.value


class AdjustableClock(FakeClock):
    """The real clock, which a server can advance."""

    def __init__(self) -> None:
        super().__init__()
        self.ahead = 0.0
        self.environment = Environment(monotonic=lambda: time.monotonic() + self.ahead)


@pytest.mark.parametrize("handler", [never_respond, drip(encode_json_response({"a": "x" * 1000}))])
@pytest.mark.parametrize("request_", [GET, START])
def test_responses_that_do_not_arrive(kind: Kind, handler: Any, request_: Any) -> None:
    with FaultyServer(handler) as server:
        error = call_late(EitherTransport(kind, base_url=server.url, time=AdjustableClock()), request_, 0.5)
    if server.requests:
        assert error.outcome_unknown is (request_ is START)


@pytest.mark.parametrize("request_", [GET, START])
def test_phases_that_are_slow_in_turn(kind: Kind, request_: Any) -> None:
    """Each phase takes less than the time of the whole call, but all together take more."""
    clock = AdjustableClock()

    def begins_late(connection: Any, server: FaultyServer) -> bool:
        server.read(connection)
        clock.ahead = 59.5
        connection.send(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{")
        server.stopping.wait(60)
        return False

    with FaultyServer(begins_late) as server:
        call_late(EitherTransport(kind, base_url=server.url, max_retries=0, time=clock), request_, 60.0)


def test_a_deadline_that_has_passed_before_anything_is_sent(kind: Kind) -> None:
    script = Script(ok())
    transport = EitherTransport(kind, script)
    error = call_late(transport, START, 0.0)
    assert str(error).startswith("run was not sent to https://eigenpal.test: the deadline had passed.")
    assert not error.outcome_unknown
    assert script.requests == []


def test_no_phase_gets_more_time_than_remains(kind: Kind) -> None:
    seen_timeouts: list[dict[str, float]] = []
    clock = FakeClock()

    def handler(request: httpx.Request) -> httpx.Response:
        timeouts = request.extensions["timeout"]
        seen_timeouts.append(dict(timeouts))
        clock.now += 6.0
        seen_timeouts.append(dict(timeouts))
        clock.now += 100.0
        seen_timeouts.append(dict(timeouts))
        return httpx.Response(200, json={})

    with pytest.raises(errors.EigenpalTimeoutError):
        EitherTransport(kind, handler, time=clock, timeout_seconds=5.0).call(GET, deadline=clock.now + 10.0)
    first, second, third = (set(timeouts.values()) for timeouts in seen_timeouts)
    assert (first, second) == ({5.0}, {4.0})
    # Not 0, with which a socket does not block at all.
    assert third == {0.001}


def test_connections_that_are_not_established(kind: Kind) -> None:
    url, sockets = make_unconnectable_address()
    error = call_late(EitherTransport(kind, base_url=url, time=AdjustableClock()), GET, 2.0)
    for reserved in sockets:
        reserved.close()
    assert "within" in str(error)


def test_uploads_that_take_too_long(kind: Kind, tmp_path: Path) -> None:
    """The server reads a little at a time, so that no chunk alone takes long."""

    def reads_slowly(connection: Any, server: FaultyServer) -> bool:
        while not server.stopping.wait(0.05):
            connection.socket.recv(65536)
        return False

    path = tmp_path / "large.bin"
    with path.open("wb") as handle:
        handle.truncate(200 * 2**20)
    with FaultyServer(reads_slowly) as server:
        call_late(EitherTransport(kind, base_url=server.url, time=AdjustableClock()), make_upload(large=path), 0.7)


def test_an_upload_that_the_server_does_not_read(kind: Kind, tmp_path: Path) -> None:
    path = tmp_path / "large.bin"
    with path.open("wb") as handle:
        handle.truncate(64 * 2**20)
    with FaultyServer(never_read) as server:
        call_late(EitherTransport(kind, base_url=server.url, time=AdjustableClock()), make_upload(large=path), 0.5)


def test_retries_end_with_the_deadline(kind: Kind) -> None:
    script = Script(httpx.Response(503))
    transport = EitherTransport(kind, script, max_retries=50)
    with pytest.raises(errors.EigenpalServerError):
        transport.call(GET, deadline=transport.time.now + 2.0)
    assert 1 < len(script.requests) < 10
    assert sum(transport.sleeps) < 2.0
