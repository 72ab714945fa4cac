# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `ApiErrorEnvelope`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

import attrs

from eigenpal_generated import models as _models
from eigenpal_generated.runtime import (
    Model,
    item_list as _item_list,
    mistyped as _mistyped,
    plain_object as _plain_object,
    unfrozen as _unfrozen,
    values_or_none as _values_or_none,
)


@attrs.define(frozen=True, eq=False, repr=False, kw_only=True)
class ApiErrorEnvelope(Model):
    """What went wrong with a request."""

    issues: list[_models.ApiErrorIssue]
    """What is wrong, one entry for each thing."""
    request_id: str
    """Id of the request, the same as in the header `x-request-id`."""
    hint: str | None = None
    """What to do about it, for people. None if there is nothing to suggest."""
    docs_url: str | None = None
    """Address of a page of the documentation that explains more. None if there is none."""

    _wire_names: ClassVar[Mapping[str, str]] = {
        "issues": "issues",
        "request_id": "requestId",
        "hint": "hint",
        "docs_url": "docsUrl",
    }
    _sent_as_null: ClassVar[frozenset[str]] = frozenset(
        (
            "issues",
            "request_id",
        )
    )

    @classmethod
    def from_dict(cls, raw: Mapping[str, Any], /) -> ApiErrorEnvelope:
        """Decode what came over the wire.

        Raises:
            DecodeError: A field is not what the API promises; the error names it.
        """
        if raw.__class__ is not dict:
            raw = _plain_object(raw)
        try:
            issues = raw["issues"]
            request_id = raw["requestId"]
        except KeyError:
            issues, request_id = _values_or_none(raw, "issues", "requestId")
        hint = raw.get("hint")
        docs_url = raw.get("docsUrl")
        issues = _item_list("issues", _models.decode_api_error_issue, issues)
        if request_id.__class__ is not str:
            _mistyped("requestId", "a string", request_id)
        if hint is not None and hint.__class__ is not str:
            _mistyped("hint", "a string", hint)
        if docs_url is not None and docs_url.__class__ is not str:
            _mistyped("docsUrl", "a string", docs_url)
        self = _unfrozen_api_error_envelope()
        self.issues = issues
        self.request_id = request_id
        self.hint = hint
        self.docs_url = docs_url
        self._raw = raw
        self.__class__ = ApiErrorEnvelope
        decoded: ApiErrorEnvelope = self
        return decoded


_unfrozen_api_error_envelope = _unfrozen(ApiErrorEnvelope)
decode_api_error_envelope: Callable[[Mapping[str, Any]], ApiErrorEnvelope] = ApiErrorEnvelope.from_dict
