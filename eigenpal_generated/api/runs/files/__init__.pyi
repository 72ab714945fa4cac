# Generated from openapi/openapi.yaml by `make generate`; do not edit.
from eigenpal_generated.api.runs.files import delete as delete, list as list, upload as upload
