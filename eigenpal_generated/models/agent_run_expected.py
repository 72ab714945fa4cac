# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `AgentRunExpected`."""

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
    make_list_decoder as _make_list_decoder,
    make_nullable_decoder as _make_nullable_decoder,
)


@_define(frozen=True, eq=False, repr=False, kw_only=True)
class AgentRunExpected(Model):
    """Ground truth of an agent run."""

    output: Any = None
    """The expected output: any JSON value, or None."""
    files: list[_models.RunFile] | None = None
    """The expected files. Download one by its name with `client.runs.expected.download`. None if the server did not
    send it.
    """

    _wire_names: ClassVar[Mapping[str, str]] = {
        "output": "output",
        "files": "files",
    }

    @classmethod
    def _decoders(cls) -> dict[str, Callable[[Any], Any]]:
        return {
            "output": _decode_any,
            "files": _make_nullable_decoder(_make_list_decoder(_models.decode_run_file)),
        }


_make_mutable_agent_run_expected = _make_mutable(AgentRunExpected)


def _read_agent_run_expected(raw: Any, /) -> Any:
    if raw.__class__ is not dict:
        raw = _decode_object(raw)
    output = raw.get("output")
    files = raw.get("files")
    if files is not None:
        files = _decode_list(_models.decode_run_file, files)
    self = _make_mutable_agent_run_expected()
    self.output = output
    self.files = files
    self._raw = raw
    self.__class__ = AgentRunExpected
    return self


decode_agent_run_expected: Callable[[Any], AgentRunExpected] = _register(AgentRunExpected, _read_agent_run_expected)
