# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `SourceSecretsDecryptBody`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from eigenpal_generated import models as _models
from eigenpal_generated.base_models import (
    Model,
    define as _define,
    make_mutable as _make_mutable,
    register as _register,
)
from eigenpal_generated.decoding import (
    decode_list as _decode_list,
    decode_object as _decode_object,
    decode_str as _decode_str,
    make_list_decoder as _make_list_decoder,
    make_nullable_decoder as _make_nullable_decoder,
    raise_mismatch as _raise_mismatch,
)


@_define(frozen=True, eq=False, repr=False, kw_only=True)
class SourceSecretsDecryptBody(Model):
    """Secrets to decrypt: a single one with `execution_id`, `source_path`, `secret_name` and `encrypted`, or a batch in
    `secrets`.
    """

    organization_id: str | None = None
    """Id of the organization that owns the secrets."""
    execution_id: str | None = None
    """Id of the run that uses the secret. Required for a single secret, not for a batch."""
    source_path: str | None = None
    """Path of the source file that holds the single secret."""
    source_commit: str | None = None
    """Git commit of the source file."""
    secret_name: str | None = None
    """Name of the single secret."""
    encrypted: _models.EncryptedSecret | None = None
    """The single secret, encrypted."""
    secrets: list[_models.EncryptedSecretEntry] | None = None
    """The encrypted secrets of a batch."""

    _wire_names: ClassVar[Mapping[str, str]] = {
        "organization_id": "organizationId",
        "execution_id": "executionId",
        "source_path": "sourcePath",
        "source_commit": "sourceCommit",
        "secret_name": "secretName",
        "encrypted": "encrypted",
        "secrets": "secrets",
    }

    @classmethod
    def _decoders(cls) -> dict[str, Callable[[Any], Any]]:
        return {
            "organization_id": _make_nullable_decoder(_decode_str),
            "execution_id": _make_nullable_decoder(_decode_str),
            "source_path": _make_nullable_decoder(_decode_str),
            "source_commit": _make_nullable_decoder(_decode_str),
            "secret_name": _make_nullable_decoder(_decode_str),
            "encrypted": _make_nullable_decoder(_models.decode_encrypted_secret),
            "secrets": _make_nullable_decoder(_make_list_decoder(_models.decode_encrypted_secret_entry)),
        }


_make_mutable_source_secrets_decrypt_body = _make_mutable(SourceSecretsDecryptBody)


def _read_source_secrets_decrypt_body(raw: Any, /) -> Any:
    if raw.__class__ is not dict:
        raw = _decode_object(raw)
    organization_id = raw.get("organizationId")
    execution_id = raw.get("executionId")
    source_path = raw.get("sourcePath")
    source_commit = raw.get("sourceCommit")
    secret_name = raw.get("secretName")
    encrypted = raw.get("encrypted")
    secrets = raw.get("secrets")
    if encrypted is not None:
        encrypted = _models.decode_encrypted_secret(encrypted)
    if secrets is not None:
        secrets = _decode_list(_models.decode_encrypted_secret_entry, secrets)
    if (
        (organization_id is not None and organization_id.__class__ is not str)
        or (execution_id is not None and execution_id.__class__ is not str)
        or (source_path is not None and source_path.__class__ is not str)
        or (source_commit is not None and source_commit.__class__ is not str)
        or (secret_name is not None and secret_name.__class__ is not str)
    ):
        _raise_mismatch(raw)
    self = _make_mutable_source_secrets_decrypt_body()
    self.organization_id = organization_id
    self.execution_id = execution_id
    self.source_path = source_path
    self.source_commit = source_commit
    self.secret_name = secret_name
    self.encrypted = encrypted
    self.secrets = secrets
    self._raw = raw
    self.__class__ = SourceSecretsDecryptBody
    return self


decode_source_secrets_decrypt_body: Callable[[Any], SourceSecretsDecryptBody] = _register(
    SourceSecretsDecryptBody, _read_source_secrets_decrypt_body
)
