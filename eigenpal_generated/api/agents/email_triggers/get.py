# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""Get the email trigger of an agent.

`agents.email_triggers.get`: GET /api/v1/agents/{agentId}/triggers/email
"""

from __future__ import annotations

from eigenpal_generated import base_models, encoding, models
from eigenpal_generated.runtime import Request, Response


def request(agent_id: str) -> Request:
    """Build the request."""
    return Request(
        operation="agents.emailTriggers.get",
        method="GET",
        path=f"/api/v1/agents/{encoding.encode_path_segment('agent_id', agent_id)}/triggers/email",
    )


def parse(response: Response) -> models.EmailTriggerResponse:
    """Decode the response."""
    return base_models.read(models.decode_email_trigger_response, response.data, response.context)
