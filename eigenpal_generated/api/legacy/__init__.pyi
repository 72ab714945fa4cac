# Generated from openapi/openapi.yaml by `make generate`; do not edit.
from eigenpal_generated.api.legacy import download_artifact as download_artifact, run as run
