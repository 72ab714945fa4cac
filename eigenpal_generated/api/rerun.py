# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""Start a new run with the input of an earlier run.

`rerun`: POST /api/v1/runs/{id}/rerun
"""

from __future__ import annotations

from eigenpal_generated import base_models, encoding, models
from eigenpal_generated.runtime import Request, Response


def request(id: str, *, version: str | None = None, wait_for_completion: int | None = None) -> Request:
    """Build the request."""
    _query: list[tuple[str, str]] = []
    if version is not None:
        _query.append(("version", encoding.encode_query_str("version", version)))
    if wait_for_completion is not None:
        _query.append(
            (
                "wait_for_completion",
                encoding.encode_query_int("wait_for_completion", wait_for_completion, minimum=0, maximum=600),
            )
        )
    return Request(
        operation="rerun",
        method="POST",
        path=f"/api/v1/runs/{encoding.encode_path_segment('id', id)}/rerun",
        query=tuple(_query),
        idempotent=False,
        starts_run=True,
        server_wait_seconds=float(wait_for_completion or 0),
    )


def parse(response: Response) -> models.RunRerunResponse:
    """Decode the response."""
    return base_models.read(models.decode_run_start_response, response.data, response.context)
