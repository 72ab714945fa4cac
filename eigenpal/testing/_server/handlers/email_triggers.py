"""E-mail addresses that start agents."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from eigenpal.testing._server.automations import Automation, EmailAlias
from eigenpal.testing._server.call import Answer, Call, Handler
from eigenpal.testing._server.clock import timestamp
from eigenpal.testing._server.errors import invalid, not_found

DOMAIN = "in.eigenpal.test"
_LOCAL_PART = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+-]{0,62}\Z")


def list_all(call: Call) -> Answer:
    """``GET /agents/triggers/email``."""
    agents = call.world.automations.of("agent")
    return Answer(json={"emails": [_alias(agent, one) for agent in agents for one in agent.emails]})


def get(call: Call) -> Answer:
    """``GET /agents/{agentId}/triggers/email``."""
    agent = _agent(call)
    return Answer(json={"trigger": _trigger(agent), "emails": [_alias(agent, one) for one in agent.emails]})


def update(call: Call) -> Answer:
    """``PATCH /agents/{agentId}/triggers/email``."""
    agent = _agent(call)
    agent.email_enabled = call.body["enabled"]
    call.world.save_automation(agent)
    return Answer(json={"trigger": _trigger(agent)})


def create_alias(call: Call) -> Answer:
    """``POST /agents/{agentId}/triggers/email``."""
    agent, body = _agent(call), call.body
    address = _address(agent, body)
    known = {one.address for other in call.world.automations.of("agent") for one in other.emails}
    if address in known:
        field = "body.email" if "email" in body else "body.alias"
        raise invalid(field, f"{address} is taken", "already_exists")
    alias = EmailAlias(
        id=call.world.new_id("eml"),
        address=address,
        label=body.get("label"),
        status="active",
        allowlist=_allowlist(body) or [],
        reply_config=body.get("replyConfig"),
        require_sender_auth=False,
        created_at=call.world.clock.now(),
    )
    agent.emails.append(alias)
    call.world.save_automation(agent)
    return Answer(status=201, json={"email": _alias(agent, alias)})


def update_alias(call: Call) -> Answer:
    """``PATCH /agents/{agentId}/triggers/email/{emailId}``."""
    agent, body = _agent(call), call.body
    alias = _find(agent, call)
    allowlist = _allowlist(body)
    if "label" in body:
        alias.label = body["label"]
    if allowlist is not None:
        alias.allowlist = allowlist
    alias.status = body.get("status", alias.status)
    alias.reply_config = body.get("replyConfig", alias.reply_config)
    alias.require_sender_auth = body.get("requireSenderAuth", alias.require_sender_auth)
    call.world.save_automation(agent)
    return Answer(json={"email": _alias(agent, alias)})


def delete_alias(call: Call) -> Answer:
    """``DELETE /agents/{agentId}/triggers/email/{emailId}``."""
    agent = _agent(call)
    agent.emails.remove(_find(agent, call))
    call.world.save_automation(agent)
    return Answer(json={"removed": True})


def _agent(call: Call) -> Automation:
    return call.world.automations.get("agent", call.path["agentId"])


def _find(agent: Automation, call: Call) -> EmailAlias:
    wanted = call.path["emailId"]
    found = next((one for one in agent.emails if one.id == wanted), None)
    if found is None:
        raise not_found(f"Agent {agent.slug} has no e-mail alias {wanted[:100]!r}")
    return found


def _address(agent: Automation, body: Mapping[str, Any]) -> str:
    if "email" in body:
        local, at, domain = body["email"].partition("@")
        if not at or not _LOCAL_PART.match(local) or not domain or "@" in domain:
            raise invalid("body.email", "Expected an e-mail address")
        return f"{local}@{domain}".lower()
    alias = body.get("alias", agent.slug.replace("/", "-"))
    if not _LOCAL_PART.match(alias):
        raise invalid("body.alias", "Expected what can stand before the @ of an address")
    return f"{alias}@{DOMAIN}".lower()


def _allowlist(body: Mapping[str, Any]) -> list[str] | None:
    given: list[list[str]] = [body[name] for name in ("allowlist", "allow") if name in body]
    if len(given) == 2 and given[0] != given[1]:
        raise invalid("body.allow", "allow is another spelling of allowlist, and the two differ")
    return given[0] if given else None


def _trigger(agent: Automation) -> dict[str, Any]:
    return {"type": "email", "enabled": agent.email_enabled}


def _alias(agent: Automation, alias: EmailAlias) -> dict[str, Any]:
    return {
        "id": alias.id,
        "agentId": agent.id,
        "address": alias.address,
        "label": alias.label,
        "status": alias.status,
        "allowlist": alias.allowlist,
        "replyConfig": alias.reply_config,
        "requireSenderAuth": alias.require_sender_auth,
        "createdAt": timestamp(alias.created_at),
    }


HANDLERS: dict[str, Handler] = {
    "agents.emailTriggers.list": list_all,
    "agents.emailTriggers.get": get,
    "agents.emailTriggers.update": update,
    "agents.emailTriggers.createAlias": create_alias,
    "agents.emailTriggers.updateAlias": update_alias,
    "agents.emailTriggers.deleteAlias": delete_alias,
}
