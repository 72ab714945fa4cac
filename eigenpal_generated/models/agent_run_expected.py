# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `AgentRunExpected`."""

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
)


@attrs.define(frozen=True, eq=False, repr=False, kw_only=True)
class AgentRunExpected(Model):
    """What an agent run should have produced."""

    output: Any = None
    """The expected output: any JSON value, or None."""
    files: list[_models.RunFile] | None = None
    """The expected files. Download one by its name. None if the server left it out."""

    _wire_names: ClassVar[Mapping[str, str]] = {
        "output": "output",
        "files": "files",
    }

    @classmethod
    def from_dict(cls, raw: Mapping[str, Any], /) -> AgentRunExpected:
        """Decode what came over the wire.

        Raises:
            DecodeError: A field is not what the API promises; the error names it.
        """
        if raw.__class__ is not dict:
            raw = _plain_object(raw)
        output = raw.get("output")
        files = raw.get("files")
        if files is not None:
            files = _item_list("files", _models.decode_run_file, files)
        self = _unfrozen_agent_run_expected()
        self.output = output
        self.files = files
        self._raw = raw
        self.__class__ = AgentRunExpected
        decoded: AgentRunExpected = self
        return decoded


_unfrozen_agent_run_expected = _unfrozen(AgentRunExpected)
decode_agent_run_expected: Callable[[Mapping[str, Any]], AgentRunExpected] = AgentRunExpected.from_dict
