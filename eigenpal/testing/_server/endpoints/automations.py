"""Syncs a workflow or an agent with its latest release."""

from __future__ import annotations

from eigenpal.testing._server.clock import format_timestamp
from eigenpal.testing._server.endpoints.source import serialize_release
from eigenpal.testing._server.http_errors import not_found
from eigenpal.testing._server.http_messages import Endpoint, ServerRequest, ServerResponse


def sync(request: ServerRequest) -> ServerResponse:
    """``POST /automations/{automation}/sync``: by id, slug, target or package path."""
    name, known = request.path["automation"], request.state.automations
    found = next(
        (automation for automation in known if name in (automation.id, automation.target, automation.package)), None
    )
    found = found or known.find("workflow", name) or known.find("agent", name)
    if found is None:
        raise not_found(f"No workflow or agent {name[:100]!r}")
    latest = found.latest
    if latest is None:
        raise not_found(f"{found.target} has no release")
    found.updated_at = request.state.clock.now()
    request.state.save_automation(found)
    return ServerResponse(
        json={
            "automation": {
                "id": found.id,
                "type": found.kind,
                "slug": found.slug,
                "status": "archived" if found.archived else "active",
                "updatedAt": format_timestamp(found.updated_at),
            },
            "release": serialize_release(found, latest),
            "warnings": [],
        }
    )


ENDPOINTS: dict[str, Endpoint] = {"automations.sync": sync}
