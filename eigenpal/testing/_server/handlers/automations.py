"""Reconciling a workflow or agent with its latest release."""

from __future__ import annotations

from eigenpal.testing._server.call import Answer, Call, Handler
from eigenpal.testing._server.clock import timestamp
from eigenpal.testing._server.errors import not_found
from eigenpal.testing._server.handlers.source import release


def sync(call: Call) -> Answer:
    """``POST /automations/{automation}/sync``: by id, slug, target or package path."""
    name, known = call.path["automation"], call.world.automations
    found = next((one for one in known if name in (one.id, one.target, one.package)), None)
    found = found or known.find("workflow", name) or known.find("agent", name)
    if found is None:
        raise not_found(f"No workflow or agent {name[:100]!r}")
    latest = found.latest
    if latest is None:
        raise not_found(f"{found.target} has no release to sync with")
    found.updated_at = call.world.clock.now()
    call.world.save_automation(found)
    return Answer(
        json={
            "automation": {
                "id": found.id,
                "type": found.kind,
                "slug": found.slug,
                "status": "archived" if found.archived else "active",
                "updatedAt": timestamp(found.updated_at),
            },
            "release": release(found, latest),
            "warnings": [],
        }
    )


HANDLERS: dict[str, Handler] = {"automations.sync": sync}
