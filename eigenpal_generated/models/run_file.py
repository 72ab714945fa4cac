# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `RunFile`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

import attrs

from eigenpal_generated.runtime import (
    Model,
    mistyped as _mistyped,
    plain_object as _plain_object,
    unfrozen as _unfrozen,
    values_or_none as _values_or_none,
)


@attrs.define(frozen=True, eq=False, repr=False, kw_only=True)
class RunFile(Model):
    """A file of a run, by name. Unlike an artifact it has no path."""

    name: str
    """Name of the file."""

    _wire_names: ClassVar[Mapping[str, str]] = {
        "name": "name",
    }
    _sent_as_null: ClassVar[frozenset[str]] = frozenset(("name",))

    @classmethod
    def from_dict(cls, raw: Mapping[str, Any], /) -> RunFile:
        """Decode what came over the wire.

        Raises:
            DecodeError: A field is not what the API promises; the error names it.
        """
        if raw.__class__ is not dict:
            raw = _plain_object(raw)
        try:
            name = raw["name"]
        except KeyError:
            (name,) = _values_or_none(raw, "name")
        if name.__class__ is not str:
            _mistyped("name", "a string", name)
        self = _unfrozen_run_file()
        self.name = name
        self._raw = raw
        self.__class__ = RunFile
        decoded: RunFile = self
        return decoded


_unfrozen_run_file = _unfrozen(RunFile)
decode_run_file: Callable[[Mapping[str, Any]], RunFile] = RunFile.from_dict
