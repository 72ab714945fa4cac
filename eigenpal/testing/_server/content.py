"""File contents: small ones in memory, large ones in anonymous temporary files."""

from __future__ import annotations

import hashlib
import mimetypes
import tempfile
import threading
import weakref
from collections.abc import Iterator
from typing import IO, cast

CHUNK_BYTES = 256 * 1024
_MAX_MEMORY_BYTES = 1024 * 1024


class ContentWriter:
    """Collects bytes into a `Content`; large contents are spooled to disk."""

    def __init__(self) -> None:
        self._file = tempfile.SpooledTemporaryFile(max_size=_MAX_MEMORY_BYTES)  # noqa: SIM115 - closed by close()
        self._digest = hashlib.sha256()
        self._size = 0

    def write(self, chunk: bytes) -> None:
        """Append bytes."""
        self._file.write(chunk)
        self._digest.update(chunk)
        self._size += len(chunk)

    def finish(self) -> Content:
        """Return the content; nothing can be written afterwards."""
        if self._size > _MAX_MEMORY_BYTES:
            return Content(cast("IO[bytes]", self._file), self._size, self._digest.hexdigest())
        self._file.seek(0)
        data = self._file.read()
        self._file.close()
        return Content(data, self._size, self._digest.hexdigest())

    def close(self) -> None:
        """Discard what was written."""
        self._file.close()


class Content:
    """Immutable bytes, in memory or in a file.

    Args:
        data: The bytes, or a file to read them from, which the content then owns.
        size: Number of bytes.
        sha256: Their SHA-256 digest, in hex.
    """

    def __init__(self, data: bytes | IO[bytes], size: int, sha256: str) -> None:
        self._lock = threading.Lock()
        self._data = data if isinstance(data, bytes) else None
        self._file = None if isinstance(data, bytes) else data
        self.size: int = size
        self.sha256: str = sha256
        if self._file is not None:
            # Close the file with the last reference to the content.
            weakref.finalize(self, self._file.close)

    @classmethod
    def from_bytes(cls, data: bytes) -> Content:
        """Return a content of these bytes."""
        return cls(data, len(data), hashlib.sha256(data).hexdigest())

    def read(self) -> bytes:
        """Return all bytes."""
        return b"".join(self.iter_chunks())

    def iter_chunks(self) -> Iterator[bytes]:
        """Yield the bytes in chunks, so that a large file is never in memory as a whole."""
        if self._data is not None:
            if self._data:
                yield self._data
            return
        position = 0
        while position < self.size:
            with self._lock:
                if self._file is None:
                    raise ValueError("the content is closed")
                self._file.seek(position)
                chunk = self._file.read(CHUNK_BYTES)
            if not chunk:
                return
            position += len(chunk)
            yield chunk

    def close(self) -> None:
        """Close the temporary file."""
        with self._lock:
            if self._file is not None:
                self._file.close()
                self._file = None


def content_from_chunks(chunks: Iterator[bytes]) -> Content:
    """Return a content of these chunks."""
    writer = ContentWriter()
    for chunk in chunks:
        writer.write(chunk)
    return writer.finish()


class UploadedFile:
    """A file as a handler receives it.

    Attributes:
        filename: Name it was uploaded under, without folders.
        content_type: Media type it was uploaded with, or one guessed from its name.

    Examples:
        >>> UploadedFile("a.txt", b"hello").read()
        b'hello'
    """

    def __init__(self, filename: str, content: bytes | Content, content_type: str | None = None) -> None:
        self.filename: str = filename
        self.content_type: str = content_type or guess_content_type(filename)
        self.stored_content: Content = content if isinstance(content, Content) else Content.from_bytes(content)

    @property
    def size(self) -> int:
        """Size in bytes."""
        return self.stored_content.size

    @property
    def content(self) -> bytes:
        """All bytes of the file."""
        return self.stored_content.read()

    def read(self) -> bytes:
        """Return all bytes of the file."""
        return self.stored_content.read()

    def iter_chunks(self) -> Iterator[bytes]:
        """Yield the bytes in chunks."""
        return self.stored_content.iter_chunks()

    def text(self, encoding: str = "utf-8") -> str:
        """Return the file as text."""
        return self.read().decode(encoding)

    def __repr__(self) -> str:
        return f"UploadedFile({self.filename!r}, {self.content_type!r}, {self.size} bytes)"


_KNOWN_TYPES = {
    ".jsonl": "application/x-ndjson",
    ".lock": "application/json",
    ".md": "text/markdown",
    ".yaml": "text/yaml",
    ".yml": "text/yaml",
}


def guess_content_type(filename: str) -> str:
    """Return the media type for a file name; the same on every machine for the server's own files."""
    dot = filename.rfind(".")
    known = _KNOWN_TYPES.get(filename[dot:].lower()) if dot >= 0 else None
    return known or mimetypes.guess_type(filename)[0] or "application/octet-stream"


def strip_folders(filename: str) -> str:
    """Return a file name without folders, for slashes and backslashes."""
    name = filename.replace("\\", "/").rsplit("/", 1)[-1].replace("\x00", "")
    return name if name not in ("", ".", "..") else "file"
