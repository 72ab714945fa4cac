# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `RunExecutionMeta`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

import attrs

from eigenpal_generated import models as _models
from eigenpal_generated.runtime import (
    DecodeError as _DecodeError,
    Model,
    mistyped as _mistyped,
    plain_object as _plain_object,
    unfrozen as _unfrozen,
)


@attrs.define(frozen=True, eq=False, repr=False, kw_only=True)
class RunExecutionMeta(Model):
    """The short form of `execution`."""

    status: _models.ExecutionStatus
    """State of the run. One of `created`, `pending`, `running`, `waiting`, `finalizing`, `completed`, `failed`,
    `cancelled`, `rejected`.
    """
    schema_valid: bool | None
    """Whether the output matches the schema declared for it. None while that is unknown, or if it was not checked."""
    batch_id: str | None
    """Id of the batch the run belongs to. None for a run of its own."""
    annotation: str | None
    """Note attached to the run. None if there is none."""
    retry: _models.RunExecutionRetry
    """Retries before and after this run."""

    _wire_names: ClassVar[Mapping[str, str]] = {
        "status": "status",
        "schema_valid": "schemaValid",
        "batch_id": "batchId",
        "annotation": "annotation",
        "retry": "retry",
    }
    _sent_as_null: ClassVar[frozenset[str]] = frozenset(
        (
            "status",
            "schema_valid",
            "batch_id",
            "annotation",
            "retry",
        )
    )

    @classmethod
    def from_dict(cls, raw: Mapping[str, Any], /) -> RunExecutionMeta:
        """Decode what came over the wire.

        Raises:
            DecodeError: A field is not what the API promises; the error names it.
        """
        if raw.__class__ is not dict:
            raw = _plain_object(raw)
        _get: Callable[..., Any] = raw.get
        if type(status := _get("status")) is not str:
            _mistyped("status", "a string", status)
        if (schema_valid := _get("schemaValid")) is not None and type(schema_valid) is not bool:
            _mistyped("schemaValid", "a boolean", schema_valid)
        if (batch_id := _get("batchId")) is not None and type(batch_id) is not str:
            _mistyped("batchId", "a string", batch_id)
        if (annotation := _get("annotation")) is not None and type(annotation) is not str:
            _mistyped("annotation", "a string", annotation)
        try:
            retry = _models.RunExecutionRetry.from_dict(_get("retry"))
        except _DecodeError as _error:
            raise _error.inside("retry") from None
        self = _unfrozen_run_execution_meta()
        self.status = status
        self.schema_valid = schema_valid
        self.batch_id = batch_id
        self.annotation = annotation
        self.retry = retry
        self._raw = raw
        self.__class__ = RunExecutionMeta
        decoded: RunExecutionMeta = self
        return decoded


_unfrozen_run_execution_meta = _unfrozen(RunExecutionMeta)
