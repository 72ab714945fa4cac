# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""Get the workflow definition of a run.

`runs.definition`: GET /api/v1/runs/{id}/definition
"""

from __future__ import annotations

from eigenpal_generated import base_models, encoding, models
from eigenpal_generated.runtime import Request, Response


def request(id: str) -> Request:
    """Build the request."""
    return Request(
        operation="runs.definition",
        method="GET",
        path=f"/api/v1/runs/{encoding.encode_path_segment('id', id)}/definition",
    )


def parse(response: Response) -> models.RunDefinitionResponse:
    """Decode the response."""
    return base_models.read(models.decode_run_definition_response, response.data, response.context)
