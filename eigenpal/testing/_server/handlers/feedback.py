"""What reviewers say about runs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from eigenpal.testing._server.call import Answer, Call, Handler
from eigenpal.testing._server.errors import invalid
from eigenpal.testing._server.run import Feedback, Run
from eigenpal.testing._server.views import OWNER, feedback_document


def get(call: Call) -> Answer:
    """``GET /runs/{id}/feedback``."""
    return _detail(call.world.runs.get(call.id))


def update(call: Call) -> Answer:
    """``PATCH /runs/{id}/feedback``: what is left out stays, null clears."""
    run, body, now = call.world.runs.get(call.id), call.body, call.world.clock.now()
    texts = _either(body, "body", "feedback")
    ratings = _either(body, "rating", "feedbackRating")
    statuses = _either(body, "status", "feedbackStatus")
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
    call.world.save_run(run)
    return _detail(run)


def clear(call: Call) -> Answer:
    """``DELETE /runs/{id}/feedback``."""
    run = call.world.runs.get(call.id)
    run.feedback = None
    call.world.save_run(run)
    return _detail(run)


def _either(body: Mapping[str, Any], name: str, older: str) -> list[Any]:
    """Return the value given under one of two spellings, in a list that is empty if there is none."""
    given = [body[one] for one in (name, older) if one in body]
    if len(given) == 2 and given[0] != given[1]:
        raise invalid(f"body.{older}", f"{older} is another spelling of {name}, and the two differ")
    return given[:1]


def _detail(run: Run) -> Answer:
    return Answer(
        json={
            "feedback": feedback_document(run.feedback, OWNER),
            "expected": run.expected,
            "expectedFiles": [{"name": name} for name in run.expected_files],
        }
    )


HANDLERS: dict[str, Handler] = {
    "runs.feedback.get": get,
    "runs.feedback.update": update,
    "runs.feedback.clear": clear,
}
