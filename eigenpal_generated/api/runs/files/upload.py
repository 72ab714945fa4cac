# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""Upload an input file for a workflow run.

`runs.files.upload`: POST /api/v1/runs/{id}/files
"""

from __future__ import annotations

from typing import Any

from eigenpal_generated import base_models, decoding, encoding, runtime
from eigenpal_generated.runtime import Request, Response


def request(id: str, file: runtime.FileInput) -> Request:
    """Build the request."""
    _file_parts: list[runtime.FileField] = []
    _file_parts.append(("file", file))
    return Request(
        operation="runs.files.upload",
        method="POST",
        path=f"/api/v1/runs/{encoding.encode_path_segment('id', id)}/files",
        idempotent=False,
        multipart=True,
        files=tuple(_file_parts),
    )


def parse(response: Response) -> dict[str, Any]:
    """Decode the response."""
    return base_models.read(decoding.decode_object, response.data, response.context)
