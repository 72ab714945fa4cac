# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `AgentRunFiles`."""

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
class AgentRunFiles(Model):
    """The files of an agent run."""

    output: list[_models.RunFile]
    """Files the run has produced, by name. Their paths are in the `files` of the run."""

    _wire_names: ClassVar[Mapping[str, str]] = {
        "output": "output",
    }
    _sent_as_null: ClassVar[frozenset[str]] = frozenset(("output",))

    @classmethod
    def from_dict(cls, raw: Mapping[str, Any], /) -> AgentRunFiles:
        """Decode what came over the wire.

        Raises:
            DecodeError: A field is not what the API promises; the error names it.
        """
        if raw.__class__ is not dict:
            raw = _plain_object(raw)
        try:
            output = raw["output"]
        except KeyError:
            (output,) = _values_or_none(raw, "output")
        output = _item_list("output", _models.decode_run_file, output)
        self = _unfrozen_agent_run_files()
        self.output = output
        self._raw = raw
        self.__class__ = AgentRunFiles
        decoded: AgentRunFiles = self
        return decoded


_unfrozen_agent_run_files = _unfrozen(AgentRunFiles)
decode_agent_run_files: Callable[[Mapping[str, Any]], AgentRunFiles] = AgentRunFiles.from_dict
