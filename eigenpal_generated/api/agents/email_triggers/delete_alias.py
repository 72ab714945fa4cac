# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""Delete an email alias of an agent.

`agents.email_triggers.delete_alias`: DELETE /api/v1/agents/{agentId}/triggers/email/{emailId}
"""

from __future__ import annotations

from eigenpal_generated import base_models, encoding, models
from eigenpal_generated.runtime import Request, Response


def request(agent_id: str, email_id: str) -> Request:
    """Build the request."""
    return Request(
        operation="agents.emailTriggers.deleteAlias",
        method="DELETE",
        path=f"/api/v1/agents/{encoding.encode_path_segment('agent_id', agent_id)}/triggers/email/{encoding.encode_path_segment('email_id', email_id)}",
    )


def parse(response: Response) -> models.DeleteEmailAliasResponse:
    """Decode the response."""
    return base_models.read(models.decode_delete_email_alias_response, response.data, response.context)
