"""Arguments that are files: which values are, and the name and content type that each is sent under.

Web frameworks, storage clients and archives are recognized by what their objects have, so that none is imported:

- A path has `__fspath__`.
- An upload of a web framework has a `filename`, and its content in `file` (FastAPI, Starlette, Litestar, aiohttp,
  Bottle), in `stream` (Flask, Quart, Falcon) or by its own `read`; or it has a `name`, a `content_type` and `read`
  (Django).
- A member of an archive or a package, which is not in the file system, has `open`, `is_file`, `read_bytes` and `name`.
- A file handle has `read`. If that returns an awaitable, it is asynchronous.
"""

from __future__ import annotations

import io
import os
import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, cast

from eigenpal._uploads.content_types import DEFAULT_CONTENT_TYPE, is_document_name
from eigenpal._uploads.files import TEXT_MODE, ContentPart, FilePart, HandlePart, PathPart, ReadablePathPart
from eigenpal_generated.encoding import describe_type
from eigenpal_generated.runtime import FileInput

# The name of a file where none is sent.
_UNNAMED = "file"
_CONTENT_TYPE = re.compile(r"[\w!#$&^.+-]+/[\w!#$&^.+-]+(?:\s*;[\x20-\x7e]*)?", re.ASCII)
_EXPECTED = "a pathlib.Path, a file handle opened in binary mode, or {'content': bytes, 'filename': str}"
_NAMED = "{'content': ..., 'filename': 'invoice.pdf'}"
_KEYS = ("content", "filename", "mime_type")
# The name of what a handle decompresses to, by the module of the handle and the end of the name.
_DECOMPRESSED = {
    "gzip": ((".gz", ""), (".tgz", ".tar")),
    "bz2": ((".bz2", ""), (".tbz2", ".tar")),
    "lzma": ((".xz", ""), (".lzma", ""), (".txz", ".tar")),
}


class _Upload(NamedTuple):
    """An upload of a web framework."""

    handle: Any
    filename: str | None
    content_type: object


class _Source(NamedTuple):
    """A file argument taken apart."""

    where: str
    """The path of the content in the arguments, for messages."""
    content: Any
    filename: str | None = None
    content_type: str | None = None


# --- which values are files -------------------------------------------------------------------------------------------


def is_file(value: object) -> bool:
    """Return whether a value can only be meant as a file, even if it cannot be sent as one."""
    if value is None or isinstance(value, (str, int, float, list)):
        return False
    if isinstance(value, Mapping):
        return _is_content(cast("Mapping[object, object]", value).get("content"))
    if isinstance(value, tuple):
        return _is_named_tuple(cast("tuple[object, ...]", value)) and _is_content(cast("tuple[object, ...]", value)[1])
    return _is_content(value)


def is_text_file(value: object) -> bool:
    """Return whether a value has the form of a file, but with text, which cannot be uploaded, or without content."""
    if isinstance(value, Mapping):
        mapping = cast("Mapping[object, object]", value)
        keys = {re.sub("[-_]", "", key.lower()) if isinstance(key, str) else key for key in mapping}
        return (
            {"content", "filename"} <= keys <= {"content", "filename", "mimetype", "contenttype"}
            and "content" in mapping
            and (mapping["content"] is None or isinstance(mapping["content"], (str, int, float)))
        )
    if isinstance(value, tuple):
        file = cast("tuple[Any, ...]", value)
        if not _is_named_tuple(file) or not isinstance(file[1], str):
            return False
        has_type = len(file) == 3 and isinstance(file[2], str) and _CONTENT_TYPE.fullmatch(file[2]) is not None
        return has_type or (len(file) == 2 and is_document_name(file[0]))
    return False


def find_handle(value: Any) -> object | None:
    """Return the file handle or upload that a file is read from, which has one position; None for other files."""
    if isinstance(value, tuple):
        file = cast("tuple[Any, ...]", value)
        content = file[1] if _is_named_tuple(file) else None
    else:
        content = cast("Mapping[object, Any]", value).get("content") if isinstance(value, Mapping) else value
    return cast("object", content) if _is_content(content) and _can(content, "read") else None


def _is_named_tuple(value: tuple[object, ...]) -> bool:
    return len(value) in (2, 3) and isinstance(value[0], str)


def _is_content(value: object) -> bool:
    if value is None or isinstance(value, (str, int, float, list, tuple, Mapping)):
        return False
    return (
        isinstance(value, (bytes, bytearray, memoryview, os.PathLike, FilePart))
        or _can(value, "read")
        or _find_upload(value) is not None
        or _is_readable_path(value)
    )


def _can(value: object, method: str) -> bool:
    return callable(getattr(value, method, None))


def _is_readable_path(value: object) -> bool:
    return all(hasattr(type(value), member) for member in ("open", "is_file", "is_dir", "read_bytes"))


def _find_upload(value: Any) -> _Upload | None:
    if isinstance(value, io.IOBase) or _is_readable_path(value):
        return None  # those of gzip and zipfile have a filename of another meaning
    filename, content_type = getattr(value, "filename", ...), getattr(value, "content_type", ...)
    if filename is None or isinstance(filename, str):
        for member in ("file", "stream"):
            inner = getattr(value, member, None)
            if _can(inner, "read"):
                return _Upload(inner, filename, content_type)
        return _Upload(value, filename, content_type) if _can(value, "read") else None
    name = getattr(value, "name", None)
    if content_type is not ... and isinstance(name, str) and _can(value, "read"):
        return _Upload(value, name, content_type)
    return None


# --- from arguments to parts ------------------------------------------------------------------------------------------


def make_file_part(where: str, value: FileInput | FilePart, *, is_named: bool = True) -> FilePart:
    """Check a file and prepare it for sending; a `FilePart` is returned unchanged.

    Args:
        where: The path of the file in the arguments, for messages.
        value: The file.
        is_named: Whether the filename is sent, so that it must have one.

    Raises:
        TypeError: The value cannot be sent as a file.
        ValueError: The file has no name, or its file handle is closed.
        OSError: The file does not exist, is a directory or cannot be read.
    """
    if isinstance(value, FilePart):
        return value
    source = _take_apart(where, value)
    given = source.content
    if isinstance(given, os.PathLike):
        path = os.fsdecode(cast("os.PathLike[str]", given))
        return PathPart(source.where, path, source.filename, source.content_type)
    if isinstance(given, (bytes, bytearray, memoryview)):
        if source.filename is None:
            raise TypeError(f"{where} must not be bytes; pass {_NAMED}, which includes a filename")
        return ContentPart(where, bytes(cast("bytes", given)), source.filename, source.content_type)
    upload = _find_upload(given)
    if upload is not None:
        return _make_upload_part(source, upload, is_named=is_named)
    if _is_readable_path(given):
        return ReadablePathPart(source.where, given, source.filename, source.content_type)
    if _can(given, "read"):
        is_async = _check_handle(source.where, given)
        filename = source.filename or _find_handle_name(given)
        if not filename and is_named:
            raise ValueError(
                f"{where} is a file handle without the name of a file, which is required to determine the content "
                f"type; pass {_NAMED}"
            )
        return HandlePart(source.where, given, filename or _UNNAMED, source.content_type, is_async=is_async)
    raise _make_type_error(source, where)


def _make_upload_part(source: _Source, upload: _Upload, *, is_named: bool) -> FilePart:
    where = source.where
    if getattr(upload.handle, "closed", False) is True:
        raise ValueError(
            f"{where} is an upload that is closed; frameworks close uploads when the request ends, so read it before "
            f"that, and pass {_NAMED}"
        )
    is_async = _check_handle(where, upload.handle)
    filename = source.filename or base_name(upload.filename or "")
    if not filename and is_named:
        raise ValueError(
            f"{where} is an upload without a filename, perhaps of a form in which no file was chosen; to send it under "
            f"another name, pass {_NAMED}"
        )
    content_type = source.content_type
    given = upload.content_type
    # The type comes from a browser. A type that it does not know is sent as application/octet-stream.
    if content_type is None and isinstance(given, str) and _CONTENT_TYPE.fullmatch(given):
        content_type = None if given.partition(";")[0].strip().lower() == DEFAULT_CONTENT_TYPE else given
    return HandlePart(where, upload.handle, filename or _UNNAMED, content_type, is_async=is_async, from_start=True)


def _take_apart(where: str, value: object) -> _Source:
    if isinstance(value, tuple):
        file = cast("tuple[Any, ...]", value)
        if not _is_named_tuple(file):
            raise TypeError(
                f"{where} is a tuple; to send it as a file, pass (filename, content) or (filename, content, mime_type)"
            )
        mime_type = file[2] if len(file) == 3 else None
        return _Source(
            f"{where}[1]",
            file[1],
            _check_filename(f"{where}[0]", file[0]),
            None if mime_type is None else _check_content_type(f"{where}[2]", mime_type),
        )
    if not isinstance(value, Mapping):
        return _Source(where, value)
    mapping = cast("Mapping[object, object]", value)
    unknown = [key for key in mapping if key not in (*_KEYS, "mimeType")]
    if unknown:
        raise ValueError(
            f"{where} has the unknown key {unknown[0]!r}; the keys of a file are content, filename and mime_type"
        )
    filename, mime_type = mapping.get("filename"), mapping.get("mime_type", mapping.get("mimeType"))
    content = mapping.get("content")
    if filename is None and isinstance(content, (bytes, bytearray, memoryview)):
        raise TypeError(f"{where} has no 'filename'; pass {_NAMED}")
    return _Source(
        f"{where}['content']",
        content,
        None if filename is None else _check_filename(f"{where}['filename']", filename),
        None if mime_type is None else _check_content_type(f"{where}['mime_type']", mime_type),
    )


def _check_filename(where: str, filename: object) -> str:
    if not isinstance(filename, str):
        raise TypeError(f"{where} must be a str, not {describe_type(filename)}")
    name = base_name(filename)
    if not name:
        raise ValueError(f"{where} must be the name of a file, such as 'invoice.pdf', not {filename[:100]!r}")
    return name


def _check_content_type(where: str, content_type: object) -> str:
    if not isinstance(content_type, str):
        raise TypeError(f"{where} must be a str, not {describe_type(content_type)}")
    if _CONTENT_TYPE.fullmatch(content_type) is None:
        raise ValueError(f"{where} must be a type such as 'application/pdf', not {content_type[:100]!r}")
    return content_type


def _make_type_error(source: _Source, where: str) -> TypeError:
    given, has_place = source.content, source.where != where
    if isinstance(given, str):
        if not has_place:
            return TypeError(f"{where} must not be a str; to upload a file, pass pathlib.Path({given[:100]!r})")
        hint = f"{{'content': text.encode(), 'filename': {source.filename or 'rows.csv'!r}}}"
        return TypeError(
            f"{source.where} is text, but only bytes can be uploaded; encode it: {hint}, or pass a pathlib.Path to "
            "upload a file"
        )
    expected = "bytes, a pathlib.Path or a file handle opened in binary mode" if has_place else _EXPECTED
    hint = ""
    if hasattr(type(cast("object", given)), "iter_content"):
        hint = "; pass {'content': response.content, 'filename': ...}"
    return TypeError(f"{source.where} must be {expected}, not {describe_type(given)}{hint}")


# --- file handles -----------------------------------------------------------------------------------------------------


def _check_handle(where: str, handle: Any) -> bool:
    """Check that a handle can be read, and return whether it is asynchronous."""
    if isinstance(handle, io.StringIO):
        raise TypeError(
            f"{where} is a text stream, but only bytes can be uploaded; pass "
            "{'content': stream.getvalue().encode(), 'filename': ...}"
        )
    if getattr(handle, "closed", False) is True:
        raise ValueError(f"{where} is a closed file handle")
    try:
        empty: object = handle.read(0)
    except io.UnsupportedOperation:
        raise ValueError(f"{where} is a file handle that was not opened for reading; use open(..., 'rb')") from None
    except OSError as error:
        raise OSError(f"{where} is a file handle that cannot be read: {error}") from None
    except Exception as error:  # noqa: BLE001 - it need not be a file handle at all
        raise TypeError(f"{where}.read() failed ({error}); pass {_EXPECTED}") from None
    if isinstance(empty, bytes):
        return False
    if isinstance(empty, str):
        raise TypeError(TEXT_MODE.format(where))
    if hasattr(empty, "__await__"):
        # Avoids the warning that the coroutine was never awaited.
        close = getattr(empty, "close", None)
        if close is not None:
            close()
        return True
    raise TypeError(f"{where} is a {describe_type(handle)} whose read() does not return bytes; pass {_EXPECTED}")


def _find_handle_name(handle: object) -> str:
    """Return the name of the file that a handle reads; empty if it has none."""
    name: object = getattr(handle, "name", None)
    if isinstance(name, bytes):
        name = os.fsdecode(name)
    if isinstance(name, os.PathLike):
        name = os.fspath(cast("os.PathLike[str]", name))
    # Temporary files and pipes have numbers as names, and standard input is called <stdin>.
    if not isinstance(name, str) or re.fullmatch("<.*>", name):
        return ""
    endings = next(
        (_DECOMPRESSED[base.__module__] for base in type(handle).__mro__ if base.__module__ in _DECOMPRESSED), ()
    )
    for ending, replacement in cast("Sequence[tuple[str, str]]", endings):
        if name.lower().endswith(ending):
            name = name[: -len(ending)] + replacement
            break
    return base_name(name)


def base_name(name: str) -> str:
    """Return the part of a path after its last slash or backslash, so that no folders are sent; it may be empty."""
    last = re.split(r"[/\\]", name)[-1]
    return "" if last.strip() in ("", ".", "..") else last
