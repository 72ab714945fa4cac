# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The Eigenpal API as typed Python: requests, models and the client tree. `eigenpal` is built on it."""

API_VERSION = "0.7.2"
DEFAULT_SERVER = "https://app.eigenpal.com"
