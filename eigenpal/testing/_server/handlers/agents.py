"""Agents: listed, created, updated, with their versions and source files."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from eigenpal.testing._server.automations import Automation, Version
from eigenpal.testing._server.call import Answer, Call, Handler
from eigenpal.testing._server.clock import optional_timestamp, timestamp
from eigenpal.testing._server.errors import invalid, not_found
from eigenpal.testing._server.handlers.workflows import trigger_flags
from eigenpal.testing._server.pages import offset_page
from eigenpal.testing._server.repository import Repository, content_type_of
from eigenpal.testing._server.store import RunStatistics
from eigenpal.testing._server.views import OWNER
from eigenpal.testing._server.world import World, check_slug

_READ_ONLY = "Agent source is kept in Git; push to the repository, direct writes are off"


def list_agents(call: Call) -> Answer:
    """``GET /agents``."""
    query = call.query
    search = query.get("search", "").lower()
    rows = [
        one
        for one in call.world.automations.of("agent")
        if (query.get("includeArchived", False) or not one.archived)
        and search in f"{one.name}\n{one.slug}\n{one.description or ''}".lower()
        and ("slug" not in query or query["slug"] == one.slug)
    ]
    return Answer(json=offset_page(rows, query, lambda one: agent_document(call.world, one)))


def get(call: Call) -> Answer:
    """``GET /agents/{agentId}``."""
    agent = _agent(call)
    return Answer(json={"agent": agent_document(call.world, agent, call.query.get("include", ()))})


def create(call: Call) -> Answer:
    """``POST /agents``."""
    world, body = call.world, call.body
    slug = body["slug"]
    try:
        check_slug(slug)
    except ValueError:
        raise invalid("body.slug", "Expected letters, digits and dashes") from None
    if "." in slug:
        raise invalid("body.slug", "A slug has no dots; they separate folders in targets")
    if not body["name"].strip():
        raise invalid("body.name", "A name is needed", "too_small")
    if world.automations.find("agent", slug) is not None:
        raise invalid("body.slug", f"There is already an agent {slug!r}", "already_exists")
    agent = world.register(
        "agent",
        slug,
        behaviours={},
        versions=(),
        pace=None,
        name=body["name"],
        description=body.get("description"),
        config=body.get("config"),
    )
    return Answer(
        status=201,
        json={
            "agent": agent_document(world, agent),
            "sourceRecovered": False,
            "recoveryKind": "minimal_scaffold",
        },
    )


def update(call: Call) -> Answer:
    """``PATCH /agents/{agentId}``."""
    agent, body = _agent(call), call.body
    if "name" in body:
        if not body["name"].strip():
            raise invalid("body.name", "A name is needed", "too_small")
        agent.name = body["name"]
    agent.description = body.get("description", agent.description)
    agent.config = {**agent.config, **body.get("config", {})}
    agent.updated_at = call.world.clock.now()
    call.world.save_automation(agent)
    return Answer(json={"agent": agent_document(call.world, agent)})


def versions(call: Call) -> Answer:
    """``GET /agents/{agentId}/versions``."""
    agent = _agent(call)
    return Answer(
        json={
            "agentId": agent.id,
            "slug": agent.slug,
            "packagePath": agent.package,
            "versions": [_version(agent, one) for one in reversed(agent.versions)],
        }
    )


def list_files(call: Call) -> Answer:
    """``GET /agents/{agentId}/files``: one file for ``path``, else a listing."""
    agent, query = _agent(call), call.query
    ref = query.get("ref", "main")
    repository = Repository(call.world)
    inside = f"{agent.package}/"
    files = {path.removeprefix(inside): text for path, text in repository.files(ref).items() if path.startswith(inside)}
    if "path" in query:
        path = query["path"]
        if path not in files:
            raise not_found(f"{agent.package} has no file {path[:200]!r}", field="query.path")
        return Answer(json={**_file_row(path, files[path]), "ref": ref, "content": files[path]})
    prefix = query.get("prefix", "")
    rows = [_file_row(path, text) for path, text in sorted(files.items()) if path.startswith(prefix)]
    return Answer(json={"ref": ref, "files": rows})


def write_files(call: Call) -> Answer:
    """``PUT`` and ``POST /agents/{agentId}/files``: documented to be refused."""
    _agent(call)
    return Answer(status=409, json={"error": _READ_ONLY})


def agent_document(world: World, agent: Automation, include: Collection[str] = ()) -> dict[str, Any]:
    """Return an agent as the API shows it."""
    latest = agent.latest
    statistics = world.runs.statistics.get(agent.id, RunStatistics())
    document: dict[str, Any] = {
        "id": agent.id,
        "slug": agent.slug,
        "name": agent.name,
        "description": agent.description,
        "apiEnabled": agent.api_enabled,
        "triggers": trigger_flags(agent),
        "sourceIntegrity": "healthy",
        "latestVersion": latest.name if latest is not None else None,
        "latestCommit": latest.commit(agent.package) if latest is not None else None,
        "config": agent.config,
        "createdAt": timestamp(agent.created_at),
        "updatedAt": timestamp(agent.updated_at),
        "stats": {
            "exampleCount": 0,
            "totalExecutions": statistics.total,
            "lastExecutionAt": optional_timestamp(statistics.last_completed_at),
            "avgDurationMs": statistics.milliseconds / statistics.timed if statistics.timed else None,
            "avgCredits": None,
        },
    }
    if "files" in include:
        inside = f"{agent.package}/"
        files = Repository(world).files("main")
        document["files"] = [
            _file_row(path.removeprefix(inside), text) for path, text in files.items() if path.startswith(inside)
        ]
    if "dataset" in include:
        document["dataset"] = {"examples": []}
    return document


def _agent(call: Call) -> Automation:
    return call.world.automations.get("agent", call.path["agentId"])


def _version(agent: Automation, version: Version) -> dict[str, Any]:
    tag = agent.tag(version)
    return {
        "version": version.name,
        "sourceRef": f"refs/tags/{tag}",
        "tag": tag,
        "commit": version.commit(agent.package),
        "notes": version.notes,
        "createdAt": timestamp(version.created_at),
        "createdByUser": {**OWNER, "image": None},
        "latest": version is agent.latest,
    }


def _file_row(path: str, text: str) -> dict[str, Any]:
    return {"path": path, "size": len(text.encode("utf-8", "surrogatepass")), "contentType": content_type_of(path)}


HANDLERS: dict[str, Handler] = {
    "agents.list": list_agents,
    "agents.get": get,
    "agents.create": create,
    "agents.update": update,
    "agents.versions": versions,
    "agents.listFiles": list_files,
    "agents.putFile": write_files,
    "agents.uploadFiles": write_files,
}
