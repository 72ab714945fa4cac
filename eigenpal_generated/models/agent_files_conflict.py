# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `AgentFilesConflict`."""

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
class AgentFilesConflict(Model):
    """Why agent source files cannot be written; the body of the 409 response."""

    error: str
    """Human-readable reason."""

    _wire_names: ClassVar[Mapping[str, str]] = {
        "error": "error",
    }
    _sent_as_null: ClassVar[frozenset[str]] = frozenset(("error",))

    @classmethod
    def _decoders(cls) -> dict[str, Callable[[Any], Any]]:
        return {
            "error": _decode_str,
        }


_make_mutable_agent_files_conflict = _make_mutable(AgentFilesConflict)


def _read_agent_files_conflict(raw: Any, /) -> Any:
    if raw.__class__ is not dict:
        raw = _decode_object(raw)
    try:
        error = raw["error"]
    except KeyError:
        (error,) = _get_or_none(raw, "error")
    if error.__class__ is not str:
        _raise_mismatch(raw)
    self = _make_mutable_agent_files_conflict()
    self.error = error
    self._raw = raw
    self.__class__ = AgentFilesConflict
    return self


decode_agent_files_conflict: Callable[[Any], AgentFilesConflict] = _register(
    AgentFilesConflict, _read_agent_files_conflict
)
