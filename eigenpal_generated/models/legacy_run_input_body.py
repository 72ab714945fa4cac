# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `LegacyRunInputBody`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

import attrs

from eigenpal_generated import models as _models
from eigenpal_generated.runtime import (
    DecodeError as _DecodeError,
    Model,
    decode_object as _decode_object,
    make_mutable as _make_mutable,
)


@attrs.define(frozen=True, eq=False, repr=False, kw_only=True)
class LegacyRunInputBody(Model):
    """The input of a run, one property per input field. `overrides` is reserved and not part of the input."""

    overrides: _models.RunOverrides | None = None
    """Step outputs to use instead of executing the steps. Workflow runs only."""

    _wire_names: ClassVar[Mapping[str, str]] = {
        "overrides": "_overrides",
    }

    @classmethod
    def from_dict(cls, raw: Mapping[str, Any], /) -> LegacyRunInputBody:
        """Decode a JSON object.

        Raises:
            DecodeError: A field has an unexpected type; the error names it.
        """
        if raw.__class__ is not dict:
            raw = _decode_object(raw)
        overrides = raw.get("_overrides")
        if overrides is not None:
            try:
                overrides = _models.decode_run_overrides(overrides)
            except _DecodeError as _error:
                raise _error.inside("_overrides") from None
        self = _make_mutable_legacy_run_input_body()
        self.overrides = overrides
        self._raw = raw
        self.__class__ = LegacyRunInputBody
        decoded: LegacyRunInputBody = self
        return decoded


_make_mutable_legacy_run_input_body = _make_mutable(LegacyRunInputBody)
decode_legacy_run_input_body: Callable[[Mapping[str, Any]], LegacyRunInputBody] = LegacyRunInputBody.from_dict
