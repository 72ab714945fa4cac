# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""Get the Git repository of the organization.

`source.repository`: GET /api/v1/source/repository
"""

from __future__ import annotations

from eigenpal_generated import base_models, models
from eigenpal_generated.runtime import Request, Response


def request() -> Request:
    """Build the request."""
    return Request(
        operation="source.repository",
        method="GET",
        path="/api/v1/source/repository",
    )


def parse(response: Response) -> models.SourceRepositoryResponse:
    """Decode the response."""
    return base_models.read(models.decode_source_repository_response, response.data, response.context)
