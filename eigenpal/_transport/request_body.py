"""The body of a request: JSON, a form, text or bytes in memory, or files that are streamed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlencode

from eigenpal_generated.encoding import UNSET, describe_type, dump_json
from eigenpal_generated.runtime import Request

if TYPE_CHECKING:
    from eigenpal._uploads.upload_body import UploadBody


def encode_body(request: Request) -> tuple[bytes, str] | None:
    """Return a body that is in memory, and its content type; None if there is none, or it has files.

    Raises:
        ValueError: It cannot be encoded.
    """
    content: Any = request.content
    if request.json is not UNSET:
        return _encode_json_body(request.json), request.media_type or "application/json"
    if request.urlencoded:
        text = urlencode([field[:2] for field in request.form])
        return text.encode(), "application/x-www-form-urlencoded"
    if isinstance(content, str):
        media_type = request.media_type or "text/plain"
        return _encode_text(content), media_type if "charset" in media_type else f"{media_type}; charset=utf-8"
    if isinstance(content, (bytes, bytearray, memoryview)):
        is_range = not request.media_type or request.media_type.endswith("/*")
        media_type = "application/octet-stream" if is_range else request.media_type
        return bytes(cast("bytes", content)), media_type
    return None


def is_streamed(request: Request) -> bool:
    """Return whether the body is sent chunk by chunk, as made by `open_body`."""
    return request.multipart or request.content is not None


def open_body(request: Request) -> UploadBody:
    """Check the files of a body and prepare it for sending; this may block.

    Raises:
        TypeError: A value cannot be sent as a file.
        ValueError: A file has no name, or its file handle is closed or at its end.
        OSError: A file does not exist, is a directory or cannot be read.
    """
    if request.progress is not None and not callable(request.progress):
        raise TypeError(f"progress must be callable, not {describe_type(request.progress)}")
    # Imported here because most requests have no files.
    from eigenpal._uploads.multipart import Multipart
    from eigenpal._uploads.upload_body import FileBody

    body: UploadBody
    if request.multipart:
        body = Multipart(request.form, request.files)
    else:
        body = FileBody(cast("Any", request.content), request.media_type)
    body.progress = request.progress
    return body


def _encode_text(text: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError:
        problem = "the body contains a lone surrogate, which is not valid text"
    raise ValueError(problem)


def _encode_json_body(value: Any) -> bytes:
    try:
        return _encode_text(dump_json(value))
    except RecursionError:
        problem = "the body is nested too deeply to be sent as JSON, or contains itself"
    raise ValueError(problem)
