"""Files that go up: what may be given as one, checked before anything is sent, and read piece by piece.

A file is read in pieces of constant size, from wherever it lies, and once more from the beginning for every repeat of
the request: paths are opened anew, handles wound back to where they stood. A handle that cannot be wound back is sent
once. What the caller gave is never changed, and a handle never closed.
"""

from __future__ import annotations

import io
import os
import re
import stat
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, Any, cast

from eigenpal._uploads.content_types import guessed_content_type
from eigenpal_generated.runtime import FileInput

PIECE_SIZE = 256 * 1024

_UNNAMED = "file"
_CONTENT_TYPE = re.compile(r"[\w!#$&^.+-]+/[\w!#$&^.+-]+(?:\s*;[\x20-\x7e]*)?", re.ASCII)
_EXPECTED = "a pathlib.Path, a handle opened in binary mode, or {'content': bytes, 'filename': str}"


class FileReadError(Exception):
    """A file that could be sent when it was checked, but not any more; the text says which and why."""


class FilePart(ABC):
    """A file that goes up, under the name the server shall see."""

    size: int | None
    """In bytes; None where only reading to the end will tell."""
    replayable = True
    """Whether it can be read from the beginning once more."""
    blocking = True
    """Whether reading may take time, so that an event loop has to leave it to a thread."""

    def __init__(self, where: str, filename: str, content_type: str | None = None) -> None:
        self.where = where
        self.filename = filename
        self.content_type = guessed_content_type(filename) if content_type is None else content_type

    @abstractmethod
    def pieces(self) -> Iterator[bytes]:
        """Yield the content from the beginning.

        Raises:
            FileReadError: It cannot be read, or is not of the size it had when it was checked.
        """

    def _read_from(self, handle: IO[bytes]) -> Iterator[bytes]:
        sent = 0
        while True:
            piece = self._next_piece(handle)
            if not piece:
                break
            sent += len(piece)
            if self.size is not None and sent > self.size:
                raise FileReadError(f"{self._named()} grew while it was being sent; it had {self.size} bytes at first")
            yield piece
        if self.size is not None and sent < self.size:
            raise FileReadError(
                f"{self._named()} shrank while it was being sent: it had {self.size} bytes, and now ends after {sent}"
            )

    def _next_piece(self, handle: IO[bytes]) -> bytes:
        try:
            piece: Any = handle.read(PIECE_SIZE)
        except (OSError, ValueError) as error:
            problem = f"{self._named()} could not be read: {error}"
        else:
            if isinstance(piece, bytes):
                return piece
            problem = f"{self._named()} had no bytes ready" + ("" if piece is None else f", but {type(piece).__name__}")
        raise FileReadError(problem)

    def _named(self) -> str:
        return f"{self.where} ({self.filename})"


class _Path(FilePart):
    def __init__(self, where: str, path: str) -> None:
        self._path = Path(path)
        try:
            found = self._path.stat()
            if stat.S_ISREG(found.st_mode):
                # Opened, because that is the one way to know that it can be read.
                self._path.open("rb").close()
        except FileNotFoundError:
            raise FileNotFoundError(f"{where}: there is no file {path!r}") from None
        except PermissionError:
            raise PermissionError(f"{where}: {path!r} may not be read by this user") from None
        except OSError as error:
            raise OSError(f"{where}: {_shown(path)} cannot be read: {error.strerror or error}") from None
        except ValueError as error:  # a NUL in it
            raise ValueError(f"{where}: {_shown(path)} is no path of a file: {error}") from None
        if stat.S_ISDIR(found.st_mode):
            raise IsADirectoryError(f"{where}: {path!r} is a directory; give a file, or zip it first")
        if not stat.S_ISREG(found.st_mode):
            raise ValueError(f"{where}: {path!r} is no regular file; open it and give the handle")
        super().__init__(where, self._path.name or _UNNAMED)
        self.size = found.st_size

    def pieces(self) -> Iterator[bytes]:
        with self._opened() as handle:
            yield from self._read_from(handle)

    def _opened(self) -> IO[bytes]:
        try:
            return self._path.open("rb")
        except OSError as error:
            problem = f"{self._named()} could not be opened again: {error.strerror or error}"
        raise FileReadError(problem)


class _Handle(FilePart):
    def __init__(self, where: str, handle: IO[bytes]) -> None:
        super().__init__(where, _handle_name(where, handle))
        self._handle = handle
        self._start = 0
        self.size = None
        self.replayable = False
        if _is_seekable(handle):
            self._start = handle.tell()
            if self._start and not handle.read(1):
                # As after writing it, or after sending it before: an empty file is not what anybody means by it.
                raise ValueError(f"{where} is a handle that stands at its end already; wind it back with seek(0)")
            self.size = _size_from(handle, self._start)
            self.replayable = True
        self.blocking = not isinstance(handle, io.BytesIO)

    def pieces(self) -> Iterator[bytes]:
        if self.replayable:
            try:
                self._handle.seek(self._start)
            except (OSError, ValueError) as error:
                problem = f"{self._named()} could not be wound back: {error}"
                raise FileReadError(problem) from None
        yield from self._read_from(self._handle)


class _Content(FilePart):
    blocking = False

    def __init__(self, where: str, content: bytes, filename: str, content_type: str | None) -> None:
        super().__init__(where, filename, content_type)
        self._content = content
        self.size = len(content)

    def pieces(self) -> Iterator[bytes]:
        for start in range(0, len(self._content), PIECE_SIZE):
            yield self._content[start : start + PIECE_SIZE]


# --- what was given ---------------------------------------------------------------------------------------------------


def is_file(value: object) -> bool:
    """Tell whether a value is given as a file, rather than as something to send as JSON."""
    if isinstance(value, os.PathLike) or hasattr(value, "read"):
        return True
    if not isinstance(value, Mapping):
        return False
    mapping = cast("Mapping[object, object]", value)
    return isinstance(mapping.get("content"), (bytes, bytearray, memoryview)) and "filename" in mapping


def make_file_part(where: str, value: FileInput) -> FilePart:
    """Check a file and make it ready to be sent; ``where`` names it in messages.

    Raises:
        TypeError: It is nothing that can be sent as a file.
        ValueError: It has no name, is closed, or was read to its end already.
        OSError: It does not exist, is a directory or cannot be read.
    """
    given: Any = value
    if isinstance(given, os.PathLike):
        return _Path(where, os.fsdecode(cast("os.PathLike[str]", given)))
    if isinstance(given, Mapping):
        return _content_part(where, cast("Mapping[str, object]", given))
    if isinstance(given, str):
        raise TypeError(f"{where} is a str; for the file of that name give pathlib.Path({given[:100]!r})")
    if isinstance(given, (bytes, bytearray, memoryview)):
        raise TypeError(f"{where} is bare bytes; give {{'content': ..., 'filename': ...}}, so that the file has a name")
    if callable(getattr(given, "read", None)):
        return _Handle(where, _checked_handle(where, given))
    raise TypeError(f"{where} must be {_EXPECTED}, not {type(given).__name__}")


def _checked_handle(where: str, handle: Any) -> IO[bytes]:
    if getattr(handle, "closed", False) is True:
        raise ValueError(f"{where} is a closed handle")
    try:
        nothing: object = handle.read(0)
    except io.UnsupportedOperation:
        raise ValueError(f"{where} is a handle that was not opened for reading: open(..., 'rb')") from None
    except OSError as error:
        raise OSError(f"{where} is a handle that cannot be read: {error}") from None
    except (TypeError, ValueError) as error:
        raise TypeError(f"{where} has a read() that cannot be used ({error}); give {_EXPECTED}") from None
    if isinstance(nothing, bytes):
        return cast("IO[bytes]", handle)
    if isinstance(nothing, str):
        raise TypeError(f"{where} is a handle opened as text; open it in binary mode: open(..., 'rb')")
    if hasattr(nothing, "__await__"):
        # Closed, for it would warn that nobody awaited it.
        cast("Any", nothing).close()
    raise TypeError(f"{where} is a {type(handle).__name__} whose read() does not return bytes; give {_EXPECTED}")


def _is_seekable(handle: IO[bytes]) -> bool:
    try:
        return handle.seekable()
    except AttributeError:
        return False


def _size_from(handle: IO[bytes], start: int) -> int | None:
    try:
        return max(0, handle.seek(0, os.SEEK_END) - start)
    except (OSError, ValueError):
        # Some handles can be wound back, but not forward: those of compressed files, for example.
        return None
    finally:
        handle.seek(start)


def _handle_name(where: str, handle: IO[bytes]) -> str:
    name: object = getattr(handle, "name", None)
    if isinstance(name, bytes):
        name = os.fsdecode(name)
    if isinstance(name, os.PathLike):
        name = os.fspath(cast("os.PathLike[str]", name))
    if isinstance(name, str):
        return last_component(name)
    if isinstance(handle, io.BytesIO) and name is None:
        raise ValueError(
            f"{where} is a stream in memory without a name, by which the server could tell its kind; "
            "give {'content': stream.getvalue(), 'filename': 'document.pdf'}, or set stream.name"
        )
    return _UNNAMED


def _content_part(where: str, given: Mapping[str, object]) -> FilePart:
    content = given.get("content")
    if isinstance(content, (bytearray, memoryview)):
        content = bytes(cast("bytes", content))
    if not isinstance(content, bytes):
        raise TypeError(f"{where}['content'] must be bytes, not {type(content).__name__}")
    filename = given.get("filename")
    if not isinstance(filename, str):
        raise TypeError(f"{where}['filename'] must be a str, not {type(filename).__name__}")
    if not filename.strip():
        raise ValueError(f"{where}['filename'] is blank")
    stated = given.get("mime_type", given.get("mimeType"))
    unknown = set(given) - {"content", "filename", "mime_type", "mimeType"}
    if unknown:
        raise ValueError(f"{where} has {sorted(map(repr, unknown))[0]}; a file has content, filename and mime_type")
    if stated is None:
        return _Content(where, content, last_component(filename), None)
    if not isinstance(stated, str):
        raise TypeError(f"{where}['mime_type'] must be a str, not {type(stated).__name__}")
    if _CONTENT_TYPE.fullmatch(stated) is None:
        raise ValueError(f"{where}['mime_type'] must be a type such as 'application/pdf', not {stated[:100]!r}")
    return _Content(where, content, last_component(filename), stated)


def _shown(path: str) -> str:
    return repr(path if len(path) <= 100 else f"{path[:100]}...")


def last_component(name: str) -> str:
    """Return what follows the last slash of either kind, so that no server has to think about folders."""
    return re.split(r"[/\\]", name)[-1] or _UNNAMED
