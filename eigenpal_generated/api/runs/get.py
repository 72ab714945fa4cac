# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""Get a run by id.

`runs.get`: GET /api/v1/runs/{id}
"""

from __future__ import annotations

from collections.abc import Sequence

from eigenpal_generated import base_models, encoding, models, runtime
from eigenpal_generated.runtime import Request, Response


def request(
    id: str,
    *,
    expand: models.RunSection | str | Sequence[models.RunSection] | None = None,
    include: str | Sequence[str] | None = None,
) -> Request:
    """Build the request."""
    _query: list[tuple[str, str]] = []
    if expand is not None:
        _query.append(("expand", encoding.encode_query_list("expand", expand)))
    if include is not None:
        runtime.warn_deprecated("runs.get", "include")
        _query.append(("include", encoding.encode_query_list("include", include)))
    return Request(
        operation="runs.get",
        method="GET",
        path=f"/api/v1/runs/{encoding.encode_path_segment('id', id)}",
        query=tuple(_query),
    )


def parse(response: Response) -> models.Run:
    """Decode the response."""
    return base_models.read(models.decode_run, response.data, response.context)
