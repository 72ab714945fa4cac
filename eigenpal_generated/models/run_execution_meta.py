# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `RunExecutionMeta`."""

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
    decode_bool as _decode_bool,
    decode_object as _decode_object,
    decode_str as _decode_str,
    get_or_none as _get_or_none,
    make_nullable_decoder as _make_nullable_decoder,
    raise_mismatch as _raise_mismatch,
)
from eigenpal_generated.models.run_execution_retry import decode_run_execution_retry as _decode_run_execution_retry


@_define(frozen=True, eq=False, repr=False, kw_only=True)
class RunExecutionMeta(Model):
    """Short form of `execution`."""

    status: _models.ExecutionStatus
    """Status of the run. One of `created`, `pending`, `running`, `waiting`, `finalizing`, `completed`, `failed`,
    `cancelled`, `rejected`.
    """
    schema_valid: bool | None
    """Whether the output matches its declared schema. None if unknown or not checked."""
    batch_id: str | None
    """Id of the batch the run belongs to. None if it is not part of a batch."""
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
    def _decoders(cls) -> dict[str, Callable[[Any], Any]]:
        return {
            "status": _decode_str,
            "schema_valid": _make_nullable_decoder(_decode_bool),
            "batch_id": _make_nullable_decoder(_decode_str),
            "annotation": _make_nullable_decoder(_decode_str),
            "retry": _models.decode_run_execution_retry,
        }


_make_mutable_run_execution_meta = _make_mutable(RunExecutionMeta)


def _read_run_execution_meta(raw: Any, /) -> Any:
    if raw.__class__ is not dict:
        raw = _decode_object(raw)
    try:
        status = raw["status"]
        schema_valid = raw["schemaValid"]
        batch_id = raw["batchId"]
        annotation = raw["annotation"]
        retry = raw["retry"]
    except KeyError:
        status, schema_valid, batch_id, annotation, retry = _get_or_none(
            raw, "status", "schemaValid", "batchId", "annotation", "retry"
        )
    retry = _decode_run_execution_retry(retry)
    if (
        status.__class__ is not str
        or (schema_valid is not None and schema_valid.__class__ is not bool)
        or (batch_id is not None and batch_id.__class__ is not str)
        or (annotation is not None and annotation.__class__ is not str)
    ):
        _raise_mismatch(raw)
    self = _make_mutable_run_execution_meta()
    self.status = status
    self.schema_valid = schema_valid
    self.batch_id = batch_id
    self.annotation = annotation
    self.retry = retry
    self._raw = raw
    self.__class__ = RunExecutionMeta
    return self


decode_run_execution_meta: Callable[[Any], RunExecutionMeta] = _register(RunExecutionMeta, _read_run_execution_meta)
