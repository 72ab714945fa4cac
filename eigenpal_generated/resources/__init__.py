# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The client tree, one module per top-level resource."""
