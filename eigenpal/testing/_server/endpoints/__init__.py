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

_MODULES = (
    *(agents, artifacts, automations, email_triggers, expected, feedback, legacy),
    *(run_files, run_starts, runs, secrets, source, workflows),
)
ENDPOINTS: Mapping[str, Endpoint] = {
    operation: endpoint for module in _MODULES for operation, endpoint in module.ENDPOINTS.items()
}
