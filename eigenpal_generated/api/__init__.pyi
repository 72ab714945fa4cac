# Generated from openapi/openapi.yaml by `make generate`; do not edit.
from eigenpal_generated.api import (
    agents as agents,
    automations as automations,
    legacy as legacy,
    rerun as rerun,
    run as run,
    runs as runs,
    source as source,
    workflows as workflows,
)
