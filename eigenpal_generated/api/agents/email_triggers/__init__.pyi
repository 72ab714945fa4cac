# Generated from openapi/openapi.yaml by `make generate`; do not edit.
from eigenpal_generated.api.agents.email_triggers import (
    create_alias as create_alias,
    delete_alias as delete_alias,
    get as get,
    list as list,
    update as update,
    update_alias as update_alias,
)
