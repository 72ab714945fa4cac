# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `ApiErrorEnvelope`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

import attrs

from eigenpal_generated import models as _models
from eigenpal_generated.runtime import (
    Model,
    decode_list as _decode_list,
    decode_object as _decode_object,
    get_or_none as _get_or_none,
    make_mutable as _make_mutable,
    raise_type_error as _raise_type_error,
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
            raw = _decode_object(raw)
        try:
            issues = raw["issues"]
            request_id = raw["requestId"]
        except KeyError:
            issues, request_id = _get_or_none(raw, "issues", "requestId")
        hint = raw.get("hint")
        docs_url = raw.get("docsUrl")
        issues = _decode_list("issues", _models.decode_api_error_issue, issues)
        if request_id.__class__ is not str:
            _raise_type_error("requestId", "a string", request_id)
        if hint is not None and hint.__class__ is not str:
            _raise_type_error("hint", "a string", hint)
        if docs_url is not None and docs_url.__class__ is not str:
            _raise_type_error("docsUrl", "a string", docs_url)
        self = _make_mutable_api_error_envelope()
        self.issues = issues
        self.request_id = request_id
        self.hint = hint
        self.docs_url = docs_url
        self._raw = raw
        self.__class__ = ApiErrorEnvelope
        decoded: ApiErrorEnvelope = self
        return decoded


_make_mutable_api_error_envelope = _make_mutable(ApiErrorEnvelope)
decode_api_error_envelope: Callable[[Mapping[str, Any]], ApiErrorEnvelope] = ApiErrorEnvelope.from_dict
