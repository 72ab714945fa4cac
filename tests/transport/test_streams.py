"""Responses that are read while they arrive."""

from __future__ import annotations

import httpx
import pytest

from eigenpal import errors
from eigenpal._transport import HttpxTransport
from tests.support.event_loop import Kind
from tests.support.fake_clock import FakeClock
from tests.support.script import Script, error_response

from .file_server import CONTENT, FileServer
from .harness import FILE, EitherTransport, make_options


def test_a_stream(kind: Kind) -> None:
    file_server = FileServer()
    headers, size, chunks = EitherTransport(kind, file_server).stream(FILE)
    assert headers["etag"] == headers["ETag"] == '"v1"'
    assert size == len(CONTENT)
    assert b"".join(chunks) == CONTENT
    assert len(chunks) > 1
    assert file_server.bodies[0].is_closed


def test_a_stream_with_a_chunk_size(kind: Kind) -> None:
    _, _, chunks = EitherTransport(kind, FileServer()).stream(FILE, 100_001)
    assert list(map(len, chunks)) == [100_001, 100_001, 99_998]


def test_a_stream_is_retried_until_it_starts(kind: Kind) -> None:
    file_server = FileServer()
    script = Script(error_response(503), httpx.ReadError("reset"), file_server)
    assert b"".join(EitherTransport(kind, script).stream(FILE)[2]) == CONTENT


def test_a_stream_that_breaks_off(kind: Kind) -> None:
    file_server = FileServer(1000)
    with pytest.raises(errors.EigenpalConnectionError, match="reset"):
        EitherTransport(kind, file_server).stream(FILE)
    assert len(file_server.requests) == 1
    assert file_server.bodies[0].is_closed


def test_a_stream_that_does_not_start(kind: Kind) -> None:
    with pytest.raises(errors.EigenpalNotFoundError):
        EitherTransport(kind, Script(error_response(404))).stream(FILE)


def test_a_stream_may_be_consumed_slowly(kind: Kind) -> None:
    clock = FakeClock()
    taken: list[bytes] = []
    with (
        EitherTransport(kind, FileServer(), time=clock).open() as (transport, loop),
        loop.complete(transport.stream(FILE)) as stream,
    ):
        for chunk in loop.complete(stream.iter_bytes(1000)):
            clock.sleep(3600.0)
            taken.append(chunk)
    assert b"".join(taken) == CONTENT


def test_a_stream_is_read_once_and_inside_its_block() -> None:
    client = httpx.Client(transport=httpx.MockTransport(FileServer()))
    with client:
        transport = HttpxTransport(make_options(), http_client=client)
        with transport.stream(FILE) as stream:
            assert b"".join(stream) == CONTENT
            with pytest.raises(errors.EigenpalError, match="read only once"):
                next(stream.iter_bytes())
        with transport.stream(FILE) as stream:
            pass
        with pytest.raises(errors.EigenpalError, match="inside its with block"):
            next(iter(stream))


def test_leaving_a_stream_early_closes_it(kind: Kind) -> None:
    file_server = FileServer()
    with EitherTransport(kind, file_server).open() as (transport, loop):
        with loop.complete(transport.stream(FILE)) as stream:
            assert next(loop.complete(stream.iter_bytes()))
        assert file_server.bodies[0].is_closed
