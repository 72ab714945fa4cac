"""What can be uploaded as a file, and how it is read."""

from __future__ import annotations

import gzip
import io
import os
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from hypothesis import given, strategies as st

from eigenpal._uploads.content_types import guess_content_type
from eigenpal._uploads.file_arguments import base_name, make_file_part
from eigenpal._uploads.files import CHUNK_SIZE, FilePart
from eigenpal._uploads.upload_errors import FileReadError

CONTENT = bytes(range(256)) * 5000  # more than one chunk


class FlaskUpload:
    """An upload in the form of Flask."""

    def __init__(self, stream: io.BytesIO, filename: str | None) -> None:
        self.stream = stream
        self.filename = filename


class HttpResponse:
    """A response in the form of requests."""

    def iter_content(self) -> None: ...


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "invoice.pdf"
    file.write_bytes(CONTENT)
    return file


class Unseekable(io.RawIOBase):
    """Like a named pipe: it can be read only once."""

    name = "/tmp/pipe"

    def __init__(self, content: bytes) -> None:
        self._inner = io.BytesIO(content)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        return self._inner.readinto(buffer)


def make_named_stream(content: bytes, name: Any) -> io.BytesIO:
    stream = io.BytesIO(content)
    stream.name = name
    return stream


def make_part(where: str, value: Any) -> FilePart:
    """Return a part that can be sent."""
    part = make_file_part(where, value)
    part.prepare()
    return part


def test_paths_are_opened_for_every_attempt(path: Path) -> None:
    part = make_file_part("files.a", path)
    assert (part.filename, part.content_type, part.size) == ("invoice.pdf", "application/pdf", len(CONTENT))
    assert part.replayable
    for _ in range(2):
        chunks = list(part.chunks())
        assert b"".join(chunks) == CONTENT
        assert max(map(len, chunks)) <= CHUNK_SIZE


def test_handles_are_read_from_their_position_and_stay_open(path: Path) -> None:
    with path.open("rb") as handle:
        handle.seek(1000)
        part = make_part("files.a", handle)
        assert (part.filename, part.size, handle.tell()) == ("invoice.pdf", len(CONTENT) - 1000, 1000)
        for _ in range(2):
            assert b"".join(part.chunks()) == CONTENT[1000:]
        assert not handle.closed


@pytest.mark.parametrize("buffering", [0, -1])
def test_handles_with_and_without_a_buffer(path: Path, buffering: int) -> None:
    with path.open("rb", buffering=buffering) as handle:
        assert b"".join(make_part("files.a", handle).chunks()) == CONTENT


@pytest.mark.parametrize("is_compressed", [False, True])
def test_a_handle_at_its_end_is_refused(path: Path, is_compressed: bool) -> None:
    if is_compressed:
        path.write_bytes(gzip.compress(CONTENT))
    with gzip.open(path, "rb") if is_compressed else path.open("rb") as handle:
        # It was sent once, so the handle is at its end.
        assert b"".join(make_part("files.a", handle).chunks()) == CONTENT
        with pytest.raises(ValueError, match=r"files\.a is a file handle at its end; .* seek\(0\)"):
            make_part("files.a", handle)
        handle.seek(len(CONTENT) - 1)
        assert b"".join(make_part("files.a", handle).chunks()) == CONTENT[-1:]


def test_a_handle_that_was_written_and_not_rewound_is_refused(tmp_path: Path) -> None:
    with (tmp_path / "a").open("w+b") as handle:
        assert make_part("files.a", handle).size == 0
        handle.write(b"abc")
        with pytest.raises(ValueError, match="is a file handle at its end"):
            make_part("files.a", handle)


def test_handles_that_cannot_be_rewound() -> None:
    part = make_part("files.a", io.BufferedReader(Unseekable(CONTENT)))
    assert (part.size, part.replayable, part.filename) == (None, False, "pipe")
    assert b"".join(part.chunks()) == CONTENT


def test_handles_of_compressed_files(tmp_path: Path) -> None:
    with gzip.open(tmp_path / "a.txt.gz", "wb") as handle:
        handle.write(CONTENT)
    with gzip.open(tmp_path / "a.txt.gz", "rb") as handle:
        part = make_part("files.a", handle)
        assert part.replayable
        # That of what is sent, not of what is read.
        assert (part.filename, part.content_type) == ("a.txt", "text/plain")
        for _ in range(2):
            assert b"".join(part.chunks()) == CONTENT


def test_members_of_archives() -> None:
    with zipfile.ZipFile(io.BytesIO(), "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("2026/invoice.pdf", CONTENT)
        with archive.open("2026/invoice.pdf") as member:
            for file in (member, zipfile.Path(archive, "2026/invoice.pdf")):
                part = make_part("files.a", file)
                assert (part.filename, part.content_type, part.size) == ("invoice.pdf", "application/pdf", len(CONTENT))
                for _ in range(2):
                    assert b"".join(part.chunks()) == CONTENT
        for path, error in (("2026/", IsADirectoryError), ("missing.pdf", FileNotFoundError), ("", IsADirectoryError)):
            with pytest.raises(error, match=r"^files\.a: "):
                make_part("files.a", zipfile.Path(archive, path))


def test_temporary_files() -> None:
    with tempfile.NamedTemporaryFile(suffix=".csv") as handle:
        assert make_file_part("files.a", handle).content_type == "text/csv"
    with tempfile.TemporaryFile() as file, tempfile.SpooledTemporaryFile() as spooled:
        for temporary in (file, spooled):
            temporary.write(b"abc")
            temporary.seek(0)
            part = make_part("files.a", {"content": temporary, "filename": "a.csv"})
            assert (part.filename, part.size, part.content_type) == ("a.csv", 3, "text/csv")
            assert b"".join(part.chunks()) == b"abc"


@pytest.mark.parametrize(
    ("name", "filename"),
    [
        ("a.pdf", "a.pdf"),
        ("/tmp/x/a.pdf", "a.pdf"),
        ("C:\\x\\a.pdf", "a.pdf"),
        (b"/tmp/a.pdf", "a.pdf"),
        (Path("/tmp/a.pdf"), "a.pdf"),
    ],
)
def test_names_of_streams(name: Any, filename: str) -> None:
    assert make_file_part("files.a", make_named_stream(b"x", name)).filename == filename


def open_pipe() -> io.BufferedReader:
    reading, writing = os.pipe()
    os.close(writing)
    return os.fdopen(reading, "rb")


NAMELESS: list[Callable[[], Any]] = [
    lambda: io.BytesIO(b"x"),
    lambda: make_named_stream(b"x", 7),
    lambda: make_named_stream(b"x", ""),
    lambda: make_named_stream(b"x", "x/"),
    lambda: make_named_stream(b"x", "<stdin>"),
    lambda: gzip.GzipFile(fileobj=io.BytesIO()),
    open_pipe,
    tempfile.TemporaryFile,
    tempfile.SpooledTemporaryFile,
]


@pytest.mark.parametrize("open_handle", NAMELESS)
def test_handles_without_a_name_are_all_refused(open_handle: Callable[[], Any]) -> None:
    with (
        open_handle() as handle,
        pytest.raises(ValueError, match=r"^files\.a is a file handle without the name") as caught,
    ):
        make_file_part("files.a", handle)
    assert "pass {'content': ..., 'filename': 'invoice.pdf'}" in str(caught.value)


@pytest.mark.parametrize("content", [b"abc", bytearray(b"abc"), memoryview(b"abc")])
@pytest.mark.parametrize("kind", ["mime_type", "mimeType", None])
def test_mappings(content: Any, kind: str | None) -> None:
    given_file: dict[str, Any] = {"content": content, "filename": "x/ä b.bin"}
    if kind is not None:
        given_file[kind] = "text/x-own; charset=utf-8"
    before = dict(given_file)
    part = make_file_part("files.a", cast("Any", given_file))
    assert (part.filename, part.size) == ("ä b.bin", 3)
    assert part.content_type == ("text/x-own; charset=utf-8" if kind else "application/octet-stream")
    assert b"".join(part.chunks()) == b"abc"
    assert given_file == before


def test_files_under_another_name(path: Path) -> None:
    with path.open("rb") as handle, zipfile.ZipFile(io.BytesIO(), "w") as archive:
        archive.writestr("x.bin", CONTENT)
        for content in (
            path,
            handle,
            CONTENT,
            zipfile.Path(archive, "x.bin"),
            FlaskUpload(io.BytesIO(CONTENT), "x.txt"),
        ):
            for given_file, content_type in (
                ({"content": content, "filename": "other.csv"}, "text/csv"),
                ({"content": content, "filename": "other.csv", "mime_type": "a/b"}, "a/b"),
                (("other.csv", content), "text/csv"),
                (("other.csv", content, None), "text/csv"),
                (("other.csv", content, "a/b"), "a/b"),
            ):
                handle.seek(0)
                part = make_part("files.a", given_file)
                assert (part.filename, part.content_type, part.size) == ("other.csv", content_type, len(CONTENT))
                assert b"".join(part.chunks()) == CONTENT


def test_a_mapping_without_a_filename_keeps_that_of_the_file(path: Path) -> None:
    part = make_file_part("files.a", cast("Any", {"content": path, "mime_type": "a/b"}))
    assert (part.filename, part.content_type) == ("invoice.pdf", "a/b")


@pytest.mark.parametrize(
    ("value", "kind", "message"),
    [
        ("invoice.pdf", TypeError, r"pathlib\.Path\('invoice\.pdf'\)"),
        (b"bytes", TypeError, "must not be bytes"),
        (None, TypeError, "must be a pathlib.Path, a file handle"),
        (7, TypeError, "not int"),
        (io.StringIO("text"), TypeError, r"text stream.*'content': stream.getvalue\(\).encode\(\)"),
        (
            {"content": "text", "filename": "a.csv"},
            TypeError,
            r"\['content'\] is text.*text.encode\(\), 'filename': 'a.csv'",
        ),
        (("a.csv", "text"), TypeError, r"\[1\] is text.*text.encode\(\), 'filename': 'a.csv'"),
        (("a.csv", io.StringIO("text")), TypeError, r"\[1\] is a text stream"),
        (("a.csv", b"", "pdf"), ValueError, r"\[2\] must be a type such as 'application/pdf', not 'pdf'"),
        ((" ", b""), ValueError, r"\[0\] must be the name of a file, such as"),
        ((Path("a"), b""), TypeError, r"pass \(filename, content\) or"),
        ({"filename": "a"}, TypeError, r"\['content'\] must be bytes, a pathlib"),
        ({"content": 7, "filename": "a"}, TypeError, r"\['content'\] must be bytes, .* not int"),
        ({"content": b""}, TypeError, r"has no 'filename'; pass {'content'"),
        ({"content": io.BytesIO()}, ValueError, "without the name of a file"),
        ({"content": b"", "filename": 7}, TypeError, r"\['filename'\] must be a str, not int"),
        ({"content": b"", "filename": " "}, ValueError, r"\['filename'\] must be the name of a file"),
        ({"content": b"", "filename": "x/.."}, ValueError, r"not 'x/\.\.'"),
        ({"content": b"", "file_name": "a"}, ValueError, "has the unknown key 'file_name'; the keys of a file are"),
        ({"content": b"", "filename": "a", "mime_type": "a\r\nX: y"}, ValueError, "mime_type"),
        ({"content": b"", "filename": "a", "mime_type": "pdf"}, ValueError, "mime_type"),
        ({"content": b"", "filename": "a", "mime_type": 7}, TypeError, "mime_type"),
        (
            {"content": b"", "filename": "a", "mime": "a/b"},
            ValueError,
            "has the unknown key 'mime'; the keys of a file are content",
        ),
        (Path("/nowhere/x.pdf"), FileNotFoundError, "'/nowhere/x.pdf' does not exist"),
        (Path("/"), IsADirectoryError, "is a directory"),
        (Path(os.devnull), ValueError, "not a regular file"),
        (Path("a\0b"), ValueError, r"'a\\x00b' is not a path"),
        (Path("x" * 5000), OSError, r"x{100}\.\.\.' cannot be read: File name too long"),
        (Path(__file__) / "x", OSError, r"test_files\.py/x' cannot be read: Not a directory"),
        (io.BytesIO, TypeError, r"\.read\(\) failed"),
        (SimpleNamespace(read=lambda: b"x"), TypeError, r"\.read\(\) failed"),
        (SimpleNamespace(read=abs), TypeError, r"whose read\(\) does not return bytes"),
        (HttpResponse(), TypeError, r"not \S*HttpResponse; pass {'content': response.content"),
    ],
)
def test_values_that_are_not_files(value: Any, kind: type[Exception], message: str) -> None:
    with pytest.raises(kind, match=message) as caught:
        make_file_part("files.contract", value)
    assert str(caught.value).startswith("files.contract")


def test_handles_that_cannot_be_read(tmp_path: Path) -> None:
    closed = (tmp_path / "a").open("wb")
    with pytest.raises(ValueError, match="not opened for reading"):
        make_file_part("files.a", closed)
    closed.close()
    with pytest.raises(ValueError, match="closed file handle"):
        make_file_part("files.a", closed)
    with (
        gzip.open(tmp_path / "a", "wb") as written,
        pytest.raises(OSError, match=r"^files\.a is a file handle that cannot be"),
    ):
        make_file_part("files.a", written)
    with (tmp_path / "a").open() as text, pytest.raises(TypeError, match="opened in text mode"):
        make_file_part("files.a", cast("Any", text))
    with tempfile.NamedTemporaryFile("w+") as text_file, pytest.raises(TypeError, match="opened in text mode"):
        make_file_part("files.a", cast("Any", text_file))


def test_a_pipe_that_was_read_before_is_not_sent_as_an_empty_file() -> None:
    part = make_part("files.a", io.BufferedReader(Unseekable(b"abc")))
    assert b"".join(part.chunks()) == b"abc"
    with pytest.raises(FileReadError, match=r"files\.a \(pipe\) ended before its first byte; it was probably read"):
        list(part.chunks())


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_files_without_permission(path: Path) -> None:
    path.chmod(0)
    with pytest.raises(PermissionError, match="no permission to read"):
        make_file_part("files.a", path)


def test_a_file_that_shrinks_grows_or_disappears(path: Path) -> None:
    part = make_file_part("files.contract", path)
    path.write_bytes(CONTENT[:-1])
    with pytest.raises(
        FileReadError, match=r"files\.contract \(invoice\.pdf\) shrank.*had 1280000 bytes.*after 1279999"
    ):
        list(part.chunks())
    path.write_bytes(CONTENT + b"x")
    sent: list[bytes] = []
    with pytest.raises(FileReadError, match="grew while it was being sent"):
        sent.extend(part.chunks())
    assert sum(map(len, sent)) <= len(CONTENT)
    path.unlink()
    with pytest.raises(FileReadError, match="could not be opened again: No such file"):
        list(part.chunks())


def test_a_handle_that_fails_while_it_is_read() -> None:
    class Failing(io.BytesIO):
        name = "a.bin"

        def read(self, size: int | None = -1, /) -> bytes:
            if size:
                raise OSError(5, "Input/output error")
            return b""

    with pytest.raises(FileReadError, match="Input/output error"):
        list(make_part("files.a", Failing(b"abc")).chunks())


def test_a_handle_closed_before_a_retry() -> None:
    stream = make_named_stream(b"abc", "a")
    part = make_part("files.a", stream)
    stream.close()
    with pytest.raises(FileReadError, match="could not be rewound"):
        list(part.chunks())


@pytest.mark.parametrize(("chunk", "message"), [(None, "returned no data$"), ("text", "returned str, not bytes$")])
def test_a_handle_that_returns_no_bytes(chunk: Any, message: str) -> None:
    class Handle(io.RawIOBase):
        name = "a"

        def read(self, size: int = -1, /) -> bytes | None:
            return cast("bytes | None", chunk) if size else b""

    with pytest.raises(FileReadError, match=message):
        list(make_part("files.a", cast("Any", Handle())).chunks())


@pytest.mark.parametrize(
    ("filename", "content_type"),
    [
        ("a.pdf", "application/pdf"),
        ("A.PDF", "application/pdf"),
        ("a.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("a.tar.gz", "application/gzip"),
        ("a.svgz", "application/octet-stream"),
        ("a", "application/octet-stream"),
        ("a.unknownending", "application/octet-stream"),
        (".pdf", "application/pdf"),
        ("a.py", "text/x-python"),
        ("data:text/html,x.pdf", "application/pdf"),
    ],
)
def test_content_types(filename: str, content_type: str) -> None:
    assert guess_content_type(filename) == content_type


@given(st.text())
def test_any_name_has_a_content_type_and_a_base_name(name: str) -> None:
    content_type = guess_content_type(name)
    assert content_type.isascii()
    assert content_type.isprintable()
    last = base_name(name)
    assert last.strip() not in (".", "..")
    assert not {"/", "\\"} & set(last)
