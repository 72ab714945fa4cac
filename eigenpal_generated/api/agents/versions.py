# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""List the released versions of an agent.

`agents.versions`: GET /api/v1/agents/{agentId}/versions
"""

from __future__ import annotations

from eigenpal_generated import base_models, encoding, models
from eigenpal_generated.runtime import Request, Response


def request(agent_id: str) -> Request:
    """Build the request."""
    return Request(
        operation="agents.versions",
        method="GET",
        path=f"/api/v1/agents/{encoding.encode_path_segment('agent_id', agent_id)}/versions",
    )


def parse(response: Response) -> models.ListAgentVersionsResponse:
    """Decode the response."""
    return base_models.read(models.decode_list_agent_versions_response, response.data, response.context)
