# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `RunOverrides`."""

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
    decode_map as _decode_map,
    decode_object as _decode_object,
    make_map_decoder as _make_map_decoder,
    make_nullable_decoder as _make_nullable_decoder,
)


@_define(frozen=True, eq=False, repr=False, kw_only=True)
class RunOverrides(Model):
    """Step outputs to use instead of executing steps of a workflow."""

    steps: dict[str, dict[str, Any]] | None = None
    """Outputs by step name. A step named here is not executed; its output is the given object."""

    _wire_names: ClassVar[Mapping[str, str]] = {
        "steps": "steps",
    }

    @classmethod
    def _decoders(cls) -> dict[str, Callable[[Any], Any]]:
        return {
            "steps": _make_nullable_decoder(_make_map_decoder(_decode_object)),
        }


_make_mutable_run_overrides = _make_mutable(RunOverrides)


def _read_run_overrides(raw: Any, /) -> Any:
    if raw.__class__ is not dict:
        raw = _decode_object(raw)
    steps = raw.get("steps")
    if steps is not None:
        steps = _decode_map(_decode_object, steps)
    self = _make_mutable_run_overrides()
    self.steps = steps
    self._raw = raw
    self.__class__ = RunOverrides
    return self


decode_run_overrides: Callable[[Any], RunOverrides] = _register(RunOverrides, _read_run_overrides)
