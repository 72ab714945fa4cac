# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""List the artifacts of a run.

`runs.artifacts.list`: GET /api/v1/runs/{id}/artifacts
"""

from __future__ import annotations

from eigenpal_generated import base_models, encoding, models
from eigenpal_generated.runtime import Request, Response


def request(id: str) -> Request:
    """Build the request."""
    return Request(
        operation="runs.artifacts.list",
        method="GET",
        path=f"/api/v1/runs/{encoding.encode_path_segment('id', id)}/artifacts",
    )


def parse(response: Response) -> models.RunArtifactsResponse:
    """Decode the response."""
    return base_models.read(models.decode_run_artifacts_response, response.data, response.context)
