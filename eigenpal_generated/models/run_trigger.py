# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `RunTrigger`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

import attrs

from eigenpal_generated import models as _models
from eigenpal_generated.runtime import (
    DecodeError as _DecodeError,
    Model,
    decode_object as _decode_object,
    get_or_none as _get_or_none,
    make_mutable as _make_mutable,
    raise_type_error as _raise_type_error,
)


@attrs.define(frozen=True, eq=False, repr=False, kw_only=True)
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
    def from_dict(cls, raw: Mapping[str, Any], /) -> RunTrigger:
        """Decode a JSON object.

        Raises:
            DecodeError: A field has an unexpected type; the error names it.
        """
        if raw.__class__ is not dict:
            raw = _decode_object(raw)
        try:
            type_ = raw["type"]
            by = raw["by"]
        except KeyError:
            type_, by = _get_or_none(raw, "type", "by")
        email = raw.get("email")
        if type_ is not None and type_.__class__ is not str:
            _raise_type_error("type", "a string", type_)
        if by is not None:
            try:
                by = _models.decode_run_trigger_user(by)
            except _DecodeError as _error:
                raise _error.inside("by") from None
        self = _make_mutable_run_trigger()
        self.type = type_
        self.by = by
        self.email = email
        self._raw = raw
        self.__class__ = RunTrigger
        decoded: RunTrigger = self
        return decoded


_make_mutable_run_trigger = _make_mutable(RunTrigger)
decode_run_trigger: Callable[[Mapping[str, Any]], RunTrigger] = RunTrigger.from_dict
