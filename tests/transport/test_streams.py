"""Answers that the caller reads while they come in."""

from __future__ import annotations

import asyncio

import httpx
import pytest

from eigenpal import errors
from eigenpal._transport import AsyncHttpxTransport, HttpxTransport

from .harness import FILE, Caller, FakeTime, Kind, Script, envelope, options
from .storage import CONTENT, Storage


def test_a_stream(kind: Kind) -> None:
    storage = Storage()
    headers, size, pieces = Caller(kind, storage).stream(FILE)
    assert headers["etag"] == headers["ETag"] == '"v1"'
    assert size == len(CONTENT)
    assert b"".join(pieces) == CONTENT
    assert len(pieces) > 1
    assert storage.bodies[0].is_closed


def test_a_stream_in_pieces_of_a_size(kind: Kind) -> None:
    _, _, pieces = Caller(kind, Storage()).stream(FILE, 100_001)
    assert list(map(len, pieces)) == [100_001, 100_001, 99_998]


def test_a_stream_is_asked_for_again_until_it_begins(kind: Kind) -> None:
    storage = Storage()
    script = Script(envelope(503), httpx.ReadError("reset"), storage)
    assert b"".join(Caller(kind, script).stream(FILE)[2]) == CONTENT


def test_a_stream_that_breaks_off(kind: Kind) -> None:
    storage = Storage(1000)
    with pytest.raises(errors.EigenpalConnectionError, match="reset"):
        Caller(kind, storage).stream(FILE)
    assert len(storage.requests) == 1
    assert storage.bodies[0].is_closed


def test_a_stream_that_does_not_begin(kind: Kind) -> None:
    with pytest.raises(errors.EigenpalNotFoundError):
        Caller(kind, Script(envelope(404))).stream(FILE)


def test_a_caller_may_take_a_stream_as_slowly_as_he_likes() -> None:
    fake = FakeTime()
    with httpx.Client(transport=httpx.MockTransport(Storage())) as client:
        transport = HttpxTransport(options(), http_client=client, environment=fake.environment)
        with transport.stream(FILE) as stream:
            taken: list[bytes] = []
            for piece in stream.iter_bytes(1000):
                fake.sleep(3600.0)
                taken.append(piece)
    assert b"".join(taken) == CONTENT

    async def main() -> bytes:
        async with httpx.AsyncClient(transport=httpx.MockTransport(Storage())) as client:
            transport = AsyncHttpxTransport(options(), http_client=client, environment=fake.environment)
            async with transport.stream(FILE) as stream:
                taken: list[bytes] = []
                async for piece in stream.iter_bytes(1000):
                    fake.sleep(3600.0)
                    taken.append(piece)
        return b"".join(taken)

    assert asyncio.run(main()) == CONTENT


def test_a_stream_is_read_once_and_inside_its_block() -> None:
    client = httpx.Client(transport=httpx.MockTransport(Storage()))
    with client:
        transport = HttpxTransport(options(), http_client=client)
        with transport.stream(FILE) as stream:
            assert b"".join(stream) == CONTENT
            with pytest.raises(errors.EigenpalError, match="read once"):
                next(stream.iter_bytes())
        with transport.stream(FILE) as stream:
            pass
        with pytest.raises(errors.EigenpalError, match="inside its with block"):
            next(iter(stream))


def test_leaving_a_stream_early_closes_it() -> None:
    storage = Storage()
    with httpx.Client(transport=httpx.MockTransport(storage)) as client:
        transport = HttpxTransport(options(), http_client=client)
        with transport.stream(FILE) as stream:
            for _ in stream:
                break
        assert storage.bodies[0].is_closed

    async def main() -> None:
        async with httpx.AsyncClient(transport=httpx.MockTransport(storage)) as client:
            transport = AsyncHttpxTransport(options(), http_client=client)
            async with transport.stream(FILE) as stream:
                async for _ in stream:
                    break

    asyncio.run(main())
    assert storage.bodies[1].is_closed
