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
        _get: Callable[..., Any] = raw.get
        issues = _item_list("issues", _models.ApiErrorIssue.from_dict, _get("issues"))
        if type(request_id := _get("requestId")) is not str:
            _mistyped("requestId", "a string", request_id)
        if (hint := _get("hint")) is not None and type(hint) is not str:
            _mistyped("hint", "a string", hint)
        if (docs_url := _get("docsUrl")) is not None and type(docs_url) is not str:
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
