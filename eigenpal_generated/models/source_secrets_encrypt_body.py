# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `SourceSecretsEncryptBody`."""

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
class SourceSecretsEncryptBody(Model):
    """Secrets to encrypt: a single one with `source_path`, `secret_name` and `plaintext`, or a batch in `secrets`."""

    organization_id: str | None = None
    """Id of the organization that owns the secrets."""
    source_path: str | None = None
    """Path of the source file that will hold the single secret."""
    secret_name: str | None = None
    """Name of the single secret."""
    plaintext: str | None = None
    """The single secret as plain text."""
    secrets: list[_models.PlaintextSecretEntry] | None = None
    """The plain-text secrets of a batch."""

    _wire_names: ClassVar[Mapping[str, str]] = {
        "organization_id": "organizationId",
        "source_path": "sourcePath",
        "secret_name": "secretName",
        "plaintext": "plaintext",
        "secrets": "secrets",
    }
    _secrets: ClassVar[frozenset[str]] = frozenset(("plaintext",))

    @classmethod
    def _decoders(cls) -> dict[str, Callable[[Any], Any]]:
        return {
            "organization_id": _make_nullable_decoder(_decode_str),
            "source_path": _make_nullable_decoder(_decode_str),
            "secret_name": _make_nullable_decoder(_decode_str),
            "plaintext": _make_nullable_decoder(_decode_str),
            "secrets": _make_nullable_decoder(_make_list_decoder(_models.decode_plaintext_secret_entry)),
        }


_make_mutable_source_secrets_encrypt_body = _make_mutable(SourceSecretsEncryptBody)


def _read_source_secrets_encrypt_body(raw: Any, /) -> Any:
    if raw.__class__ is not dict:
        raw = _decode_object(raw)
    organization_id = raw.get("organizationId")
    source_path = raw.get("sourcePath")
    secret_name = raw.get("secretName")
    plaintext = raw.get("plaintext")
    secrets = raw.get("secrets")
    if secrets is not None:
        secrets = _decode_list(_models.decode_plaintext_secret_entry, secrets)
    if (
        (organization_id is not None and organization_id.__class__ is not str)
        or (source_path is not None and source_path.__class__ is not str)
        or (secret_name is not None and secret_name.__class__ is not str)
        or (plaintext is not None and plaintext.__class__ is not str)
    ):
        _raise_mismatch(raw)
    self = _make_mutable_source_secrets_encrypt_body()
    self.organization_id = organization_id
    self.source_path = source_path
    self.secret_name = secret_name
    self.plaintext = plaintext
    self.secrets = secrets
    self._raw = raw
    self.__class__ = SourceSecretsEncryptBody
    return self


decode_source_secrets_encrypt_body: Callable[[Any], SourceSecretsEncryptBody] = _register(
    SourceSecretsEncryptBody, _read_source_secrets_encrypt_body
)
