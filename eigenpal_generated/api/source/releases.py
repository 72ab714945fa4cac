# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""List the releases of a source package.

`source.releases`: GET /api/v1/source/releases
"""

from __future__ import annotations

from eigenpal_generated import base_models, encoding, models
from eigenpal_generated.runtime import Request, Response


def request(package_path: str, *, version: str | None = None) -> Request:
    """Build the request."""
    _query: list[tuple[str, str]] = []
    _query.append(("packagePath", encoding.encode_query_str("package_path", package_path)))
    if version is not None:
        _query.append(("version", encoding.encode_query_str("version", version)))
    return Request(
        operation="source.releases",
        method="GET",
        path="/api/v1/source/releases",
        query=tuple(_query),
    )


def parse(response: Response) -> models.SourceReleasesResponse:
    """Decode the response."""
    return base_models.read(models.decode_source_releases_response, response.data, response.context)
