# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""List the stored input and output files of a workflow run.

`runs.files.list`: GET /api/v1/runs/{id}/files
"""

from __future__ import annotations

from eigenpal_generated import base_models, encoding, models
from eigenpal_generated.runtime import Request, Response


def request(id: str) -> Request:
    """Build the request."""
    return Request(
        operation="runs.files.list",
        method="GET",
        path=f"/api/v1/runs/{encoding.encode_path_segment('id', id)}/files",
    )


def parse(response: Response) -> models.RunFilesResponse:
    """Decode the response."""
    return base_models.read(models.decode_run_files_response, response.data, response.context)
