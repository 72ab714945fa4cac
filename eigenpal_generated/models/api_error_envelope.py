# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `ApiErrorEnvelope`."""

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
    decode_list as _decode_list,
    decode_object as _decode_object,
    decode_str as _decode_str,
    get_or_none as _get_or_none,
    make_list_decoder as _make_list_decoder,
    make_nullable_decoder as _make_nullable_decoder,
    raise_mismatch as _raise_mismatch,
)


@_define(frozen=True, eq=False, repr=False, kw_only=True)
class ApiErrorEnvelope(Model):
    """Body of an error response."""

    issues: list[_models.ApiErrorIssue]
    """What is wrong, one entry per problem."""
    request_id: str
    """Id of the request, the same as in the `x-request-id` header."""
    hint: str | None = None
    """How to fix the problem. None if there is no suggestion."""
    docs_url: str | None = None
    """URL of a documentation page about the problem. None if there is none."""

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
    def _decoders(cls) -> dict[str, Callable[[Any], Any]]:
        return {
            "issues": _make_list_decoder(_models.decode_api_error_issue),
            "request_id": _decode_str,
            "hint": _make_nullable_decoder(_decode_str),
            "docs_url": _make_nullable_decoder(_decode_str),
        }


_make_mutable_api_error_envelope = _make_mutable(ApiErrorEnvelope)


def _read_api_error_envelope(raw: Any, /) -> Any:
    if raw.__class__ is not dict:
        raw = _decode_object(raw)
    try:
        issues = raw["issues"]
        request_id = raw["requestId"]
    except KeyError:
        issues, request_id = _get_or_none(raw, "issues", "requestId")
    hint = raw.get("hint")
    docs_url = raw.get("docsUrl")
    issues = _decode_list(_models.decode_api_error_issue, issues)
    if (
        request_id.__class__ is not str
        or (hint is not None and hint.__class__ is not str)
        or (docs_url is not None and docs_url.__class__ is not str)
    ):
        _raise_mismatch(raw)
    self = _make_mutable_api_error_envelope()
    self.issues = issues
    self.request_id = request_id
    self.hint = hint
    self.docs_url = docs_url
    self._raw = raw
    self.__class__ = ApiErrorEnvelope
    return self


decode_api_error_envelope: Callable[[Any], ApiErrorEnvelope] = _register(ApiErrorEnvelope, _read_api_error_envelope)
