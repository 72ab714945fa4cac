# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `AgentRunExecution`."""

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
from eigenpal_generated.models.agent_run_files import decode_agent_run_files as _decode_agent_run_files
from eigenpal_generated.models.run_execution_retry import decode_run_execution_retry as _decode_run_execution_retry


@_define(frozen=True, eq=False, repr=False, kw_only=True)
class AgentRunExecution(Model):
    """Full form of `execution` for an agent run: the short form plus files, feedback and ground truth."""

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
    files: _models.AgentRunFiles
    """Files of the run."""
    feedback: _models.RunFeedback | None = None
    """Feedback on the run. None if there is none."""
    expected: _models.AgentRunExpected | None = None
    """Ground truth of the run. None if there is none."""

    _wire_names: ClassVar[Mapping[str, str]] = {
        "status": "status",
        "schema_valid": "schemaValid",
        "batch_id": "batchId",
        "annotation": "annotation",
        "retry": "retry",
        "files": "files",
        "feedback": "feedback",
        "expected": "expected",
    }
    _sent_as_null: ClassVar[frozenset[str]] = frozenset(
        (
            "status",
            "schema_valid",
            "batch_id",
            "annotation",
            "retry",
            "files",
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
            "files": _models.decode_agent_run_files,
            "feedback": _make_nullable_decoder(_models.decode_run_feedback),
            "expected": _make_nullable_decoder(_models.decode_agent_run_expected),
        }


_make_mutable_agent_run_execution = _make_mutable(AgentRunExecution)


def _read_agent_run_execution(raw: Any, /) -> Any:
    if raw.__class__ is not dict:
        raw = _decode_object(raw)
    try:
        status = raw["status"]
        schema_valid = raw["schemaValid"]
        batch_id = raw["batchId"]
        annotation = raw["annotation"]
        retry = raw["retry"]
        files = raw["files"]
    except KeyError:
        status, schema_valid, batch_id, annotation, retry, files = _get_or_none(
            raw, "status", "schemaValid", "batchId", "annotation", "retry", "files"
        )
    feedback = raw.get("feedback")
    expected = raw.get("expected")
    retry = _decode_run_execution_retry(retry)
    files = _decode_agent_run_files(files)
    if feedback is not None:
        feedback = _models.decode_run_feedback(feedback)
    if expected is not None:
        expected = _models.decode_agent_run_expected(expected)
    if (
        status.__class__ is not str
        or (schema_valid is not None and schema_valid.__class__ is not bool)
        or (batch_id is not None and batch_id.__class__ is not str)
        or (annotation is not None and annotation.__class__ is not str)
    ):
        _raise_mismatch(raw)
    self = _make_mutable_agent_run_execution()
    self.status = status
    self.schema_valid = schema_valid
    self.batch_id = batch_id
    self.annotation = annotation
    self.retry = retry
    self.files = files
    self.feedback = feedback
    self.expected = expected
    self._raw = raw
    self.__class__ = AgentRunExecution
    return self


decode_agent_run_execution: Callable[[Any], AgentRunExecution] = _register(AgentRunExecution, _read_agent_run_execution)
