# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""Typed Python code for the Eigenpal API: requests, models and the client tree. `eigenpal` builds on it."""

DEFAULT_SERVER = "https://app.eigenpal.com"
