# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `EncryptedSecret`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Literal

from eigenpal_generated.base_models import (
    Model,
    define as _define,
    make_mutable as _make_mutable,
    register as _register,
)
from eigenpal_generated.decoding import (
    decode_object as _decode_object,
    decode_str as _decode_str,
    get_or_none as _get_or_none,
    raise_mismatch as _raise_mismatch,
)


@_define(frozen=True, eq=False, repr=False, kw_only=True)
class EncryptedSecret(Model):
    """A secret, encrypted with a key of the organization. Store it and pass it on as a whole."""

    algorithm: Literal["aes-256-gcm"]
    """Encryption algorithm: always `aes-256-gcm`."""
    key_id: str
    """Id of the organization's encryption key."""
    nonce: str
    """Nonce of the encryption."""
    ciphertext: str
    """Ciphertext of the secret."""
    tag: str
    """Authentication tag of the encryption."""

    _wire_names: ClassVar[Mapping[str, str]] = {
        "algorithm": "algorithm",
        "key_id": "keyId",
        "nonce": "nonce",
        "ciphertext": "ciphertext",
        "tag": "tag",
    }
    _sent_as_null: ClassVar[frozenset[str]] = frozenset(
        (
            "algorithm",
            "key_id",
            "nonce",
            "ciphertext",
            "tag",
        )
    )

    @classmethod
    def _decoders(cls) -> dict[str, Callable[[Any], Any]]:
        return {
            "algorithm": _decode_str,
            "key_id": _decode_str,
            "nonce": _decode_str,
            "ciphertext": _decode_str,
            "tag": _decode_str,
        }


_make_mutable_encrypted_secret = _make_mutable(EncryptedSecret)


def _read_encrypted_secret(raw: Any, /) -> Any:
    if raw.__class__ is not dict:
        raw = _decode_object(raw)
    try:
        algorithm = raw["algorithm"]
        key_id = raw["keyId"]
        nonce = raw["nonce"]
        ciphertext = raw["ciphertext"]
        tag = raw["tag"]
    except KeyError:
        algorithm, key_id, nonce, ciphertext, tag = _get_or_none(
            raw, "algorithm", "keyId", "nonce", "ciphertext", "tag"
        )
    if (
        algorithm.__class__ is not str
        or key_id.__class__ is not str
        or nonce.__class__ is not str
        or ciphertext.__class__ is not str
        or tag.__class__ is not str
    ):
        _raise_mismatch(raw)
    self = _make_mutable_encrypted_secret()
    self.algorithm = algorithm
    self.key_id = key_id
    self.nonce = nonce
    self.ciphertext = ciphertext
    self.tag = tag
    self._raw = raw
    self.__class__ = EncryptedSecret
    return self


decode_encrypted_secret: Callable[[Any], EncryptedSecret] = _register(EncryptedSecret, _read_encrypted_secret)
