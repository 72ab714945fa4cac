# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `RunOverrides`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

import attrs

from eigenpal_generated.runtime import (
    Model,
    decode_map as _decode_map,
    decode_object as _decode_object,
    make_mutable as _make_mutable,
)


@attrs.define(frozen=True, eq=False, repr=False, kw_only=True)
class RunOverrides(Model):
    """Step outputs to use instead of executing steps of a workflow."""

    steps: dict[str, dict[str, Any]] | None = None
    """Outputs by step name. A step named here is not executed; its output is the given object."""

    _wire_names: ClassVar[Mapping[str, str]] = {
        "steps": "steps",
    }

    @classmethod
    def from_dict(cls, raw: Mapping[str, Any], /) -> RunOverrides:
        """Decode a JSON object.

        Raises:
            DecodeError: A field has an unexpected type; the error names it.
        """
        if raw.__class__ is not dict:
            raw = _decode_object(raw)
        steps = raw.get("steps")
        if steps is not None:
            steps = _decode_map("steps", _decode_object, steps)
        self = _make_mutable_run_overrides()
        self.steps = steps
        self._raw = raw
        self.__class__ = RunOverrides
        decoded: RunOverrides = self
        return decoded


_make_mutable_run_overrides = _make_mutable(RunOverrides)
decode_run_overrides: Callable[[Mapping[str, Any]], RunOverrides] = RunOverrides.from_dict
