# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `PlaintextSecretEntry`."""

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
    decode_object as _decode_object,
    decode_str as _decode_str,
    get_or_none as _get_or_none,
    raise_mismatch as _raise_mismatch,
)


@_define(frozen=True, eq=False, repr=False, kw_only=True)
class PlaintextSecretEntry(Model):
    """A secret to encrypt, and the source file that will hold it."""

    source_path: str
    """Path of the source file that will hold the secret."""
    secret_name: str
    """Name of the secret."""
    plaintext: str
    """The secret as plain text."""

    _wire_names: ClassVar[Mapping[str, str]] = {
        "source_path": "sourcePath",
        "secret_name": "secretName",
        "plaintext": "plaintext",
    }
    _sent_as_null: ClassVar[frozenset[str]] = frozenset(
        (
            "source_path",
            "secret_name",
            "plaintext",
        )
    )
    _secrets: ClassVar[frozenset[str]] = frozenset(("plaintext",))

    @classmethod
    def _decoders(cls) -> dict[str, Callable[[Any], Any]]:
        return {
            "source_path": _decode_str,
            "secret_name": _decode_str,
            "plaintext": _decode_str,
        }


_make_mutable_plaintext_secret_entry = _make_mutable(PlaintextSecretEntry)


def _read_plaintext_secret_entry(raw: Any, /) -> Any:
    if raw.__class__ is not dict:
        raw = _decode_object(raw)
    try:
        source_path = raw["sourcePath"]
        secret_name = raw["secretName"]
        plaintext = raw["plaintext"]
    except KeyError:
        source_path, secret_name, plaintext = _get_or_none(raw, "sourcePath", "secretName", "plaintext")
    if source_path.__class__ is not str or secret_name.__class__ is not str or plaintext.__class__ is not str:
        _raise_mismatch(raw)
    self = _make_mutable_plaintext_secret_entry()
    self.source_path = source_path
    self.secret_name = secret_name
    self.plaintext = plaintext
    self._raw = raw
    self.__class__ = PlaintextSecretEntry
    return self


decode_plaintext_secret_entry: Callable[[Any], PlaintextSecretEntry] = _register(
    PlaintextSecretEntry, _read_plaintext_secret_entry
)
