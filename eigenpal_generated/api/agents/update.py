# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""Update an agent.

`agents.update`: PATCH /api/v1/agents/{agentId}
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from eigenpal_generated import base_models, encoding, models
from eigenpal_generated.runtime import Request, Response


def request(
    agent_id: str,
    *,
    name: str | None = None,
    description: str | None = None,
    config: Mapping[str, Any] | None = None,
    body: models.PatchAgentBody | Mapping[str, Any] | None = None,
) -> Request:
    """Build the request."""
    return Request(
        operation="agents.update",
        method="PATCH",
        path=f"/api/v1/agents/{encoding.encode_path_segment('agent_id', agent_id)}",
        json=encoding.make_json_body(body, optional={"name": name, "description": description, "config": config}),
    )


def parse(response: Response) -> models.PatchAgentResponse:
    """Decode the response."""
    return base_models.read(models.decode_patch_agent_response, response.data, response.context)
