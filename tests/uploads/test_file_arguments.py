"""Which arguments are files, and the name and content type of each. `tests/integrations` has the real libraries."""

from __future__ import annotations

import io
import os
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import IO, Any

import pytest

from eigenpal._uploads.file_arguments import is_file, is_text_file, make_file_part

CONTENT = b"%PDF-1.7"


@dataclass
class FlaskUpload:
    """Also that of Quart and Falcon. `name` is that of the form field."""

    stream: IO[bytes]
    filename: str | None
    content_type: str | None
    name: str = "document"

    def read(self, size: int = -1) -> bytes:
        return self.stream.read(size)


@dataclass
class StarletteUpload:
    """Also that of FastAPI and Litestar."""

    file: IO[bytes]
    filename: str | None
    content_type: str | None

    async def read(self, size: int = -1) -> bytes:
        raise AssertionError("it is read without the event loop")


@dataclass
class AiohttpUpload:
    """Also that of Bottle. `name` is that of the form field."""

    file: IO[bytes]
    filename: str | None
    content_type: str | None
    name: str = "document"


class DjangoUpload:
    """`name` is that of the file."""

    def __init__(self, file: IO[bytes], name: str | None, content_type: str | None) -> None:
        self.read, self.seek, self.tell, self.seekable = file.read, file.seek, file.tell, file.seekable
        self.name = name
        self.content_type = content_type


UPLOADS = [FlaskUpload, StarletteUpload, AiohttpUpload, DjangoUpload]


@pytest.mark.parametrize("framework", UPLOADS)
@pytest.mark.parametrize(
    ("filename", "content_type", "sent"),
    [
        ("invoice.pdf", "application/pdf", ("invoice.pdf", "application/pdf")),
        ("invoice.pdf", "text/plain; charset=utf-8", ("invoice.pdf", "text/plain; charset=utf-8")),
        # What browsers and frameworks say if they do not know it.
        ("invoice.pdf", "application/octet-stream", ("invoice.pdf", "application/pdf")),
        ("invoice.pdf", None, ("invoice.pdf", "application/pdf")),
        ("invoice.pdf", "", ("invoice.pdf", "application/pdf")),
        ("invoice.pdf", "a/b\r\nX-Own: 1", ("invoice.pdf", "application/pdf")),
        ("../../etc/invoice.pdf", None, ("invoice.pdf", "application/pdf")),
        ("C:\\fakepath\\invoice.pdf", None, ("invoice.pdf", "application/pdf")),
        ("請求書.pdf", None, ("請求書.pdf", "application/pdf")),
    ],
)
def test_uploads_keep_their_name_and_type(
    framework: Any, filename: str, content_type: str | None, sent: tuple[str, str]
) -> None:
    upload = framework(io.BytesIO(CONTENT), filename, content_type)
    assert is_file(upload)
    part = make_file_part("files.a", upload)
    part.prepare()
    assert (part.filename, part.content_type) == sent
    assert (part.size, part.replayable) == (len(CONTENT), True)
    assert b"".join(part.chunks()) == CONTENT


@pytest.mark.parametrize("framework", UPLOADS)
@pytest.mark.parametrize("position", [3, len(CONTENT)])
def test_uploads_that_were_read_before_are_sent_from_their_beginning(framework: Any, position: int) -> None:
    file = io.BytesIO(CONTENT)
    part = make_file_part("files.a", framework(file, "a.pdf", None))
    file.seek(position)
    part.prepare()
    assert b"".join(part.chunks()) == CONTENT


@pytest.mark.parametrize("framework", [FlaskUpload, StarletteUpload, AiohttpUpload])
@pytest.mark.parametrize("filename", [None, "", " ", "x/", ".."])
def test_uploads_without_a_filename_are_refused(framework: Any, filename: str | None) -> None:
    upload = framework(io.BytesIO(b""), filename, "application/octet-stream")
    assert is_file(upload)
    with pytest.raises(
        ValueError, match=r"^files\.a is an upload without a filename, perhaps of a form in which no file"
    ):
        make_file_part("files.a", upload)
    assert make_file_part("files.a", {"content": upload, "filename": "a.pdf"}).filename == "a.pdf"


@pytest.mark.parametrize("framework", [FlaskUpload, StarletteUpload, AiohttpUpload])
def test_uploads_that_are_closed_are_refused(framework: Any) -> None:
    file = io.BytesIO(CONTENT)
    file.close()
    with pytest.raises(
        ValueError, match=r"^files\.a is an upload that is closed; frameworks close uploads when the req"
    ):
        make_file_part("files.a", framework(file, "a.pdf", None))


class ReadablePath:
    """A resource of a package that is not in the file system."""

    def __init__(self, name: str) -> None:
        self.name = name

    def open(self, mode: str) -> io.BytesIO:
        assert mode == "rb"
        return io.BytesIO(CONTENT)

    def is_file(self) -> bool:
        return self.name.endswith(".pdf")

    def is_dir(self) -> bool:
        return self.name == "folder"

    def read_bytes(self) -> bytes:
        raise AssertionError("it is not read at once")


def test_paths_that_are_not_in_the_file_system_are_opened_for_every_attempt() -> None:
    path = ReadablePath("a.pdf")
    assert is_file(path)
    part = make_file_part("files.a", path)
    part.prepare()
    assert (part.filename, part.size, part.replayable) == ("a.pdf", len(CONTENT), True)
    for _ in range(2):
        assert b"".join(part.chunks()) == CONTENT
    with pytest.raises(IsADirectoryError, match=r"^files\.a: .* is a directory; pass a file"):
        make_file_part("files.a", ReadablePath("folder"))
    with pytest.raises(FileNotFoundError, match=r"^files\.a: .* does not exist"):
        make_file_part("files.a", ReadablePath("missing"))


class AsyncHandle:
    """A handle of aiofiles."""

    name = "a.pdf"

    async def read(self, size: int) -> bytes:
        return b""


def test_an_asynchronous_handle_needs_an_event_loop() -> None:
    part = make_file_part("files.a", AsyncHandle())
    assert not part.replayable
    with pytest.raises(
        TypeError, match=r"^files\.a is an asynchronous file handle, .* with open\(\.\.\., 'rb'\), or pass"
    ):
        part.prepare()


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Path("x"), True),
        (io.BytesIO(), True),
        (b"x", True),
        ({"content": b""}, True),
        ({"content": b"", "file_name": "a"}, True),
        ({"content": Path("a"), "pages": 3}, True),
        (("a", b""), True),
        (("a", Path("a"), None), True),
        (("a", "b"), False),
        ((Path("a"), b""), False),
        (("a", b"", "b", "c"), False),
        ({"content": "text", "filename": "a"}, False),
        ({}, False),
        ([b""], False),
        ("x", False),
        (None, False),
        (7, False),
        # Fields of an application's own class.
        (SimpleNamespace(read=True, filename="a.pdf", file="b"), False),
        (SimpleNamespace(name="a.pdf", content_type="application/pdf"), False),
    ],
)
def test_what_is_a_file(value: Any, expected: bool) -> None:
    assert is_file(value) is expected
    assert not (expected and is_text_file(value))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"content": "text", "filename": "a"}, True),
        ({"content": "text", "filename": "a", "mime_type": "text/csv"}, True),
        ({"content": "text", "file_name": "a", "content_type": "text/csv"}, True),
        ({"content": 7, "filename": "a"}, True),
        ({"content": None, "filename": "a"}, True),
        ({"content": "text", "filename": "a", "pages": 3}, False),
        ({"content": ["text"], "filename": "a"}, False),
        ({"content": "text"}, False),
        ({"filename": "a"}, False),
        ({5: "text", "content": "text", "filename": "a"}, False),
        (("rows.csv", "text"), True),
        (("rows.csv", "text", "text/csv"), True),
        (("rows", "text", "text/csv"), True),
        (("rows", "text"), False),
        (("en", "de", "fr"), False),
        (("a.b", "c"), False),
        (["rows.csv", "text"], False),
        ("rows.csv", False),
    ],
)
def test_what_is_text_in_the_form_of_a_file(value: Any, expected: bool) -> None:
    assert is_text_file(value) is expected


def test_a_named_pipe_is_opened_by_its_user(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.pdf")
    with pytest.raises(ValueError, match="is not a regular file; open it and pass the file handle"):
        make_file_part("files.a", tmp_path / "a.pdf")
    with os.fdopen(os.open(tmp_path / "a.pdf", os.O_RDONLY | os.O_NONBLOCK), "rb") as unnamed:
        assert make_file_part("files.a", ("a.pdf", unnamed)).filename == "a.pdf"
