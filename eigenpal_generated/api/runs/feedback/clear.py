# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""Clear the feedback on a run.

`runs.feedback.clear`: DELETE /api/v1/runs/{id}/feedback
"""

from __future__ import annotations

from typing import Any

from eigenpal_generated import base_models, decoding, encoding
from eigenpal_generated.runtime import Request, Response


def request(id: str) -> Request:
    """Build the request."""
    return Request(
        operation="runs.feedback.clear",
        method="DELETE",
        path=f"/api/v1/runs/{encoding.encode_path_segment('id', id)}/feedback",
    )


def parse(response: Response) -> dict[str, Any]:
    """Decode the response."""
    return base_models.read(decoding.decode_object, response.data, response.context)
