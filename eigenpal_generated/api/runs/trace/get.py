# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""Get the trace of a run.

`runs.trace.get`: GET /api/v1/runs/{id}/trace
"""

from __future__ import annotations

from eigenpal_generated import base_models, encoding, models
from eigenpal_generated.runtime import Request, Response


def request(id: str) -> Request:
    """Build the request."""
    return Request(
        operation="runs.trace.get",
        method="GET",
        path=f"/api/v1/runs/{encoding.encode_path_segment('id', id)}/trace",
    )


def parse(response: Response) -> models.RunTraceResponse:
    """Decode the response."""
    return base_models.read(models.decode_run_trace_response, response.data, response.context)
