"""Files that come down: where they are written, and whether they are complete.

A path is written to a temporary file beside it, which takes its place only when every byte has come and lies on the
disk; whatever happens before that leaves nothing behind and a file that was there before untouched.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import stat
from abc import ABC, abstractmethod
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any, NamedTuple, cast

from eigenpal._transport.outcomes import RawResponse
from eigenpal_generated.runtime import DownloadTarget

_CONTENT_RANGE = re.compile(r"bytes (\d{1,18})-(\d{1,18})/(\d{1,18}|\*)", re.ASCII)
_LENGTH = re.compile(r"\d{1,18}", re.ASCII)


class DownloadWriter(ABC):
    """Where a download is written."""

    written = 0
    """How many of its bytes are there."""

    def open(self) -> None:  # noqa: B027 - a handle needs none of this
        """Make ready, before anything is asked of the server."""

    @abstractmethod
    def write(self, chunk: bytes) -> None:
        """Append some bytes."""

    @abstractmethod
    def rewind(self) -> bool:
        """Go back to the beginning; False where what was written cannot be taken back."""

    def commit(self) -> None:  # noqa: B027 - a handle needs none of this
        """Make what was written last."""

    def abort(self) -> None:  # noqa: B027 - a handle needs none of this
        """Take back what was written, as far as that is possible."""


class PathWriter(DownloadWriter):
    def __init__(self, path: str) -> None:
        # A link is written through, as open() would.
        self._target = Path(path).resolve()
        folder = self._target.parent
        if self._target.is_dir():
            raise IsADirectoryError(f"to is the directory {path!r}; give the path of the file to write")
        # Asked of the path as it was given, for what stands behind /dev/stdout has no path of its own.
        if Path(path).exists() and not Path(path).is_file():
            # A pipe or a device would be replaced by a file.
            raise ValueError(f"to is {path!r}, which is no regular file; open it and give the handle")
        if not folder.is_dir():
            raise FileNotFoundError(f"to is {path!r}, but there is no directory {str(folder)!r}")
        self._part = folder / f".eigenpal-{os.urandom(8).hex()}.part"
        self._handle: io.BufferedWriter | None = None
        self._is_aborted = False

    def open(self) -> None:
        self._handle = self._part.open("xb")
        if self._is_aborted:
            # In a thread whose task was cancelled meanwhile; nobody else knows of the file.
            self.abort()

    def write(self, chunk: bytes) -> None:
        self._open_handle().write(chunk)
        self.written += len(chunk)

    def rewind(self) -> bool:
        handle = self._open_handle()
        handle.seek(0)
        handle.truncate()
        self.written = 0
        return True

    def commit(self) -> None:
        handle = self._open_handle()
        handle.flush()
        os.fsync(handle.fileno())
        handle.close()
        # Mostly there is no file yet whose permissions to keep.
        with contextlib.suppress(FileNotFoundError):
            self._part.chmod(stat.S_IMODE(self._target.stat().st_mode))
        self._part.replace(self._target)
        self._handle = None

    def abort(self) -> None:
        self._is_aborted = True
        handle, self._handle = self._handle, None
        if handle is None:
            return
        # Closing writes what is buffered, which fails on a full disk; it is about to be thrown away.
        with contextlib.suppress(OSError):
            handle.close()
        with contextlib.suppress(FileNotFoundError):
            self._part.unlink()

    def _open_handle(self) -> io.BufferedWriter:
        if self._handle is None:
            raise RuntimeError("the download is not open")
        return self._handle


class HandleWriter(DownloadWriter):
    def __init__(self, handle: IO[bytes]) -> None:
        self._handle = handle
        self._start: int | None = None
        self._is_at_end = False

    def open(self) -> None:
        try:
            if self._handle.seekable():
                self._start = self._handle.tell()
                self._is_at_end = self._handle.seek(0, os.SEEK_END) == self._start
                self._handle.seek(self._start)
        except (AttributeError, OSError):
            self._start = None

    def write(self, chunk: bytes) -> None:
        rest = memoryview(chunk)
        while rest:
            # A handle without a buffer may take only a part; others return the whole length, or nothing at all.
            said = cast("int | None", self._handle.write(rest))
            taken = len(rest) if said is None else said
            rest = rest[taken:]
            self.written += taken

    def rewind(self) -> bool:
        if self.written == 0:
            return True
        if self._start is None:
            return False
        self._handle.seek(self._start)
        if self._is_at_end:
            # What lay behind the handle before, if anything, is not ours to cut off.
            self._handle.truncate()
        self.written = 0
        return True

    def commit(self) -> None:
        flush: Any = getattr(self._handle, "flush", None)
        if flush is not None:
            flush()

    def abort(self) -> None:
        if not getattr(self._handle, "closed", False):
            self.rewind()


def open_writer(to: DownloadTarget) -> DownloadWriter:
    """Check where a download shall go.

    Raises:
        TypeError: It is neither a path nor a handle opened in binary mode.
        ValueError: It is a closed handle, or one that was not opened for writing.
        OSError: It is a directory, or there is no directory for it.
    """
    given: Any = to
    if isinstance(given, (str, os.PathLike)):
        path = os.fsdecode(cast("str | os.PathLike[str]", given))
        if not path:
            raise ValueError("to is an empty path")
        return PathWriter(path)
    if isinstance(given, io.TextIOBase) or _writes_text(given):
        raise TypeError("to is a handle opened as text; open it in binary mode: open(..., 'wb')")
    if not callable(getattr(given, "write", None)):
        raise TypeError(f"to must be a path or a handle opened in binary mode, not {type(given).__name__}")
    handle = cast("IO[bytes]", given)
    if getattr(handle, "closed", False) is True:
        raise ValueError("to is a closed handle")
    writable: Any = getattr(handle, "writable", None)
    if writable is not None and not writable():
        raise ValueError("to is a handle that was not opened for writing: open(..., 'wb')")
    return HandleWriter(handle)


def _writes_text(handle: object) -> bool:
    # Wrappers, such as those of tempfile, are no text handles by class, but have the encoding of one.
    return isinstance(getattr(handle, "encoding", None), str) and "b" not in str(getattr(handle, "mode", ""))


# --- what the server says about the file ------------------------------------------------------------------------------


class ByteRange(NamedTuple):
    """What part of a file an answer brings."""

    start: int
    """The position of its first byte."""
    length: int | None
    """How many bytes it brings; None where the server did not tell, or tells it of the compressed form."""
    total: int | None
    """The size of the whole file, if the server told."""


def parse_byte_range(answer: RawResponse) -> ByteRange | None:
    """Read what part of a file an answer brings; None where what it says makes no sense."""
    headers = answer.headers
    compressed = headers.get("content-encoding", "identity").strip().lower() not in ("", "identity")
    length = None if compressed or answer.status == 204 else parse_content_length(headers)
    if answer.status != 206:
        return ByteRange(0, length, length)
    found = _CONTENT_RANGE.fullmatch(headers.get("content-range", "").strip())
    if found is None or compressed:
        return None
    start, last = int(found[1]), int(found[2])
    total = None if found[3] == "*" else int(found[3])
    if last < start or (length is not None and length != last - start + 1):
        return None
    if total is not None and last >= total:
        return None
    return ByteRange(start, last - start + 1, total)


def parse_content_length(headers: Mapping[str, str]) -> int | None:
    """Return the length of a body as it is on the wire, where the server told."""
    found = _LENGTH.fullmatch(headers.get("content-length", "").strip())
    return None if found is None else int(found[0])


def resume_headers(answer: RawResponse, received: int) -> tuple[tuple[str, str], ...]:
    """Return the headers that ask for the rest of a file of which an answer brought the beginning.

    There are none where the server could not be sure to send the rest of the same file: then it is download from the
    start.
    """
    headers = answer.headers
    if received <= 0 or headers.get("accept-ranges", "").strip().lower() == "none":
        return ()
    if headers.get("content-encoding", "identity").strip().lower() not in ("", "identity"):
        return ()
    tag = headers.get("etag", "").strip()
    if not tag.startswith('"') or len(tag) < 3:
        # A weak tag, or none: equal for files that differ in a byte. A date is as good as its seconds.
        tag = headers.get("last-modified", "").strip()
    if not tag or not tag.isascii() or not tag.isprintable():
        return ()
    return (("Range", f"bytes={received}-"), ("If-Range", tag))
