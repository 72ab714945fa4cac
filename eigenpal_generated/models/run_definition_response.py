# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `RunDefinitionResponse`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

import attrs

from eigenpal_generated.runtime import (
    Model,
    plain_object as _plain_object,
    unfrozen as _unfrozen,
    values_or_none as _values_or_none,
)


@attrs.define(frozen=True, eq=False, repr=False, kw_only=True)
class RunDefinitionResponse(Model):
    """The workflow definition a run was started with."""

    definition: Any
    """The definition; free-form, as written by the author of the workflow."""

    _wire_names: ClassVar[Mapping[str, str]] = {
        "definition": "definition",
    }
    _sent_as_null: ClassVar[frozenset[str]] = frozenset(("definition",))

    @classmethod
    def from_dict(cls, raw: Mapping[str, Any], /) -> RunDefinitionResponse:
        """Decode what came over the wire.

        Raises:
            DecodeError: A field is not what the API promises; the error names it.
        """
        if raw.__class__ is not dict:
            raw = _plain_object(raw)
        try:
            definition = raw["definition"]
        except KeyError:
            (definition,) = _values_or_none(raw, "definition")
        self = _unfrozen_run_definition_response()
        self.definition = definition
        self._raw = raw
        self.__class__ = RunDefinitionResponse
        decoded: RunDefinitionResponse = self
        return decoded


_unfrozen_run_definition_response = _unfrozen(RunDefinitionResponse)
decode_run_definition_response: Callable[[Mapping[str, Any]], RunDefinitionResponse] = RunDefinitionResponse.from_dict
