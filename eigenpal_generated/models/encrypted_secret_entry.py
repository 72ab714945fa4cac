# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `EncryptedSecretEntry`."""

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
    decode_object as _decode_object,
    decode_str as _decode_str,
    get_or_none as _get_or_none,
    raise_mismatch as _raise_mismatch,
)
from eigenpal_generated.models.encrypted_secret import decode_encrypted_secret as _decode_encrypted_secret


@_define(frozen=True, eq=False, repr=False, kw_only=True)
class EncryptedSecretEntry(Model):
    """An encrypted secret, and the source file that holds it."""

    source_path: str
    """Path of the source file that holds the secret."""
    secret_name: str
    """Name of the secret."""
    encrypted: _models.EncryptedSecret
    """The encrypted secret."""

    _wire_names: ClassVar[Mapping[str, str]] = {
        "source_path": "sourcePath",
        "secret_name": "secretName",
        "encrypted": "encrypted",
    }
    _sent_as_null: ClassVar[frozenset[str]] = frozenset(
        (
            "source_path",
            "secret_name",
            "encrypted",
        )
    )

    @classmethod
    def _decoders(cls) -> dict[str, Callable[[Any], Any]]:
        return {
            "source_path": _decode_str,
            "secret_name": _decode_str,
            "encrypted": _models.decode_encrypted_secret,
        }


_make_mutable_encrypted_secret_entry = _make_mutable(EncryptedSecretEntry)


def _read_encrypted_secret_entry(raw: Any, /) -> Any:
    if raw.__class__ is not dict:
        raw = _decode_object(raw)
    try:
        source_path = raw["sourcePath"]
        secret_name = raw["secretName"]
        encrypted = raw["encrypted"]
    except KeyError:
        source_path, secret_name, encrypted = _get_or_none(raw, "sourcePath", "secretName", "encrypted")
    encrypted = _decode_encrypted_secret(encrypted)
    if source_path.__class__ is not str or secret_name.__class__ is not str:
        _raise_mismatch(raw)
    self = _make_mutable_encrypted_secret_entry()
    self.source_path = source_path
    self.secret_name = secret_name
    self.encrypted = encrypted
    self._raw = raw
    self.__class__ = EncryptedSecretEntry
    return self


decode_encrypted_secret_entry: Callable[[Any], EncryptedSecretEntry] = _register(
    EncryptedSecretEntry, _read_encrypted_secret_entry
)
