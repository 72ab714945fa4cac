# Generated from openapi/openapi.yaml by `make generate`; do not edit.
from eigenpal_generated.resources import (
    agents as agents,
    automations as automations,
    runs as runs,
    source as source,
    workflows as workflows,
)
