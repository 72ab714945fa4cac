"""Which inputs are uploaded as files, which are sent as JSON, and which are refused."""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from eigenpal._runs.inputs import split_inputs
from eigenpal._uploads.files import FilePart
from eigenpal_generated.models import RunFile


@pytest.fixture
def pdf(tmp_path: Path) -> Path:
    path = tmp_path / "invoice.pdf"
    path.write_bytes(b"%PDF-1.7")
    return path


def read(part: FilePart | list[FilePart]) -> tuple[str, bytes]:
    assert isinstance(part, FilePart)
    return part.filename, b"".join(part.chunks())


def read_all(parts: FilePart | list[FilePart]) -> list[tuple[str, bytes]]:
    assert isinstance(parts, list)
    return [read(part) for part in parts]


def test_no_input() -> None:
    assert split_inputs(None) == ({}, {})
    assert split_inputs({}) == ({}, {})


def test_files_and_values_are_separated(pdf: Path) -> None:
    content = {"content": b"a,b", "filename": "rows.csv", "mime_type": "text/csv"}
    stream = io.BytesIO(b"data")
    stream.name = "data.bin"
    with pdf.open("rb") as handle:
        inputs = {
            "path": pdf,
            "handle": handle,
            "content": content,
            "stream": stream,
            "language": "en",
            "limits": {"pages": 10, "content": "text", "filename": "no file.txt"},
            "empty": [],
            "words": ["a", "b"],
            "pair": ("a", "b"),
            # Where no file can be, it is JSON.
            "email": {"attachment": {"content": "text", "filename": "a.txt"}},
            "nothing": None,
            # Text is text, even if a file of that name exists.
            "name": str(pdf),
        }
        before = dict(inputs)
        values, files = split_inputs(inputs)
        assert {name: read(part) for name, part in files.items()} == {
            "path": ("invoice.pdf", b"%PDF-1.7"),
            "handle": ("invoice.pdf", b"%PDF-1.7"),
            "content": ("rows.csv", b"a,b"),
            "stream": ("data.bin", b"data"),
        }
    assert values == {
        name: inputs[name] for name in ("language", "limits", "empty", "words", "pair", "email", "nothing", "name")
    }
    assert list(inputs.items()) == list(before.items())


def test_lists_of_files(pdf: Path) -> None:
    content = {"content": b"", "filename": "empty.txt"}
    given = {"pages": [pdf, content], "others": (pdf,), "named": [("a.pdf", pdf)], "count": 2}
    values, files = split_inputs(given)
    assert read_all(files["named"]) == [("a.pdf", b"%PDF-1.7")]
    assert read_all(files["pages"]) == [("invoice.pdf", b"%PDF-1.7"), ("empty.txt", b"")]
    assert read_all(files["others"]) == [("invoice.pdf", b"%PDF-1.7")]
    assert values == {"count": 2}


class PathLike:
    def __init__(self, path: Path) -> None:
        self.path = path

    def __fspath__(self) -> str:
        return os.fspath(self.path)


def test_anything_with_a_path_is_a_file(pdf: Path) -> None:
    assert read(split_inputs({"document": PathLike(pdf)}).files["document"]) == ("invoice.pdf", b"%PDF-1.7")


REFUSALS: list[tuple[Any, type[Exception], str]] = [
    ({"document": b"%PDF"}, TypeError, "input['document'] must not be bytes; pass {'content': ..., 'filename': 'inv"),
    ({"document": bytearray(b"%PDF")}, TypeError, "input['document'] must not be bytes"),
    ({"document": {"content": b"%PDF"}}, TypeError, "input['document'] has no 'filename'"),
    (
        {"document": {"content": b"%PDF", "file_name": "a"}},
        ValueError,
        "input['document'] has the unknown key 'file_na",
    ),
    ({"document": io.BytesIO(b"%PDF")}, ValueError, "input['document'] is a file handle without the name of a file"),
    ({"document": io.StringIO("text")}, TypeError, "input['document'] is a text stream, but only bytes can be upload"),
    ({"rows": {"content": "a;b", "filename": "a.csv"}}, TypeError, "input['rows']['content'] is text, but only bytes"),
    ({"rows": {"content": "a;b", "fileName": "a.csv"}}, ValueError, "input['rows'] has the unknown key 'fileName'"),
    ({"rows": {"content": None, "filename": "a.csv"}}, TypeError, "input['rows']['content'] must be bytes, a pathlib"),
    ({"rows": [{"content": "a;b", "filename": "a.csv"}]}, TypeError, "input['rows'][0]['content'] is text, but only"),
    ({"rows": ("a.csv", "a;b")}, TypeError, "input['rows'][1] is text, but only bytes can be uploaded; encode it"),
    ({"rows": ("a", "a;b", "text/csv")}, TypeError, "input['rows'][1] is text, but only bytes can be uploaded"),
    ({"document": Path("no-such.pdf")}, FileNotFoundError, "input['document']: 'no-such.pdf' does not exist"),
    ({"pages": [Path("no-such.pdf")]}, FileNotFoundError, "input['pages'][0]: 'no-such.pdf' does not exist"),
    ({"a": {"b": [1, {"c": b"x"}]}}, ValueError, "input['a']['b'][1]['c'] is a file inside another value"),
    ({"a": [[Path("x")]]}, ValueError, "input['a'][0][0] is a file inside another value"),
    ({"a": {"b": Path("x")}}, ValueError, "must be top-level values of input: input={'document': ..., ...}"),
    ({5: "x"}, TypeError, "input has the key 5; input names must be str"),
    (Path("x"), TypeError, "input is a file; pass it with the name of the input: input={'document': ...}"),
    (b"x", TypeError, "input is a file; pass it with the name"),
    ("invoice.pdf", TypeError, "input must be a mapping of names to values, such as {'document': Path('invoice.pdf')}"),
    ([1], TypeError, "not list"),
]


@pytest.mark.parametrize(("given", "kind", "message"), REFUSALS)
def test_refusals_name_the_place(given: Any, kind: type[Exception], message: str) -> None:
    with pytest.raises(kind) as caught:
        split_inputs(given)
    assert message in str(caught.value)


def test_lists_that_mix_files_and_values(pdf: Path) -> None:
    with pytest.raises(
        ValueError, match=r"input\['a'\] mixes files and other values \(input\['a'\]\[1\] is of type int"
    ):
        split_inputs({"a": [pdf, 5]})


def test_one_handle_in_two_places(pdf: Path) -> None:
    with pdf.open("rb") as handle:
        files = split_inputs({"a": handle, "b": [handle]}).files
        assert [read(files["a"]), *read_all(files["b"])] == [("invoice.pdf", b"%PDF-1.7")] * 2


PIPED: list[tuple[Callable[[Any], dict[str, Any]], str]] = [
    (lambda pipe: {"a": pipe, "b": pipe}, "input['b'] is the same file handle as input['a']"),
    (lambda pipe: {"a": pipe, "b": [pipe]}, "input['b'][0] is the same file handle as input['a']"),
    (lambda pipe: {"a": [pipe, pipe]}, "input['a'][1] is the same file handle as input['a'][0]"),
]


@pytest.mark.parametrize(("given", "place"), PIPED)
def test_one_pipe_in_two_places(given: Callable[[Any], dict[str, Any]], place: str) -> None:
    # For the second there would be nothing left to read.
    reading, writing = os.pipe()
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        with pytest.raises(ValueError, match="read only once") as caught:
            split_inputs(given({"content": pipe, "filename": "a.pdf"}))
        assert split_inputs({"a": ("a.pdf", pipe)}).files["a"]
    assert place in str(caught.value)


def test_a_file_needs_an_input_name(pdf: Path) -> None:
    with pytest.raises(ValueError, match="a file with an empty input name"):
        split_inputs({"": pdf})


def test_a_value_that_contains_itself() -> None:
    loop: list[Any] = []
    loop.append(loop)
    with pytest.raises(ValueError, match=r"input\['a'\] contains itself"):
        split_inputs({"a": loop})


def test_models_are_values() -> None:
    file = RunFile.from_dict({"name": "a.pdf"})
    assert split_inputs({"file": file}).values == {"file": file}
