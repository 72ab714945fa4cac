# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""Create or update the feedback on a run.

`runs.feedback.update`: PATCH /api/v1/runs/{id}/feedback
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from eigenpal_generated import base_models, decoding, encoding, models
from eigenpal_generated.encoding import UNSET, Unset
from eigenpal_generated.runtime import Request, Response


def request(
    id: str,
    *,
    body: str | Unset | None = UNSET,
    feedback: str | Unset | None = UNSET,
    rating: models.FeedbackRating | Unset | None = UNSET,
    feedback_rating: models.FeedbackRating | Unset | None = UNSET,
    status: models.FeedbackStatus | Unset | None = UNSET,
    feedback_status: models.FeedbackStatus | Unset | None = UNSET,
    expected: Any = UNSET,
    request_body: models.RunFeedbackRequest | Mapping[str, Any] | None = None,
) -> Request:
    """Build the request."""
    return Request(
        operation="runs.feedback.update",
        method="PATCH",
        path=f"/api/v1/runs/{encoding.encode_path_segment('id', id)}/feedback",
        json=encoding.make_json_body(
            request_body,
            nullable={
                "body": body,
                "feedback": feedback,
                "rating": rating,
                "feedbackRating": feedback_rating,
                "status": status,
                "feedbackStatus": feedback_status,
                "expected": expected,
            },
            names={"feedbackRating": "feedback_rating", "feedbackStatus": "feedback_status"},
            whole="request_body",
        ),
    )


def parse(response: Response) -> dict[str, Any]:
    """Decode the response."""
    return base_models.read(decoding.decode_object, response.data, response.context)
