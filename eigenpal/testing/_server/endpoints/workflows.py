"""Workflows and their versions."""

from __future__ import annotations

from typing import Any

from eigenpal.testing._server.automations import Automation, Version
from eigenpal.testing._server.clock import format_timestamp
from eigenpal.testing._server.http_messages import Endpoint, ServerRequest, ServerResponse
from eigenpal.testing._server.pagination import paginate_by_offset


def list_workflows(request: ServerRequest) -> ServerResponse:
    """``GET /workflows``."""
    query = request.query
    search = query.get("search", "").lower()
    folder = query.get("folderId")
    rows = [
        workflow
        for workflow in request.state.automations.list_by_kind("workflow")
        if not workflow.archived
        and search in workflow.name.lower()
        and ("name" not in query or query["name"] in (workflow.name, workflow.slug))
        and ("kind" not in query or query["kind"] == workflow.workflow_kind)
        and (folder is None or folder == ("null" if workflow.folder_id is None else workflow.folder_id))
    ]
    return ServerResponse(json=paginate_by_offset(rows, query, serialize_workflow))


def get(request: ServerRequest) -> ServerResponse:
    """``GET /workflows/{id}``."""
    workflow = request.state.automations.get("workflow", request.id)
    return ServerResponse(json={**serialize_workflow(workflow), "yamlContent": workflow.yaml(workflow.latest)})


def versions(request: ServerRequest) -> ServerResponse:
    """``GET /workflows/{id}/versions``."""
    workflow = request.state.automations.get("workflow", request.id)
    newest_first = list(reversed(workflow.versions))
    return ServerResponse(
        json=paginate_by_offset(newest_first, request.query, lambda version: _serialize_version(workflow, version))
    )


def serialize_workflow(workflow: Automation) -> dict[str, Any]:
    """Return a workflow as an item of a listing."""
    latest = workflow.latest
    return {
        "id": workflow.id,
        "name": workflow.name,
        "version": latest.name if latest is not None else None,
        "apiEnabled": workflow.api_enabled,
        "triggers": serialize_triggers(workflow),
        "createdAt": format_timestamp(workflow.created_at),
        "updatedAt": format_timestamp(workflow.updated_at),
    }


def serialize_triggers(automation: Automation) -> dict[str, bool]:
    """Return which triggers of a workflow or an agent are enabled."""
    return {"api": automation.api_enabled, "email": automation.email_enabled, "manual": True, "cron": False}


def _serialize_version(workflow: Automation, version: Version) -> dict[str, Any]:
    return {
        "id": version.id,
        "workflowId": workflow.id,
        "version": version.name,
        "yamlContent": workflow.yaml(version),
        "isCurrent": version is workflow.latest,
        "createdAt": format_timestamp(version.created_at),
    }


ENDPOINTS: dict[str, Endpoint] = {
    "workflows.list": list_workflows,
    "workflows.get": get,
    "workflows.versions": versions,
}
