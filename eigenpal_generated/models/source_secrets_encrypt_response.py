# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `SourceSecretsEncryptResponse`."""

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
    decode_map as _decode_map,
    decode_object as _decode_object,
    make_map_decoder as _make_map_decoder,
    make_nullable_decoder as _make_nullable_decoder,
)


@_define(frozen=True, eq=False, repr=False, kw_only=True)
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
    def _decoders(cls) -> dict[str, Callable[[Any], Any]]:
        return {
            "encrypted": _make_nullable_decoder(_models.decode_encrypted_secret),
            "secrets": _make_nullable_decoder(_make_map_decoder(_models.decode_encrypted_secret)),
        }


_make_mutable_source_secrets_encrypt_response = _make_mutable(SourceSecretsEncryptResponse)


def _read_source_secrets_encrypt_response(raw: Any, /) -> Any:
    if raw.__class__ is not dict:
        raw = _decode_object(raw)
    encrypted = raw.get("encrypted")
    secrets = raw.get("secrets")
    if encrypted is not None:
        encrypted = _models.decode_encrypted_secret(encrypted)
    if secrets is not None:
        secrets = _decode_map(_models.decode_encrypted_secret, secrets)
    self = _make_mutable_source_secrets_encrypt_response()
    self.encrypted = encrypted
    self.secrets = secrets
    self._raw = raw
    self.__class__ = SourceSecretsEncryptResponse
    return self


decode_source_secrets_encrypt_response: Callable[[Any], SourceSecretsEncryptResponse] = _register(
    SourceSecretsEncryptResponse, _read_source_secrets_encrypt_response
)
