# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""List the released versions of a workflow.

`workflows.versions`: GET /api/v1/workflows/{id}/versions
"""

from __future__ import annotations

from eigenpal_generated import base_models, encoding, models, runtime
from eigenpal_generated.runtime import Request, Response

PAGINATION = runtime.OffsetPagination(items="data", total="total", offset_parameter="offset")


def request(id: str, *, limit: int | None = None, offset: int | None = None) -> Request:
    """Build the request."""
    _query: list[tuple[str, str]] = []
    if limit is not None:
        _query.append(("limit", encoding.encode_query_int("limit", limit, minimum=0, maximum=100)))
    if offset is not None:
        _query.append(("offset", encoding.encode_query_int("offset", offset, minimum=0)))
    return Request(
        operation="workflows.versions",
        method="GET",
        path=f"/api/v1/workflows/{encoding.encode_path_segment('id', id)}/versions",
        query=tuple(_query),
    )


def parse(response: Response) -> models.ListVersionsResponse:
    """Decode the response."""
    return base_models.read(models.decode_list_versions_response, response.data, response.context)
