"""What plays each operation, by operationId."""

from __future__ import annotations

from collections.abc import Mapping

from eigenpal.testing._server.call import Handler
from eigenpal.testing._server.handlers import (
    agents,
    artifacts,
    automations,
    email_triggers,
    expected,
    feedback,
    legacy,
    run_files,
    runs,
    secrets,
    source,
    starts,
    workflows,
)

HANDLERS: Mapping[str, Handler] = {
    **agents.HANDLERS,
    **artifacts.HANDLERS,
    **automations.HANDLERS,
    **email_triggers.HANDLERS,
    **expected.HANDLERS,
    **feedback.HANDLERS,
    **legacy.HANDLERS,
    **run_files.HANDLERS,
    **runs.HANDLERS,
    **secrets.HANDLERS,
    **source.HANDLERS,
    **starts.HANDLERS,
    **workflows.HANDLERS,
}
