# Generated from openapi/openapi.yaml by `make generate`; do not edit.
from eigenpal_generated.api.workflows import get as get, list as list, versions as versions
