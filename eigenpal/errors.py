"""The exceptions of this package, one class for each failure that you may want to handle differently.

Every error raised for a request is an `EigenpalError`, so one ``except EigenpalError`` catches them all. Use the
subclasses to handle some of them separately:

```python
try:
    run = client.run("workflows.extract-invoice", {"contract": Path("contract.pdf")})
except EigenpalValidationError as error:
    for issue in error.issues:
        print(issue.field, issue.message)
except EigenpalRateLimitError as error:
    print("retry after", error.retry_after, "seconds")
except EigenpalError as error:
    print(error, error.status, error.request_id)
```

Errors can be copied and pickled with all their attributes, and contain no credentials. If an operation sends or returns
secrets, such as ``source.decrypt_secrets``, its errors do not quote the response. An invalid argument raises a
``TypeError`` or ``ValueError`` before a request is sent, and a file that cannot be
read raises an ``OSError``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar, cast

import eigenpal
from eigenpal_generated.decoding import set_field_error

__all__ = [
    "EigenpalAuthError",
    "EigenpalConnectionError",
    "EigenpalDownloadError",
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
    """One problem reported by the server: a dict of all its keys, with attributes for the documented ones."""

    @property
    def field(self) -> str:
        """Path of the invalid value, such as ``input.contract``; ``<root>`` for the request as a whole."""
        return self._text("field") or "<root>"

    @property
    def message(self) -> str:
        """Description of the problem, as sent by the server."""
        return self._text("message") or ""

    @property
    def code(self) -> str | None:
        """Machine-readable code, such as ``invalid_value``."""
        return self._text("code")

    @property
    def severity(self) -> str | None:
        """``error`` or ``warning``."""
        return self._text("severity")

    def _text(self, name: str) -> str | None:
        value = self.get(name)
        return value if isinstance(value, str) else None


class EigenpalError(Exception):
    """Base class of all errors. Raised directly if no subclass fits, as for a 409, 413 or 422, or a closed client."""

    message: str
    """What went wrong; the server's own message if it sent one."""
    status: int
    """HTTP status code; 0 if there was no response."""
    request_id: str | None
    """Id of the request. Include it when you contact support."""
    envelope: dict[str, Any] | None
    """Decoded body of the error response, up to 100 levels deep; None if it is not a JSON object.

    Of operations that send or return secrets, only the documented properties of an error.
    """
    retry_after: float | None
    """Seconds to wait before retrying, as requested by the server."""
    operation: str | None
    """Name of the called method in the client tree, such as ``runs.get``."""
    hint: str | None
    """Suggestion for fixing the problem; the server's own only if `outcome_unknown` is False."""
    outcome_unknown: bool
    """Whether the request may have taken effect although it failed. Sending it again could then repeat the effect."""
    idempotency_key: str | None
    """The Idempotency-Key that was sent with a POST, such as the start of a run: yours or a random one. Otherwise None.

    A run that was started with your `idempotency_key` can be found with ``client.runs.find_started``.
    """

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
        idempotency_key: str | None = None,
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
        self.idempotency_key = idempotency_key

    @property
    def issues(self) -> list[Issue]:
        """Problems reported by the server; empty if there are none."""
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
        # The default calls the class with `args` only, which would lose everything but the message.
        return _restore_error, (type(self), self.args, dict(self.__dict__))


_TError = TypeVar("_TError", bound=EigenpalError)


def _restore_error(kind: type[_TError], args: tuple[Any, ...], state: dict[str, Any]) -> _TError:
    error = kind.__new__(kind, *args)
    error.args = args
    error.__dict__.update(state)
    return error


class EigenpalValidationError(EigenpalError):
    """The request is invalid (400); `issues` lists the problems, field by field.

    Sending the same request again does not help.
    """


class EigenpalAuthError(EigenpalError):
    """The API key is missing, unknown or revoked (401). Check ``api_key`` or ``EIGENPAL_API_KEY``."""


class EigenpalForbiddenError(EigenpalError):
    """The API key is valid but lacks permission for this, or the automation cannot be started over the API (403)."""


class EigenpalNotFoundError(EigenpalError):
    """The resource does not exist, or the API key's organization has no access to it (404)."""


class EigenpalRateLimitError(EigenpalError):
    """Rate limit exceeded, even after all retries (429). Wait `retry_after` seconds before the next request."""


class EigenpalServerError(EigenpalError):
    """The server failed (500 and above), even after all retries if the request is safe to retry.

    For the start of a run, `outcome_unknown` is set if the run may have started.
    """


class EigenpalTimeoutError(EigenpalError, TimeoutError):
    """A request, or the wait for a run, took longer than its ``timeout_seconds``. Also a ``TimeoutError``.

    If the wait took too long, the run continues; resume with ``client.runs.wait(error.run_id)``.
    """

    run_id: str | None
    """Id of the run that did not finish in time; None if a single request timed out."""
    last_run: eigenpal.types.Run | None
    """That run as returned by the last successful poll; None if there was none."""

    def __init__(
        self, message: str, *, run_id: str | None = None, last_run: eigenpal.types.Run | None = None, **details: Any
    ) -> None:
        super().__init__(message, **details)
        self.run_id = run_id
        self.last_run = last_run


class EigenpalConnectionError(EigenpalError, ConnectionError):
    """The connection failed, or broke before the response was complete. Also a ``ConnectionError``.

    Raised after all retries if the request is safe to retry. For others, such as the start of a run, `outcome_unknown`
    is set if the request may have reached the server.
    """

    is_tls_failure: bool
    """Whether the TLS handshake failed, for example because the certificate is not trusted. Retrying does not help."""
    is_proxy_refusal: bool
    """Whether a proxy refused to connect to the server, for example with 407, because it requires credentials. Retrying
    does not help."""

    def __init__(
        self, message: str, *, is_tls_failure: bool = False, is_proxy_refusal: bool = False, **details: Any
    ) -> None:
        super().__init__(message, **details)
        self.is_tls_failure = is_tls_failure
        self.is_proxy_refusal = is_proxy_refusal


class EigenpalResponseError(EigenpalError):
    """The response does not match the API: HTML, broken JSON, another object, or an unexpected redirect.

    The usual reason is a ``base_url`` that does not point to Eigenpal, or a proxy that responded instead.

    A field that is missing, null or of the wrong type does not make the call fail. Reading its attribute raises this
    error, which is then also an ``AttributeError``, while ``run["timing"]`` and ``run.to_dict()`` have what the server
    sent.
    """

    body: Any
    """The response body: decoded JSON, up to 100 levels deep, if possible, otherwise the first few kilobytes.

    None for operations that send or return secrets, and if reading an attribute raised the error.
    """
    field: str | None
    """Path of the field that is wrong, such as ``timing.createdAt``; None if the problem is not a single field."""

    def __init__(self, message: str, *, body: Any = None, field: str | None = None, **details: Any) -> None:
        super().__init__(message, **details)
        self.body = body
        self.field = field


class EigenpalMissingFieldError(EigenpalResponseError, AttributeError):
    """An attribute was read whose field the server did not send as documented. Also an ``AttributeError``."""


def make_missing_field_error(
    reason: str,
    field: str,
    *,
    operation: str | None = None,
    status: int = 0,
    request_id: str | None = None,
    run_id: str | None = None,
) -> EigenpalMissingFieldError:
    """Make the error for reading an attribute whose field could not be decoded.

    Args:
        reason: A clause that names the field.
        field: The path of the field.
        operation: The operation that returned the response.
        status: The status of the response.
        request_id: The id of the request.
        run_id: The id of the run that the operation has started.
    """
    message = reason if operation is None else f"unexpected response to {operation}: {reason}"
    hint = "The server may use another version of the API than this package; to_dict() returns what it sent."
    if run_id is not None:
        hint = f"The run {run_id} has been started. {hint}"
    return EigenpalMissingFieldError(
        message, field=field, operation=operation, status=status, request_id=request_id, hint=hint
    )


set_field_error(make_missing_field_error)


class EigenpalRunFailedError(EigenpalError):
    """A run ended with a status other than ``completed``. Raised by methods called with ``raise_on_failure=True``."""

    run: eigenpal.types.Run
    """The run. Its status is ``run.execution.status``, the reason is ``run.error``."""

    def __init__(self, run: eigenpal.types.Run, message: str | None = None, **details: Any) -> None:
        if message is None:
            # The message is for people; what the server did not send must not replace the error.
            error: str | None = getattr(run, "error", None)
            status: str = getattr(getattr(run, "execution", None), "status", "unknown")
            message = f"the run {run.id} ended with status {status}{f': {error}' if error else ''}"
        super().__init__(message, **details)
        self.run = run


class EigenpalDownloadError(EigenpalError):
    """``download_all`` could not save some of the artifacts. The others were saved.

    The first failure is also the ``__cause__``.
    """

    saved: list[eigenpal.types.SavedArtifact]
    """The artifacts that were saved."""
    failed: list[eigenpal.types.FailedArtifact]
    """The artifacts that were not saved, each with its error."""

    def __init__(
        self,
        message: str,
        *,
        saved: Sequence[eigenpal.types.SavedArtifact] = (),
        failed: Sequence[eigenpal.types.FailedArtifact] = (),
        **details: Any,
    ) -> None:
        super().__init__(message, **details)
        self.saved = list(saved)
        self.failed = list(failed)
