# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `RunTrigger`."""

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
    decode_object as _decode_object,
    decode_str as _decode_str,
    get_or_none as _get_or_none,
    make_nullable_decoder as _make_nullable_decoder,
    raise_mismatch as _raise_mismatch,
)


@_define(frozen=True, eq=False, repr=False, kw_only=True)
class RunTrigger(Model):
    """What started a run."""

    type: str | None
    """Kind of trigger, such as `api`, `manual`, `email` or `cron`. None if unknown."""
    by: _models.RunTriggerUser | None
    """User who started the run. None if unknown, or if no user started it."""
    email: Any = None
    """Email that started the run, a free-form object. None unless an agent run was started by email."""

    _wire_names: ClassVar[Mapping[str, str]] = {
        "type": "type",
        "by": "by",
        "email": "email",
    }
    _sent_as_null: ClassVar[frozenset[str]] = frozenset(
        (
            "type",
            "by",
        )
    )

    @classmethod
    def _decoders(cls) -> dict[str, Callable[[Any], Any]]:
        return {
            "type": _make_nullable_decoder(_decode_str),
            "by": _make_nullable_decoder(_models.decode_run_trigger_user),
            "email": _decode_any,
        }


_make_mutable_run_trigger = _make_mutable(RunTrigger)


def _read_run_trigger(raw: Any, /) -> Any:
    if raw.__class__ is not dict:
        raw = _decode_object(raw)
    try:
        type_ = raw["type"]
        by = raw["by"]
    except KeyError:
        type_, by = _get_or_none(raw, "type", "by")
    email = raw.get("email")
    if by is not None:
        by = _models.decode_run_trigger_user(by)
    if type_ is not None and type_.__class__ is not str:
        _raise_mismatch(raw)
    self = _make_mutable_run_trigger()
    self.type = type_
    self.by = by
    self.email = email
    self._raw = raw
    self.__class__ = RunTrigger
    return self


decode_run_trigger: Callable[[Any], RunTrigger] = _register(RunTrigger, _read_run_trigger)
