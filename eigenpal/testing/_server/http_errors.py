"""Error responses: endpoints raise `HttpError`, which is sent as the documented error envelope."""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

ROOT_FIELD = "<root>"
"""The field of an issue that concerns the whole request."""

CONTRACT_VIOLATION_STATUS = 418
"""The status of a response that would violate the API document, or that could not be made.

Clients retry 5xx, and polls also go on after some 4xx, so that the error would only show after minutes. This one is
reserved in HTTP: no client retries it, and no API responds with it.
"""


@dataclass(frozen=True)
class ErrorIssue:
    """One issue of an error envelope."""

    field: str
    message: str
    code: str = "invalid_value"

    def to_json(self) -> dict[str, Any]:
        """Return the issue as JSON."""
        return {"field": self.field, "message": self.message, "code": self.code, "severity": "error"}


class HttpError(Exception):
    """Raised to respond with an error envelope."""

    def __init__(
        self,
        status: int,
        issues: Sequence[ErrorIssue],
        *,
        hint: str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(issues[0].message)
        self.status = status
        self.issues: tuple[ErrorIssue, ...] = tuple(issues)
        self.hint = hint
        self.headers: dict[str, str] = dict(headers or {})

    def envelope(self, request_id: str) -> dict[str, Any]:
        """Return the body of the response."""
        document: dict[str, Any] = {"issues": [issue.to_json() for issue in self.issues], "requestId": request_id}
        if self.hint is not None:
            document["hint"] = self.hint
        return document


@contextmanager
def as_value_error() -> Generator[None, None, None]:
    """Convert an `HttpError` to a ValueError, for calls that do not come through the API."""
    try:
        yield
    except HttpError as error:
        raise ValueError(f"{error}. {error.hint}" if error.hint else str(error)) from None


def bad_request(field: str, message: str, code: str = "invalid_value") -> HttpError:
    """Return the error for an invalid field."""
    return HttpError(400, [ErrorIssue(field, message, code)])


def not_found(what: str, *, field: str = ROOT_FIELD, hint: str | None = None) -> HttpError:
    """Return the error for a missing resource."""
    return HttpError(404, [ErrorIssue(field, what, "not_found")], hint=hint)


def forbidden(message: str, code: str, *, hint: str | None = None) -> HttpError:
    """Return the error for a forbidden operation."""
    return HttpError(403, [ErrorIssue(ROOT_FIELD, message, code)], hint=hint)


def payload_too_large(message: str) -> HttpError:
    """Return the error for a body that exceeds a limit."""
    return HttpError(413, [ErrorIssue("body", message, "too_large")], headers={"connection": "close"})


def contract_violation(messages: Sequence[str], hint: str) -> HttpError:
    """Return the error to send in place of a response that violates the API document."""
    issues = [ErrorIssue(ROOT_FIELD, f"The embedded server failed: {text}", "contract_violation") for text in messages]
    return HttpError(CONTRACT_VIOLATION_STATUS, issues, hint=hint)


def error_for_status(status: int, message: str | None = None, *, headers: Mapping[str, str] | None = None) -> HttpError:
    """Return an error for a status, with its usual code and message."""
    code, default_message = _DEFAULTS.get(status, ("error", f"The server responded with {status}"))
    return HttpError(status, [ErrorIssue(ROOT_FIELD, message or default_message, code)], headers=headers)


_DEFAULTS: Mapping[int, tuple[str, str]] = {
    400: ("invalid_value", "The request is invalid"),
    401: ("unauthorized", "API key is not valid"),
    402: ("payment_required", "The organization has no credits left"),
    403: ("forbidden", "The API key lacks permission for this"),
    404: ("not_found", "Not found"),
    405: ("method_not_allowed", "This path does not support this method"),
    408: ("request_timeout", "The request did not arrive in time"),
    409: ("conflict", "The request conflicts with the current state"),
    413: ("too_large", "The request is too large"),
    429: ("rate_limited", "Too many requests"),
    500: ("internal_error", "Internal server error"),
    502: ("bad_gateway", "The upstream server sent an invalid response"),
    503: ("unavailable", "The service is temporarily unavailable"),
    504: ("gateway_timeout", "The upstream server did not respond in time"),
}
