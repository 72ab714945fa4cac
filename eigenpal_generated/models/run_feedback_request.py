# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `RunFeedbackRequest`."""

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
    decode_object as _decode_object,
    decode_str as _decode_str,
    make_nullable_decoder as _make_nullable_decoder,
    raise_mismatch as _raise_mismatch,
)
from eigenpal_generated.encoding import UNSET, Unset


@_define(frozen=True, eq=False, repr=False, kw_only=True)
class RunFeedbackRequest(Model):
    """Changes to the feedback on a run. Omitted properties are unchanged, and None clears a property.

    `feedback`, `feedback_rating` and `feedback_status` are aliases of `body`, `rating` and `status`; use the short
    names.
    """

    body: str | Unset | None = UNSET
    """Comment of the reviewer. None clears it."""
    feedback: str | Unset | None = UNSET
    """Alias of `body`; use that instead. None clears it."""
    rating: _models.FeedbackRating | Unset | None = UNSET
    """Rating of the run. One of `pass`, `fail`, `partial`. None clears it."""
    feedback_rating: _models.FeedbackRating | Unset | None = UNSET
    """Alias of `rating`; use that instead. One of `pass`, `fail`, `partial`. None clears it."""
    status: _models.FeedbackStatus | Unset | None = UNSET
    """Status of the feedback. One of `open`, `resolved`, `ignored`. None clears it."""
    feedback_status: _models.FeedbackStatus | Unset | None = UNSET
    """Alias of `status`; use that instead. One of `open`, `resolved`, `ignored`. None clears it."""
    expected: Any | Unset = UNSET
    """Expected output of the run: any JSON value. None clears it."""

    _wire_names: ClassVar[Mapping[str, str]] = {
        "body": "body",
        "feedback": "feedback",
        "rating": "rating",
        "feedback_rating": "feedbackRating",
        "status": "status",
        "feedback_status": "feedbackStatus",
        "expected": "expected",
    }
    _sent_as_null: ClassVar[frozenset[str]] = frozenset(
        (
            "body",
            "feedback",
            "rating",
            "feedback_rating",
            "status",
            "feedback_status",
            "expected",
        )
    )

    @classmethod
    def _decoders(cls) -> dict[str, Callable[[Any], Any]]:
        return {
            "body": _make_nullable_decoder(_decode_str),
            "feedback": _make_nullable_decoder(_decode_str),
            "rating": _make_nullable_decoder(_decode_str),
            "feedback_rating": _make_nullable_decoder(_decode_str),
            "status": _make_nullable_decoder(_decode_str),
            "feedback_status": _make_nullable_decoder(_decode_str),
            "expected": _decode_any,
        }


_make_mutable_run_feedback_request = _make_mutable(RunFeedbackRequest)


def _read_run_feedback_request(raw: Any, /) -> Any:
    if raw.__class__ is not dict:
        raw = _decode_object(raw)
    body = raw.get("body", UNSET)
    feedback = raw.get("feedback", UNSET)
    rating = raw.get("rating", UNSET)
    feedback_rating = raw.get("feedbackRating", UNSET)
    status = raw.get("status", UNSET)
    feedback_status = raw.get("feedbackStatus", UNSET)
    expected = raw.get("expected", UNSET)
    if (
        (body is not UNSET and body is not None and body.__class__ is not str)
        or (feedback is not UNSET and feedback is not None and feedback.__class__ is not str)
        or (rating is not UNSET and rating is not None and rating.__class__ is not str)
        or (feedback_rating is not UNSET and feedback_rating is not None and feedback_rating.__class__ is not str)
        or (status is not UNSET and status is not None and status.__class__ is not str)
        or (feedback_status is not UNSET and feedback_status is not None and feedback_status.__class__ is not str)
    ):
        _raise_mismatch(raw)
    self = _make_mutable_run_feedback_request()
    self.body = body
    self.feedback = feedback
    self.rating = rating
    self.feedback_rating = feedback_rating
    self.status = status
    self.feedback_status = feedback_status
    self.expected = expected
    self._raw = raw
    self.__class__ = RunFeedbackRequest
    return self


decode_run_feedback_request: Callable[[Any], RunFeedbackRequest] = _register(
    RunFeedbackRequest, _read_run_feedback_request
)
