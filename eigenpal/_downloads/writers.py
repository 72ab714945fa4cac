"""Writers for downloads, to a path or to a file handle.

Downloads to a path are atomic: they are written to a temporary file next to it, which replaces it once all bytes are on
disk. If the download fails, the temporary file is deleted and an existing file is unchanged.
"""

from __future__ import annotations

import contextlib
import io
import os
import stat
from abc import ABC, abstractmethod
from collections.abc import Generator
from pathlib import Path
from typing import IO, Any, cast

from eigenpal_generated.runtime import DownloadTarget


class DownloadWriter(ABC):
    """The destination of a download."""

    written = 0
    """The number of bytes written."""
    may_hang = False
    """Whether writing may never end, so that a cancelled task must not wait for it: to a pipe that nobody reads."""

    def open(self) -> None:  # noqa: B027 - nothing to do by default
        """Prepare for writing, before the file is requested."""

    @abstractmethod
    def write(self, chunk: bytes) -> None:
        """Append a chunk."""

    @abstractmethod
    def rewind(self) -> bool:
        """Discard what was written and return True, or return False if that is not possible."""

    def commit(self) -> None:  # noqa: B027 - nothing to do by default
        """Finish a complete download."""

    def abort(self) -> None:  # noqa: B027 - nothing to do by default
        """Discard an incomplete download, as far as possible."""


class PathWriter(DownloadWriter):
    def __init__(self, path: str) -> None:
        # Writes through a link, as open() does.
        self._target = Path(path).resolve()
        folder = self._target.parent
        if self._target.is_dir():
            raise IsADirectoryError(f"to is the directory {path!r}; pass the path of the file to write")
        # Checks the unresolved path, because the target of /dev/stdout may not be a path.
        if Path(path).exists() and not Path(path).is_file():
            # A pipe or a device would be replaced by a file.
            raise ValueError(f"to is {path!r}, which is not a regular file; open it and pass the file handle")
        if not folder.is_dir():
            raise FileNotFoundError(f"to is {path!r}, but the directory {str(folder)!r} does not exist")
        self._part = folder / f".eigenpal-{os.urandom(8).hex()}.part"
        self._handle: io.BufferedWriter | None = None
        self._is_aborted = False

    def open(self) -> None:
        self._handle = self._part.open("xb")
        if self._is_aborted:
            # The task was cancelled while this thread opened the file, so it has to be deleted here.
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
        # Keep the permissions of an existing file.
        with contextlib.suppress(FileNotFoundError):
            self._part.chmod(stat.S_IMODE(self._target.stat().st_mode))
        self._part.replace(self._target)
        self._handle = None

    def abort(self) -> None:
        self._is_aborted = True
        handle, self._handle = self._handle, None
        if handle is None:
            return
        # Closing flushes the buffer, which fails on a full disk; the file is deleted next.
        with contextlib.suppress(OSError):
            handle.close()
        with contextlib.suppress(FileNotFoundError):
            self._part.unlink()

    def _open_handle(self) -> io.BufferedWriter:
        if self._handle is None:
            raise RuntimeError("the download is not open")
        return self._handle


class HandleWriter(DownloadWriter):
    may_hang = True

    def __init__(self, handle: IO[bytes]) -> None:
        self._handle = handle
        self._start: int | None = None
        self._is_at_end = False
        self._is_in_use = False
        self._is_aborted = False

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
        with self._use():
            while rest and not self._is_aborted:
                # An unbuffered handle may write only a part, and some file-like objects return None.
                count = cast("int | None", self._handle.write(rest))
                written = len(rest) if count is None else count
                rest = rest[written:]
                self.written += written

    def rewind(self) -> bool:
        if self.written == 0:
            return True
        if self._start is None:
            return False
        self._handle.seek(self._start)
        if self._is_at_end:
            # Data after the initial position must not be discarded.
            self._handle.truncate()
        self.written = 0
        return True

    def commit(self) -> None:
        flush: Any = getattr(self._handle, "flush", None)
        if flush is not None:
            with self._use():
                flush()

    def abort(self) -> None:
        self._is_aborted = True
        # If the task was cancelled, another thread may still be using it.
        if not self._is_in_use and not getattr(self._handle, "closed", False):
            self.rewind()

    @contextlib.contextmanager
    def _use(self) -> Generator[None]:
        self._is_in_use = True
        try:
            yield
        finally:
            self._is_in_use = False


def open_writer(to: DownloadTarget) -> DownloadWriter:
    """Return a writer for the target of a download, after checking the target.

    Raises:
        TypeError: The target is neither a path nor a file handle opened in binary mode.
        ValueError: The target is a file handle that is closed or not opened for writing.
        OSError: The target is a directory, or its directory does not exist.
    """
    given: Any = to
    if isinstance(given, (str, os.PathLike)):
        path = os.fsdecode(cast("str | os.PathLike[str]", given))
        if not path:
            raise ValueError("to is an empty path")
        return PathWriter(path)
    if isinstance(given, io.TextIOBase) or _is_text_handle(given):
        raise TypeError("to is a file handle opened in text mode; open it in binary mode: open(..., 'wb')")
    if not callable(getattr(given, "write", None)):
        raise TypeError(f"to must be a path or a file handle opened in binary mode, not {type(given).__name__}")
    handle = cast("IO[bytes]", given)
    if getattr(handle, "closed", False) is True:
        raise ValueError("to is a closed file handle")
    writable: Any = getattr(handle, "writable", None)
    if writable is not None and not writable():
        raise ValueError("to is a file handle that was not opened for writing; use open(..., 'wb')")
    return HandleWriter(handle)


def _is_text_handle(handle: object) -> bool:
    # Wrappers such as those of tempfile do not inherit from TextIOBase, but have an encoding.
    return isinstance(getattr(handle, "encoding", None), str) and "b" not in str(getattr(handle, "mode", ""))
