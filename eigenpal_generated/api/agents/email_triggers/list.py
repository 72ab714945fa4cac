# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""List the email aliases of all agents.

`agents.email_triggers.list`: GET /api/v1/agents/triggers/email
"""

from __future__ import annotations

from eigenpal_generated import base_models, models
from eigenpal_generated.runtime import Request, Response


def request() -> Request:
    """Build the request."""
    return Request(
        operation="agents.emailTriggers.list",
        method="GET",
        path="/api/v1/agents/triggers/email",
    )


def parse(response: Response) -> models.ListEmailTriggersResponse:
    """Decode the response."""
    return base_models.read(models.decode_list_email_triggers_response, response.data, response.context)
