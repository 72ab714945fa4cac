"""Runs, artifacts and feedback as JSON of the API."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from eigenpal.testing._server.clock import format_optional_timestamp, format_timestamp
from eigenpal.testing._server.run_record import Artifact, Feedback, RunRecord, StepState
from eigenpal.testing._server.server_state import ServerState


def serialize_run(state: ServerState, run: RunRecord, expand: Collection[str] = ()) -> dict[str, Any]:
    """Return a run in full, with the requested sections."""
    document = _serialize_common(run)
    if run.example is not None or run.example_id is not None:
        document["eval"] = _serialize_evaluation(run)
    if run.is_finished:
        document["output"] = run.output
        document["files"] = [serialize_artifact(output) for output in run.outputs]
    document["error"] = run.error
    document["execution"] = (
        _serialize_full_execution(state, run) if "execution" in expand else _serialize_execution(state, run)
    )
    if "input" in expand:
        document["input"] = {
            "args": run.arguments,
            "files": [{"name": file.file.filename} for file in run.input_files],
            "metadata": run.metadata,
        }
    if "usage" in expand:
        document["usage"] = _serialize_usage(run)
    if "debug" in expand:
        document["debug"] = _serialize_debug(run)
    return document


def serialize_run_row(state: ServerState, run: RunRecord) -> dict[str, Any]:
    """Return a run as an item of a listing."""
    document = {**_serialize_common(run), "error": run.error, "execution": _serialize_execution(state, run)}
    if run.example is not None or run.example_id is not None:
        document["eval"] = _serialize_evaluation(run)
    return document


def serialize_accepted_run(run: RunRecord) -> dict[str, Any]:
    """Return a run as the response to its start."""
    return {"id": run.id, "type": run.kind, "finished": False, "source": run.source}


def serialize_artifact(artifact: Artifact) -> dict[str, Any]:
    """Return an artifact."""
    document: dict[str, Any] = {"name": artifact.name, "path": artifact.path}
    if artifact.step is not None:
        document["stepName"] = artifact.step
    document["contentType"] = artifact.content_type
    document["size"] = artifact.content.size
    return document


def serialize_feedback(feedback: Feedback | None, author: dict[str, Any]) -> dict[str, Any] | None:
    """Return feedback, or None."""
    if feedback is None:
        return None
    resolved = feedback.resolved_at is not None
    return {
        "rating": feedback.rating,
        "status": feedback.status,
        "body": feedback.body,
        "createdAt": format_optional_timestamp(feedback.created_at),
        "createdBy": author["id"],
        "createdByEmail": author["email"],
        "updatedAt": format_optional_timestamp(feedback.updated_at),
        "resolvedAt": format_optional_timestamp(feedback.resolved_at),
        "resolvedBy": author["id"] if resolved else None,
        "resolvedByEmail": author["email"] if resolved else None,
        "resolvedBySessionId": None,
        "promotedExampleName": None,
    }


OWNER: dict[str, Any] = {"id": "usr_000001", "name": "Test user", "email": "test@example.com"}
"""The owner of the API key."""


def _serialize_common(run: RunRecord) -> dict[str, Any]:
    return {
        "id": run.id,
        "type": run.kind,
        "finished": run.is_finished,
        "timing": {
            "createdAt": format_timestamp(run.created_at),
            "startedAt": format_optional_timestamp(run.started_at),
            "completedAt": format_optional_timestamp(run.completed_at),
            "durationMs": run.duration_ms,
            "cancelRequestedAt": format_optional_timestamp(run.cancel_requested_at),
        },
        "source": run.source,
        "trigger": _serialize_trigger(run),
    }


def _serialize_trigger(run: RunRecord) -> dict[str, Any]:
    document: dict[str, Any] = {"type": run.trigger, "by": run.triggered_by}
    if run.email is not None:
        document["email"] = run.email
    return document


def _serialize_evaluation(run: RunRecord) -> dict[str, Any]:
    return {"example": run.example, "exampleId": run.example_id, "score": run.score, "passed": run.passed}


def _serialize_execution(state: ServerState, run: RunRecord) -> dict[str, Any]:
    following = state.runs.by_id.get(run.next_run_id) if run.next_run_id is not None else None
    return {
        "status": run.status,
        "schemaValid": run.schema_valid,
        "batchId": run.batch_id,
        "annotation": run.annotation,
        "retry": {
            "number": run.retry_number,
            "previousRunId": run.previous_run_id,
            "nextRun": None if following is None else {"id": following.id, "status": following.status},
        },
    }


def _serialize_full_execution(state: ServerState, run: RunRecord) -> dict[str, Any]:
    document = _serialize_execution(state, run)
    if run.kind == "workflow":
        document["steps"] = [_serialize_step(step) for step in run.steps]
        document["expected"] = run.expected
        return document
    document["files"] = {"output": [{"name": output.name} for output in run.outputs]}
    document["feedback"] = serialize_feedback(run.feedback, OWNER)
    if run.expected is not None or run.expected_files:
        document["expected"] = {
            "output": run.expected,
            "files": [{"name": name} for name in run.expected_files],
        }
    return document


def _serialize_step(step: StepState) -> dict[str, Any]:
    return {
        "stepName": step.name,
        "status": step.status,
        "outputData": step.output,
        "error": step.error,
        "overridden": step.overridden,
        "startedAt": format_optional_timestamp(step.started_at),
        "completedAt": format_optional_timestamp(step.completed_at),
    }


def _serialize_usage(run: RunRecord) -> dict[str, Any]:
    used = run.usage
    document: dict[str, Any] = {
        "tokens": {
            "input": used.get("input"),
            "output": used.get("output"),
            "cacheRead": None,
            "cacheWrite": None,
        },
        "creditsCharged": used.get("creditsCharged", 0),
        "durationMs": run.duration_ms,
    }
    for name in ("llmCallCount", "ocrPagesProcessed", "agentTurns"):
        if name in used:
            document[name] = used[name]
    return document


def _serialize_debug(run: RunRecord) -> dict[str, Any]:
    phases: list[dict[str, Any]] = []
    if run.started_at is not None:
        queue_seconds = (run.started_at - run.created_at).total_seconds() * 1000
        phases.append({"phase": "queue", "durationMs": round(queue_seconds)})
        phases.append({"phase": "run", "durationMs": run.duration_ms})
    return {"observability": {"phases": phases}, "traceId": f"trace_{run.id}"}
