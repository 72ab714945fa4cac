# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""Sync a workflow or agent with its latest release.

`automations.sync`: POST /api/v1/automations/{automation}/sync
"""

from __future__ import annotations

from eigenpal_generated import base_models, encoding, models
from eigenpal_generated.runtime import Request, Response


def request(automation: str) -> Request:
    """Build the request."""
    return Request(
        operation="automations.sync",
        method="POST",
        path=f"/api/v1/automations/{encoding.encode_path_segment('automation', automation)}/sync",
        idempotent=False,
    )


def parse(response: Response) -> models.AutomationSyncResponse:
    """Decode the response."""
    return base_models.read(models.decode_automation_sync_response, response.data, response.context)
