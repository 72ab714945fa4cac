# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""Encrypt secrets for use in source files.

`source.encrypt_secrets`: POST /api/v1/source/secrets/encrypt
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from eigenpal_generated import base_models, encoding, models
from eigenpal_generated.runtime import Request, Response


def request(
    *,
    organization_id: str | None = None,
    source_path: str | None = None,
    secret_name: str | None = None,
    plaintext: str | None = None,
    secrets: Sequence[models.PlaintextSecretEntry | Mapping[str, Any]] | None = None,
    body: models.SourceSecretsEncryptBody | Mapping[str, Any] | None = None,
) -> Request:
    """Build the request."""
    return Request(
        operation="source.encryptSecrets",
        method="POST",
        path="/api/v1/source/secrets/encrypt",
        idempotent=False,
        confidential=True,
        json=encoding.make_json_body(
            body,
            optional={
                "organizationId": organization_id,
                "sourcePath": source_path,
                "secretName": secret_name,
                "plaintext": plaintext,
                "secrets": secrets,
            },
            names={"organizationId": "organization_id", "sourcePath": "source_path", "secretName": "secret_name"},
        ),
    )


def parse(response: Response) -> models.SourceSecretsEncryptResponse:
    """Decode the response."""
    return base_models.read(models.decode_source_secrets_encrypt_response, response.data, response.context)
