# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The type `RunExecution`."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeAlias

from eigenpal_generated import models as _models
from eigenpal_generated.decoding import decode_object as _decode_object, make_union_decoder as _make_union_decoder

if TYPE_CHECKING:
    RunExecution: TypeAlias = "_models.WorkflowRunExecution | _models.AgentRunExecution"
    """Full form of `execution`, for a workflow run or an agent run. It has all fields of the short form."""
else:

    def __getattr__(name: str) -> object:
        # Lazy, so that decoding loads only the variant that it needs.
        if name != "RunExecution":
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return _models.WorkflowRunExecution | _models.AgentRunExecution


def _choose_run_execution(value: Any) -> Callable[[Any], _models.WorkflowRunExecution | _models.AgentRunExecution]:
    raw = _decode_object(value)
    if "steps" in raw:
        return _models.decode_workflow_run_execution
    return _models.decode_agent_run_execution


decode_run_execution: Callable[[Any], RunExecution] = _make_union_decoder(_choose_run_execution)
