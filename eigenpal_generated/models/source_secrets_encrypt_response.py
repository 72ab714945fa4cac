# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `SourceSecretsEncryptResponse`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

import attrs

from eigenpal_generated import models as _models
from eigenpal_generated.runtime import (
    DecodeError as _DecodeError,
    Model,
    decode_map as _decode_map,
    decode_object as _decode_object,
    make_mutable as _make_mutable,
)


@attrs.define(frozen=True, eq=False, repr=False, kw_only=True)
class SourceSecretsEncryptResponse(Model):
    """Encrypted secrets: `encrypted` for a single secret, `secrets` for a batch."""

    encrypted: _models.EncryptedSecret | None = None
    """The single secret, encrypted. None for a batch."""
    secrets: dict[str, _models.EncryptedSecret] | None = None
    """The encrypted secrets of a batch. None for a single secret."""

    _wire_names: ClassVar[Mapping[str, str]] = {
        "encrypted": "encrypted",
        "secrets": "secrets",
    }

    @classmethod
    def from_dict(cls, raw: Mapping[str, Any], /) -> SourceSecretsEncryptResponse:
        """Decode a JSON object.

        Raises:
            DecodeError: A field has an unexpected type; the error names it.
        """
        if raw.__class__ is not dict:
            raw = _decode_object(raw)
        encrypted = raw.get("encrypted")
        secrets = raw.get("secrets")
        if encrypted is not None:
            try:
                encrypted = _models.decode_encrypted_secret(encrypted)
            except _DecodeError as _error:
                raise _error.inside("encrypted") from None
        if secrets is not None:
            secrets = _decode_map("secrets", _models.decode_encrypted_secret, secrets)
        self = _make_mutable_source_secrets_encrypt_response()
        self.encrypted = encrypted
        self.secrets = secrets
        self._raw = raw
        self.__class__ = SourceSecretsEncryptResponse
        decoded: SourceSecretsEncryptResponse = self
        return decoded


_make_mutable_source_secrets_encrypt_response = _make_mutable(SourceSecretsEncryptResponse)
decode_source_secrets_encrypt_response: Callable[[Mapping[str, Any]], SourceSecretsEncryptResponse] = (
    SourceSecretsEncryptResponse.from_dict
)
