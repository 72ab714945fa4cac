"""Multipart bodies, read by a parser that has nothing to do with the code that writes them."""

from __future__ import annotations

import io
from typing import Any, NamedTuple

from python_multipart.multipart import parse_form


class Part(NamedTuple):
    """A part of a multipart body."""

    name: str
    filename: str | None
    content_type: str | None
    content: bytes


def parse_multipart(body: bytes, content_type: str) -> list[Part]:
    """Return the parts of a body in order."""
    parts: list[Part] = []

    def on_field(field: Any) -> None:
        parts.append(Part(field.field_name.decode(), None, field.content_type, field.value or b""))

    def on_file(file: Any) -> None:
        file.file_object.seek(0)
        name, filename = file.field_name.decode(), file.file_name.decode()
        parts.append(Part(name, filename, file.content_type, file.file_object.read()))

    headers = {"Content-Type": content_type.encode(), "Content-Length": str(len(body)).encode()}
    parse_form(headers, io.BytesIO(body), on_field, on_file)
    return parts
