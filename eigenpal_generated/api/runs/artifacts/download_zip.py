# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""Download the output files of an agent run as a ZIP archive.

`runs.artifacts.download_zip`: GET /api/v1/runs/{id}/files-zip
"""

from __future__ import annotations

from eigenpal_generated import decoding, encoding
from eigenpal_generated.runtime import Request, Response


def request(id: str, *, files: str | None = None, token: str | None = None) -> Request:
    """Build the request."""
    _query: list[tuple[str, str]] = []
    if files is not None:
        _query.append(("files", encoding.encode_query_str("files", files)))
    if token is not None:
        _query.append(("token", encoding.encode_query_str("token", token)))
    return Request(
        operation="runs.artifacts.downloadZip",
        method="GET",
        path=f"/api/v1/runs/{encoding.encode_path_segment('id', id)}/files-zip",
        query=tuple(_query),
        response_kind="file",
    )


def parse(response: Response) -> bytes:
    """Decode the response."""
    return decoding.decode_bytes(response.data)
