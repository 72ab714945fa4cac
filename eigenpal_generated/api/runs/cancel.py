# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""Cancel a run.

`runs.cancel`: POST /api/v1/runs/{id}/cancel
"""

from __future__ import annotations

from eigenpal_generated import base_models, encoding, models
from eigenpal_generated.runtime import Request, Response


def request(id: str) -> Request:
    """Build the request."""
    return Request(
        operation="runs.cancel",
        method="POST",
        path=f"/api/v1/runs/{encoding.encode_path_segment('id', id)}/cancel",
    )


def parse(response: Response) -> models.RunCancelResponse:
    """Decode the response."""
    return base_models.read(models.decode_run_cancel_response, response.data, response.context)
