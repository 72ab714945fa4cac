"""Content types by file name, independent of the machine."""

from __future__ import annotations

import mimetypes

DEFAULT_CONTENT_TYPE = "application/octet-stream"

# The mimetypes module depends on tables of the machine, which slim containers lack. So the common types of documents
# are listed here.
_DOCUMENTS = {
    "bmp": "image/bmp",
    "bz2": "application/x-bzip2",
    "csv": "text/csv",
    "doc": "application/msword",
    "docm": "application/vnd.ms-word.document.macroEnabled.12",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "eml": "message/rfc822",
    "epub": "application/epub+zip",
    "gif": "image/gif",
    "gz": "application/gzip",
    "heic": "image/heic",
    "heif": "image/heif",
    "htm": "text/html",
    "html": "text/html",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "json": "application/json",
    "jsonl": "application/x-ndjson",
    "md": "text/markdown",
    "msg": "application/vnd.ms-outlook",
    "odp": "application/vnd.oasis.opendocument.presentation",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odt": "application/vnd.oasis.opendocument.text",
    "parquet": "application/vnd.apache.parquet",
    "pdf": "application/pdf",
    "png": "image/png",
    "ppt": "application/vnd.ms-powerpoint",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "rtf": "application/rtf",
    "svg": "image/svg+xml",
    "tar": "application/x-tar",
    "tif": "image/tiff",
    "tiff": "image/tiff",
    "tsv": "text/tab-separated-values",
    "txt": "text/plain",
    "webp": "image/webp",
    "xls": "application/vnd.ms-excel",
    "xlsm": "application/vnd.ms-excel.sheet.macroEnabled.12",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "xml": "application/xml",
    "xz": "application/x-xz",
    "yaml": "application/yaml",
    "yml": "application/yaml",
    "zip": "application/zip",
}


def is_document_name(filename: str) -> bool:
    """Return whether a text is the name of a document, by its extension."""
    return filename.rpartition(".")[2].lower() in _DOCUMENTS and "." in filename


def guess_content_type(filename: str) -> str:
    """Return the most likely content type of a file with this name."""
    _, dot, extension = filename.rpartition(".")
    if not dot:
        return DEFAULT_CONTENT_TYPE
    known = _DOCUMENTS.get(extension.lower())
    if known is not None:
        return known
    # Pass only the extension, because mimetypes parses names that look like a URL.
    guessed, compression = mimetypes.guess_type(f"file.{extension}")
    return guessed if guessed is not None and compression is None else DEFAULT_CONTENT_TYPE
