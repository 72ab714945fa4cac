# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""List or read the source files of an agent.

`agents.list_files`: GET /api/v1/agents/{agentId}/files
"""

from __future__ import annotations

from typing import Any

from eigenpal_generated import encoding
from eigenpal_generated.runtime import Request, Response


def request(agent_id: str, *, path: str | None = None, prefix: str | None = None, ref: str | None = None) -> Request:
    """Build the request."""
    _query: list[tuple[str, str]] = []
    if path is not None:
        _query.append(("path", encoding.encode_query_str("path", path)))
    if prefix is not None:
        _query.append(("prefix", encoding.encode_query_str("prefix", prefix)))
    if ref is not None:
        _query.append(("ref", encoding.encode_query_str("ref", ref)))
    return Request(
        operation="agents.listFiles",
        method="GET",
        path=f"/api/v1/agents/{encoding.encode_path_segment('agent_id', agent_id)}/files",
        query=tuple(_query),
    )


def parse(response: Response) -> Any:
    """Decode the response."""
    return response.data
