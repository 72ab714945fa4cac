# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""Get the ground truth of a run.

`runs.expected.list`: GET /api/v1/runs/{id}/expected
"""

from __future__ import annotations

from typing import Any

from eigenpal_generated import base_models, decoding, encoding
from eigenpal_generated.runtime import Request, Response


def request(id: str) -> Request:
    """Build the request."""
    return Request(
        operation="runs.expected.list",
        method="GET",
        path=f"/api/v1/runs/{encoding.encode_path_segment('id', id)}/expected",
    )


def parse(response: Response) -> dict[str, Any]:
    """Decode the response."""
    return base_models.read(decoding.decode_object, response.data, response.context)
