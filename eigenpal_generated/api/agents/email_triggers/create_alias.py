# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""Create an email alias for an agent.

`agents.email_triggers.create_alias`: POST /api/v1/agents/{agentId}/triggers/email
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from eigenpal_generated import base_models, encoding, models
from eigenpal_generated.runtime import Request, Response


def request(
    agent_id: str,
    *,
    email: str | None = None,
    alias: str | None = None,
    label: str | None = None,
    allowlist: Sequence[str] | None = None,
    allow: Sequence[str] | None = None,
    reply_config: Mapping[str, Any] | None = None,
    body: models.CreateEmailAliasBody | Mapping[str, Any] | None = None,
) -> Request:
    """Build the request."""
    return Request(
        operation="agents.emailTriggers.createAlias",
        method="POST",
        path=f"/api/v1/agents/{encoding.encode_path_segment('agent_id', agent_id)}/triggers/email",
        idempotent=False,
        json=encoding.make_json_body(
            body,
            optional={
                "email": email,
                "alias": alias,
                "label": label,
                "allowlist": allowlist,
                "allow": allow,
                "replyConfig": reply_config,
            },
            names={"replyConfig": "reply_config"},
        ),
    )


def parse(response: Response) -> models.EmailAliasResponse:
    """Decode the response."""
    return base_models.read(models.decode_email_alias_response, response.data, response.context)
