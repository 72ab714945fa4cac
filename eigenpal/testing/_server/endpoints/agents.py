"""Agents, their versions and source files."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from eigenpal.testing._server.automations import Automation, Version
from eigenpal.testing._server.clock import format_optional_timestamp, format_timestamp
from eigenpal.testing._server.endpoints.workflows import serialize_triggers
from eigenpal.testing._server.http_errors import bad_request, not_found
from eigenpal.testing._server.http_messages import Endpoint, ServerRequest, ServerResponse
from eigenpal.testing._server.pagination import paginate_by_offset
from eigenpal.testing._server.run_store import RunStatistics
from eigenpal.testing._server.serializers import OWNER
from eigenpal.testing._server.server_state import ServerState, check_slug
from eigenpal.testing._server.source_repository import SourceRepository, guess_source_type

_READ_ONLY = "Agent source is kept in Git; push to the repository instead of writing files"


def list_agents(request: ServerRequest) -> ServerResponse:
    """``GET /agents``."""
    query = request.query
    search = query.get("search", "").lower()
    rows = [
        agent
        for agent in request.state.automations.list_by_kind("agent")
        if (query.get("includeArchived", False) or not agent.archived)
        and search in f"{agent.name}\n{agent.slug}\n{agent.description or ''}".lower()
        and ("slug" not in query or query["slug"] == agent.slug)
    ]
    return ServerResponse(json=paginate_by_offset(rows, query, lambda agent: serialize_agent(request.state, agent)))


def get(request: ServerRequest) -> ServerResponse:
    """``GET /agents/{agentId}``."""
    agent = _find_agent(request)
    return ServerResponse(json={"agent": serialize_agent(request.state, agent, request.query.get("include", ()))})


def create(request: ServerRequest) -> ServerResponse:
    """``POST /agents``."""
    state, body = request.state, request.body
    slug = body["slug"]
    try:
        check_slug(slug)
    except ValueError:
        raise bad_request("body.slug", "Expected letters, digits and dashes") from None
    if "." in slug:
        raise bad_request("body.slug", "A slug must not contain dots; they separate folders in targets")
    if not body["name"].strip():
        raise bad_request("body.name", "The name is empty", "too_small")
    if state.automations.find("agent", slug) is not None:
        raise bad_request("body.slug", f"Agent {slug!r} already exists", "already_exists")
    agent = state.register(
        "agent",
        slug,
        handlers={},
        versions=(),
        name=body["name"],
        description=body.get("description"),
        config=body.get("config"),
    )
    return ServerResponse(
        status=201,
        json={
            "agent": serialize_agent(state, agent),
            "sourceRecovered": False,
            "recoveryKind": "minimal_scaffold",
        },
    )


def update(request: ServerRequest) -> ServerResponse:
    """``PATCH /agents/{agentId}``."""
    agent, body = _find_agent(request), request.body
    if "name" in body:
        if not body["name"].strip():
            raise bad_request("body.name", "The name is empty", "too_small")
        agent.name = body["name"]
    agent.description = body.get("description", agent.description)
    agent.config = {**agent.config, **body.get("config", {})}
    agent.updated_at = request.state.clock.now()
    request.state.save_automation(agent)
    return ServerResponse(json={"agent": serialize_agent(request.state, agent)})


def versions(request: ServerRequest) -> ServerResponse:
    """``GET /agents/{agentId}/versions``."""
    agent = _find_agent(request)
    return ServerResponse(
        json={
            "agentId": agent.id,
            "slug": agent.slug,
            "packagePath": agent.package,
            "versions": [_serialize_version(agent, version) for version in reversed(agent.versions)],
        }
    )


def list_files(request: ServerRequest) -> ServerResponse:
    """``GET /agents/{agentId}/files``: one file with ``path``, else a listing."""
    agent, query = _find_agent(request), request.query
    ref = query.get("ref", "main")
    repository = SourceRepository(request.state)
    prefix_path = f"{agent.package}/"
    files = {
        path.removeprefix(prefix_path): text
        for path, text in repository.read_files(ref).items()
        if path.startswith(prefix_path)
    }
    if "path" in query:
        path = query["path"]
        if path not in files:
            raise not_found(f"{agent.package} has no file {path[:200]!r}", field="query.path")
        return ServerResponse(json={**_serialize_file(path, files[path]), "ref": ref, "content": files[path]})
    prefix = query.get("prefix", "")
    rows = [_serialize_file(path, text) for path, text in sorted(files.items()) if path.startswith(prefix)]
    return ServerResponse(json={"ref": ref, "files": rows})


def write_files(request: ServerRequest) -> ServerResponse:
    """``PUT`` and ``POST /agents/{agentId}/files``: always rejected, as documented."""
    _find_agent(request)
    return ServerResponse(status=409, json={"error": _READ_ONLY})


def serialize_agent(state: ServerState, agent: Automation, include: Collection[str] = ()) -> dict[str, Any]:
    """Return an agent."""
    latest = agent.latest
    statistics = state.runs.statistics.get(agent.id, RunStatistics())
    document: dict[str, Any] = {
        "id": agent.id,
        "slug": agent.slug,
        "name": agent.name,
        "description": agent.description,
        "apiEnabled": agent.api_enabled,
        "triggers": serialize_triggers(agent),
        "sourceIntegrity": "healthy",
        "latestVersion": latest.name if latest is not None else None,
        "latestCommit": latest.commit(agent.package) if latest is not None else None,
        "config": agent.config,
        "createdAt": format_timestamp(agent.created_at),
        "updatedAt": format_timestamp(agent.updated_at),
        "stats": {
            "exampleCount": 0,
            "totalExecutions": statistics.total,
            "lastExecutionAt": format_optional_timestamp(statistics.last_completed_at),
            "avgDurationMs": statistics.milliseconds / statistics.timed if statistics.timed else None,
            "avgCredits": None,
        },
    }
    if "files" in include:
        prefix_path = f"{agent.package}/"
        files = SourceRepository(state).read_files("main")
        document["files"] = [
            _serialize_file(path.removeprefix(prefix_path), text)
            for path, text in files.items()
            if path.startswith(prefix_path)
        ]
    if "dataset" in include:
        document["dataset"] = {"examples": []}
    return document


def _find_agent(request: ServerRequest) -> Automation:
    return request.state.automations.get("agent", request.path["agentId"])


def _serialize_version(agent: Automation, version: Version) -> dict[str, Any]:
    tag = agent.tag(version)
    return {
        "version": version.name,
        "sourceRef": f"refs/tags/{tag}",
        "tag": tag,
        "commit": version.commit(agent.package),
        "notes": version.notes,
        "createdAt": format_timestamp(version.created_at),
        "createdByUser": {**OWNER, "image": None},
        "latest": version is agent.latest,
    }


def _serialize_file(path: str, text: str) -> dict[str, Any]:
    return {"path": path, "size": len(text.encode("utf-8", "surrogatepass")), "contentType": guess_source_type(path)}


ENDPOINTS: dict[str, Endpoint] = {
    "agents.list": list_agents,
    "agents.get": get,
    "agents.create": create,
    "agents.update": update,
    "agents.versions": versions,
    "agents.listFiles": list_files,
    "agents.putFile": write_files,
    "agents.uploadFiles": write_files,
}
