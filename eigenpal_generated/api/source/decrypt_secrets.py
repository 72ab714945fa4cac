# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""Decrypt secrets from source files.

`source.decrypt_secrets`: POST /api/v1/source/secrets/decrypt
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from eigenpal_generated import base_models, encoding, models
from eigenpal_generated.runtime import Request, Response


def request(
    *,
    organization_id: str | None = None,
    execution_id: str | None = None,
    source_path: str | None = None,
    source_commit: str | None = None,
    secret_name: str | None = None,
    encrypted: models.EncryptedSecret | Mapping[str, Any] | None = None,
    secrets: Sequence[models.EncryptedSecretEntry | Mapping[str, Any]] | None = None,
    body: models.SourceSecretsDecryptBody | Mapping[str, Any] | None = None,
) -> Request:
    """Build the request."""
    return Request(
        operation="source.decryptSecrets",
        method="POST",
        path="/api/v1/source/secrets/decrypt",
        idempotent=False,
        confidential=True,
        json=encoding.make_json_body(
            body,
            optional={
                "organizationId": organization_id,
                "executionId": execution_id,
                "sourcePath": source_path,
                "sourceCommit": source_commit,
                "secretName": secret_name,
                "encrypted": encrypted,
                "secrets": secrets,
            },
            names={
                "organizationId": "organization_id",
                "executionId": "execution_id",
                "sourcePath": "source_path",
                "sourceCommit": "source_commit",
                "secretName": "secret_name",
            },
        ),
    )


def parse(response: Response) -> models.SourceSecretsDecryptResponse:
    """Decode the response."""
    return base_models.read(models.decode_source_secrets_decrypt_response, response.data, response.context)
