# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The model `ApiErrorIssue`."""

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
    decode_object as _decode_object,
    decode_str as _decode_str,
    get_or_none as _get_or_none,
    raise_mismatch as _raise_mismatch,
)


@_define(frozen=True, eq=False, repr=False, kw_only=True)
class ApiErrorIssue(Model):
    """One problem with a request."""

    field: str
    """Field the problem is about, such as `body.input.currency`. `<root>` means the whole request."""
    message: str
    """Human-readable description of the problem."""
    code: str
    """Machine-readable code of the problem, such as `invalid_value` or `not_found`. New codes may be added."""
    severity: _models.ErrorSeverity
    """Severity of the issue. One of `error`, `warning`."""

    _wire_names: ClassVar[Mapping[str, str]] = {
        "field": "field",
        "message": "message",
        "code": "code",
        "severity": "severity",
    }
    _sent_as_null: ClassVar[frozenset[str]] = frozenset(
        (
            "field",
            "message",
            "code",
            "severity",
        )
    )

    @classmethod
    def _decoders(cls) -> dict[str, Callable[[Any], Any]]:
        return {
            "field": _decode_str,
            "message": _decode_str,
            "code": _decode_str,
            "severity": _decode_str,
        }


_make_mutable_api_error_issue = _make_mutable(ApiErrorIssue)


def _read_api_error_issue(raw: Any, /) -> Any:
    if raw.__class__ is not dict:
        raw = _decode_object(raw)
    try:
        field = raw["field"]
        message = raw["message"]
        code = raw["code"]
        severity = raw["severity"]
    except KeyError:
        field, message, code, severity = _get_or_none(raw, "field", "message", "code", "severity")
    if (
        field.__class__ is not str
        or message.__class__ is not str
        or code.__class__ is not str
        or severity.__class__ is not str
    ):
        _raise_mismatch(raw)
    self = _make_mutable_api_error_issue()
    self.field = field
    self.message = message
    self.code = code
    self.severity = severity
    self._raw = raw
    self.__class__ = ApiErrorIssue
    return self


decode_api_error_issue: Callable[[Any], ApiErrorIssue] = _register(ApiErrorIssue, _read_api_error_issue)
