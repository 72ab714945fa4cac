# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `EncryptedSecretEntry`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

import attrs

from eigenpal_generated import models as _models
from eigenpal_generated.runtime import (
    DecodeError as _DecodeError,
    Model,
    mistyped as _mistyped,
    plain_object as _plain_object,
    unfrozen as _unfrozen,
)


@attrs.define(frozen=True, eq=False, repr=False, kw_only=True)
class EncryptedSecretEntry(Model):
    """An encrypted secret, and where it is used."""

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
        """Decode what came over the wire.

        Raises:
            DecodeError: A field is not what the API promises; the error names it.
        """
        if raw.__class__ is not dict:
            raw = _plain_object(raw)
        _get: Callable[..., Any] = raw.get
        if type(source_path := _get("sourcePath")) is not str:
            _mistyped("sourcePath", "a string", source_path)
        if type(secret_name := _get("secretName")) is not str:
            _mistyped("secretName", "a string", secret_name)
        try:
            encrypted = _models.EncryptedSecret.from_dict(_get("encrypted"))
        except _DecodeError as _error:
            raise _error.inside("encrypted") from None
        self = _unfrozen_encrypted_secret_entry()
        self.source_path = source_path
        self.secret_name = secret_name
        self.encrypted = encrypted
        self._raw = raw
        self.__class__ = EncryptedSecretEntry
        decoded: EncryptedSecretEntry = self
        return decoded


_unfrozen_encrypted_secret_entry = _unfrozen(EncryptedSecretEntry)
