"""The built-in workflow ``echo``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from eigenpal.testing._server.content import UploadedFile


def echo(input: dict[str, Any], files: Mapping[str, UploadedFile | list[UploadedFile]]) -> dict[str, Any]:
    """Return the input, and for each file its name, content type and size."""
    described: dict[str, Any] = {
        name: [_describe(item) for item in file] if isinstance(file, list) else _describe(file)
        for name, file in files.items()
    }
    return {**input, **described}


def _describe(file: UploadedFile) -> dict[str, Any]:
    return {"filename": file.filename, "contentType": file.content_type, "size": file.size}
