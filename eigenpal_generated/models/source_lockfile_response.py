# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `SourceLockfileResponse`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Literal

from eigenpal_generated import models as _models
from eigenpal_generated.base_models import (
    Model,
    define as _define,
    make_mutable as _make_mutable,
    register as _register,
)
from eigenpal_generated.decoding import (
    decode_int as _decode_int,
    decode_object as _decode_object,
    decode_str as _decode_str,
    get_or_none as _get_or_none,
    raise_mismatch as _raise_mismatch,
)
from eigenpal_generated.models.lockfile_node import decode_lockfile_node as _decode_lockfile_node


@_define(frozen=True, eq=False, repr=False, kw_only=True)
class SourceLockfileResponse(Model):
    """A package and its dependencies, each resolved to a Git commit."""

    lockfile_version: Literal[1]
    """Version of the lockfile format: always 1."""
    eigenpal_version: str
    """Version of Eigenpal that created the lockfile."""
    input_hash: str
    """Hash of the input of the lockfile."""
    root: _models.LockfileNode
    """The requested package, with its dependencies."""

    _wire_names: ClassVar[Mapping[str, str]] = {
        "lockfile_version": "lockfileVersion",
        "eigenpal_version": "eigenpalVersion",
        "input_hash": "inputHash",
        "root": "root",
    }
    _sent_as_null: ClassVar[frozenset[str]] = frozenset(
        (
            "lockfile_version",
            "eigenpal_version",
            "input_hash",
            "root",
        )
    )

    @classmethod
    def _decoders(cls) -> dict[str, Callable[[Any], Any]]:
        return {
            "lockfile_version": _decode_int,
            "eigenpal_version": _decode_str,
            "input_hash": _decode_str,
            "root": _models.decode_lockfile_node,
        }


_make_mutable_source_lockfile_response = _make_mutable(SourceLockfileResponse)


def _read_source_lockfile_response(raw: Any, /) -> Any:
    if raw.__class__ is not dict:
        raw = _decode_object(raw)
    try:
        lockfile_version = raw["lockfileVersion"]
        eigenpal_version = raw["eigenpalVersion"]
        input_hash = raw["inputHash"]
        root = raw["root"]
    except KeyError:
        lockfile_version, eigenpal_version, input_hash, root = _get_or_none(
            raw, "lockfileVersion", "eigenpalVersion", "inputHash", "root"
        )
    if lockfile_version.__class__ is not int:
        lockfile_version = _decode_int(lockfile_version)
    root = _decode_lockfile_node(root)
    if eigenpal_version.__class__ is not str or input_hash.__class__ is not str:
        _raise_mismatch(raw)
    self = _make_mutable_source_lockfile_response()
    self.lockfile_version = lockfile_version
    self.eigenpal_version = eigenpal_version
    self.input_hash = input_hash
    self.root = root
    self._raw = raw
    self.__class__ = SourceLockfileResponse
    return self


decode_source_lockfile_response: Callable[[Any], SourceLockfileResponse] = _register(
    SourceLockfileResponse, _read_source_lockfile_response
)
