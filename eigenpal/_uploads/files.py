"""Files to upload, read in chunks.

Each attempt reads a file from the beginning: a path is opened again, and a file handle is rewound to its initial
position. Uploads of unseekable handles are not retried. File handles are not closed.
"""

from __future__ import annotations

import io
import os
import stat
from abc import ABC, abstractmethod
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from eigenpal._uploads.async_handles import AsyncHandle
from eigenpal._uploads.content_types import guess_content_type
from eigenpal._uploads.upload_errors import FileReadError

CHUNK_SIZE = 256 * 1024

TEXT_MODE = (
    "{} is a file handle opened in text mode; open it in binary mode: open(..., 'rb'), or pass "
    "{{'content': text.encode(), 'filename': ...}}"
)


class FilePart(ABC):
    """A file to upload, and the filename and content type to send."""

    size: int | None
    """The size in bytes; None if it is not known in advance."""
    replayable = True
    """Whether it can be read from the beginning again."""
    blocking = True
    """Whether reading may block, so that an event loop has to use a thread."""
    may_hang = False
    """Whether reading may never end: a file handle may be a pipe or a connection."""

    def __init__(self, where: str, filename: str, content_type: str | None = None) -> None:
        self.filename = filename
        self._where = where
        self._label = f"{where} ({filename})"
        self.has_own_type = content_type is not None
        """Whether the content type was given, not guessed from the filename."""
        self.content_type = guess_content_type(filename) if content_type is None else content_type

    def prepare(self) -> None:  # noqa: B027 - most files need no more checks
        """Make the checks that may block. Called once before a request is sent, in a thread if there is an event loop.

        Raises:
            TypeError: It can be read only in an event loop, and there is none.
            ValueError: It is at its end.
        """

    def rewind(self) -> None:  # noqa: B027 - only a handle has a position
        """Go back to where `prepare` found it, after `chunks` were read for another purpose than sending them."""

    @abstractmethod
    def chunks(self) -> Iterator[bytes]:
        """Yield the content from the beginning.

        Raises:
            FileReadError: It cannot be read, or its size has changed since it was checked.
        """

    def _read_from(self, handle: Any) -> Iterator[bytes]:
        sent = 0
        while chunk := self._read_chunk(handle):
            sent += len(chunk)
            if self.size is not None and sent > self.size:
                raise FileReadError(
                    f"{self._label} grew while it was being sent; it had {self.size} bytes at the start"
                )
            yield chunk
        if self.size is not None and sent < self.size:
            raise FileReadError(
                f"{self._label} shrank while it was being sent: it had {self.size} bytes, and now ends after {sent}"
            )
        if not sent and not self.replayable:
            raise FileReadError(f"{self._label} ended before its first byte; it was probably read before")

    def _read_chunk(self, handle: Any) -> bytes:
        try:
            chunk: Any = handle.read(CHUNK_SIZE)
        except (OSError, ValueError) as error:
            problem = f"{self._label} could not be read: {error}"
        except Exception as error:  # noqa: BLE001 - those of archives and storage clients are of any type
            problem = f"{self._label} could not be read: {type(error).__name__}: {error}"
        else:
            if isinstance(chunk, bytes):
                return chunk
            problem = f"{self._label} returned " + (
                "no data" if chunk is None else f"{type(chunk).__name__}, not bytes"
            )
        raise FileReadError(problem)


class PathPart(FilePart):
    """A file in the file system."""

    def __init__(self, where: str, path: str, filename: str | None = None, content_type: str | None = None) -> None:
        self._path = Path(path)
        try:
            status = self._path.stat()
            if stat.S_ISREG(status.st_mode):
                # Opening it is the only reliable way to check that it can be read.
                self._path.open("rb").close()
        except FileNotFoundError:
            raise FileNotFoundError(f"{where}: {path!r} does not exist") from None
        except PermissionError:
            raise PermissionError(f"{where}: no permission to read {path!r}") from None
        except OSError as error:
            raise OSError(f"{where}: {_shorten(path)} cannot be read: {error.strerror or error}") from None
        except ValueError as error:  # a NUL in it
            raise ValueError(f"{where}: {_shorten(path)} is not a path: {error}") from None
        if stat.S_ISDIR(status.st_mode):
            raise IsADirectoryError(f"{where}: {path!r} is a directory; pass a file, or zip it first")
        if not stat.S_ISREG(status.st_mode):
            raise ValueError(f"{where}: {path!r} is not a regular file; open it and pass the file handle")
        super().__init__(where, self._path.name if filename is None else filename, content_type)
        self.size = status.st_size

    def chunks(self) -> Iterator[bytes]:
        with self._open() as handle:
            yield from self._read_from(handle)

    def _open(self) -> io.BufferedReader:
        try:
            return self._path.open("rb")
        except OSError as error:
            problem = f"{self._label} could not be opened again: {error.strerror or error}"
        raise FileReadError(problem)


class ReadablePathPart(FilePart):
    """A file that is opened as a path is, but is not in the file system, such as a member of a ZIP archive."""

    def __init__(self, where: str, path: Any, filename: str | None = None, content_type: str | None = None) -> None:
        if not path.is_file():
            if path.is_dir():
                raise IsADirectoryError(f"{where}: {path!r} is a directory; pass a file")
            raise FileNotFoundError(f"{where}: {path!r} does not exist")
        super().__init__(where, path.name if filename is None else filename, content_type)
        self._path = path
        self.size = None

    def prepare(self) -> None:
        with self._path.open("rb") as handle:
            self.size = _measure(handle, 0) if _is_seekable(handle) else None

    def chunks(self) -> Iterator[bytes]:
        with self._path.open("rb") as handle:
            yield from self._read_from(handle)


class HandlePart(FilePart):
    """A file handle."""

    def __init__(
        self,
        where: str,
        handle: Any,
        filename: str,
        content_type: str | None = None,
        *,
        is_async: bool = False,
        from_start: bool = False,
    ) -> None:
        super().__init__(where, filename, content_type)
        self._handle = AsyncHandle(handle) if is_async else handle
        self._is_async = is_async
        self._from_start = from_start
        self._start = 0
        self.size = None
        # That of an asynchronous handle is not known yet.
        self.replayable = not is_async and _is_seekable(handle)
        self.blocking = self.may_hang = not isinstance(handle, io.BytesIO)

    def prepare(self) -> None:
        handle = self._handle
        if self._is_async:
            if not handle.has_event_loop():
                raise TypeError(
                    f"{self._where} is an asynchronous file handle, which only AsyncEigenpalClient can read; open the "
                    "file with open(..., 'rb'), or pass {'content': await handle.read(), 'filename': ...}"
                )
            if isinstance(handle.read(0), str):
                raise TypeError(TEXT_MODE.format(self._where))
            self.replayable = _is_seekable(handle)
        if not self.replayable:
            return
        if not self._from_start:
            self._start = handle.tell()
            if self._start and not handle.read(1):
                # For example because it was just written. An empty upload is never intended.
                raise ValueError(f"{self._where} is a file handle at its end; rewind it with seek(0)")
        self.size = _measure(handle, self._start)

    def rewind(self) -> None:
        self._handle.seek(self._start)

    def chunks(self) -> Iterator[bytes]:
        if self.replayable:
            try:
                self._handle.seek(self._start)
            except (OSError, ValueError) as error:
                problem = f"{self._label} could not be rewound: {error}"
                raise FileReadError(problem) from None
        yield from self._read_from(self._handle)


class ContentPart(FilePart):
    """Bytes in memory."""

    blocking = False

    def __init__(self, where: str, content: bytes, filename: str, content_type: str | None = None) -> None:
        super().__init__(where, filename, content_type)
        self._content = content
        self.size = len(content)

    def chunks(self) -> Iterator[bytes]:
        for start in range(0, len(self._content), CHUNK_SIZE):
            yield self._content[start : start + CHUNK_SIZE]


def _is_seekable(handle: Any) -> bool:
    try:
        return bool(handle.seekable())
    except AttributeError:
        # tempfile.SpooledTemporaryFile, in which web frameworks keep uploads, has it since Python 3.11.
        return hasattr(handle, "rollover")


def _measure(handle: Any, start: int) -> int | None:
    try:
        handle.seek(0, os.SEEK_END)
        end: int = handle.tell()
        return max(0, end - start)
    except (OSError, ValueError):
        # Some file handles, such as those of compressed files, cannot seek from the end.
        return None
    finally:
        handle.seek(start)


def _shorten(path: str) -> str:
    return repr(path if len(path) <= 100 else f"{path[:100]}...")
