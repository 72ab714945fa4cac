# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""Delete an input file of a workflow run.

`runs.files.delete`: DELETE /api/v1/runs/{id}/files/{fileId}
"""

from __future__ import annotations

from eigenpal_generated import encoding
from eigenpal_generated.runtime import Request, Response


def request(id: str, file_id: str) -> Request:
    """Build the request."""
    return Request(
        operation="runs.files.delete",
        method="DELETE",
        path=f"/api/v1/runs/{encoding.encode_path_segment('id', id)}/files/{encoding.encode_path_segment('file_id', file_id)}",
        response_kind="empty",
    )


def parse(_response: Response) -> None:
    """Decode the response."""
