"""Parses multipart bodies while they arrive: text parts in memory, large files spooled to disk."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from email.message import Message
from typing import Any, cast

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

from eigenpal.testing._server.content import ContentWriter, UploadedFile, strip_folders
from eigenpal.testing._server.http_errors import HttpError, bad_request
from eigenpal.testing._server.request_body import decode_json
from eigenpal.testing._server.specification import MediaTypeSpec, json_types

_MAX_HEADERS = 16


@dataclass
class Form:
    """A multipart body."""

    texts: dict[str, str] = field(default_factory=lambda: dict[str, str]())
    """The first text part of each name."""
    repeated: dict[str, list[str]] = field(default_factory=lambda: dict[str, list[str]]())
    """All text parts of the names that were sent more than once."""
    files: list[tuple[str, UploadedFile]] = field(default_factory=lambda: list[tuple[str, UploadedFile]]())


async def parse_form(content_type: str, chunks: AsyncIterator[bytes], *, max_parts: int, max_text_bytes: int) -> Form:
    """Parse a multipart body.

    Args:
        content_type: The ``content-type`` header, with the boundary.
        chunks: The body.
        max_parts: Maximum number of parts.
        max_text_bytes: Maximum size of all text parts together.

    Raises:
        HttpError: The body is malformed or exceeds a limit.
    """
    boundary = parse_options_header(content_type)[1].get(b"boundary")
    if not boundary:
        raise _malformed("the boundary is missing")
    builder = _FormBuilder(max_parts, max_text_bytes)
    try:
        parser = MultipartParser(
            boundary,
            {
                "on_part_begin": builder.on_part_begin,
                "on_part_data": builder.on_part_data,
                "on_part_end": builder.on_part_end,
                "on_header_field": builder.on_header_field,
                "on_header_value": builder.on_header_value,
                "on_header_end": builder.on_header_end,
                "on_headers_finished": builder.on_headers_finished,
                "on_end": builder.on_end,
            },
        )
        async for chunk in chunks:
            parser.write(chunk)
        parser.finalize()
    except FormParserError as error:
        builder.close()
        raise _malformed(str(error)) from None
    except BaseException:
        builder.close()
        raise
    if not builder.is_complete:
        builder.close()
        raise _malformed("its last boundary is missing")
    return builder.form


def form_to_json(form: Form, media: MediaTypeSpec) -> dict[str, Any]:
    """Return a form as the JSON value its schema describes: JSON parts decoded, files as their names.

    Raises:
        HttpError: A JSON part is not JSON, a file was sent where text is expected, or the other way round.
    """
    properties = cast("dict[str, dict[str, Any]]", media.schema.get("properties", {}))
    document: dict[str, Any] = {}
    for name, text in form.texts.items():
        declared = properties.get(name)
        field = f"body.{name}"
        types = json_types(declared or {})
        if name in form.repeated and declared is not None and "array" not in types:
            raise bad_request(field, "This part was sent twice")
        if declared is None:
            if media.part_prefix is not None:
                raise bad_request(field, "Expected a file part, with a filename")
            document[name] = text
        elif _is_file(declared) or _is_file(declared.get("items", {})):
            raise bad_request(field, "Expected a file part, with a filename", "invalid_type")
        elif "array" in types:
            items = json_types(declared.get("items", {}))
            document[name] = [_decode_text_part(value, items, field) for value in form.repeated.get(name, [text])]
        else:
            document[name] = _decode_text_part(text, types, field)
    for name, file in form.files:
        declared = properties.get(name)
        if declared is not None and _is_file(declared.get("items", {})):
            document.setdefault(name, []).append(file.filename)
            continue
        if declared is not None and not _is_file(declared):
            raise bad_request(f"body.{name}", "Expected a text part, without a filename", "invalid_type")
        if declared is None and media.part_prefix is None:
            raise bad_request(f"body.{name}", f"{name} is not a known field", "unrecognized_key")
        if declared is not None and name in document:
            raise bad_request(f"body.{name}", "This part was sent twice")
        document[name] = file.filename
    return document


def _decode_text_part(text: str, types: set[str], field: str) -> Any:
    return text if "string" in types else decode_json(text.encode("utf-8", "surrogatepass"), field)


def _is_file(schema: Mapping[str, Any]) -> bool:
    return bool(schema.get("format") == "binary")


class _FormBuilder:
    """Builds a form from the callbacks of the parser."""

    def __init__(self, max_parts: int, max_text_bytes: int) -> None:
        self.form = Form()
        self.is_complete = False
        self._max_parts = max_parts
        self._max_text_bytes = max_text_bytes
        self._text_bytes = 0
        self._parts = 0
        self._headers: dict[str, bytes] = {}
        self._header = (b"", b"")
        self._name = ""
        self._text = bytearray()
        self._filename: str | None = None
        self._file: ContentWriter | None = None

    def on_part_begin(self) -> None:
        self._parts += 1
        if self._parts > self._max_parts:
            raise _malformed(f"it has more than {self._max_parts} parts")
        self._headers = {}
        self._header = (b"", b"")

    def on_header_field(self, data: bytes, start: int, end: int) -> None:
        self._header = (self._header[0] + data[start:end], self._header[1])

    def on_header_value(self, data: bytes, start: int, end: int) -> None:
        self._header = (self._header[0], self._header[1] + data[start:end])

    def on_header_end(self) -> None:
        if len(self._headers) >= _MAX_HEADERS:
            raise _malformed("a part has too many headers")
        self._headers[self._header[0].decode("latin-1").lower()] = self._header[1]
        self._header = (b"", b"")

    def on_headers_finished(self) -> None:
        kind, options = parse_options_header(self._headers.get("content-disposition", b""))
        if kind.lower() != b"form-data" or b"name" not in options:
            raise _malformed("a part has no content-disposition: form-data with a name")
        self._name = _decode_text(options[b"name"])
        self._text = bytearray()
        if b"filename" in options:
            self._filename = _decode_text(options[b"filename"])
            self._file = ContentWriter()

    def on_part_data(self, data: bytes, start: int, end: int) -> None:
        if self._file is not None:
            self._file.write(data[start:end])
            return
        self._text += data[start:end]
        self._text_bytes += end - start
        if self._text_bytes > self._max_text_bytes:
            raise _malformed(f"its text parts have more than {self._max_text_bytes} bytes")

    def on_part_end(self) -> None:
        if self._file is not None and self._filename is not None:
            file, self._file = self._file, None
            content_type = self._headers.get("content-type", b"").decode("latin-1").strip()
            uploaded = UploadedFile(strip_folders(self._filename), file.finish(), _sendable_content_type(content_type))
            self.form.files.append((self._name, uploaded))
        else:
            text = _decode_text(bytes(self._text))
            first = self.form.texts.setdefault(self._name, text)
            if first is not text:
                self.form.repeated.setdefault(self._name, [first]).append(text)

    def on_end(self) -> None:
        self.is_complete = True

    def close(self) -> None:
        if self._file is not None:
            self._file.close()
        for _, file in self.form.files:
            file.stored_content.close()


def _decode_text(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        raise _malformed("a name or a text part is not UTF-8") from None


def _sendable_content_type(content_type: str) -> str | None:
    """Return a content type if it is valid in a header, else None."""
    if not content_type or not content_type.isascii() or not content_type.isprintable():
        return None
    message = Message()
    message["content-type"] = content_type
    return content_type if message.get_content_type() == content_type.split(";")[0].strip().lower() else None


def _malformed(reason: str) -> HttpError:
    return bad_request("body", f"Not a valid multipart body: {reason}", "invalid_multipart")
