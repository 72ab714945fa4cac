"""Multipart bodies, generated chunk by chunk."""

from __future__ import annotations

import os
from collections.abc import Generator, Sequence

from eigenpal._uploads.file_arguments import make_file_part
from eigenpal._uploads.files import FilePart
from eigenpal._uploads.upload_body import UploadBody
from eigenpal_generated.runtime import FileField, FormField

# As in the HTML standard ("multipart/form-data encoding algorithm"), characters that would end the value or the header
# are percent-encoded. So are other control characters, because some parsers cannot handle them.
_ESCAPES = {code: f"%{code:02X}" for code in (*range(32), ord('"'), 127)}


class Multipart(UploadBody):
    """A body of text parts and file parts."""

    def __init__(self, texts: Sequence[FormField], files: Sequence[FileField | tuple[str, FilePart]]) -> None:
        # Random, so that no file can contain it and inject parts.
        boundary = os.urandom(16).hex()
        self._separator = f"--{boundary}\r\n".encode()
        self._end = f"--{boundary}--\r\n".encode()
        self._texts = [_make_text_part(*field) for field in texts]
        parts = [(field[0], _make_file_part(field)) for field in files]
        self._parts = [(_make_file_head(name, part), part) for name, part in parts]
        super().__init__(f"multipart/form-data; boundary={boundary}", [part for _, part in parts])

    @property
    def size(self) -> int | None:
        """The size in bytes; None if the size of a file is not known."""
        size = len(self._end)
        for text in self._texts:
            size += len(self._separator) + len(text) + 2
        for head, part in self._parts:
            if part.size is None:
                return None
            size += len(self._separator) + len(head) + part.size + 2
        return size

    def _read(self) -> Generator[bytes]:
        texts = [self._separator + text + b"\r\n" for text in self._texts]
        if texts:
            yield b"".join(texts)
        for head, part in self._parts:
            yield self._separator + head
            yield from part.chunks()
            yield b"\r\n"
        yield self._end


def _make_text_part(name: str, text: str, content_type: str = "") -> bytes:
    head = f'Content-Disposition: form-data; name="{name.translate(_ESCAPES)}"\r\n'
    if content_type:
        head += f"Content-Type: {content_type}\r\n"
    return _encode(f"{head}\r\n{text}")


def _make_file_part(field: FileField | tuple[str, FilePart]) -> FilePart:
    part = make_file_part(field[0], field[1])
    part.prepare()
    if len(field) == 3 and not part.has_own_type:
        part.content_type = field[2]
    return part


def _make_file_head(name: str, part: FilePart) -> bytes:
    return _encode(
        f'Content-Disposition: form-data; name="{name.translate(_ESCAPES)}"; '
        f'filename="{part.filename.translate(_ESCAPES)}"\r\n'
        f"Content-Type: {part.content_type}\r\n\r\n"
    )


def _encode(text: str) -> bytes:
    # File names on Linux may contain bytes that are not valid text.
    return text.encode("utf-8", "replace")
