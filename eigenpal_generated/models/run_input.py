# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `RunInput`."""

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
    decode_any as _decode_any,
    decode_list as _decode_list,
    decode_object as _decode_object,
    get_or_none as _get_or_none,
    make_list_decoder as _make_list_decoder,
    make_nullable_decoder as _make_nullable_decoder,
)


@_define(frozen=True, eq=False, repr=False, kw_only=True)
class RunInput(Model):
    """Input of a run."""

    args: Any
    """Input values without files. None if there are none."""
    files: list[_models.RunFile] | None = None
    """Input files, by name. None if the server did not send it."""
    metadata: Any = None
    """Metadata the run was started with. None if there is none."""

    _wire_names: ClassVar[Mapping[str, str]] = {
        "args": "args",
        "files": "files",
        "metadata": "metadata",
    }
    _sent_as_null: ClassVar[frozenset[str]] = frozenset(("args",))

    @classmethod
    def _decoders(cls) -> dict[str, Callable[[Any], Any]]:
        return {
            "args": _decode_any,
            "files": _make_nullable_decoder(_make_list_decoder(_models.decode_run_file)),
            "metadata": _decode_any,
        }


_make_mutable_run_input = _make_mutable(RunInput)


def _read_run_input(raw: Any, /) -> Any:
    if raw.__class__ is not dict:
        raw = _decode_object(raw)
    try:
        args = raw["args"]
    except KeyError:
        (args,) = _get_or_none(raw, "args")
    files = raw.get("files")
    metadata = raw.get("metadata")
    if files is not None:
        files = _decode_list(_models.decode_run_file, files)
    self = _make_mutable_run_input()
    self.args = args
    self.files = files
    self.metadata = metadata
    self._raw = raw
    self.__class__ = RunInput
    return self


decode_run_input: Callable[[Any], RunInput] = _register(RunInput, _read_run_input)
