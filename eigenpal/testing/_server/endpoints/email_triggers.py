"""E-mail triggers of agents."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from eigenpal.testing._server.automations import Automation, EmailAlias
from eigenpal.testing._server.clock import format_timestamp
from eigenpal.testing._server.http_errors import bad_request, not_found
from eigenpal.testing._server.http_messages import Endpoint, ServerRequest, ServerResponse

DOMAIN = "in.eigenpal.test"
_LOCAL_PART = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+-]{0,62}\Z")


def list_all(request: ServerRequest) -> ServerResponse:
    """``GET /agents/triggers/email``."""
    agents = request.state.automations.list_by_kind("agent")
    return ServerResponse(
        json={"emails": [_serialize_alias(agent, email) for agent in agents for email in agent.emails]}
    )


def get(request: ServerRequest) -> ServerResponse:
    """``GET /agents/{agentId}/triggers/email``."""
    agent = _find_agent(request)
    return ServerResponse(
        json={
            "trigger": _serialize_trigger(agent),
            "emails": [_serialize_alias(agent, email) for email in agent.emails],
        }
    )


def update(request: ServerRequest) -> ServerResponse:
    """``PATCH /agents/{agentId}/triggers/email``."""
    agent = _find_agent(request)
    agent.email_enabled = request.body["enabled"]
    request.state.save_automation(agent)
    return ServerResponse(json={"trigger": _serialize_trigger(agent)})


def create_alias(request: ServerRequest) -> ServerResponse:
    """``POST /agents/{agentId}/triggers/email``."""
    agent, body = _find_agent(request), request.body
    address = _make_address(agent, body)
    known = {email.address for other in request.state.automations.list_by_kind("agent") for email in other.emails}
    if address in known:
        field = "body.email" if "email" in body else "body.alias"
        raise bad_request(field, f"{address} is already in use", "already_exists")
    alias = EmailAlias(
        id=request.state.new_id("eml"),
        address=address,
        label=body.get("label"),
        status="active",
        allowlist=_read_allowlist(body) or [],
        reply_config=body.get("replyConfig"),
        require_sender_auth=False,
        created_at=request.state.clock.now(),
    )
    agent.emails.append(alias)
    request.state.save_automation(agent)
    return ServerResponse(status=201, json={"email": _serialize_alias(agent, alias)})


def update_alias(request: ServerRequest) -> ServerResponse:
    """``PATCH /agents/{agentId}/triggers/email/{emailId}``."""
    agent, body = _find_agent(request), request.body
    alias = _find_alias(agent, request)
    allowlist = _read_allowlist(body)
    if "label" in body:
        alias.label = body["label"]
    if allowlist is not None:
        alias.allowlist = allowlist
    alias.status = body.get("status", alias.status)
    alias.reply_config = body.get("replyConfig", alias.reply_config)
    alias.require_sender_auth = body.get("requireSenderAuth", alias.require_sender_auth)
    request.state.save_automation(agent)
    return ServerResponse(json={"email": _serialize_alias(agent, alias)})


def delete_alias(request: ServerRequest) -> ServerResponse:
    """``DELETE /agents/{agentId}/triggers/email/{emailId}``."""
    agent = _find_agent(request)
    agent.emails.remove(_find_alias(agent, request))
    request.state.save_automation(agent)
    return ServerResponse(json={"removed": True})


def _find_agent(request: ServerRequest) -> Automation:
    return request.state.automations.get("agent", request.path["agentId"])


def _find_alias(agent: Automation, request: ServerRequest) -> EmailAlias:
    email_id = request.path["emailId"]
    found = next((email for email in agent.emails if email.id == email_id), None)
    if found is None:
        raise not_found(f"Agent {agent.slug} has no e-mail alias {email_id[:100]!r}")
    return found


def _make_address(agent: Automation, body: Mapping[str, Any]) -> str:
    if "email" in body:
        local, at, domain = body["email"].partition("@")
        if not at or not _LOCAL_PART.match(local) or not domain or "@" in domain:
            raise bad_request("body.email", "Expected an e-mail address")
        return f"{local}@{domain}".lower()
    alias = body.get("alias", agent.slug.replace("/", "-"))
    if not _LOCAL_PART.match(alias):
        raise bad_request("body.alias", "Expected the local part of an e-mail address")
    return f"{alias}@{DOMAIN}".lower()


def _read_allowlist(body: Mapping[str, Any]) -> list[str] | None:
    given: list[list[str]] = [body[name] for name in ("allowlist", "allow") if name in body]
    if len(given) == 2 and given[0] != given[1]:
        raise bad_request("body.allow", "allow and allowlist are the same field, and their values differ")
    return given[0] if given else None


def _serialize_trigger(agent: Automation) -> dict[str, Any]:
    return {"type": "email", "enabled": agent.email_enabled}


def _serialize_alias(agent: Automation, alias: EmailAlias) -> dict[str, Any]:
    return {
        "id": alias.id,
        "agentId": agent.id,
        "address": alias.address,
        "label": alias.label,
        "status": alias.status,
        "allowlist": alias.allowlist,
        "replyConfig": alias.reply_config,
        "requireSenderAuth": alias.require_sender_auth,
        "createdAt": format_timestamp(alias.created_at),
    }


ENDPOINTS: dict[str, Endpoint] = {
    "agents.emailTriggers.list": list_all,
    "agents.emailTriggers.get": get,
    "agents.emailTriggers.update": update,
    "agents.emailTriggers.createAlias": create_alias,
    "agents.emailTriggers.updateAlias": update_alias,
    "agents.emailTriggers.deleteAlias": delete_alias,
}
