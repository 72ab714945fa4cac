# Generated from openapi/openapi.yaml by `make generate`; do not edit.
from eigenpal_generated.api.runs import (
    artifacts as artifacts,
    cancel as cancel,
    comparison as comparison,
    connect as connect,
    definition as definition,
    expected as expected,
    feedback as feedback,
    files as files,
    get as get,
    list as list,
    trace as trace,
)
