# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `WorkflowRunExecution`."""

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
    decode_bool as _decode_bool,
    decode_list as _decode_list,
    decode_object as _decode_object,
    decode_str as _decode_str,
    get_or_none as _get_or_none,
    make_list_decoder as _make_list_decoder,
    make_nullable_decoder as _make_nullable_decoder,
    raise_mismatch as _raise_mismatch,
)
from eigenpal_generated.models.run_execution_retry import decode_run_execution_retry as _decode_run_execution_retry


@_define(frozen=True, eq=False, repr=False, kw_only=True)
class WorkflowRunExecution(Model):
    """Full form of `execution` for a workflow run: the short form plus steps and ground truth."""

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
    steps: list[Any]
    """The executed steps, in order, each a free-form object. Known keys: `stepName`, `status` and `outputData`."""
    expected: Any = None
    """Expected output: any JSON value. None if there is none."""

    _wire_names: ClassVar[Mapping[str, str]] = {
        "status": "status",
        "schema_valid": "schemaValid",
        "batch_id": "batchId",
        "annotation": "annotation",
        "retry": "retry",
        "steps": "steps",
        "expected": "expected",
    }
    _sent_as_null: ClassVar[frozenset[str]] = frozenset(
        (
            "status",
            "schema_valid",
            "batch_id",
            "annotation",
            "retry",
            "steps",
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
            "steps": _make_list_decoder(_decode_any),
            "expected": _decode_any,
        }


_make_mutable_workflow_run_execution = _make_mutable(WorkflowRunExecution)


def _read_workflow_run_execution(raw: Any, /) -> Any:
    if raw.__class__ is not dict:
        raw = _decode_object(raw)
    try:
        status = raw["status"]
        schema_valid = raw["schemaValid"]
        batch_id = raw["batchId"]
        annotation = raw["annotation"]
        retry = raw["retry"]
        steps = raw["steps"]
    except KeyError:
        status, schema_valid, batch_id, annotation, retry, steps = _get_or_none(
            raw, "status", "schemaValid", "batchId", "annotation", "retry", "steps"
        )
    expected = raw.get("expected")
    retry = _decode_run_execution_retry(retry)
    steps = _decode_list(_decode_any, steps)
    if (
        status.__class__ is not str
        or (schema_valid is not None and schema_valid.__class__ is not bool)
        or (batch_id is not None and batch_id.__class__ is not str)
        or (annotation is not None and annotation.__class__ is not str)
    ):
        _raise_mismatch(raw)
    self = _make_mutable_workflow_run_execution()
    self.status = status
    self.schema_valid = schema_valid
    self.batch_id = batch_id
    self.annotation = annotation
    self.retry = retry
    self.steps = steps
    self.expected = expected
    self._raw = raw
    self.__class__ = WorkflowRunExecution
    return self


decode_workflow_run_execution: Callable[[Any], WorkflowRunExecution] = _register(
    WorkflowRunExecution, _read_workflow_run_execution
)
