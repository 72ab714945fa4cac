# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `SourceSecretsDecryptResponse`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

import attrs

from eigenpal_generated.runtime import (
    Model,
    decode_map as _decode_map,
    decode_object as _decode_object,
    decode_str as _decode_str,
    make_mutable as _make_mutable,
    raise_type_error as _raise_type_error,
)


@attrs.define(frozen=True, eq=False, repr=False, kw_only=True)
class SourceSecretsDecryptResponse(Model):
    """Decrypted secrets: `plaintext` for a single secret, `secrets` for a batch."""

    plaintext: str | None = None
    """The single secret as plain text. None for a batch."""
    secrets: dict[str, str] | None = None
    """The secrets of a batch as plain text. None for a single secret."""

    _wire_names: ClassVar[Mapping[str, str]] = {
        "plaintext": "plaintext",
        "secrets": "secrets",
    }
    _secrets: ClassVar[frozenset[str]] = frozenset(
        (
            "plaintext",
            "secrets",
        )
    )

    @classmethod
    def from_dict(cls, raw: Mapping[str, Any], /) -> SourceSecretsDecryptResponse:
        """Decode a JSON object.

        Raises:
            DecodeError: A field has an unexpected type; the error names it.
        """
        if raw.__class__ is not dict:
            raw = _decode_object(raw)
        plaintext = raw.get("plaintext")
        secrets = raw.get("secrets")
        if plaintext is not None and plaintext.__class__ is not str:
            _raise_type_error("plaintext", "a string", plaintext)
        if secrets is not None:
            secrets = _decode_map("secrets", _decode_str, secrets)
        self = _make_mutable_source_secrets_decrypt_response()
        self.plaintext = plaintext
        self.secrets = secrets
        self._raw = raw
        self.__class__ = SourceSecretsDecryptResponse
        decoded: SourceSecretsDecryptResponse = self
        return decoded


_make_mutable_source_secrets_decrypt_response = _make_mutable(SourceSecretsDecryptResponse)
decode_source_secrets_decrypt_response: Callable[[Mapping[str, Any]], SourceSecretsDecryptResponse] = (
    SourceSecretsDecryptResponse.from_dict
)
