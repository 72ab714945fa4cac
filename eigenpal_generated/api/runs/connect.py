# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""Connect to a live run.

`runs.connect`: POST /api/v1/runs/{id}/connect
"""

from __future__ import annotations

from typing import Any

from eigenpal_generated import base_models, decoding, encoding
from eigenpal_generated.runtime import Request, Response


def request(id: str) -> Request:
    """Build the request."""
    return Request(
        operation="runs.connect",
        method="POST",
        path=f"/api/v1/runs/{encoding.encode_path_segment('id', id)}/connect",
        idempotent=False,
    )


def parse(response: Response) -> dict[str, Any]:
    """Decode the response."""
    return base_models.read(decoding.decode_object, response.data, response.context)
