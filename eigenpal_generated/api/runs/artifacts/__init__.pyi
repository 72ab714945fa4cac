# Generated from openapi/openapi.yaml by `make generate`; do not edit.
from eigenpal_generated.api.runs.artifacts import download as download, download_zip as download_zip, list as list
