# Generated from openapi/openapi.yaml by `make generate`; do not edit.
from eigenpal_generated.api.runs.expected import (
    copy_output as copy_output,
    delete as delete,
    download as download,
    list as list,
    rename as rename,
)
