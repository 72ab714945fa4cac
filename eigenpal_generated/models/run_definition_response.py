# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `RunDefinitionResponse`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

import attrs

from eigenpal_generated.runtime import (
    Model,
    decode_object as _decode_object,
    get_or_none as _get_or_none,
    make_mutable as _make_mutable,
)


@attrs.define(frozen=True, eq=False, repr=False, kw_only=True)
class RunDefinitionResponse(Model):
    """The workflow definition of a run."""

    definition: Any
    """The definition as it was when the run was created, free-form."""

    _wire_names: ClassVar[Mapping[str, str]] = {
        "definition": "definition",
    }
    _sent_as_null: ClassVar[frozenset[str]] = frozenset(("definition",))

    @classmethod
    def from_dict(cls, raw: Mapping[str, Any], /) -> RunDefinitionResponse:
        """Decode a JSON object.

        Raises:
            DecodeError: A field has an unexpected type; the error names it.
        """
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
        decoded: RunDefinitionResponse = self
        return decoded


_make_mutable_run_definition_response = _make_mutable(RunDefinitionResponse)
decode_run_definition_response: Callable[[Mapping[str, Any]], RunDefinitionResponse] = RunDefinitionResponse.from_dict
