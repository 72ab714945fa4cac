# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""Enable or disable the email trigger of an agent.

`agents.email_triggers.update`: PATCH /api/v1/agents/{agentId}/triggers/email
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from eigenpal_generated import base_models, encoding, models
from eigenpal_generated.encoding import UNSET, Unset
from eigenpal_generated.runtime import Request, Response


def request(
    agent_id: str,
    *,
    enabled: bool | Unset = UNSET,
    body: models.UpdateEmailTriggerBody | Mapping[str, Any] | None = None,
) -> Request:
    """Build the request."""
    return Request(
        operation="agents.emailTriggers.update",
        method="PATCH",
        path=f"/api/v1/agents/{encoding.encode_path_segment('agent_id', agent_id)}/triggers/email",
        json=encoding.make_json_body(body, required={"enabled": enabled}),
    )


def parse(response: Response) -> models.UpdateEmailTriggerResponse:
    """Decode the response."""
    return base_models.read(models.decode_update_email_trigger_response, response.data, response.context)
