"""Multipart bodies, generated chunk by chunk, once for each attempt."""

from __future__ import annotations

import os
from collections.abc import Generator, Sequence

from eigenpal._uploads.files import FilePart, make_file_part
from eigenpal_generated.runtime import FileInput

# As in the HTML standard ("multipart/form-data encoding algorithm"), characters that would end the value or the header
# are percent-encoded. So are other control characters, because some parsers cannot handle them.
_ESCAPES = {code: f"%{code:02X}" for code in (*range(32), ord('"'), 127)}


class Multipart:
    """A body of text parts and file parts. Files are checked when it is created, and opened for each attempt."""

    def __init__(self, texts: Sequence[tuple[str, str]], files: Sequence[tuple[str, FileInput | FilePart]]) -> None:
        # Random, so that no file can contain it and inject parts.
        boundary = os.urandom(16).hex()
        self.content_type: str = f"multipart/form-data; boundary={boundary}"
        self._separator = f"--{boundary}\r\n".encode()
        self._end = f"--{boundary}--\r\n".encode()
        self._texts = [_make_text_part(name, text) for name, text in texts]
        parts = [(name, make_file_part(name, file)) for name, file in files]
        self._files = [(_make_file_head(name, part), part) for name, part in parts]
        self._is_read = False

    @property
    def size(self) -> int | None:
        """The size in bytes; None if the size of a file is not known."""
        size = len(self._end)
        for text in self._texts:
            size += len(self._separator) + len(text) + 2
        for head, part in self._files:
            if part.size is None:
                return None
            size += len(self._separator) + len(head) + part.size + 2
        return size

    @property
    def replayable(self) -> bool:
        """Whether it can be sent (again): always true before it is first read."""
        return not self._is_read or all(part.replayable for _, part in self._files)

    @property
    def blocking(self) -> bool:
        """Whether reading it may block, so that an event loop has to use a thread."""
        return any(part.blocking for _, part in self._files)

    def chunks(self) -> Generator[bytes]:
        """Yield the body from the beginning.

        Raises:
            FileReadError: A file cannot be read, or its size has changed since it was checked.
        """
        self._is_read = True
        texts = [self._separator + text + b"\r\n" for text in self._texts]
        if texts:
            yield b"".join(texts)
        for head, part in self._files:
            yield self._separator + head
            yield from part.chunks()
            yield b"\r\n"
        yield self._end


def _make_text_part(name: str, text: str) -> bytes:
    return _encode(f'Content-Disposition: form-data; name="{name.translate(_ESCAPES)}"\r\n\r\n{text}')


def _make_file_head(name: str, part: FilePart) -> bytes:
    return _encode(
        f'Content-Disposition: form-data; name="{name.translate(_ESCAPES)}"; '
        f'filename="{part.filename.translate(_ESCAPES)}"\r\n'
        f"Content-Type: {part.content_type}\r\n\r\n"
    )


def _encode(text: str) -> bytes:
    # File names on Linux may contain bytes that are not valid text.
    return text.encode("utf-8", "replace")
