# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The client tree, one page for each resource at its top."""
