"""Writers for downloads, to a path or to a file handle.

Downloads to a path are atomic: they are written to a file beside it, which replaces it once all bytes are on disk. If
the download fails, an existing file is unchanged. The bytes that arrived are kept for the next call if the server
identified the file by a strong ETag; otherwise they are deleted.
"""

from __future__ import annotations

import io
import os
import stat
from abc import ABC, abstractmethod
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import IO, Any, cast

from eigenpal._downloads.folders import Folder, enter_folder
from eigenpal._downloads.part_file import PartFile, PartRecord, open_part_file
from eigenpal._logging import add_note
from eigenpal_generated.runtime import DownloadTarget


class DownloadWriter(ABC):
    """The destination of a download."""

    written = 0
    """The number of bytes written, including those of an earlier call that is continued."""
    may_hang = False
    """Whether writing may never end, so that a cancelled task must not wait for it: to a pipe that nobody reads."""
    kept_in: Path | None = None
    """The file that an incomplete download is kept in, after `abort`."""

    def open(self, source: str | None) -> PartRecord | None:
        """Prepare for writing, before the file is requested.

        Args:
            source: Identifies what is downloaded; None if it cannot be continued.

        Returns:
            What an earlier call has kept of it; None if there is nothing to continue.
        """
        return None

    def identify(self, source: str | None, etag: str | None, size: int | None) -> None:  # noqa: B027
        """Set where the next bytes come from: the source, its strong ETag if it has one, and its size if known."""

    @abstractmethod
    def write(self, chunk: bytes) -> None:
        """Append a chunk."""

    @abstractmethod
    def rewind(self) -> bool:
        """Discard what was written and return True, or return False if that is not possible."""

    def commit(self) -> None:  # noqa: B027 - nothing to do by default
        """Finish a complete download."""

    def abort(self) -> None:  # noqa: B027 - nothing to do by default
        """Keep an incomplete download for the next call, or discard it, as far as possible."""


class PathInFolder(os.PathLike[str]):
    """The target of a download below a directory. No link is followed on the way there."""

    def __init__(self, folder: Path, parts: tuple[str, ...]) -> None:
        self.folder = folder
        self.parts = parts

    def __fspath__(self) -> str:
        return str(self.folder.joinpath(*self.parts))


class PathWriter(DownloadWriter):
    def __init__(self, name: str, enter: Callable[[], Folder]) -> None:
        """Write to the file ``name`` of the directory that ``enter`` returns; a link of that name is replaced."""
        self._name = name
        self._enter = enter
        self._part: PartFile | None = None
        self._is_aborted = False

    def open(self, source: str | None) -> PartRecord | None:
        folder = self._enter()
        try:
            part = open_part_file(folder, self._name, self._choose_mode(folder))
        except BaseException:
            folder.close()
            raise
        try:
            record = part.recover(source)
        except BaseException:
            part.close()
            raise
        self.written, self._part = part.length, part
        if self._is_aborted:
            # The task was cancelled while this thread opened the file, so it has to be closed here.
            self.abort()
        return record

    def _choose_mode(self, folder: Folder) -> int:
        """Return the permissions of the incomplete file: not more than the target will have, but readable for us."""
        existing = folder.stat(self._name)
        if existing is None or stat.S_ISLNK(existing.st_mode):
            return 0o666
        path = str(folder.path / self._name)
        if stat.S_ISDIR(existing.st_mode):
            raise IsADirectoryError(f"{path!r} is a directory")
        if not stat.S_ISREG(existing.st_mode):
            # A pipe or a device would be replaced by a file.
            raise FileExistsError(f"{path!r} is not a regular file")
        return stat.S_IMODE(existing.st_mode) & 0o777 | 0o600

    def identify(self, source: str | None, etag: str | None, size: int | None) -> None:
        self._open_part().identify(source, etag, size)

    def write(self, chunk: bytes) -> None:
        part = self._open_part()
        part.write(chunk)
        self.written = part.length

    def rewind(self) -> bool:
        self._open_part().rewind()
        self.written = 0
        return True

    def commit(self) -> None:
        self._open_part().commit(self._name)
        self._part = None

    def abort(self) -> None:
        self._is_aborted = True
        part, self._part = self._part, None
        # A failure here must not hide the reason for the abort.
        with suppress(OSError):
            if part is not None and part.keep_or_delete():
                self.kept_in = part.path

    def _open_part(self) -> PartFile:
        if self._part is None:
            raise RuntimeError("the download is not open")
        return self._part


def _make_path_writer(path: str) -> PathWriter:
    # Writes through a link, as open() does.
    target = Path(path).resolve()
    if target.is_dir():
        raise IsADirectoryError(f"to={path!r} is a directory; pass the path of the file to write")
    # Checks the unresolved path, because the target of /dev/stdout may not be a path.
    if Path(path).exists() and not Path(path).is_file():
        # A pipe or a device would be replaced by a file.
        raise ValueError(f"to={path!r} is not a regular file; open it and pass the file handle")
    if not target.parent.is_dir():
        raise FileNotFoundError(f"to={path!r}: the directory {str(target.parent)!r} does not exist")
    return PathWriter(target.name, partial(Folder, target.parent))


class HandleWriter(DownloadWriter):
    may_hang = True

    def __init__(self, handle: IO[bytes]) -> None:
        self._handle = handle
        self._start: int | None = None
        self._is_at_end = False
        self._is_in_use = False
        self._is_aborted = False

    def open(self, source: str | None) -> None:
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

    @contextmanager
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
    if isinstance(given, PathInFolder):
        return PathWriter(given.parts[-1], partial(enter_folder, given.folder, given.parts[:-1]))
    if isinstance(given, (str, os.PathLike)):
        path = os.fsdecode(cast("str | os.PathLike[str]", given))
        if not path:
            raise ValueError("to= is an empty path")
        return _make_path_writer(path)
    if isinstance(given, io.TextIOBase) or _is_text_handle(given):
        raise TypeError("to= is a file handle opened in text mode; open it in binary mode: open(..., 'wb')")
    if not callable(getattr(given, "write", None)):
        raise TypeError(f"to= must be a path or a file handle opened in binary mode, not {type(given).__name__}")
    handle = cast("IO[bytes]", given)
    if getattr(handle, "closed", False) is True:
        raise ValueError("to= is a closed file handle")
    writable: Any = getattr(handle, "writable", None)
    if writable is not None and not writable():
        raise ValueError("to= is a file handle that was not opened for writing; use open(..., 'wb')")
    return HandleWriter(handle)


def _is_text_handle(handle: object) -> bool:
    # Wrappers such as those of tempfile do not inherit from TextIOBase, but have an encoding.
    return isinstance(getattr(handle, "encoding", None), str) and "b" not in str(getattr(handle, "mode", ""))


def note_kept_file(writer: DownloadWriter, error: BaseException) -> None:
    """Add to the exception that ended a download where the bytes that arrived are kept, if they are."""
    if writer.kept_in is not None:
        text = "The {:,} bytes that arrived are kept in {!r}; the next download of the file to this path continues it."
        add_note(error, text.format(writer.written, str(writer.kept_in)))
