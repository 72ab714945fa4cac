# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""List workflow and agent runs.

`runs.list`: GET /api/v1/runs
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from eigenpal_generated import base_models, encoding, models, runtime
from eigenpal_generated.runtime import Request, Response

PAGINATION = runtime.CursorPagination(
    items="runs", next_cursor="nextCursor", cursor_parameter="cursor", offset_parameter="offset"
)


def request(
    *,
    type: models.RunType | None = None,
    source: str | None = None,
    status: models.ExecutionStatus | str | Sequence[models.ExecutionStatus] | None = None,
    trigger: str | None = None,
    triggered_by: str | None = None,
    source_ref: str | None = None,
    batch_id: str | None = None,
    example_id: str | None = None,
    example_id_contains: str | None = None,
    from_: str | datetime | date | None = None,
    to: str | datetime | date | None = None,
    created_after: str | datetime | date | None = None,
    created_before: str | datetime | date | None = None,
    completed_after: str | datetime | date | None = None,
    completed_before: str | datetime | date | None = None,
    cursor: str | None = None,
    offset: int | None = None,
    limit: int | None = None,
    ids: str | Sequence[str] | None = None,
) -> Request:
    """Build the request."""
    _query: list[tuple[str, str]] = []
    if type is not None:
        _query.append(("type", encoding.encode_query_str("type", type)))
    if source is not None:
        _query.append(("source", encoding.encode_query_str("source", source)))
    if status is not None:
        _query.append(("status", encoding.encode_query_list("status", status)))
    if trigger is not None:
        _query.append(("trigger", encoding.encode_query_str("trigger", trigger)))
    if triggered_by is not None:
        _query.append(("triggeredBy", encoding.encode_query_str("triggered_by", triggered_by)))
    if source_ref is not None:
        _query.append(("sourceRef", encoding.encode_query_str("source_ref", source_ref)))
    if batch_id is not None:
        _query.append(("batchId", encoding.encode_query_str("batch_id", batch_id)))
    if example_id is not None:
        _query.append(("exampleId", encoding.encode_query_str("example_id", example_id)))
    if example_id_contains is not None:
        _query.append(("exampleIdContains", encoding.encode_query_str("example_id_contains", example_id_contains)))
    if from_ is not None:
        _query.append(("from", encoding.encode_query_datetime("from_", from_)))
    if to is not None:
        _query.append(("to", encoding.encode_query_datetime("to", to)))
    if created_after is not None:
        _query.append(("createdAfter", encoding.encode_query_datetime("created_after", created_after)))
    if created_before is not None:
        _query.append(("createdBefore", encoding.encode_query_datetime("created_before", created_before)))
    if completed_after is not None:
        _query.append(("completedAfter", encoding.encode_query_datetime("completed_after", completed_after)))
    if completed_before is not None:
        _query.append(("completedBefore", encoding.encode_query_datetime("completed_before", completed_before)))
    if cursor is not None:
        _query.append(("cursor", encoding.encode_query_str("cursor", cursor)))
    if offset is not None:
        _query.append(("offset", encoding.encode_query_int("offset", offset, minimum=0)))
    if limit is not None:
        _query.append(("limit", encoding.encode_query_int("limit", limit, minimum=0)))
    if ids is not None:
        _query.append(("ids", encoding.encode_query_list("ids", ids)))
    return Request(
        operation="runs.list",
        method="GET",
        path="/api/v1/runs",
        query=tuple(_query),
    )


def parse(response: Response) -> models.RunsListResponse:
    """Decode the response."""
    return base_models.read(models.decode_runs_list_response, response.data, response.context)
