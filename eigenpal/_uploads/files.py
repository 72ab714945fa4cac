"""Files to upload, which are checked before a request is sent, and read in chunks.

Each attempt reads a file from the beginning: a path is opened again, and a file handle is rewound to its initial
position. Uploads of unseekable handles are not retried. File handles are not closed.
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

from eigenpal._uploads.content_types import guess_content_type
from eigenpal_generated.runtime import FileInput

CHUNK_SIZE = 256 * 1024

_UNNAMED = "file"
_CONTENT_TYPE = re.compile(r"[\w!#$&^.+-]+/[\w!#$&^.+-]+(?:\s*;[\x20-\x7e]*)?", re.ASCII)
_EXPECTED = "a pathlib.Path, a file handle opened in binary mode, or {'content': bytes, 'filename': str}"


class FileReadError(Exception):
    """A file cannot be read, or has changed since it was checked. The text names the file and the reason."""


class FilePart(ABC):
    """A file to upload, and the filename to send."""

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
        self._label = f"{where} ({filename})"
        self.has_own_type = content_type is not None
        """Whether the content type was given, not guessed from the filename."""
        self.content_type = guess_content_type(filename) if content_type is None else content_type

    @abstractmethod
    def chunks(self) -> Iterator[bytes]:
        """Yield the content from the beginning.

        Raises:
            FileReadError: It cannot be read, or its size has changed since it was checked.
        """

    def _read_from(self, handle: IO[bytes]) -> Iterator[bytes]:
        sent = 0
        while True:
            chunk = self._read_chunk(handle)
            if not chunk:
                break
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

    def _read_chunk(self, handle: IO[bytes]) -> bytes:
        try:
            chunk: Any = handle.read(CHUNK_SIZE)
        except (OSError, ValueError) as error:
            problem = f"{self._label} could not be read: {error}"
        else:
            if isinstance(chunk, bytes):
                return chunk
            problem = f"{self._label} returned " + (
                "no data" if chunk is None else f"{type(chunk).__name__}, not bytes"
            )
        raise FileReadError(problem)


class _PathPart(FilePart):
    def __init__(self, where: str, path: str) -> None:
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
        super().__init__(where, self._path.name or _UNNAMED)
        self.size = status.st_size

    def chunks(self) -> Iterator[bytes]:
        with self._open() as handle:
            yield from self._read_from(handle)

    def _open(self) -> IO[bytes]:
        try:
            return self._path.open("rb")
        except OSError as error:
            problem = f"{self._label} could not be opened again: {error.strerror or error}"
        raise FileReadError(problem)


class _HandlePart(FilePart):
    def __init__(self, where: str, handle: IO[bytes], *, is_named: bool) -> None:
        super().__init__(where, _get_handle_name(where, handle, is_named=is_named))
        self._handle = handle
        self._start = 0
        self.size = None
        self.replayable = False
        if _is_seekable(handle):
            self._start = handle.tell()
            if self._start and not handle.read(1):
                # For example because it was just written. An empty upload is never intended.
                raise ValueError(f"{where} is a file handle at its end; rewind it with seek(0)")
            self.size = _measure(handle, self._start)
            self.replayable = True
        self.blocking = self.may_hang = not isinstance(handle, io.BytesIO)

    def chunks(self) -> Iterator[bytes]:
        if self.replayable:
            try:
                self._handle.seek(self._start)
            except (OSError, ValueError) as error:
                problem = f"{self._label} could not be rewound: {error}"
                raise FileReadError(problem) from None
        yield from self._read_from(self._handle)


class _ContentPart(FilePart):
    blocking = False

    def __init__(self, where: str, content: bytes, filename: str, content_type: str | None) -> None:
        super().__init__(where, filename, content_type)
        self._content = content
        self.size = len(content)

    def chunks(self) -> Iterator[bytes]:
        for start in range(0, len(self._content), CHUNK_SIZE):
            yield self._content[start : start + CHUNK_SIZE]


# --- arguments to parts -----------------------------------------------------------------------------------------------


def is_file(value: object) -> bool:
    """Return whether a value is a file to upload, not a value to send as JSON."""
    if isinstance(value, os.PathLike) or hasattr(value, "read"):
        return True
    if not isinstance(value, Mapping):
        return False
    mapping = cast("Mapping[object, object]", value)
    return isinstance(mapping.get("content"), (bytes, bytearray, memoryview)) and "filename" in mapping


def make_file_part(where: str, value: FileInput | FilePart, *, is_named: bool = True) -> FilePart:
    """Check a file and prepare it for sending; a `FilePart` is returned unchanged.

    Args:
        where: The path of the file in the arguments, for messages.
        value: The file.
        is_named: Whether the filename is sent, so that it must have one.

    Raises:
        TypeError: The value cannot be sent as a file.
        ValueError: The file has no name, or its file handle is closed or at its end.
        OSError: The file does not exist, is a directory or cannot be read.
    """
    given: Any = value
    if isinstance(given, FilePart):
        return given
    if isinstance(given, os.PathLike):
        return _PathPart(where, os.fsdecode(cast("os.PathLike[str]", given)))
    if isinstance(given, Mapping):
        return _make_content_part(where, cast("Mapping[str, object]", given))
    if isinstance(given, str):
        raise TypeError(f"{where} must not be a str; to upload a file, pass pathlib.Path({given[:100]!r})")
    if isinstance(given, (bytes, bytearray, memoryview)):
        raise TypeError(
            f"{where} must not be bytes; pass {{'content': ..., 'filename': ...}}, which includes a filename"
        )
    if callable(getattr(given, "read", None)):
        return _HandlePart(where, _check_handle(where, given), is_named=is_named)
    raise TypeError(f"{where} must be {_EXPECTED}, not {type(given).__name__}")


def _check_handle(where: str, handle: Any) -> IO[bytes]:
    if getattr(handle, "closed", False) is True:
        raise ValueError(f"{where} is a closed file handle")
    try:
        empty: object = handle.read(0)
    except io.UnsupportedOperation:
        raise ValueError(f"{where} is a file handle that was not opened for reading; use open(..., 'rb')") from None
    except OSError as error:
        raise OSError(f"{where} is a file handle that cannot be read: {error}") from None
    except (TypeError, ValueError) as error:
        raise TypeError(f"{where}.read() failed ({error}); pass {_EXPECTED}") from None
    if isinstance(empty, bytes):
        return cast("IO[bytes]", handle)
    if isinstance(empty, str):
        raise TypeError(f"{where} is a file handle opened in text mode; open it in binary mode: open(..., 'rb')")
    if hasattr(empty, "__await__"):
        # Avoids the warning that the coroutine was never awaited.
        cast("Any", empty).close()
    raise TypeError(f"{where} is a {type(handle).__name__} whose read() does not return bytes; pass {_EXPECTED}")


def _is_seekable(handle: IO[bytes]) -> bool:
    try:
        return handle.seekable()
    except AttributeError:
        return False


def _measure(handle: IO[bytes], start: int) -> int | None:
    try:
        return max(0, handle.seek(0, os.SEEK_END) - start)
    except (OSError, ValueError):
        # Some file handles, such as those of compressed files, cannot seek from the end.
        return None
    finally:
        handle.seek(start)


def _get_handle_name(where: str, handle: IO[bytes], *, is_named: bool) -> str:
    name: object = getattr(handle, "name", None)
    if isinstance(name, bytes):
        name = os.fsdecode(name)
    if isinstance(name, os.PathLike):
        name = os.fspath(cast("os.PathLike[str]", name))
    if isinstance(name, str):
        return last_component(name)
    if is_named and isinstance(handle, io.BytesIO) and name is None:
        raise ValueError(
            f"{where} is an in-memory stream without a name, which is required to determine the content type; "
            "pass {'content': stream.getvalue(), 'filename': 'document.pdf'}, or set stream.name"
        )
    return _UNNAMED


def _make_content_part(where: str, given: Mapping[str, object]) -> FilePart:
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
    mime_type = given.get("mime_type", given.get("mimeType"))
    unknown = set(given) - {"content", "filename", "mime_type", "mimeType"}
    if unknown:
        raise ValueError(
            f"{where} has unknown key {sorted(map(repr, unknown))[0]}; allowed keys are content, filename and mime_type"
        )
    if mime_type is None:
        return _ContentPart(where, content, last_component(filename), None)
    if not isinstance(mime_type, str):
        raise TypeError(f"{where}['mime_type'] must be a str, not {type(mime_type).__name__}")
    if _CONTENT_TYPE.fullmatch(mime_type) is None:
        raise ValueError(f"{where}['mime_type'] must be a type such as 'application/pdf', not {mime_type[:100]!r}")
    return _ContentPart(where, content, last_component(filename), mime_type)


def _shorten(path: str) -> str:
    return repr(path if len(path) <= 100 else f"{path[:100]}...")


def last_component(name: str) -> str:
    """Return the part of a path after its last slash or backslash, so that no folders are sent."""
    return re.split(r"[/\\]", name)[-1] or _UNNAMED
