"""Files that come down: where they are written, and whether they are complete.

A path is written to a temporary file beside it, which takes its place only when every byte has come and lies on the
disk; whatever happens before that leaves nothing behind and a file that was there before untouched.
"""

from __future__ import annotations

import contextlib
import io
import os
import stat
from abc import ABC, abstractmethod
from pathlib import Path
from typing import IO, Any, cast

from eigenpal_generated.runtime import DownloadTarget


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
