# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""List agents.

`agents.list`: GET /api/v1/agents
"""

from __future__ import annotations

from eigenpal_generated import base_models, encoding, models, runtime
from eigenpal_generated.runtime import Request, Response

PAGINATION = runtime.OffsetPagination(items="data", total="total", offset_parameter="offset")


def request(
    *,
    search: str | None = None,
    slug: str | None = None,
    limit: int | None = None,
    offset: int | None = None,
    include_archived: bool | None = None,
) -> Request:
    """Build the request."""
    _query: list[tuple[str, str]] = []
    if search is not None:
        _query.append(("search", encoding.encode_query_str("search", search)))
    if slug is not None:
        _query.append(("slug", encoding.encode_query_str("slug", slug)))
    if limit is not None:
        _query.append(("limit", encoding.encode_query_int("limit", limit, minimum=0)))
    if offset is not None:
        _query.append(("offset", encoding.encode_query_int("offset", offset, minimum=0)))
    if include_archived is not None:
        _query.append(("includeArchived", encoding.encode_query_bool("include_archived", include_archived)))
    return Request(
        operation="agents.list",
        method="GET",
        path="/api/v1/agents",
        query=tuple(_query),
    )


def parse(response: Response) -> models.ListAgentsResponse:
    """Decode the response."""
    return base_models.read(models.decode_list_agents_response, response.data, response.context)
