# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `AgentFilesConflict`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

import attrs

from eigenpal_generated.runtime import (
    Model,
    decode_object as _decode_object,
    get_or_none as _get_or_none,
    make_mutable as _make_mutable,
    raise_type_error as _raise_type_error,
)


@attrs.define(frozen=True, eq=False, repr=False, kw_only=True)
class AgentFilesConflict(Model):
    """Why agent source files cannot be written; the body of the 409 response."""

    error: str
    """Human-readable reason."""

    _wire_names: ClassVar[Mapping[str, str]] = {
        "error": "error",
    }
    _sent_as_null: ClassVar[frozenset[str]] = frozenset(("error",))

    @classmethod
    def from_dict(cls, raw: Mapping[str, Any], /) -> AgentFilesConflict:
        """Decode a JSON object.

        Raises:
            DecodeError: A field has an unexpected type; the error names it.
        """
        if raw.__class__ is not dict:
            raw = _decode_object(raw)
        try:
            error = raw["error"]
        except KeyError:
            (error,) = _get_or_none(raw, "error")
        if error.__class__ is not str:
            _raise_type_error("error", "a string", error)
        self = _make_mutable_agent_files_conflict()
        self.error = error
        self._raw = raw
        self.__class__ = AgentFilesConflict
        decoded: AgentFilesConflict = self
        return decoded


_make_mutable_agent_files_conflict = _make_mutable(AgentFilesConflict)
decode_agent_files_conflict: Callable[[Mapping[str, Any]], AgentFilesConflict] = AgentFilesConflict.from_dict
