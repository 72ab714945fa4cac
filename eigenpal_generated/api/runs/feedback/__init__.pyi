# Generated from openapi/openapi.yaml by `make generate`; do not edit.
from eigenpal_generated.api.runs.feedback import clear as clear, get as get, update as update
