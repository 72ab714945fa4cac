# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `RunCancelExecution`."""

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
    decode_object as _decode_object,
    decode_str as _decode_str,
    get_or_none as _get_or_none,
    raise_mismatch as _raise_mismatch,
)


@_define(frozen=True, eq=False, repr=False, kw_only=True)
class RunCancelExecution(Model):
    """Status of a run after a request to cancel it."""

    status: _models.ExecutionStatus
    """Status of the run after the request. One of `created`, `pending`, `running`, `waiting`, `finalizing`,
    `completed`, `failed`, `cancelled`, `rejected`.
    """

    _wire_names: ClassVar[Mapping[str, str]] = {
        "status": "status",
    }
    _sent_as_null: ClassVar[frozenset[str]] = frozenset(("status",))

    @classmethod
    def _decoders(cls) -> dict[str, Callable[[Any], Any]]:
        return {
            "status": _decode_str,
        }


_make_mutable_run_cancel_execution = _make_mutable(RunCancelExecution)


def _read_run_cancel_execution(raw: Any, /) -> Any:
    if raw.__class__ is not dict:
        raw = _decode_object(raw)
    try:
        status = raw["status"]
    except KeyError:
        (status,) = _get_or_none(raw, "status")
    if status.__class__ is not str:
        _raise_mismatch(raw)
    self = _make_mutable_run_cancel_execution()
    self.status = status
    self._raw = raw
    self.__class__ = RunCancelExecution
    return self


decode_run_cancel_execution: Callable[[Any], RunCancelExecution] = _register(
    RunCancelExecution, _read_run_cancel_execution
)
