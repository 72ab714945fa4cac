"""What can go wrong, one class for each thing that a caller may want to treat differently.

Every error of this package is an `EigenpalError`, so one ``except EigenpalError`` is enough; the subclasses say what
happened::

    try:
        run = client.run("workflows.extract-invoice", {"contract": Path("contract.pdf")})
    except EigenpalValidationError as error:
        for issue in error.issues:
            print(issue.field, issue.message)
    except EigenpalRateLimitError as error:
        print("try again in", error.retry_after, "seconds")
    except EigenpalError as error:
        print(error, error.status, error.request_id)

The errors can be copied and pickled with everything they carry, and none of them holds a credential. Arguments that
cannot be sent are a ``TypeError`` or ``ValueError``, raised before anything is; so is a file that cannot be read an
``OSError``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar, cast

if TYPE_CHECKING:
    from collections.abc import Mapping

    from eigenpal_generated.models import Run

__all__ = [
    "EigenpalAuthError",
    "EigenpalConnectionError",
    "EigenpalError",
    "EigenpalForbiddenError",
    "EigenpalNotFoundError",
    "EigenpalRateLimitError",
    "EigenpalResponseError",
    "EigenpalRunFailedError",
    "EigenpalServerError",
    "EigenpalTimeoutError",
    "EigenpalValidationError",
    "Issue",
]


class Issue(dict[str, Any]):
    """One problem the server found; attributes for what is documented, and a dict of all that came."""

    @property
    def field(self) -> str:
        """The place in the request, such as ``input.contract``; ``<root>`` for the request as a whole."""
        return self._text("field") or "<root>"

    @property
    def message(self) -> str:
        """The server's words."""
        return self._text("message") or ""

    @property
    def code(self) -> str | None:
        """What programs may tell problems apart by, such as ``invalid_value``."""
        return self._text("code")

    @property
    def severity(self) -> str | None:
        """``error`` or ``warning``."""
        return self._text("severity")

    def _text(self, name: str) -> str | None:
        value = self.get(name)
        return value if isinstance(value, str) else None


class EigenpalError(Exception):
    """The base of all errors, raised itself where no subclass fits (a 409, 413 or 422, a closed client)."""

    message: str
    """What happened, in the server's words where it gave any."""
    status: int
    """The HTTP status; 0 where there was no answer."""
    request_id: str | None
    """What to give to support: the server's name for the request."""
    envelope: dict[str, Any] | None
    """The decoded error answer as it came, None where it was no JSON object."""
    retry_after: float | None
    """Seconds the server asked to wait before trying again."""
    operation: str | None
    """The place in the client tree, such as ``runs.get``."""
    hint: str | None
    """What to do about it."""
    outcome_unknown: bool
    """True where the request may have been carried out although it failed, so that repeating it might do it twice."""

    def __init__(
        self,
        message: str,
        *,
        status: int = 0,
        request_id: str | None = None,
        envelope: Mapping[str, Any] | None = None,
        retry_after: float | None = None,
        operation: str | None = None,
        hint: str | None = None,
        outcome_unknown: bool = False,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.status = status
        self.request_id = request_id
        self.envelope = None if envelope is None else dict(envelope)
        self.retry_after = retry_after
        self.operation = operation
        self.hint = hint
        self.outcome_unknown = outcome_unknown

    @property
    def issues(self) -> list[Issue]:
        """The problems the server listed; empty where it listed none."""
        listed: object = (self.envelope or {}).get("issues")
        if not isinstance(listed, list):
            return []
        issues: list[Issue] = []
        for entry in cast("list[object]", listed):
            if isinstance(entry, dict):
                issues.append(Issue(cast("dict[str, Any]", entry)))
            elif isinstance(entry, str):
                issues.append(Issue(message=entry))
        return issues

    def __str__(self) -> str:
        sentences = [self.message or "the request failed"]
        if self.hint:
            if sentences[0][-1] not in ".!?":
                sentences[0] += "."
            sentences.append(self.hint)
        facts: list[str] = []
        if self.status:
            facts.append(f"HTTP {self.status}")
        if self.request_id:
            facts.append(f"request id {self.request_id}")
        if facts:
            sentences.append(f"({', '.join(facts)})")
        return " ".join(sentences)

    def __repr__(self) -> str:
        shown = [repr(self.message)]
        if self.status:
            shown.append(f"status={self.status}")
        if self.request_id:
            shown.append(f"request_id={self.request_id!r}")
        return f"{type(self).__name__}({', '.join(shown)})"

    def __reduce__(self) -> tuple[Any, ...]:
        # The default calls the class with `args` alone, which would lose everything but the message.
        return _restored, (type(self), self.args, dict(self.__dict__))


_TError = TypeVar("_TError", bound=EigenpalError)


def _restored(kind: type[_TError], args: tuple[Any, ...], state: dict[str, Any]) -> _TError:
    error = kind.__new__(kind, *args)
    error.args = args
    error.__dict__.update(state)
    return error


class EigenpalValidationError(EigenpalError):
    """The server refused the request as invalid (400); `issues` says what is wrong, field by field.

    Sending the same again will not help.
    """


class EigenpalAuthError(EigenpalError):
    """The API key is missing, unknown or revoked (401); check ``api_key`` or ``EIGENPAL_API_KEY``."""


class EigenpalForbiddenError(EigenpalError):
    """The API key is good, but not for this (403), or starting over the API is switched off for the automation."""


class EigenpalNotFoundError(EigenpalError):
    """There is no such thing (404), or the key's organization cannot see it."""


class EigenpalRateLimitError(EigenpalError):
    """Too many requests (429), also after the client waited and tried again; wait `retry_after` seconds."""


class EigenpalServerError(EigenpalError):
    """The server failed (500 and above), also after the client tried again where that is safe.

    For a run that was being started, `outcome_unknown` tells whether it may have been started all the same.
    """


class EigenpalTimeoutError(EigenpalError, TimeoutError):
    """The time was up: for one request (``timeout_seconds``), or for waiting for a run. Also a ``TimeoutError``.

    A run that was waited for goes on; resume with ``client.runs.wait(error.run_id)``.
    """

    run_id: str | None
    """The run that was waited for; None where a single request took too long."""
    last_run: Run | None
    """That run as it was last seen; None where it never was."""

    def __init__(self, message: str, *, run_id: str | None = None, last_run: Run | None = None, **details: Any) -> None:
        super().__init__(message, **details)
        self.run_id = run_id
        self.last_run = last_run


class EigenpalConnectionError(EigenpalError, ConnectionError):
    """No connection, or one that broke before the answer was complete. Also a ``ConnectionError``.

    Requests that may be repeated were repeated before this was raised. For one that may not, such as the start of a
    run, `outcome_unknown` tells whether it may have reached the server.
    """

    is_tls_failure: bool
    """True where both sides could not agree on a secure connection, or the certificate is not trusted; trying again
    does not help."""

    def __init__(self, message: str, *, is_tls_failure: bool = False, **details: Any) -> None:
        super().__init__(message, **details)
        self.is_tls_failure = is_tls_failure


class EigenpalResponseError(EigenpalError):
    """The answer is not what the API promises: a page of HTML, broken JSON, a field of the wrong type, a redirect.

    Mostly ``base_url`` points at something that is not Eigenpal, or something in between answered in its place.
    """

    body: Any
    """What came: the decoded JSON where it could be decoded, otherwise the first few kilobytes."""
    field: str | None
    """The field that is not as promised, such as ``timing.createdAt``; None where it is not about one."""

    def __init__(self, message: str, *, body: Any = None, field: str | None = None, **details: Any) -> None:
        super().__init__(message, **details)
        self.body = body
        self.field = field


class EigenpalRunFailedError(EigenpalError):
    """A run that was waited for with ``raise_on_failure=True`` ended, but not as completed."""

    run: Run
    """The run, with its status at ``run.execution.status`` and the reason at ``run.error``."""

    def __init__(self, run: Run, message: str | None = None, **details: Any) -> None:
        if message is None:
            reason = f": {run.error}" if run.error else ""
            message = f"the run {run.id} ended as {run.execution.status}{reason}"
        super().__init__(message, **details)
        self.run = run
