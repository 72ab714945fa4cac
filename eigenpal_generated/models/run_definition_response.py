# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `RunDefinitionResponse`."""

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
    decode_any as _decode_any,
    decode_object as _decode_object,
    get_or_none as _get_or_none,
)


@_define(frozen=True, eq=False, repr=False, kw_only=True)
class RunDefinitionResponse(Model):
    """The workflow definition of a run."""

    definition: Any
    """The definition as it was when the run was created, free-form."""

    _wire_names: ClassVar[Mapping[str, str]] = {
        "definition": "definition",
    }
    _sent_as_null: ClassVar[frozenset[str]] = frozenset(("definition",))

    @classmethod
    def _decoders(cls) -> dict[str, Callable[[Any], Any]]:
        return {
            "definition": _decode_any,
        }


_make_mutable_run_definition_response = _make_mutable(RunDefinitionResponse)


def _read_run_definition_response(raw: Any, /) -> Any:
    if raw.__class__ is not dict:
        raw = _decode_object(raw)
    try:
        definition = raw["definition"]
    except KeyError:
        (definition,) = _get_or_none(raw, "definition")
    self = _make_mutable_run_definition_response()
    self.definition = definition
    self._raw = raw
    self.__class__ = RunDefinitionResponse
    return self


decode_run_definition_response: Callable[[Any], RunDefinitionResponse] = _register(
    RunDefinitionResponse, _read_run_definition_response
)
