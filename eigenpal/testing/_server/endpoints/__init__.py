"""The functions that serve the operations, by operationId."""

from __future__ import annotations

from collections.abc import Mapping

from eigenpal.testing._server.endpoints import (
    agents,
    artifacts,
    automations,
    email_triggers,
    expected,
    feedback,
    legacy,
    run_files,
    run_starts,
    runs,
    secrets,
    source,
    workflows,
)
from eigenpal.testing._server.http_messages import Endpoint

ENDPOINTS: Mapping[str, Endpoint] = {
    **agents.ENDPOINTS,
    **artifacts.ENDPOINTS,
    **automations.ENDPOINTS,
    **email_triggers.ENDPOINTS,
    **expected.ENDPOINTS,
    **feedback.ENDPOINTS,
    **legacy.ENDPOINTS,
    **run_files.ENDPOINTS,
    **runs.ENDPOINTS,
    **secrets.ENDPOINTS,
    **source.ENDPOINTS,
    **run_starts.ENDPOINTS,
    **workflows.ENDPOINTS,
}
