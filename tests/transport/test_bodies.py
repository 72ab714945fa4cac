"""Bodies of every kind: their bytes, their headers, and what a retry sends."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from eigenpal import errors
from eigenpal_generated.runtime import FileInput, Request
from tests.support.event_loop import Kind
from tests.support.multipart import Part, parse_multipart
from tests.support.script import Script, error_response, ok
from tests.uploads.test_files import Unseekable, make_named_stream

from .harness import EitherTransport

PUT = Request("things.put", "PUT", "/api/v1/things/1")
FIELDS = (("a", "1 + 1"), ("a", "é&="), ("empty", ""))


@pytest.mark.parametrize(
    ("body", "content_type", "sent"),
    [
        ({"json": [1, "é"]}, "application/json", '[1,"é"]'.encode()),
        ({"json": None}, "application/json", b"null"),
        ({"json": {}, "media_type": "application/merge-patch+json"}, "application/merge-patch+json", b"{}"),
        ({"form": FIELDS, "urlencoded": True}, "application/x-www-form-urlencoded", b"a=1+%2B+1&a=%C3%A9%26%3D&empty="),
        ({"urlencoded": True}, "application/x-www-form-urlencoded", b""),
        ({"content": "é"}, "text/plain; charset=utf-8", "é".encode()),
        ({"content": "a,b", "media_type": "text/csv"}, "text/csv; charset=utf-8", b"a,b"),
        ({"content": b"\x00\xff"}, "application/octet-stream", b"\x00\xff"),
        ({"content": bytearray(b"\x00"), "media_type": "image/png"}, "image/png", b"\x00"),
        ({"content": b"", "media_type": "*/*"}, "application/octet-stream", b""),
    ],
)
def test_bodies_in_memory(kind: Kind, body: dict[str, Any], content_type: str, sent: bytes) -> None:
    script = Script(error_response(503), ok())
    EitherTransport(kind, script).call(PUT._replace(**body))
    assert script.bodies == [sent, sent]
    assert script.requests[1].headers["Content-Type"] == content_type
    assert script.requests[1].headers["Content-Length"] == str(len(sent))


PDF = b"%PDF" * 100_000
FILES: list[tuple[Callable[[Path], Any], str, str]] = [
    (lambda path: path, "application/octet-stream", "application/octet-stream"),
    (lambda path: path, "application/*", "application/pdf"),
    (lambda path: path, "", "application/pdf"),
    (lambda _: io.BytesIO(PDF), "image/png", "image/png"),
    (lambda _: io.BytesIO(PDF), "*/*", "application/octet-stream"),
    (lambda _: make_named_stream(PDF, "x.png"), "*/*", "image/png"),
    (lambda _: {"content": PDF, "filename": "x", "mime_type": "image/webp"}, "image/png", "image/webp"),
]


@pytest.mark.parametrize(("make", "media_type", "content_type"), FILES)
def test_a_file_as_body_is_streamed_and_replayed(
    kind: Kind, tmp_path: Path, make: Callable[[Path], Any], media_type: str, content_type: str
) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(PDF)
    script = Script(error_response(503), ok())
    EitherTransport(kind, script).call(PUT._replace(content=make(path), media_type=media_type))
    assert script.bodies == [PDF] * 2
    assert script.requests[1].headers["Content-Type"] == content_type
    assert script.requests[1].headers["Content-Length"] == str(len(PDF))


def test_a_pipe_as_body_is_sent_once(kind: Kind) -> None:
    script = Script(error_response(503), ok())
    with pytest.raises(errors.EigenpalServerError):
        EitherTransport(kind, script).call(PUT._replace(content=io.BufferedReader(Unseekable(b"abc"))))
    assert script.bodies == [b"abc"]
    assert script.requests[0].headers["Transfer-Encoding"] == "chunked"


@pytest.mark.parametrize(("content", "error"), [(1, "body must be a pathlib.Path"), ("\udc80", "a lone surrogate")])
def test_a_body_that_cannot_be_sent_is_rejected(kind: Kind, content: Any, error: str) -> None:
    script = Script(ok())
    with pytest.raises((TypeError, ValueError), match=error):
        EitherTransport(kind, script).call(PUT._replace(content=content))
    assert script.requests == []


def test_parts_may_have_a_content_type(kind: Kind) -> None:
    script = Script(ok())
    form = (("a", "1"), ("a", "2"), ("meta", '{"x":"é"}', "application/json"))
    file: FileInput = {"content": b"\x00", "filename": "f.bin"}
    EitherTransport(kind, script).call(PUT._replace(form=form, files=(("file", file),), multipart=True))
    assert parse_multipart(script.bodies[0], script.requests[0].headers["Content-Type"]) == [
        Part("a", None, None, b"1"),
        Part("a", None, None, b"2"),
        Part("meta", None, "application/json", '{"x":"é"}'.encode()),
        Part("file", "f.bin", "application/octet-stream", b"\x00"),
    ]


def test_a_body_is_not_redirected(kind: Kind) -> None:
    script = Script(error_response(307, headers={"Location": "https://elsewhere.test/"}))
    with pytest.raises(errors.EigenpalResponseError, match=r"redirects a GET with a body to https://elsewhere.test"):
        EitherTransport(kind, script).call(PUT._replace(method="GET", json={}))
    assert len(script.requests) == 1
