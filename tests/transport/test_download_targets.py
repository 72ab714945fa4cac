"""Targets of downloads, and that a failed download leaves nothing behind."""

from __future__ import annotations

import asyncio
import hashlib
import io
import os
import stat
import sys
import tempfile
import threading
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import IO, Any, cast

import httpx
import pytest

from eigenpal import errors
from eigenpal._downloads import writers
from eigenpal._downloads.part_file import open_part_file
from eigenpal._downloads.writers import open_writer
from eigenpal._transport import AsyncHttpxTransport
from tests.support.event_loop import Kind
from tests.support.script import Script, error_response

from .file_server import CONTENT, FileServer
from .harness import FILE, EitherTransport, make_options


def test_targets_are_checked_before_anything_is_sent(kind: Kind, tmp_path: Path) -> None:
    script = Script(httpx.Response(200, content=b"x"))
    transport = EitherTransport(kind, script)
    closed = io.BytesIO()
    closed.close()
    wrong: list[tuple[Any, type[Exception], str]] = [
        (tmp_path, IsADirectoryError, "is a directory; pass the path"),
        (str(tmp_path), IsADirectoryError, "is a directory; pass the path"),
        (tmp_path / "missing" / "a.pdf", FileNotFoundError, "does not exist"),
        ("", ValueError, "empty path"),
        (io.StringIO(), TypeError, "opened in text mode"),
        (closed, ValueError, "closed file handle"),
        (io.BufferedReader(cast("Any", io.BytesIO())), ValueError, "not opened for writing"),
        (7, TypeError, "must be a path or a file handle"),
        (None, TypeError, "must be a path or a file handle"),
        (b"a.pdf", TypeError, "must be a path or a file handle"),
    ]
    for to, expected, message in wrong:
        with pytest.raises(expected, match=message):
            transport.download(FILE, to)
    with tempfile.NamedTemporaryFile("w") as text, pytest.raises(TypeError, match="opened in text mode"):
        transport.download(FILE, cast("Any", text))
    assert script.requests == []


@pytest.mark.skipif(sys.platform == "win32", reason="pipes with a path")
def test_pipes_and_devices_are_not_replaced_by_a_file(kind: Kind, tmp_path: Path) -> None:
    script = Script(httpx.Response(200, content=b"x"))
    pipe, link = tmp_path / "pipe", tmp_path / "link"
    os.mkfifo(pipe)
    link.symlink_to(pipe)
    for to in (pipe, link):
        with pytest.raises(ValueError, match="not a regular file; open it"):
            EitherTransport(kind, script).download(FILE, to)
    assert pipe.is_fifo()
    assert script.requests == []


@pytest.mark.skipif(sys.platform == "win32", reason="permissions of POSIX")
def test_permissions_are_the_default_or_those_of_the_old_file(kind: Kind, tmp_path: Path) -> None:
    fresh, plain, old = tmp_path / "fresh", tmp_path / "plain", tmp_path / "old"
    plain.touch()
    old.touch(0o640)
    old.chmod(0o604)
    for path in (fresh, old):
        EitherTransport(kind, FileServer()).download(FILE, path)
    assert stat.S_IMODE(fresh.stat().st_mode) == stat.S_IMODE(plain.stat().st_mode)
    assert stat.S_IMODE(old.stat().st_mode) == 0o604


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege")
def test_a_link_is_written_through(kind: Kind, tmp_path: Path) -> None:
    (tmp_path / "inner").mkdir()
    real, link = tmp_path / "inner" / "real.pdf", tmp_path / "link.pdf"
    real.write_bytes(b"before")
    link.symlink_to(real)
    EitherTransport(kind, FileServer()).download(FILE, link)
    assert link.is_symlink()
    assert real.read_bytes() == CONTENT


class Trickle(io.RawIOBase):
    """Writes at most 1000 bytes at a time, as unbuffered handles may."""

    def __init__(self) -> None:
        self.taken = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, chunk: Any) -> int:
        self.taken += bytes(chunk[:1000])
        return min(1000, len(chunk))


class Hash:
    """Not a file, but it has a write()."""

    def __init__(self) -> None:
        self._hash = hashlib.sha256()

    def write(self, chunk: Any) -> None:
        self._hash.update(chunk)

    def hexdigest(self) -> str:
        return self._hash.hexdigest()


def test_handles_of_other_kinds(kind: Kind) -> None:
    trickle: Any = Trickle()
    assert EitherTransport(kind, FileServer(100_000)).download(FILE, trickle) == len(CONTENT)
    assert bytes(trickle.taken) == CONTENT
    hashed: Any = Hash()
    EitherTransport(kind, FileServer(100_000)).download(FILE, hashed)
    assert hashed.hexdigest() == hashlib.sha256(CONTENT).hexdigest()


@pytest.mark.parametrize(("headers", "ranges"), [({}, True), ({"ETag": '"v1"'}, False)])
def test_a_handle_that_cannot_be_rewound_gets_no_byte_twice(kind: Kind, headers: dict[str, str], ranges: bool) -> None:
    trickle: Any = Trickle()
    with pytest.raises(errors.EigenpalConnectionError):
        EitherTransport(kind, FileServer(100_000, headers=headers, ranges=ranges)).download(FILE, trickle)
    assert bytes(trickle.taken) == CONTENT[:100_000]


def test_writers_accept_what_open_accepts(tmp_path: Path) -> None:
    class Own(os.PathLike[str]):
        def __fspath__(self) -> str:
            return str(tmp_path / "own")

    sink = open_writer(Own())
    sink.open("source")
    sink.write(b"abc")
    sink.commit()
    handle: IO[bytes]
    with (tmp_path / "own").open("rb") as handle:
        assert handle.read() == b"abc"


# --- failures leave nothing behind ------------------------------------------------------------------------------------


FAILURES: dict[str, tuple[Any, type[Exception]]] = {
    "404": (Script(error_response(404)), errors.EigenpalNotFoundError),
    "500": (Script(error_response(500)), errors.EigenpalServerError),
    "refused": (Script(httpx.ConnectError("refused")), errors.EigenpalConnectionError),
    "reset": (FileServer(headers={}), errors.EigenpalConnectionError),
    "timeout": (Script(httpx.ReadTimeout("")), errors.EigenpalTimeoutError),
    "redirect": (Script(httpx.Response(302, headers={"Location": "http://x/"})), errors.EigenpalResponseError),
}


@pytest.mark.parametrize("failure", FAILURES)
@pytest.mark.parametrize("before", [None, b"what was there before"])
def test_on_failure_nothing_is_left_behind_or_replaced(
    kind: Kind, failure: str, before: bytes | None, tmp_path: Path
) -> None:
    handler, expected = FAILURES[failure]
    if isinstance(handler, FileServer):
        handler.breaks = [1000] * 5
    path = tmp_path / "out.pdf"
    if before is not None:
        path.write_bytes(before)
    with pytest.raises(expected):
        EitherTransport(kind, handler).download(FILE, path)
    assert [entry.name for entry in tmp_path.iterdir()] == ([] if before is None else ["out.pdf"])
    if before is not None:
        assert path.read_bytes() == before


@pytest.mark.parametrize("failure", FAILURES)
@pytest.mark.parametrize("headers", [{}, {"ETag": '"v1"'}], ids=["", "etag"])
def test_on_failure_a_handle_is_as_it_was(kind: Kind, failure: str, headers: dict[str, str]) -> None:
    handler, expected = FAILURES[failure]
    if isinstance(handler, FileServer):
        handler = FileServer(1000, 0, 0, 0, 0, headers=headers)
    handle = io.BytesIO(b"before")
    handle.seek(0, os.SEEK_END)
    with pytest.raises(expected):
        EitherTransport(kind, handler).download(FILE, handle)
    assert handle.getvalue() == b"before"
    assert handle.tell() == 6
    assert not handle.closed


def test_data_after_the_position_of_a_handle_is_kept(kind: Kind) -> None:
    handle = io.BytesIO(b"x" * 400_000)
    EitherTransport(kind, FileServer(1000)).download(FILE, handle)
    assert handle.getvalue() == CONTENT + b"x" * 100_000


@pytest.mark.parametrize("error", [KeyboardInterrupt(), RuntimeError("from the callback"), SystemExit(1)], ids=repr)
def test_an_interrupt_leaves_nothing_behind(kind: Kind, error: BaseException, tmp_path: Path) -> None:
    def interrupt(done: int, total: int | None) -> None:
        raise error

    file_server = FileServer(headers={"ETag": 'W/"weak"'})
    with pytest.raises(type(error)):
        EitherTransport(kind, file_server).download(FILE, tmp_path / "out.pdf", interrupt)
    assert list(tmp_path.iterdir()) == []
    assert all(body.is_closed for body in file_server.bodies)


def test_a_handle_that_is_closed_during_the_download_hides_no_error(kind: Kind) -> None:
    handle = io.BytesIO()

    def close(done: int, total: int | None) -> None:
        handle.close()
        raise RuntimeError("from the callback")

    with pytest.raises(RuntimeError, match="from the callback"):
        EitherTransport(kind, FileServer()).download(FILE, handle, close)


def test_a_full_disk_leaves_nothing_behind(kind: Kind, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_space(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", no_space)
    with pytest.raises(OSError, match="No space left"):
        EitherTransport(kind, FileServer(headers={})).download(FILE, tmp_path / "out.pdf")
    assert list(tmp_path.iterdir()) == []


def test_a_cancelled_task_leaves_nothing_behind(tmp_path: Path) -> None:
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
            transport = AsyncHttpxTransport(make_options(), http_client=client)
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


@pytest.mark.parametrize("ends", ["task", "event loop"])
def test_a_download_cancelled_while_the_file_is_created_leaves_nothing_behind(
    ends: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A cancelled task waits for the thread that creates the file. If the event loop ends, the thread cleans up."""
    begins, may_go_on, is_made = threading.Event(), threading.Event(), threading.Event()

    def slow(*arguments: Any) -> Any:
        begins.set()
        may_go_on.wait(10)
        try:
            return open_part_file(*arguments)
        finally:
            is_made.set()

    monkeypatch.setattr(writers, "open_part_file", slow)

    async def main() -> None:
        transport = AsyncHttpxTransport(make_options())
        download = asyncio.create_task(transport.download(FILE, tmp_path / "out.bin", None))
        await asyncio.to_thread(begins.wait, 10)
        if ends == "event loop":
            return
        download.cancel()
        may_go_on.set()
        with pytest.raises(asyncio.CancelledError):
            await download
        await transport.aclose()

    asyncio.run(main())
    may_go_on.set()
    assert is_made.wait(10)
    for _ in range(100):
        if not list(tmp_path.iterdir()):
            break
        time.sleep(0.05)
    assert list(tmp_path.iterdir()) == []
