"""The body of a multipart request, yielded piece by piece, as often as it has to be sent."""

from __future__ import annotations

import os
from collections.abc import Generator, Iterator, Sequence

from eigenpal._uploads.files import FilePart, make_file_part
from eigenpal_generated.runtime import FileInput

# As browsers do it (HTML, "multipart/form-data encoding algorithm"): the characters that would end the value or the
# header are percent-encoded. All other control characters are too, because some parsers trip over them.
_ESCAPES = {code: f"%{code:02X}" for code in (*range(32), ord('"'), 127)}


class Multipart:
    """Text parts, then file parts. Every file is checked when this is made; nothing is kept open between sendings."""

    def __init__(self, texts: Sequence[tuple[str, str]], files: Sequence[tuple[str, FileInput]]) -> None:
        # Nobody who writes the content of a file can know the boundary, so no file can end its own part.
        boundary = os.urandom(16).hex()
        self.content_type: str = f"multipart/form-data; boundary={boundary}"
        self._separator = f"--{boundary}\r\n".encode()
        self._end = f"--{boundary}--\r\n".encode()
        self._texts = [_text_head(name) + _encoded(text) for name, text in texts]
        self._files = [(_file_head(name, part), part) for name, part in _parts(files)]
        self.was_read: bool = False

    @property
    def size(self) -> int | None:
        """The size of the body; None where a part will be read to an end that is not known."""
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
        """Whether it can be sent once more: always, where nothing of it was read yet."""
        return not self.was_read or all(part.replayable for _, part in self._files)

    @property
    def blocking(self) -> bool:
        """Whether reading it may take time, so that an event loop has to leave it to a thread."""
        return any(part.blocking for _, part in self._files)

    def pieces(self) -> Generator[bytes]:
        """Yield the body from the beginning.

        Raises:
            FileReadError: A file cannot be read, or is not of the size it had when it was checked.
        """
        self.was_read = True
        texts = [self._separator + text + b"\r\n" for text in self._texts]
        if texts:
            yield b"".join(texts)
        for head, part in self._files:
            yield self._separator + head
            yield from part.pieces()
            yield b"\r\n"
        yield self._end


def _parts(files: Sequence[tuple[str, FileInput]]) -> Iterator[tuple[str, FilePart]]:
    for name, value in files:
        yield name, make_file_part(name, value)


def _text_head(name: str) -> bytes:
    return _encoded(f'Content-Disposition: form-data; name="{name.translate(_ESCAPES)}"\r\n\r\n')


def _file_head(name: str, part: FilePart) -> bytes:
    return _encoded(
        f'Content-Disposition: form-data; name="{name.translate(_ESCAPES)}"; '
        f'filename="{part.filename.translate(_ESCAPES)}"\r\n'
        f"Content-Type: {part.content_type}\r\n\r\n"
    )


def _encoded(text: str) -> bytes:
    # File names on Linux may hold bytes that are no text; they must not keep the file from being sent.
    return text.encode("utf-8", "replace")
