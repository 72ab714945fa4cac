# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""Delete an expected file of a run.

`runs.expected.delete`: DELETE /api/v1/runs/{id}/expected/{filename}
"""

from __future__ import annotations

from eigenpal_generated import encoding
from eigenpal_generated.runtime import Request, Response


def request(id: str, filename: str) -> Request:
    """Build the request."""
    return Request(
        operation="runs.expected.delete",
        method="DELETE",
        path=f"/api/v1/runs/{encoding.encode_path_segment('id', id)}/expected/{encoding.encode_path_segment('filename', filename)}",
        response_kind="empty",
    )


def parse(_response: Response) -> None:
    """Decode the response."""
