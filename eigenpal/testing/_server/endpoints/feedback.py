"""Feedback on runs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from eigenpal.testing._server.http_errors import bad_request
from eigenpal.testing._server.http_messages import Endpoint, ServerRequest, ServerResponse
from eigenpal.testing._server.run_record import Feedback, RunRecord
from eigenpal.testing._server.serializers import OWNER, serialize_feedback


def get(request: ServerRequest) -> ServerResponse:
    """``GET /runs/{id}/feedback``."""
    return _feedback_response(request.state.runs.get(request.id))


def update(request: ServerRequest) -> ServerResponse:
    """``PATCH /runs/{id}/feedback``: missing fields are unchanged, null clears a field."""
    run, body, now = request.state.runs.get(request.id), request.body, request.state.clock.now()
    texts = _either_spelling(body, "body", "feedback")
    ratings = _either_spelling(body, "rating", "feedbackRating")
    statuses = _either_spelling(body, "status", "feedbackStatus")
    feedback = run.feedback
    if texts or ratings or statuses:
        if feedback is None:
            feedback = run.feedback = Feedback(created_at=now)
        else:
            feedback.updated_at = now
        if texts:
            feedback.body = texts[0] or ""
        if ratings:
            feedback.rating = ratings[0]
        if statuses:
            feedback.status = statuses[0]
            feedback.resolved_at = now if statuses[0] == "resolved" else None
    if "expected" in body:
        run.expected = body["expected"]
    request.state.save_run(run)
    return _feedback_response(run)


def clear(request: ServerRequest) -> ServerResponse:
    """``DELETE /runs/{id}/feedback``."""
    run = request.state.runs.get(request.id)
    run.feedback = None
    request.state.save_run(run)
    return _feedback_response(run)


def _either_spelling(body: Mapping[str, Any], name: str, older: str) -> list[Any]:
    """Return the value of a field with two spellings, in a list that is empty if it is missing."""
    given = [body[spelling] for spelling in (name, older) if spelling in body]
    if len(given) == 2 and given[0] != given[1]:
        raise bad_request(f"body.{older}", f"{older} and {name} are the same field, and their values differ")
    return given[:1]


def _feedback_response(run: RunRecord) -> ServerResponse:
    return ServerResponse(
        json={
            "feedback": serialize_feedback(run.feedback, OWNER),
            "expected": run.expected,
            "expectedFiles": [{"name": name} for name in run.expected_files],
        }
    )


ENDPOINTS: dict[str, Endpoint] = {
    "runs.feedback.get": get,
    "runs.feedback.update": update,
    "runs.feedback.clear": clear,
}
