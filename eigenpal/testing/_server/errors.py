"""Answers that say no: every refusal is a `Problem`, and every `Problem` becomes the documented envelope."""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

ROOT = "<root>"
"""The field of an issue that concerns the request as a whole."""


@dataclass(frozen=True)
class Issue:
    """One thing that was wrong, and where."""

    field: str
    message: str
    code: str = "invalid_value"

    def document(self) -> dict[str, Any]:
        """Return the issue as the envelope holds it."""
        return {"field": self.field, "message": self.message, "code": self.code, "severity": "error"}


class Problem(Exception):
    """A request that is answered with an error envelope."""

    def __init__(
        self,
        status: int,
        issues: Sequence[Issue],
        *,
        hint: str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(issues[0].message)
        self.status = status
        self.issues: tuple[Issue, ...] = tuple(issues)
        self.hint = hint
        self.headers: dict[str, str] = dict(headers or {})

    def envelope(self, request_id: str) -> dict[str, Any]:
        """Return the body of the answer."""
        document: dict[str, Any] = {"issues": [issue.document() for issue in self.issues], "requestId": request_id}
        if self.hint is not None:
            document["hint"] = self.hint
        return document


@contextmanager
def as_value_error() -> Generator[None, None, None]:
    """Turn a refusal into a ValueError, for calls that come from the same process and not over the API."""
    try:
        yield
    except Problem as problem:
        raise ValueError(f"{problem}. {problem.hint}" if problem.hint else str(problem)) from None


def invalid(field: str, message: str, code: str = "invalid_value") -> Problem:
    """Return the refusal of one field."""
    return Problem(400, [Issue(field, message, code)])


def not_found(what: str, *, field: str = ROOT, hint: str | None = None) -> Problem:
    """Return the refusal for something that is not there."""
    return Problem(404, [Issue(field, what, "not_found")], hint=hint)


def forbidden(message: str, code: str, *, hint: str | None = None) -> Problem:
    """Return the refusal of something that exists but may not be done."""
    return Problem(403, [Issue(ROOT, message, code)], hint=hint)


def too_large(message: str) -> Problem:
    """Return the refusal of a body beyond a limit."""
    return Problem(413, [Issue("body", message, "too_large")], headers={"connection": "close"})


def status_problem(status: int, message: str | None = None, *, headers: Mapping[str, str] | None = None) -> Problem:
    """Return a refusal of any status, with the code and message that usually go with it."""
    code, usual = _USUAL.get(status, ("error", f"The server answered {status}"))
    return Problem(status, [Issue(ROOT, message or usual, code)], headers=headers)


_USUAL: Mapping[int, tuple[str, str]] = {
    400: ("invalid_value", "The request is not valid"),
    401: ("unauthorized", "API key is not valid"),
    402: ("payment_required", "The organization has no credits left"),
    403: ("forbidden", "The API key may not do this"),
    404: ("not_found", "Not found"),
    405: ("method_not_allowed", "This path does not take this method"),
    408: ("request_timeout", "The request did not arrive in time"),
    409: ("conflict", "The request conflicts with the current state"),
    413: ("too_large", "The request is too large"),
    429: ("rate_limited", "Too many requests"),
    500: ("internal_error", "Unexpected failure"),
    502: ("bad_gateway", "The upstream server gave no usable answer"),
    503: ("unavailable", "The service is not available right now"),
    504: ("gateway_timeout", "The upstream server did not answer in time"),
}
