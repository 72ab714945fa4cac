# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""Download an artifact of an agent run.

`legacy.download_artifact`: GET /api/v1/runs/{id}/artifact/{path}
"""

from __future__ import annotations

from eigenpal_generated import decoding, encoding
from eigenpal_generated.runtime import Request, Response


def request(id: str, path: str) -> Request:
    """Build the request."""
    return Request(
        operation="legacy.downloadArtifact",
        method="GET",
        path=f"/api/v1/runs/{encoding.encode_path_segment('id', id)}/artifact/{encoding.encode_path_segment('path', path)}",
        response_kind="file",
    )


def parse(response: Response) -> bytes:
    """Decode the response."""
    return decoding.decode_bytes(response.data)
