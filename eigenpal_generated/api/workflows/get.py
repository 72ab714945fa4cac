# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""Get a workflow.

`workflows.get`: GET /api/v1/workflows/{id}
"""

from __future__ import annotations

from eigenpal_generated import base_models, encoding, models
from eigenpal_generated.runtime import Request, Response


def request(id: str) -> Request:
    """Build the request."""
    return Request(
        operation="workflows.get",
        method="GET",
        path=f"/api/v1/workflows/{encoding.encode_path_segment('id', id)}",
    )


def parse(response: Response) -> models.WorkflowDetail:
    """Decode the response."""
    return base_models.read(models.decode_workflow_detail, response.data, response.context)
