# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""Create an agent.

`agents.create`: POST /api/v1/agents
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from eigenpal_generated import base_models, encoding, models
from eigenpal_generated.encoding import UNSET, Unset
from eigenpal_generated.runtime import Request, Response


def request(
    *,
    name: str | Unset = UNSET,
    slug: str | Unset = UNSET,
    description: str | None = None,
    config: Mapping[str, Any] | None = None,
    body: models.CreateAgentBody | Mapping[str, Any] | None = None,
) -> Request:
    """Build the request."""
    return Request(
        operation="agents.create",
        method="POST",
        path="/api/v1/agents",
        idempotent=False,
        json=encoding.make_json_body(
            body, required={"name": name, "slug": slug}, optional={"description": description, "config": config}
        ),
    )


def parse(response: Response) -> models.CreateAgentResponse:
    """Decode the response."""
    return base_models.read(models.decode_create_agent_response, response.data, response.context)
