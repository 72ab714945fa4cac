# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""Download an expected file of a run.

`runs.expected.download`: GET /api/v1/runs/{id}/expected/{filename}
"""

from __future__ import annotations

from eigenpal_generated import decoding, encoding
from eigenpal_generated.runtime import Request, Response


def request(id: str, filename: str) -> Request:
    """Build the request."""
    return Request(
        operation="runs.expected.download",
        method="GET",
        path=f"/api/v1/runs/{encoding.encode_path_segment('id', id)}/expected/{encoding.encode_path_segment('filename', filename)}",
        response_kind="file",
    )


def parse(response: Response) -> bytes:
    """Decode the response."""
    return decoding.decode_bytes(response.data)
