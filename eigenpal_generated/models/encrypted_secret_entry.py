# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `EncryptedSecretEntry`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

import attrs

from eigenpal_generated import models as _models
from eigenpal_generated.models.encrypted_secret import decode_encrypted_secret as _decode_encrypted_secret
from eigenpal_generated.runtime import (
    DecodeError as _DecodeError,
    Model,
    decode_object as _decode_object,
    get_or_none as _get_or_none,
    make_mutable as _make_mutable,
    raise_type_error as _raise_type_error,
)


@attrs.define(frozen=True, eq=False, repr=False, kw_only=True)
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
    def from_dict(cls, raw: Mapping[str, Any], /) -> EncryptedSecretEntry:
        """Decode a JSON object.

        Raises:
            DecodeError: A field has an unexpected type; the error names it.
        """
        if raw.__class__ is not dict:
            raw = _decode_object(raw)
        try:
            source_path = raw["sourcePath"]
            secret_name = raw["secretName"]
            encrypted = raw["encrypted"]
        except KeyError:
            source_path, secret_name, encrypted = _get_or_none(raw, "sourcePath", "secretName", "encrypted")
        if source_path.__class__ is not str:
            _raise_type_error("sourcePath", "a string", source_path)
        if secret_name.__class__ is not str:
            _raise_type_error("secretName", "a string", secret_name)
        try:
            encrypted = _decode_encrypted_secret(encrypted)
        except _DecodeError as _error:
            raise _error.inside("encrypted") from None
        self = _make_mutable_encrypted_secret_entry()
        self.source_path = source_path
        self.secret_name = secret_name
        self.encrypted = encrypted
        self._raw = raw
        self.__class__ = EncryptedSecretEntry
        decoded: EncryptedSecretEntry = self
        return decoded


_make_mutable_encrypted_secret_entry = _make_mutable(EncryptedSecretEntry)
decode_encrypted_secret_entry: Callable[[Mapping[str, Any]], EncryptedSecretEntry] = EncryptedSecretEntry.from_dict
