"""Downloads that break off, and are continued by the next call with the same target."""

from __future__ import annotations

import asyncio
import io
import logging
import os
import stat
import subprocess
import sys
import threading
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from eigenpal import errors
from eigenpal._downloads import part_file
from eigenpal._transport import AsyncHttpxTransport
from tests.support.event_loop import Kind

from .file_server import CONTENT, FileServer
from .harness import FILE, EitherTransport, make_options

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="links, owners and permissions of POSIX")
OTHER = FILE._replace(path="/api/v1/runs/run_2/artifacts/output/a.pdf")


def break_off(kind: Kind, to: Path, received: int = 100_000, **server: Any) -> pytest.ExceptionInfo[Any]:
    """Start a download that fails after some bytes."""
    with pytest.raises(errors.EigenpalConnectionError) as caught:
        EitherTransport(kind, FileServer(received, **server), max_retries=0).download(FILE, to)
    return caught


def names(folder: Path) -> list[str]:
    return sorted(entry.name for entry in folder.iterdir())


@pytest.mark.parametrize("before", [None, b"before"])
def test_the_next_call_continues(kind: Kind, tmp_path: Path, before: bytes | None) -> None:
    path, reports = tmp_path / "out.pdf", list[tuple[int, int | None]]()
    if before is not None:
        path.write_bytes(before)
    for received in (50_000, 50_000):
        break_off(kind, path, received)
        assert (path.read_bytes() if path.exists() else None) == before
    file_server = FileServer()
    size = EitherTransport(kind, file_server).download(FILE, path, lambda done, total: reports.append((done, total)))
    assert size == len(CONTENT)
    assert path.read_bytes() == CONTENT
    assert names(tmp_path) == ["out.pdf"]
    assert file_server.ranges == ["bytes=100000-"]
    assert file_server.requests[0].headers["If-Range"] == '"v1"'
    assert reports[0][0] > 100_000
    assert reports[-1] == (len(CONTENT), len(CONTENT))


@pytest.mark.parametrize(
    "server",
    [
        {"headers": {}},
        {"headers": {"ETag": 'W/"v1"'}},
        {"headers": {"Last-Modified": "Tue, 14 Nov 2023 22:13:50 GMT"}},
        {"headers": {"ETag": '"v1"', "Accept-Ranges": "none"}},
        {"received": 0},
    ],
)
def test_without_a_strong_etag_nothing_is_kept(kind: Kind, tmp_path: Path, server: dict[str, Any]) -> None:
    break_off(kind, tmp_path / "out.pdf", **server)
    assert names(tmp_path) == []


@pytest.mark.parametrize("sends_length", [True, False])
def test_a_part_that_is_complete_is_confirmed_by_its_last_byte(
    kind: Kind, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sends_length: bool
) -> None:
    def fail(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    path, file_server = tmp_path / "out.pdf", FileServer(sends_length=sends_length)
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", fail)
        with pytest.raises(OSError, match="No space left"):
            EitherTransport(kind, file_server).download(FILE, path)
    assert names(tmp_path) == [".out.pdf.part"]
    EitherTransport(kind, file_server).download(FILE, path)
    assert file_server.ranges == [None, f"bytes={len(CONTENT) - 1}-"]
    assert path.read_bytes() == CONTENT
    assert names(tmp_path) == ["out.pdf"]


def test_a_file_that_changed_starts_over(kind: Kind, tmp_path: Path) -> None:
    path = tmp_path / "out.pdf"
    break_off(kind, path)
    file_server = FileServer(content=b"changed", headers={"ETag": '"v2"'})
    assert EitherTransport(kind, file_server).download(FILE, path) == 7
    assert file_server.ranges == ["bytes=100000-"]
    assert path.read_bytes() == b"changed"
    assert names(tmp_path) == ["out.pdf"]


def test_only_get_is_continued(kind: Kind, tmp_path: Path) -> None:
    path, file_server = tmp_path / "out.pdf", FileServer(100_000)
    EitherTransport(kind, file_server).download(FILE._replace(method="POST", idempotent=True), path)
    assert file_server.ranges == [None, None]
    assert path.read_bytes() == CONTENT


def test_another_file_with_the_same_target_starts_over(kind: Kind, tmp_path: Path) -> None:
    path = tmp_path / "out.pdf"
    break_off(kind, path)
    file_server = FileServer(content=b"other")
    EitherTransport(kind, file_server).download(OTHER, path)
    assert file_server.ranges == [None]
    assert path.read_bytes() == b"other"


@pytest.mark.parametrize("status", [404, 500])
def test_an_error_of_the_server_keeps_what_arrived(kind: Kind, tmp_path: Path, status: int) -> None:
    path = tmp_path / "out.pdf"
    break_off(kind, path)
    with pytest.raises(errors.EigenpalError):
        EitherTransport(kind, lambda request: httpx.Response(status), max_retries=0).download(FILE, path)
    file_server = FileServer()
    EitherTransport(kind, file_server).download(FILE, path)
    assert file_server.ranges == ["bytes=100000-"]


# --- damaged, foreign and used parts ----------------------------------------------------------------------------------


def overwrite(part: Path, position: int, content: bytes) -> None:
    with part.open("r+b") as handle:
        handle.seek(position, os.SEEK_SET if position >= 0 else os.SEEK_END)
        handle.write(content)


DAMAGES: dict[str, Callable[[Path], object]] = {
    "empty": lambda part: part.write_bytes(b""),
    "not ours": lambda part: part.write_bytes(b"notes" * 100_000),
    "end is missing": lambda part: os.truncate(part, part.stat().st_size - 1),
    "record is missing": lambda part: os.truncate(part, 100_000),
    "bytes are missing": lambda part: part.write_bytes(part.read_bytes()[10:]),
    "bytes were appended": lambda part: overwrite(part, part.stat().st_size, b"x"),
    "content was edited": lambda part: overwrite(part, 50_000, b"edited"),
    "record was edited": lambda part: overwrite(part, -40, b"9"),
    "larger than the file": lambda part: part.write_bytes(bytes(1_000_000) + part.read_bytes()[100_000:]),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_part_starts_over(kind: Kind, tmp_path: Path, damage: str) -> None:
    path, part = tmp_path / "out.pdf", tmp_path / ".out.pdf.part"
    break_off(kind, path)
    DAMAGES[damage](part)
    file_server = FileServer()
    EitherTransport(kind, file_server).download(FILE, path)
    assert file_server.ranges == [None]
    assert path.read_bytes() == CONTENT
    assert names(tmp_path) == ["out.pdf"]


FOREIGN: dict[str, Callable[[Path, Path], object]] = {
    "symbolic link": lambda part, mine: part.symlink_to(mine),
    "hard link": lambda part, mine: part.hardlink_to(mine),
    "dangling link": lambda part, mine: part.symlink_to(mine.with_name("missing")),
    "pipe": lambda part, mine: os.mkfifo(part),
    "directory": lambda part, mine: part.mkdir(),
}


@POSIX
@pytest.mark.parametrize("foreign", FOREIGN)
@pytest.mark.parametrize("breaks", [False, True])
def test_what_else_has_the_name_of_a_part_is_left_alone(kind: Kind, tmp_path: Path, foreign: str, breaks: bool) -> None:
    path, part, mine = tmp_path / "out.pdf", tmp_path / ".out.pdf.part", tmp_path / "mine"
    break_off(kind, path)
    part.rename(mine)
    before = mine.read_bytes()
    FOREIGN[foreign](part, mine)
    kept = names(tmp_path)
    if breaks:
        break_off(kind, path)
        assert names(tmp_path) == kept
    else:
        EitherTransport(kind, FileServer()).download(FILE, path)
        assert path.read_bytes() == CONTENT
        assert names(tmp_path) == [*kept, "out.pdf"]
    assert mine.read_bytes() == before


def test_two_downloads_to_the_same_target(kind: Kind, tmp_path: Path) -> None:
    """The second one uses a temporary file, which it deletes if it fails."""
    path = tmp_path / "out.pdf"
    is_nested = False

    def nest(done: int, total: int | None) -> None:
        nonlocal is_nested
        if is_nested:
            return
        is_nested = True

        def run() -> None:
            break_off(kind, path)
            assert names(tmp_path) == [".out.pdf.part"]
            EitherTransport(kind, FileServer(content=b"second")).download(FILE, path)
            assert path.read_bytes() == b"second"

        thread = threading.Thread(target=run)
        thread.start()
        thread.join()

    EitherTransport(kind, FileServer()).download(FILE, path, nest)
    assert is_nested
    assert path.read_bytes() == CONTENT
    assert names(tmp_path) == ["out.pdf"]


def test_a_part_that_is_replaced_during_the_download_is_not_used(kind: Kind, tmp_path: Path) -> None:
    path, part = tmp_path / "out.pdf", tmp_path / ".out.pdf.part"

    def replace(done: int, total: int | None) -> None:
        (tmp_path / "new").write_bytes(b"x")
        (tmp_path / "new").replace(part)

    with pytest.raises(FileExistsError, match="was replaced during the download"):
        EitherTransport(kind, FileServer()).download(FILE, path, replace)
    assert part.read_bytes() == b"x"
    assert names(tmp_path) == [".out.pdf.part"]


@POSIX
def test_names_that_leave_no_room_for_the_part(kind: Kind, tmp_path: Path) -> None:
    path = tmp_path / ("x" * 255)
    break_off(kind, path)
    assert names(tmp_path) == []
    EitherTransport(kind, FileServer()).download(FILE, path)
    assert path.read_bytes() == CONTENT


@POSIX
def test_a_part_has_no_more_permissions_than_the_target(kind: Kind, tmp_path: Path) -> None:
    path, part = tmp_path / "out.pdf", tmp_path / ".out.pdf.part"
    path.touch()
    path.chmod(0o440)
    break_off(kind, path)
    assert stat.S_IMODE(part.stat().st_mode) == 0o640 & ~get_umask(tmp_path)
    part.chmod(0o666)
    break_off(kind, path, 1000)
    assert stat.S_IMODE(part.stat().st_mode) == 0o640
    EitherTransport(kind, FileServer()).download(FILE, path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o440


def get_umask(folder: Path) -> int:
    plain = folder / "plain"
    plain.touch()
    return 0o666 & ~stat.S_IMODE(plain.stat().st_mode)


@POSIX
def test_the_part_of_a_link_is_beside_its_target(kind: Kind, tmp_path: Path) -> None:
    (tmp_path / "inner").mkdir()
    link = tmp_path / "link.pdf"
    link.symlink_to(tmp_path / "inner" / "real.pdf")
    break_off(kind, link)
    assert names(tmp_path / "inner") == [".real.pdf.part"]
    EitherTransport(kind, FileServer()).download(FILE, link)
    assert names(tmp_path / "inner") == ["real.pdf"]
    assert link.is_symlink()


# --- interrupts, full disks, killed processes -------------------------------------------------------------------------


@pytest.mark.parametrize("error", [KeyboardInterrupt, RuntimeError])
def test_whatever_ends_the_download_says_where_it_is_kept(
    kind: Kind, tmp_path: Path, error: type[BaseException], caplog: pytest.LogCaptureFixture
) -> None:
    def interrupt(done: int, total: int | None) -> None:
        raise error("from the callback")

    part = tmp_path / ".out.pdf.part"
    with caplog.at_level(logging.WARNING, "eigenpal"), pytest.raises(error) as caught:
        EitherTransport(kind, FileServer()).download(FILE, tmp_path / "out.pdf", interrupt)
    assert names(tmp_path) == [".out.pdf.part"]
    told: list[str] = caplog.messages
    if sys.version_info >= (3, 11):
        told = caught.value.__notes__
    assert f"bytes that arrived are kept in {str(part)!r}; the next download" in told[0]
    file_server = FileServer()
    EitherTransport(kind, file_server).download(FILE, tmp_path / "out.pdf")
    assert file_server.ranges[0] is not None


def test_a_cancelled_task_keeps_what_arrived(tmp_path: Path) -> None:
    class Stalling(httpx.AsyncByteStream):
        async def __aiter__(self) -> AsyncIterator[bytes]:
            yield bytes(600_000)
            await asyncio.sleep(60)

    async def main() -> None:
        response = httpx.Response(200, headers={"ETag": '"v1"'}, stream=Stalling())
        async with httpx.AsyncClient(transport=httpx.MockTransport(lambda request: response)) as client:
            transport, reached = AsyncHttpxTransport(make_options(), http_client=client), asyncio.Event()
            target = tmp_path / "out.bin"
            download = asyncio.create_task(transport.download(FILE, target, lambda done, total: reached.set()))
            await reached.wait()
            download.cancel()
            with pytest.raises(asyncio.CancelledError):
                await download

    asyncio.run(main())
    assert names(tmp_path) == [".out.bin.part"]
    assert (tmp_path / ".out.bin.part").stat().st_size > 600_000


@pytest.mark.parametrize("room", [300_000, 200_100, 100_000])
def test_a_full_disk_keeps_what_arrived(kind: Kind, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, room: int) -> None:
    """Wherever the disk is full: in the bytes of the file or in the record after them."""

    class FullDisk(io.FileIO):
        def write(self, content: Any, /) -> int:
            free = room - self.tell()
            if free <= 0:
                raise OSError(28, "No space left on device")
            return super().write(bytes(content[:free]))

    path = tmp_path / "out.pdf"
    monkeypatch.setattr(part_file, "_STEP", 70_000)
    with monkeypatch.context() as patch:
        patch.setattr(io, "FileIO", FullDisk)
        with pytest.raises(OSError, match="No space left"):
            EitherTransport(kind, FileServer()).download(FILE, path)
    file_server = FileServer()
    EitherTransport(kind, file_server).download(FILE, path)
    assert path.read_bytes() == CONTENT
    assert names(tmp_path) == ["out.pdf"]
    # The asynchronous client writes small files at once.
    assert kind == "async" or room < 110_000 or file_server.ranges[0] is not None


KILLED = """
import os, sys
from tests.transport.test_continued_downloads import *

def kill(done, total):
    if done > 150_000:
        os.kill(os.getpid(), 9) if hasattr(os, "fork") else os._exit(9)

part_file._STEP = 64 * 1024
EitherTransport("sync", FileServer()).download(FILE, sys.argv[1], kill)
"""


def test_a_killed_process_leaves_a_part_that_can_be_continued(kind: Kind, tmp_path: Path) -> None:
    path = tmp_path / "out.pdf"
    ended = subprocess.run([sys.executable, "-c", KILLED, str(path)], cwd=Path(__file__).parents[2], check=False)
    assert ended.returncode != 0
    assert names(tmp_path) == [".out.pdf.part"]
    file_server = FileServer()
    EitherTransport(kind, file_server).download(FILE, path)
    assert path.read_bytes() == CONTENT
    (requested,) = file_server.ranges
    assert requested is not None
    assert int(requested[6:-1]) >= 65536
    assert names(tmp_path) == ["out.pdf"]
