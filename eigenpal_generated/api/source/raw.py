# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""Read a file from the Git repository.

`source.raw`: GET /api/v1/source/raw
"""

from __future__ import annotations

from eigenpal_generated import base_models, encoding, models
from eigenpal_generated.runtime import Request, Response


def request(path: str, *, ref: str | None = None) -> Request:
    """Build the request."""
    _query: list[tuple[str, str]] = []
    if ref is not None:
        _query.append(("ref", encoding.encode_query_str("ref", ref)))
    _query.append(("path", encoding.encode_query_str("path", path)))
    return Request(
        operation="source.raw",
        method="GET",
        path="/api/v1/source/raw",
        query=tuple(_query),
    )


def parse(response: Response) -> models.RawSourceResponse:
    """Decode the response."""
    return base_models.read(models.decode_raw_source_response, response.data, response.context)
