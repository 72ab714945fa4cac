"""Workflows: listed, read, with their versions."""

from __future__ import annotations

from typing import Any

from eigenpal.testing._server.automations import Automation, Version
from eigenpal.testing._server.call import Answer, Call, Handler
from eigenpal.testing._server.clock import timestamp
from eigenpal.testing._server.pages import offset_page


def list_workflows(call: Call) -> Answer:
    """``GET /workflows``."""
    query = call.query
    search = query.get("search", "").lower()
    folder = query.get("folderId")
    rows = [
        one
        for one in call.world.automations.of("workflow")
        if not one.archived
        and search in one.name.lower()
        and ("name" not in query or query["name"] in (one.name, one.slug))
        and ("kind" not in query or query["kind"] == one.workflow_kind)
        and (folder is None or folder == ("null" if one.folder_id is None else one.folder_id))
    ]
    return Answer(json=offset_page(rows, query, summary))


def get(call: Call) -> Answer:
    """``GET /workflows/{id}``."""
    workflow = call.world.automations.get("workflow", call.id)
    return Answer(json={**summary(workflow), "yamlContent": workflow.yaml(workflow.latest)})


def versions(call: Call) -> Answer:
    """``GET /workflows/{id}/versions``."""
    workflow = call.world.automations.get("workflow", call.id)
    newest_first = list(reversed(workflow.versions))
    return Answer(json=offset_page(newest_first, call.query, lambda one: _version(workflow, one)))


def summary(workflow: Automation) -> dict[str, Any]:
    """Return a workflow as a row of a listing."""
    latest = workflow.latest
    return {
        "id": workflow.id,
        "name": workflow.name,
        "version": latest.name if latest is not None else None,
        "apiEnabled": workflow.api_enabled,
        "triggers": trigger_flags(workflow),
        "createdAt": timestamp(workflow.created_at),
        "updatedAt": timestamp(workflow.updated_at),
    }


def trigger_flags(automation: Automation) -> dict[str, bool]:
    """Return what may start a workflow or an agent."""
    return {"api": automation.api_enabled, "email": automation.email_enabled, "manual": True, "cron": False}


def _version(workflow: Automation, version: Version) -> dict[str, Any]:
    return {
        "id": version.id,
        "workflowId": workflow.id,
        "version": version.name,
        "yamlContent": workflow.yaml(version),
        "isCurrent": version is workflow.latest,
        "createdAt": timestamp(version.created_at),
    }


HANDLERS: dict[str, Handler] = {
    "workflows.list": list_workflows,
    "workflows.get": get,
    "workflows.versions": versions,
}
