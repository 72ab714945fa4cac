"""A deadline ends a call on time, whatever takes so long; on real sockets and by the real clock."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import httpx
import pytest

from eigenpal import errors

from .harness import GET, START, Caller, FakeTime, Kind, upload
from .lossy import LossyServer, answers, drips, json_response, keeps_silent, reads_nothing, response, unconnectable


def timed(caller: Caller, request: Any, seconds: float) -> tuple[errors.EigenpalError, float]:
    began = time.monotonic()
    with pytest.raises(errors.EigenpalTimeoutError) as caught:
        caller.call(request, deadline=began + seconds)
    return caught.value, time.monotonic() - began


@pytest.mark.parametrize("behaviour", [keeps_silent, drips(json_response({"a": "x" * 1000}))])
@pytest.mark.parametrize("request_", [GET, START])
def test_answers_that_do_not_come(kind: Kind, behaviour: Any, request_: Any) -> None:
    with LossyServer(behaviour) as server:
        error, took = timed(Caller(kind, base_url=server.url), request_, 0.5)
    assert 0.4 < took < 3.0
    assert error.outcome_unknown is (request_ is START)


@pytest.mark.parametrize("request_", [GET, START])
def test_phases_that_are_slow_one_after_the_other(kind: Kind, request_: Any) -> None:
    """None of them takes longer than the whole call may, but all of them together do."""

    def begins_late(line: Any, server: LossyServer) -> bool:
        server.read(line)
        server.is_over.wait(0.8)
        line.send(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{")
        server.is_over.wait(10)
        return False

    with LossyServer(begins_late) as server:
        _, took = timed(Caller(kind, base_url=server.url, max_retries=0), request_, 1.0)
    assert 0.9 < took < 1.6


def test_no_phase_is_given_longer_than_is_left(kind: Kind) -> None:
    found: list[dict[str, float]] = []
    clock = FakeTime()

    def handler(request: httpx.Request) -> httpx.Response:
        timeouts = request.extensions["timeout"]
        found.append(dict(timeouts))
        clock.now += 6.0
        found.append(dict(timeouts))
        clock.now += 100.0
        found.append(dict(timeouts))
        return httpx.Response(200, json={})

    with pytest.raises(errors.EigenpalTimeoutError):
        Caller(kind, handler, time=clock, timeout_seconds=5.0).call(GET, deadline=clock.now + 10.0)
    first, second, third = (set(timeouts.values()) for timeouts in found)
    assert (first, second) == ({5.0}, {4.0})
    # Not 0, with which a socket would not wait at all and call that another error.
    assert third == {0.001}


def test_connections_that_are_not_made(kind: Kind) -> None:
    url, kept = unconnectable()
    error, took = timed(Caller(kind, base_url=url), GET, 0.5)
    assert 0.4 < took < 3.0
    for holder in kept:
        holder.close()
    assert "within" in str(error)


def test_uploads_that_take_too_long(kind: Kind, tmp_path: Path) -> None:
    """The server reads a little now and then, so that no piece alone takes long."""

    def reads_slowly(line: Any, server: LossyServer) -> bool:
        while not server.is_over.wait(0.05):
            line.socket.recv(65536)
        return False

    path = tmp_path / "large.bin"
    with path.open("wb") as handle:
        handle.truncate(200 * 2**20)
    with LossyServer(reads_slowly) as server:
        _, took = timed(Caller(kind, base_url=server.url), upload(large=path), 0.7)
    assert 0.6 < took < 4.0


def test_an_upload_that_nobody_reads(kind: Kind, tmp_path: Path) -> None:
    path = tmp_path / "large.bin"
    with path.open("wb") as handle:
        handle.truncate(64 * 2**20)
    with LossyServer(reads_nothing) as server:
        _, took = timed(Caller(kind, base_url=server.url), upload(large=path), 0.5)
    assert 0.4 < took < 3.0


def test_repeating_ends_with_the_deadline(kind: Kind) -> None:
    with LossyServer(answers(response(b"{}", "503 x"))) as server:
        began = time.monotonic()
        with pytest.raises(errors.EigenpalServerError):
            Caller(kind, base_url=server.url, max_retries=50).call(GET, deadline=began + 0.9)
        assert time.monotonic() - began < 3.0
        assert 1 < len(server.seen) < 6


def test_headers_that_come_a_byte_at_a_time_do_not_hold_an_event_loop_longer() -> None:
    def drips_headers(line: Any, server: LossyServer) -> bool:
        server.read(line)
        for byte in b"HTTP/1.1 200 OK\r\nX: " + b"x" * 1000:
            if server.is_over.wait(0.02):
                break
            line.send(bytes([byte]))
        return False

    with LossyServer(drips_headers) as server:
        _, took = timed(Caller("async", base_url=server.url), GET, 0.5)
    assert 0.4 < took < 3.0
