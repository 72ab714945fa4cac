# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""Get an agent.

`agents.get`: GET /api/v1/agents/{agentId}
"""

from __future__ import annotations

from collections.abc import Sequence

from eigenpal_generated import base_models, encoding, models
from eigenpal_generated.runtime import Request, Response


def request(agent_id: str, *, include: str | Sequence[str] | None = None) -> Request:
    """Build the request."""
    _query: list[tuple[str, str]] = []
    if include is not None:
        _query.append(("include", encoding.encode_query_list("include", include)))
    return Request(
        operation="agents.get",
        method="GET",
        path=f"/api/v1/agents/{encoding.encode_path_segment('agent_id', agent_id)}",
        query=tuple(_query),
    )


def parse(response: Response) -> models.GetAgentResponse:
    """Decode the response."""
    return base_models.read(models.decode_get_agent_response, response.data, response.context)
