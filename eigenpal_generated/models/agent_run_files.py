# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `AgentRunFiles`."""

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
    decode_list as _decode_list,
    decode_object as _decode_object,
    get_or_none as _get_or_none,
    make_list_decoder as _make_list_decoder,
)


@_define(frozen=True, eq=False, repr=False, kw_only=True)
class AgentRunFiles(Model):
    """Files of an agent run."""

    output: list[_models.RunFile]
    """Output files, by name. Their paths are in the `files` of the run."""

    _wire_names: ClassVar[Mapping[str, str]] = {
        "output": "output",
    }
    _sent_as_null: ClassVar[frozenset[str]] = frozenset(("output",))

    @classmethod
    def _decoders(cls) -> dict[str, Callable[[Any], Any]]:
        return {
            "output": _make_list_decoder(_models.decode_run_file),
        }


_make_mutable_agent_run_files = _make_mutable(AgentRunFiles)


def _read_agent_run_files(raw: Any, /) -> Any:
    if raw.__class__ is not dict:
        raw = _decode_object(raw)
    try:
        output = raw["output"]
    except KeyError:
        (output,) = _get_or_none(raw, "output")
    output = _decode_list(_models.decode_run_file, output)
    self = _make_mutable_agent_run_files()
    self.output = output
    self._raw = raw
    self.__class__ = AgentRunFiles
    return self


decode_agent_run_files: Callable[[Any], AgentRunFiles] = _register(AgentRunFiles, _read_agent_run_files)
