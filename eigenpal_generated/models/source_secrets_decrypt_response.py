# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `SourceSecretsDecryptResponse`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from eigenpal_generated.base_models import (
    Model,
    define as _define,
    make_mutable as _make_mutable,
    register as _register,
)
from eigenpal_generated.decoding import (
    decode_map as _decode_map,
    decode_object as _decode_object,
    decode_str as _decode_str,
    make_map_decoder as _make_map_decoder,
    make_nullable_decoder as _make_nullable_decoder,
    raise_mismatch as _raise_mismatch,
)


@_define(frozen=True, eq=False, repr=False, kw_only=True)
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
    def _decoders(cls) -> dict[str, Callable[[Any], Any]]:
        return {
            "plaintext": _make_nullable_decoder(_decode_str),
            "secrets": _make_nullable_decoder(_make_map_decoder(_decode_str)),
        }


_make_mutable_source_secrets_decrypt_response = _make_mutable(SourceSecretsDecryptResponse)


def _read_source_secrets_decrypt_response(raw: Any, /) -> Any:
    if raw.__class__ is not dict:
        raw = _decode_object(raw)
    plaintext = raw.get("plaintext")
    secrets = raw.get("secrets")
    if secrets is not None:
        secrets = _decode_map(_decode_str, secrets)
    if plaintext is not None and plaintext.__class__ is not str:
        _raise_mismatch(raw)
    self = _make_mutable_source_secrets_decrypt_response()
    self.plaintext = plaintext
    self.secrets = secrets
    self._raw = raw
    self.__class__ = SourceSecretsDecryptResponse
    return self


decode_source_secrets_decrypt_response: Callable[[Any], SourceSecretsDecryptResponse] = _register(
    SourceSecretsDecryptResponse, _read_source_secrets_decrypt_response
)
