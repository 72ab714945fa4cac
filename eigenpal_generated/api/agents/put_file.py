# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""Write an agent source file (no longer supported).

`agents.put_file`: PUT /api/v1/agents/{agentId}/files
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from eigenpal_generated import encoding, models
from eigenpal_generated.runtime import Request, Response


def request(
    agent_id: str,
    *,
    content_base64: str | None = None,
    content: str | None = None,
    content_type: str | None = None,
    body: models.PutAgentFileBody | Mapping[str, Any] | None = None,
    path: str | None = None,
    prefix: str | None = None,
    ref: str | None = None,
) -> Request:
    """Build the request."""
    _query: list[tuple[str, str]] = []
    if path is not None:
        _query.append(("path", encoding.encode_query_str("path", path)))
    if prefix is not None:
        _query.append(("prefix", encoding.encode_query_str("prefix", prefix)))
    if ref is not None:
        _query.append(("ref", encoding.encode_query_str("ref", ref)))
    return Request(
        operation="agents.putFile",
        method="PUT",
        path=f"/api/v1/agents/{encoding.encode_path_segment('agent_id', agent_id)}/files",
        query=tuple(_query),
        response_kind="any",
        json=encoding.make_json_body(
            body,
            optional={"contentBase64": content_base64, "content": content, "contentType": content_type},
            names={"contentBase64": "content_base64", "contentType": "content_type"},
        ),
    )


def parse(response: Response) -> Any:
    """Decode the response."""
    return response.data
