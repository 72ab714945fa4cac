# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""Update an email alias of an agent.

`agents.email_triggers.update_alias`: PATCH /api/v1/agents/{agentId}/triggers/email/{emailId}
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from eigenpal_generated import base_models, encoding, models
from eigenpal_generated.encoding import UNSET, Unset
from eigenpal_generated.runtime import Request, Response


def request(
    agent_id: str,
    email_id: str,
    *,
    label: str | Unset | None = UNSET,
    allowlist: Sequence[str] | None = None,
    allow: Sequence[str] | None = None,
    status: models.EmailAliasStatus | None = None,
    reply_config: Mapping[str, Any] | None = None,
    require_sender_auth: bool | None = None,
    body: models.UpdateEmailAliasBody | Mapping[str, Any] | None = None,
) -> Request:
    """Build the request."""
    return Request(
        operation="agents.emailTriggers.updateAlias",
        method="PATCH",
        path=f"/api/v1/agents/{encoding.encode_path_segment('agent_id', agent_id)}/triggers/email/{encoding.encode_path_segment('email_id', email_id)}",
        json=encoding.make_json_body(
            body,
            optional={
                "allowlist": allowlist,
                "allow": allow,
                "status": status,
                "replyConfig": reply_config,
                "requireSenderAuth": require_sender_auth,
            },
            nullable={"label": label},
            names={"replyConfig": "reply_config", "requireSenderAuth": "require_sender_auth"},
        ),
    )


def parse(response: Response) -> models.EmailAliasResponse:
    """Decode the response."""
    return base_models.read(models.decode_email_alias_response, response.data, response.context)
