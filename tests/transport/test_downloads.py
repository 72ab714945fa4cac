"""Files that come down: whole, once, in their place, or not at all."""

from __future__ import annotations

import asyncio
import hashlib
import io
import os
import random
import stat
import sys
import tempfile
import threading
import time
import tracemalloc
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import IO, Any, cast

import httpx
import pytest

from eigenpal import errors
from eigenpal._downloads import continuation, extent_of, sink_for
from eigenpal._outcomes import Answer
from eigenpal._transport import AsyncTransport, Transport

from .harness import FILE, Caller, FakeTime, Kind, Script, envelope, options

CONTENT = random.Random(7).randbytes(300_000)


class Body(httpx.SyncByteStream, httpx.AsyncByteStream):
    """A body that comes in pieces and may break off."""

    def __init__(self, content: bytes, *, breaks_with: Exception | None = None, piece: int = 65536) -> None:
        self._content = content
        self.breaks_with = breaks_with
        self._piece = piece
        self.is_closed = False

    def __iter__(self) -> Iterator[bytes]:
        for start in range(0, len(self._content), self._piece):
            yield self._content[start : start + self._piece]
        if self.breaks_with is not None:
            raise self.breaks_with

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for piece in self:
            yield piece

    def close(self) -> None:
        self.is_closed = True

    async def aclose(self) -> None:
        self.is_closed = True


class Storage:
    """A server that keeps one file, breaks off where told, and knows ranges where told."""

    def __init__(
        self,
        *breaks: int,
        headers: dict[str, str] | None = None,
        ranges: bool = True,
        content: bytes = CONTENT,
        announces: bool = True,
    ) -> None:
        self.breaks = list(breaks)
        self.headers = {"ETag": '"v1"'} if headers is None else headers
        self._ranges = ranges
        self.content = content
        self._announces = announces
        self.requests: list[httpx.Request] = []
        self.bodies: list[Body] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        content, status, headers = self.content, 200, dict(self.headers)
        asked = request.headers.get("Range")
        if asked is not None and self._ranges and request.headers["If-Range"] in headers.values():
            start = int(asked.removeprefix("bytes=").removesuffix("-"))
            headers["Content-Range"] = f"bytes {start}-{len(content) - 1}/{len(content)}"
            content, status = content[start:], 206
        if self._announces:
            headers["Content-Length"] = str(len(content))
        cut = self.breaks.pop(0) if self.breaks else None
        error = None if cut is None else httpx.ReadError("reset")
        body = Body(content if cut is None else content[:cut], breaks_with=error)
        self.bodies.append(body)
        return httpx.Response(status, headers=headers, stream=body)

    @property
    def ranges(self) -> list[str | None]:
        return [request.headers.get("Range") for request in self.requests]


@pytest.fixture(params=["path", "text", "handle", "file"])
def target(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Any, Any]]:
    """A place to download to, and how to read what is there."""
    path = tmp_path / "out.pdf"
    if request.param == "handle":
        stream = io.BytesIO()
        yield stream, stream.getvalue
    elif request.param == "file":
        with path.open("w+b") as handle:
            yield handle, path.read_bytes
    else:
        yield (path if request.param == "path" else str(path)), path.read_bytes


@pytest.mark.parametrize("content", [CONTENT, b"", b"x"], ids=len)
@pytest.mark.parametrize("announces", [True, False])
def test_a_download(kind: Kind, target: tuple[Any, Any], content: bytes, announces: bool) -> None:
    to, read = target
    told: list[tuple[int, int | None]] = []
    storage = Storage(content=content, announces=announces)
    size = Caller(kind, storage).download(FILE, to, lambda done, total: told.append((done, total)))
    assert size == len(content)
    assert read() == content
    total = len(content) if announces else None
    assert told[-1] == (len(content), total if content else 0)
    assert [done for done, _ in told] == sorted({done for done, _ in told})
    assert all(body.is_closed for body in storage.bodies)


def test_a_download_is_continued_where_it_broke_off(kind: Kind, target: tuple[Any, Any]) -> None:
    to, read = target
    told: list[tuple[int, int | None]] = []
    storage = Storage(100_000, 50_000)
    caller = Caller(kind, storage)
    assert caller.download(FILE, to, lambda done, total: told.append((done, total))) == len(CONTENT)
    assert read() == CONTENT
    assert storage.ranges == [None, "bytes=100000-", "bytes=150000-"]
    assert storage.requests[1].headers["If-Range"] == '"v1"'
    assert caller.pauses == [0.25, 0.5]
    assert told[-1] == (len(CONTENT), len(CONTENT))
    assert {total for _, total in told} == {len(CONTENT)}
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert all(body.is_closed for body in storage.bodies)


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"ETag": 'W/"weak"'},
        {"ETag": '"v1"', "Accept-Ranges": "none"},
        {"ETag": "unquoted"},
    ],
)
def test_a_download_begins_anew_where_the_rest_might_be_of_another_file(
    kind: Kind, target: tuple[Any, Any], headers: dict[str, str]
) -> None:
    to, read = target
    storage = Storage(100_000, headers=headers)
    assert Caller(kind, storage).download(FILE, to) == len(CONTENT)
    assert read() == CONTENT
    assert storage.ranges == [None, None]


def test_a_date_will_do_where_there_is_no_tag(kind: Kind, target: tuple[Any, Any]) -> None:
    to, read = target
    date = "Tue, 14 Nov 2023 22:13:50 GMT"
    storage = Storage(100_000, headers={"Last-Modified": date})
    Caller(kind, storage).download(FILE, to)
    assert storage.requests[1].headers["If-Range"] == date
    assert read() == CONTENT


def test_a_server_that_sends_all_of_it_again(kind: Kind, target: tuple[Any, Any]) -> None:
    to, read = target
    storage = Storage(100_000, ranges=False)
    assert Caller(kind, storage).download(FILE, to) == len(CONTENT)
    assert storage.ranges == [None, "bytes=100000-"]
    assert read() == CONTENT


class Odd(Storage):
    """Answers a request for a part in a way of its own."""

    def __init__(self, status: int, content_range: str | None, part: bytes) -> None:
        super().__init__(100_000)
        self._odd = status, content_range, part

    def __call__(self, request: httpx.Request) -> httpx.Response:
        if "Range" not in request.headers:
            return super().__call__(request)
        self.requests.append(request)
        status, content_range, part = self._odd
        return httpx.Response(
            status, headers={} if content_range is None else {"Content-Range": content_range}, content=part
        )


@pytest.mark.parametrize(
    ("status", "content_range", "part"),
    [
        (416, "bytes */300000", b""),
        (206, None, b"x"),
        (206, "bytes 0-9/300000", b"0123456789"),
        (206, "bytes 100000-100009/200000", b"0123456789"),
        (206, "bytes 100000-299999/300000", b"too short"),
        (206, "bytes 100001-299999/300000", CONTENT[100_001:]),
        (206, "bytes 9-5/300000", b"x"),
        (206, "chapters 1-2/3", b"x"),
        (206, "bytes 100000-300000/300000", b"x"),
        (204, None, b""),
    ],
)
def test_servers_that_answer_ranges_in_odd_ways(
    kind: Kind, target: tuple[Any, Any], status: int, content_range: str | None, part: bytes
) -> None:
    to, read = target
    storage = Odd(status, content_range, part)
    assert Caller(kind, storage).download(FILE, to) == len(CONTENT)
    assert storage.ranges == [None, "bytes=100000-", None]
    assert read() == CONTENT


def test_a_part_that_is_smaller_than_asked_for_is_continued(kind: Kind, target: tuple[Any, Any]) -> None:
    to, read = target

    def answer(request: httpx.Request) -> httpx.Response:
        start = int(request.headers.get("Range", "bytes=0-")[6:-1])
        if start == 0:
            return httpx.Response(
                200,
                headers={"ETag": '"v1"', "Content-Length": str(len(CONTENT))},
                stream=Body(CONTENT[:1000], breaks_with=httpx.ReadError("")),
            )
        end = min(start + 149_999, len(CONTENT) - 1)
        headers = {"Content-Range": f"bytes {start}-{end}/{len(CONTENT)}", "ETag": '"v1"'}
        return httpx.Response(206, headers=headers, content=CONTENT[start : end + 1])

    assert Caller(kind, answer).download(FILE, to) == len(CONTENT)
    assert read() == CONTENT


def test_a_part_nobody_asked_for(kind: Kind, target: tuple[Any, Any]) -> None:
    to, _ = target
    script = Script(httpx.Response(206, headers={"Content-Range": "bytes 0-2/9"}, content=b"abc"))
    with pytest.raises(errors.EigenpalResponseError, match="a part of the file"):
        Caller(kind, script).download(FILE, to)


def test_a_file_that_changes_between_the_attempts(kind: Kind, target: tuple[Any, Any]) -> None:
    to, read = target
    storage = Storage(100_000)

    def answer(request: httpx.Request) -> httpx.Response:
        if storage.requests:
            storage.content = b"another file"
            storage.headers = {"ETag": '"v2"'}
        return storage(request)

    assert Caller(kind, answer).download(FILE, to) == len(b"another file")
    assert read() == b"another file"


# --- failures leave nothing behind ------------------------------------------------------------------------------------


FAILURES: dict[str, tuple[Any, type[Exception]]] = {
    "404": (Script(envelope(404)), errors.EigenpalNotFoundError),
    "500": (Script(envelope(500)), errors.EigenpalServerError),
    "refused": (Script(httpx.ConnectError("refused")), errors.EigenpalConnectionError),
    "reset": (Storage(1000, 1000, 1000, 1000, 1000), errors.EigenpalConnectionError),
    "reset without range": (Storage(1000, 1000, 1000, 1000, headers={}), errors.EigenpalConnectionError),
    "timeout": (Script(httpx.ReadTimeout("")), errors.EigenpalTimeoutError),
    "redirect": (Script(httpx.Response(302, headers={"Location": "http://x/"})), errors.EigenpalResponseError),
}


@pytest.mark.parametrize("failure", FAILURES)
@pytest.mark.parametrize("before", [None, b"what was there before"])
def test_on_failure_nothing_is_left_and_nothing_replaced(
    kind: Kind, failure: str, before: bytes | None, tmp_path: Path
) -> None:
    handler, expected = FAILURES[failure]
    if isinstance(handler, Storage):
        handler.breaks = [1000] * 5
    path = tmp_path / "out.pdf"
    if before is not None:
        path.write_bytes(before)
    with pytest.raises(expected):
        Caller(kind, handler).download(FILE, path)
    assert [entry.name for entry in tmp_path.iterdir()] == ([] if before is None else ["out.pdf"])
    if before is not None:
        assert path.read_bytes() == before


@pytest.mark.parametrize("failure", FAILURES)
def test_on_failure_a_handle_is_as_it_was(kind: Kind, failure: str) -> None:
    handler, expected = FAILURES[failure]
    if isinstance(handler, Storage):
        handler.breaks = [1000] * 5
    handle = io.BytesIO(b"before")
    handle.seek(0, os.SEEK_END)
    with pytest.raises(expected):
        Caller(kind, handler).download(FILE, handle)
    assert handle.getvalue() == b"before"
    assert handle.tell() == 6
    assert not handle.closed


def test_what_lies_behind_a_handle_is_not_cut_off(kind: Kind) -> None:
    handle = io.BytesIO(b"x" * 400_000)
    Caller(kind, Storage(1000)).download(FILE, handle)
    assert handle.getvalue() == CONTENT + b"x" * 100_000


@pytest.mark.parametrize("error", [KeyboardInterrupt(), RuntimeError("from the callback"), SystemExit(1)], ids=repr)
def test_an_interrupt_leaves_nothing(kind: Kind, error: BaseException, tmp_path: Path) -> None:
    def interrupt(done: int, total: int | None) -> None:
        raise error

    storage = Storage()
    with pytest.raises(type(error)):
        Caller(kind, storage).download(FILE, tmp_path / "out.pdf", interrupt)
    assert list(tmp_path.iterdir()) == []
    assert all(body.is_closed for body in storage.bodies)


def test_a_full_disk_leaves_nothing(kind: Kind, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_space(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", no_space)
    with pytest.raises(OSError, match="No space left"):
        Caller(kind, Storage()).download(FILE, tmp_path / "out.pdf")
    assert list(tmp_path.iterdir()) == []


def test_a_cancelled_task_leaves_nothing(tmp_path: Path) -> None:
    closed: list[bool] = []

    class Endless(httpx.AsyncByteStream):
        async def __aiter__(self) -> AsyncIterator[bytes]:
            while True:
                await asyncio.sleep(0)
                yield b"x" * 65536

        async def aclose(self) -> None:
            closed.append(True)

    async def main() -> None:
        mock = httpx.MockTransport(lambda request: httpx.Response(200, stream=Endless()))
        async with httpx.AsyncClient(transport=mock) as client:
            transport = AsyncTransport(options(), http_client=client)
            reached = asyncio.Event()
            download = asyncio.create_task(
                transport.download(FILE, tmp_path / "out.bin", lambda done, total: reached.set())
            )
            await reached.wait()
            assert len(os.listdir(tmp_path)) == 1  # noqa: PTH208
            download.cancel()
            with pytest.raises(asyncio.CancelledError):
                await download

    asyncio.run(main())
    assert list(tmp_path.iterdir()) == []
    assert closed == [True]


def test_a_task_that_is_cancelled_while_the_file_is_made_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The thread that makes it goes on, and comes to its end after everything else was cleaned up."""
    begins, may_go_on, is_made = threading.Event(), threading.Event(), threading.Event()
    original: Any = Path.open

    def slow(self: Path, *arguments: Any, **more: Any) -> Any:
        begins.set()
        may_go_on.wait(10)
        try:
            return original(self, *arguments, **more)
        finally:
            is_made.set()

    monkeypatch.setattr(Path, "open", slow)

    async def main() -> None:
        transport = AsyncTransport(options())
        download = asyncio.create_task(transport.download(FILE, tmp_path / "out.bin", None))
        await asyncio.to_thread(begins.wait, 10)
        download.cancel()
        with pytest.raises(asyncio.CancelledError):
            await download
        may_go_on.set()
        await asyncio.to_thread(is_made.wait, 10)
        await transport.aclose()

    asyncio.run(main())
    for _ in range(100):
        if not list(tmp_path.iterdir()):
            break
        time.sleep(0.05)
    assert list(tmp_path.iterdir()) == []


# --- where it may go --------------------------------------------------------------------------------------------------


def test_targets_are_checked_before_anything_is_sent(kind: Kind, tmp_path: Path) -> None:
    script = Script(httpx.Response(200, content=b"x"))
    caller = Caller(kind, script)
    closed = io.BytesIO()
    closed.close()
    wrong: list[tuple[Any, type[Exception], str]] = [
        (tmp_path, IsADirectoryError, "is the directory"),
        (str(tmp_path), IsADirectoryError, "is the directory"),
        (tmp_path / "missing" / "a.pdf", FileNotFoundError, "there is no directory"),
        ("", ValueError, "empty path"),
        (io.StringIO(), TypeError, "opened as text"),
        (closed, ValueError, "closed handle"),
        (io.BufferedReader(cast("Any", io.BytesIO())), ValueError, "not opened for writing"),
        (7, TypeError, "must be a path or a handle"),
        (None, TypeError, "must be a path or a handle"),
        (b"a.pdf", TypeError, "must be a path or a handle"),
    ]
    for to, expected, message in wrong:
        with pytest.raises(expected, match=message):
            caller.download(FILE, to)
    with tempfile.NamedTemporaryFile("w") as text, pytest.raises(TypeError, match="opened as text"):
        caller.download(FILE, cast("Any", text))
    assert script.requests == []


@pytest.mark.skipif(sys.platform == "win32", reason="pipes with a path")
def test_pipes_and_devices_are_not_replaced_by_a_file(kind: Kind, tmp_path: Path) -> None:
    script = Script(httpx.Response(200, content=b"x"))
    pipe, link = tmp_path / "pipe", tmp_path / "link"
    os.mkfifo(pipe)
    link.symlink_to(pipe)
    for to in (pipe, link):
        with pytest.raises(ValueError, match="no regular file; open it"):
            Caller(kind, script).download(FILE, to)
    assert pipe.is_fifo()
    assert script.requests == []


@pytest.mark.skipif(sys.platform == "win32", reason="permissions of POSIX")
def test_permissions_are_those_of_any_new_file_or_of_the_old_one(kind: Kind, tmp_path: Path) -> None:
    fresh, plain, old = tmp_path / "fresh", tmp_path / "plain", tmp_path / "old"
    plain.touch()
    old.touch(0o640)
    old.chmod(0o604)
    for path in (fresh, old):
        Caller(kind, Storage()).download(FILE, path)
    assert stat.S_IMODE(fresh.stat().st_mode) == stat.S_IMODE(plain.stat().st_mode)
    assert stat.S_IMODE(old.stat().st_mode) == 0o604


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege")
def test_a_link_is_written_through(kind: Kind, tmp_path: Path) -> None:
    (tmp_path / "inner").mkdir()
    real, link = tmp_path / "inner" / "real.pdf", tmp_path / "link.pdf"
    real.write_bytes(b"before")
    link.symlink_to(real)
    Caller(kind, Storage()).download(FILE, link)
    assert link.is_symlink()
    assert real.read_bytes() == CONTENT


class Trickle(io.RawIOBase):
    """Takes a few bytes at a time, as a raw handle may."""

    def __init__(self) -> None:
        self.taken = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, piece: Any) -> int:
        self.taken += bytes(piece[:1000])
        return min(1000, len(piece))


class Hash:
    """Not a file at all, but it can be written to."""

    def __init__(self) -> None:
        self._hash = hashlib.sha256()

    def write(self, piece: Any) -> None:
        self._hash.update(piece)

    def hexdigest(self) -> str:
        return self._hash.hexdigest()


def test_handles_of_other_kinds(kind: Kind) -> None:
    trickle: Any = Trickle()
    assert Caller(kind, Storage(100_000)).download(FILE, trickle) == len(CONTENT)
    assert bytes(trickle.taken) == CONTENT
    hashed: Any = Hash()
    Caller(kind, Storage(100_000)).download(FILE, hashed)
    assert hashed.hexdigest() == hashlib.sha256(CONTENT).hexdigest()


@pytest.mark.parametrize(("headers", "ranges"), [({}, True), ({"ETag": '"v1"'}, False)])
def test_a_handle_that_cannot_be_wound_back_gets_no_byte_twice(
    kind: Kind, headers: dict[str, str], ranges: bool
) -> None:
    trickle: Any = Trickle()
    with pytest.raises(errors.EigenpalConnectionError):
        Caller(kind, Storage(100_000, headers=headers, ranges=ranges)).download(FILE, trickle)
    assert bytes(trickle.taken) == CONTENT[:100_000]


# --- lengths ----------------------------------------------------------------------------------------------------------


def short(request: httpx.Request) -> httpx.Response:
    return httpx.Response(200, headers={"Content-Length": "10"}, stream=Body(b"12345"))


def test_a_short_body_is_noticed_also_where_the_http_library_does_not(kind: Kind, tmp_path: Path) -> None:
    with pytest.raises(errors.EigenpalConnectionError, match=r"5 of 10 bytes came \(4 attempts\)"):
        Caller(kind, short).download(FILE, tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


def test_streams_and_files_in_memory_are_checked_as_well(kind: Kind) -> None:
    with pytest.raises(errors.EigenpalConnectionError, match="5 of 10 bytes came"):
        Caller(kind, short).stream(FILE)
    with pytest.raises(errors.EigenpalConnectionError, match="5 of 10 bytes came"):
        Caller(kind, short).call(FILE)


def test_compressed_files_come_out_as_they_are(kind: Kind, tmp_path: Path) -> None:
    import gzip

    compressed = gzip.compress(CONTENT)

    def answer(request: httpx.Request) -> httpx.Response:
        headers = {"Content-Encoding": "gzip", "Content-Length": str(len(compressed)), "ETag": '"v1"'}
        return httpx.Response(200, headers=headers, stream=Body(compressed))

    assert Caller(kind, answer).download(FILE, tmp_path / "out") == len(CONTENT)
    assert (tmp_path / "out").read_bytes() == CONTENT


def test_files_in_memory(kind: Kind) -> None:
    storage = Storage(100_000)
    assert Caller(kind, storage).call(FILE) == CONTENT


def test_extents() -> None:
    def extent(status: int = 206, **headers: str) -> Any:
        found = extent_of(Answer(status, {name.replace("_", "-"): value for name, value in headers.items()}, b""))
        return None if found is None else tuple(found)

    assert extent(200, content_length="5") == (0, 5, 5)
    assert extent(200) == (0, None, None)
    assert extent(200, content_length="5", content_encoding="gzip") == (0, None, None)
    assert extent(200, content_length="-5") == (0, None, None)
    assert extent(content_range="bytes 3-6/9") == (3, 4, 9)
    assert extent(content_range="bytes 3-6/*") == (3, 4, None)
    assert extent(content_range="bytes 3-6/9", content_length="5") is None
    assert extent(content_range="bytes 3-9/9") is None
    assert extent(content_range="bytes 3-6/9", content_encoding="gzip") is None


def test_continuations() -> None:
    def continued(received: int = 5, **headers: str) -> Any:
        return dict(
            continuation(Answer(200, {name.replace("_", "-"): value for name, value in headers.items()}, b""), received)
        )

    assert continued(etag='"a"') == {"Range": "bytes=5-", "If-Range": '"a"'}
    assert continued(last_modified="x") == {"Range": "bytes=5-", "If-Range": "x"}
    assert continued(0, etag='"a"') == {}
    assert continued(etag='"ä"') == {}
    assert continued(etag='"a"', content_encoding="gzip") == {}


# --- memory -----------------------------------------------------------------------------------------------------------


class Zeros(httpx.SyncByteStream, httpx.AsyncByteStream):
    def __init__(self, size: int) -> None:
        self._size = size

    def __iter__(self) -> Iterator[bytes]:
        for _ in range(0, self._size, 65536):
            yield bytes(65536)

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for piece in self:
            yield piece


def test_large_files_take_constant_memory(kind: Kind, tmp_path: Path) -> None:
    size = 96 * 2**20
    caller = Caller(
        kind, lambda request: httpx.Response(200, headers={"Content-Length": str(size)}, stream=Zeros(size))
    )
    tracemalloc.start()
    try:
        assert caller.download(FILE, tmp_path / "out") == size
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert (tmp_path / "out").stat().st_size == size
    assert peak < 16 * 2**20


# --- streams ----------------------------------------------------------------------------------------------------------


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
        transport = Transport(options(), http_client=client, world=fake.world)
        with transport.stream(FILE) as stream:
            taken: list[bytes] = []
            for piece in stream.iter_bytes(1000):
                fake.sleep(3600.0)
                taken.append(piece)
    assert b"".join(taken) == CONTENT

    async def main() -> bytes:
        async with httpx.AsyncClient(transport=httpx.MockTransport(Storage())) as client:
            transport = AsyncTransport(options(), http_client=client, world=fake.world)
            async with transport.stream(FILE) as stream:
                taken: list[bytes] = []
                async for piece in stream.iter_bytes(1000):
                    fake.sleep(3600.0)
                    taken.append(piece)
        return b"".join(taken)

    assert asyncio.run(main()) == CONTENT


def test_a_disk_may_be_slow(kind: Kind, tmp_path: Path) -> None:
    fake = FakeTime()
    caller = Caller(kind, Storage(), time=fake)
    caller.download(FILE, tmp_path / "out", lambda done, total: fake.sleep(3600.0))
    assert (tmp_path / "out").read_bytes() == CONTENT


def test_a_stream_is_read_once_and_inside_its_block() -> None:
    client = httpx.Client(transport=httpx.MockTransport(Storage()))
    with client:
        transport = Transport(options(), http_client=client)
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
        transport = Transport(options(), http_client=client)
        with transport.stream(FILE) as stream:
            for _ in stream:
                break
        assert storage.bodies[0].is_closed

    async def main() -> None:
        async with httpx.AsyncClient(transport=httpx.MockTransport(storage)) as client:
            transport = AsyncTransport(options(), http_client=client)
            async with transport.stream(FILE) as stream:
                async for _ in stream:
                    break

    asyncio.run(main())
    assert storage.bodies[1].is_closed


def test_sinks_take_what_open_takes(tmp_path: Path) -> None:
    class Own(os.PathLike[str]):
        def __fspath__(self) -> str:
            return str(tmp_path / "own")

    sink = sink_for(Own())
    sink.open()
    sink.write(b"abc")
    sink.finish()
    handle: IO[bytes]
    with (tmp_path / "own").open("rb") as handle:
        assert handle.read() == b"abc"
