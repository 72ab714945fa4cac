# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `LegacyRunInputBody`."""

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
from eigenpal_generated.decoding import decode_object as _decode_object, make_nullable_decoder as _make_nullable_decoder


@_define(frozen=True, eq=False, repr=False, kw_only=True)
class LegacyRunInputBody(Model):
    """The input of a run, one property per input field. `overrides` is reserved and not part of the input."""

    overrides: _models.RunOverrides | None = None
    """Step outputs to use instead of executing the steps. Workflow runs only."""

    _wire_names: ClassVar[Mapping[str, str]] = {
        "overrides": "_overrides",
    }

    @classmethod
    def _decoders(cls) -> dict[str, Callable[[Any], Any]]:
        return {
            "overrides": _make_nullable_decoder(_models.decode_run_overrides),
        }


_make_mutable_legacy_run_input_body = _make_mutable(LegacyRunInputBody)


def _read_legacy_run_input_body(raw: Any, /) -> Any:
    if raw.__class__ is not dict:
        raw = _decode_object(raw)
    overrides = raw.get("_overrides")
    if overrides is not None:
        overrides = _models.decode_run_overrides(overrides)
    self = _make_mutable_legacy_run_input_body()
    self.overrides = overrides
    self._raw = raw
    self.__class__ = LegacyRunInputBody
    return self


decode_legacy_run_input_body: Callable[[Any], LegacyRunInputBody] = _register(
    LegacyRunInputBody, _read_legacy_run_input_body
)
