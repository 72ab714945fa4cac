# Generated from openapi/openapi.yaml by `make generate`; do not edit.
from eigenpal_generated.api.runs.trace import get as get
