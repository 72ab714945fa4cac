# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""Preview the lockfile of a source package.

`source.lockfile`: GET /api/v1/source/lockfile
"""

from __future__ import annotations

from eigenpal_generated import base_models, encoding, models
from eigenpal_generated.runtime import Request, Response


def request(package_ref: str) -> Request:
    """Build the request."""
    _query: list[tuple[str, str]] = []
    _query.append(("packageRef", encoding.encode_query_str("package_ref", package_ref)))
    return Request(
        operation="source.lockfile",
        method="GET",
        path="/api/v1/source/lockfile",
        query=tuple(_query),
    )


def parse(response: Response) -> models.SourceLockfileResponse:
    """Decode the response."""
    return base_models.read(models.decode_source_lockfile_response, response.data, response.context)
