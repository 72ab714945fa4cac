# Generated from openapi/openapi.yaml by `make generate`; do not edit.
from eigenpal_generated.api.runs.comparison import get as get
