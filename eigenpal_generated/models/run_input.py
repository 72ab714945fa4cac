# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `RunInput`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

import attrs

from eigenpal_generated import models as _models
from eigenpal_generated.runtime import (
    Model,
    item_list as _item_list,
    plain_object as _plain_object,
    unfrozen as _unfrozen,
    values_or_none as _values_or_none,
)


@attrs.define(frozen=True, eq=False, repr=False, kw_only=True)
class RunInput(Model):
    """What a run was started with."""

    args: Any
    """The input without its files, as it was given. None if there was none."""
    files: list[_models.RunFile] | None = None
    """The files of the input, by name. None if the server left it out."""
    metadata: Any = None
    """The metadata given at the start. None if there was none."""

    _wire_names: ClassVar[Mapping[str, str]] = {
        "args": "args",
        "files": "files",
        "metadata": "metadata",
    }
    _sent_as_null: ClassVar[frozenset[str]] = frozenset(("args",))

    @classmethod
    def from_dict(cls, raw: Mapping[str, Any], /) -> RunInput:
        """Decode what came over the wire.

        Raises:
            DecodeError: A field is not what the API promises; the error names it.
        """
        if raw.__class__ is not dict:
            raw = _plain_object(raw)
        try:
            args = raw["args"]
        except KeyError:
            (args,) = _values_or_none(raw, "args")
        files = raw.get("files")
        metadata = raw.get("metadata")
        if files is not None:
            files = _item_list("files", _models.decode_run_file, files)
        self = _unfrozen_run_input()
        self.args = args
        self.files = files
        self.metadata = metadata
        self._raw = raw
        self.__class__ = RunInput
        decoded: RunInput = self
        return decoded


_unfrozen_run_input = _unfrozen(RunInput)
decode_run_input: Callable[[Mapping[str, Any]], RunInput] = RunInput.from_dict
