# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `RunFeedback`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, ClassVar

from eigenpal_generated.base_models import (
    Model,
    define as _define,
    make_mutable as _make_mutable,
    register as _register,
)
from eigenpal_generated.decoding import (
    decode_datetime as _decode_datetime,
    decode_object as _decode_object,
    decode_str as _decode_str,
    get_or_none as _get_or_none,
    make_nullable_decoder as _make_nullable_decoder,
    parse_datetime as _parse_datetime,
    raise_mismatch as _raise_mismatch,
)


@_define(frozen=True, eq=False, repr=False, kw_only=True)
class RunFeedback(Model):
    """Feedback on a run."""

    rating: str | None
    """Rating of the run, such as `pass`, `fail` or `partial`. None if not set."""
    status: str | None
    """Status of the feedback, such as `open`, `resolved` or `ignored`. None if not set."""
    body: str
    """Comment of the reviewer."""
    created_at: datetime | None
    """When it was created, in UTC. None if unknown."""
    created_by: str | None
    """Id of the user who created it. None if unknown."""
    created_by_email: str | None
    """Email address of the user who created it. None if unknown."""
    updated_at: datetime | None
    """When it was last updated, in UTC. None if never."""
    resolved_at: datetime | None
    """When it was resolved, in UTC. None if it is not resolved."""
    resolved_by: str | None
    """Id of the user who resolved it. None if it is not resolved."""
    resolved_by_email: str | None
    """Email address of the user who resolved it. None if it is not resolved."""
    resolved_by_session_id: str | None
    """Id of the session in which it was resolved. None if there is none."""
    promoted_example_name: str | None
    """Name of the example created from the run. None if there is none."""

    _wire_names: ClassVar[Mapping[str, str]] = {
        "rating": "rating",
        "status": "status",
        "body": "body",
        "created_at": "createdAt",
        "created_by": "createdBy",
        "created_by_email": "createdByEmail",
        "updated_at": "updatedAt",
        "resolved_at": "resolvedAt",
        "resolved_by": "resolvedBy",
        "resolved_by_email": "resolvedByEmail",
        "resolved_by_session_id": "resolvedBySessionId",
        "promoted_example_name": "promotedExampleName",
    }
    _sent_as_null: ClassVar[frozenset[str]] = frozenset(
        (
            "rating",
            "status",
            "body",
            "created_at",
            "created_by",
            "created_by_email",
            "updated_at",
            "resolved_at",
            "resolved_by",
            "resolved_by_email",
            "resolved_by_session_id",
            "promoted_example_name",
        )
    )

    @classmethod
    def _decoders(cls) -> dict[str, Callable[[Any], Any]]:
        return {
            "rating": _make_nullable_decoder(_decode_str),
            "status": _make_nullable_decoder(_decode_str),
            "body": _decode_str,
            "created_at": _make_nullable_decoder(_decode_datetime),
            "created_by": _make_nullable_decoder(_decode_str),
            "created_by_email": _make_nullable_decoder(_decode_str),
            "updated_at": _make_nullable_decoder(_decode_datetime),
            "resolved_at": _make_nullable_decoder(_decode_datetime),
            "resolved_by": _make_nullable_decoder(_decode_str),
            "resolved_by_email": _make_nullable_decoder(_decode_str),
            "resolved_by_session_id": _make_nullable_decoder(_decode_str),
            "promoted_example_name": _make_nullable_decoder(_decode_str),
        }


_make_mutable_run_feedback = _make_mutable(RunFeedback)


def _read_run_feedback(raw: Any, /) -> Any:
    if raw.__class__ is not dict:
        raw = _decode_object(raw)
    try:
        rating = raw["rating"]
        status = raw["status"]
        body = raw["body"]
        created_at = raw["createdAt"]
        created_by = raw["createdBy"]
        created_by_email = raw["createdByEmail"]
        updated_at = raw["updatedAt"]
        resolved_at = raw["resolvedAt"]
        resolved_by = raw["resolvedBy"]
        resolved_by_email = raw["resolvedByEmail"]
        resolved_by_session_id = raw["resolvedBySessionId"]
        promoted_example_name = raw["promotedExampleName"]
    except KeyError:
        (
            rating,
            status,
            body,
            created_at,
            created_by,
            created_by_email,
            updated_at,
            resolved_at,
            resolved_by,
            resolved_by_email,
            resolved_by_session_id,
            promoted_example_name,
        ) = _get_or_none(
            raw,
            "rating",
            "status",
            "body",
            "createdAt",
            "createdBy",
            "createdByEmail",
            "updatedAt",
            "resolvedAt",
            "resolvedBy",
            "resolvedByEmail",
            "resolvedBySessionId",
            "promotedExampleName",
        )
    if created_at is not None:
        created_at = _parse_datetime(created_at)
    if updated_at is not None:
        updated_at = _parse_datetime(updated_at)
    if resolved_at is not None:
        resolved_at = _parse_datetime(resolved_at)
    if (
        (rating is not None and rating.__class__ is not str)
        or (status is not None and status.__class__ is not str)
        or body.__class__ is not str
        or (created_at is not None and created_at.tzinfo is None)
        or (created_by is not None and created_by.__class__ is not str)
        or (created_by_email is not None and created_by_email.__class__ is not str)
        or (updated_at is not None and updated_at.tzinfo is None)
        or (resolved_at is not None and resolved_at.tzinfo is None)
        or (resolved_by is not None and resolved_by.__class__ is not str)
        or (resolved_by_email is not None and resolved_by_email.__class__ is not str)
        or (resolved_by_session_id is not None and resolved_by_session_id.__class__ is not str)
        or (promoted_example_name is not None and promoted_example_name.__class__ is not str)
    ):
        _raise_mismatch(raw)
    self = _make_mutable_run_feedback()
    self.rating = rating
    self.status = status
    self.body = body
    self.created_at = created_at
    self.created_by = created_by
    self.created_by_email = created_by_email
    self.updated_at = updated_at
    self.resolved_at = resolved_at
    self.resolved_by = resolved_by
    self.resolved_by_email = resolved_by_email
    self.resolved_by_session_id = resolved_by_session_id
    self.promoted_example_name = promoted_example_name
    self._raw = raw
    self.__class__ = RunFeedback
    return self


decode_run_feedback: Callable[[Any], RunFeedback] = _register(RunFeedback, _read_run_feedback)
