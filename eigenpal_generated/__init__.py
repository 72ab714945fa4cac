# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""Typed Python code for the Eigenpal API: requests, models and the client tree. `eigenpal` builds on it."""

API_VERSION = "0.7.2"
DEFAULT_SERVER = "https://app.eigenpal.com"
