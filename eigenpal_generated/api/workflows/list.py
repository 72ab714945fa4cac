# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""List workflows.

`workflows.list`: GET /api/v1/workflows
"""

from __future__ import annotations

from eigenpal_generated import base_models, encoding, models, runtime
from eigenpal_generated.runtime import Request, Response

PAGINATION = runtime.OffsetPagination(items="data", total="total", offset_parameter="offset")


def request(
    *,
    search: str | None = None,
    name: str | None = None,
    kind: models.WorkflowKind | None = None,
    folder_id: str | None = None,
    limit: int | None = None,
    offset: int | None = None,
) -> Request:
    """Build the request."""
    _query: list[tuple[str, str]] = []
    if search is not None:
        _query.append(("search", encoding.encode_query_str("search", search)))
    if name is not None:
        _query.append(("name", encoding.encode_query_str("name", name)))
    if kind is not None:
        _query.append(("kind", encoding.encode_query_str("kind", kind)))
    if folder_id is not None:
        _query.append(("folderId", encoding.encode_query_str("folder_id", folder_id)))
    if limit is not None:
        _query.append(("limit", encoding.encode_query_int("limit", limit, minimum=0, maximum=100)))
    if offset is not None:
        _query.append(("offset", encoding.encode_query_int("offset", offset, minimum=0)))
    return Request(
        operation="workflows.list",
        method="GET",
        path="/api/v1/workflows",
        query=tuple(_query),
    )


def parse(response: Response) -> models.ListWorkflowsResponse:
    """Decode the response."""
    return base_models.read(models.decode_list_workflows_response, response.data, response.context)
