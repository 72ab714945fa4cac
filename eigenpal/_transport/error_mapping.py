"""From an answer to what the caller gets: a `Response` or the error that fits; pure, shared by both clients.

An answer comes from whatever stands at ``base_url``: perhaps a proxy, a login page, another product. So nothing about
it is taken for granted, and whatever it holds, the result is one of the two.
"""

from __future__ import annotations

import json
import re
from http import HTTPStatus
from typing import Any, cast

from eigenpal import errors
from eigenpal._options import KEY_VARIABLE, URL_VARIABLE, Secret
from eigenpal._transport.outcomes import RawResponse, TransportFailure
from eigenpal._transport.retry import retry_after
from eigenpal_generated.runtime import DecodeError, Request, Response

_LONGEST_EXCERPT = 200
_KEPT_BODY = 4096
_TITLE = re.compile(r"<title[^>]*>(.{0,1000}?)</title", re.IGNORECASE | re.DOTALL)

BASE_URL_HINT = f"base_url (or {URL_VARIABLE}) looks wrong: it must be the address of Eigenpal itself, without a page."

_ERROR_CLASSES: dict[int, type[errors.EigenpalError]] = {
    400: errors.EigenpalValidationError,
    401: errors.EigenpalAuthError,
    403: errors.EigenpalForbiddenError,
    404: errors.EigenpalNotFoundError,
    429: errors.EigenpalRateLimitError,
}

# Said only where the server gives no hint of its own.
_HINTS: dict[int, str] = {
    401: f"Check the API key: the argument api_key, or {KEY_VARIABLE}.",
    403: "The API key is known, but may not do this.",
    407: "A proxy between here and Eigenpal asks for credentials; see HTTPS_PROXY.",
    408: "The server gave up waiting for the request; try again.",
    413: "Send less at once.",
    429: "Wait, then try again; a larger max_retries makes the client wait by itself.",
}


_TLS_HINT = (
    "Check the certificate of base_url; for one signed by an authority of your own pass "
    "verify_ssl=ssl.create_default_context(cafile=...), for a development host verify_ssl=False."
)

_LONGEST_REASON = 200


def make_response_error(
    request: Request, answer: RawResponse, what: str, hint: str | None = None
) -> errors.EigenpalResponseError:
    return errors.EigenpalResponseError(
        f"the answer to {request.operation} {what}".rstrip(": "),
        body=answer.body[:_KEPT_BODY],
        status=answer.status,
        request_id=answer.headers.get("x-request-id"),
        operation=request.operation,
        hint=hint,
    )


def decode_error(
    request: Request, response: Response, error: DecodeError, secrets: tuple[Secret, ...]
) -> errors.EigenpalResponseError:
    """Make the error for JSON that does not hold what the operation promises."""
    return errors.EigenpalResponseError(
        f"the answer to {request.operation} is not what the API promises: {_redact_value(str(error), secrets)}",
        body=_redact_value(response.data, secrets),
        field=error.field or None,
        status=response.status,
        request_id=_redact_value(response.headers.get("x-request-id"), secrets),
        operation=request.operation,
        hint="The server may speak another version of the API than this package; see error.body for what it sent.",
    )


def error_from_response(request: Request, answer: RawResponse, now: float) -> errors.EigenpalError:
    """Make the error for an answer that is no success.

    Args:
        request: What was asked.
        answer: What came; its body has to be free of credentials, see `redact`.
        now: The time in seconds since 1970, for a Retry-After that is a date.
    """
    status = answer.status
    headers = answer.headers
    envelope = _parse_envelope(answer.body)
    message = None if envelope is None else _extract_message(status, envelope)
    hint = _get_text(envelope, "hint") or _HINTS.get(status)
    details: dict[str, Any] = {
        "status": status,
        "request_id": _get_text(envelope, "requestId") or headers.get("x-request-id") or None,
        "envelope": envelope,
        "retry_after": retry_after(headers.get("retry-after"), headers.get("date"), now),
        "operation": request.operation,
    }
    if message is None:
        is_page = "html" in headers.get("content-type", "").lower()
        shown = excerpt(answer.body)
        message = f"{request.operation} was answered with {_describe_status(status)}" + (f": {shown}" if shown else "")
        if is_page and status in (400, 404, 405):
            hint = BASE_URL_HINT
    details["hint"] = (
        " ".join(part for part in (_describe_other_issues(envelope), hint, _format_docs_link(envelope)) if part) or None
    )
    if status < 400:
        return errors.EigenpalResponseError(message, body=answer.body[:_KEPT_BODY], **details)
    kind = errors.EigenpalServerError if status >= 500 else _ERROR_CLASSES.get(status, errors.EigenpalError)
    return kind(message, **details)


def redact(answer: RawResponse, secrets: tuple[Secret, ...]) -> RawResponse:
    """Take what is secret out of an answer that becomes an error: some servers repeat what they were sent."""
    headers: dict[str, str] = _redact_value(dict(answer.headers), secrets)
    return answer._replace(headers=headers, body=_redact_value(answer.body, secrets))


def redact_failure(failure: TransportFailure, secrets: tuple[Secret, ...]) -> TransportFailure:
    """Redact a failure: some libraries quote the line that is not HTTP."""
    return failure._replace(reason=_redact_value(failure.reason, secrets))


def _redact_value(value: Any, secrets: tuple[Secret, ...]) -> Any:
    if isinstance(value, str):
        for secret in secrets:
            value = value.replace(secret.reveal(), "***")
        return value
    if isinstance(value, bytes):
        for secret in secrets:
            value = value.replace(secret.reveal().encode(), b"***")
        return value
    if isinstance(value, dict):
        return {name: _redact_value(item, secrets) for name, item in cast("dict[str, Any]", value).items()}
    if isinstance(value, list):
        return [_redact_value(item, secrets) for item in cast("list[object]", value)]
    return value


def _parse_envelope(body: bytes) -> dict[str, Any] | None:
    try:
        decoded: object = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return cast("dict[str, Any]", decoded) if isinstance(decoded, dict) else None


def _extract_message(status: int, envelope: dict[str, Any]) -> str | None:
    """Return the server's own words, from the documented envelope or from the other forms servers use."""
    issues = errors.EigenpalError("", envelope=envelope).issues
    if issues and issues[0].message:
        first = issues[0]
        return first.message if status != 400 or first.field == "<root>" else f"{first.field}: {first.message}"
    for name in ("error", "message", "detail", "title"):
        value: object = envelope.get(name)
        if isinstance(value, dict):
            value = cast("dict[str, object]", value).get("message")
        if isinstance(value, str) and value.strip():
            return value
    return None


def _describe_other_issues(envelope: dict[str, Any] | None) -> str | None:
    count = len(errors.EigenpalError("", envelope=envelope).issues) - 1
    if count < 1:
        return None
    return f"There {'is one more issue' if count == 1 else f'are {count} more issues'} in error.issues."


def _format_docs_link(envelope: dict[str, Any] | None) -> str | None:
    address = _get_text(envelope, "docsUrl")
    return None if address is None else f"See {address}"


def _get_text(envelope: dict[str, Any] | None, name: str) -> str | None:
    value = None if envelope is None else envelope.get(name)
    return value if isinstance(value, str) and value.strip() else None


def _describe_status(status: int) -> str:
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)


def excerpt(body: bytes) -> str:
    """Return the beginning of a body as one printable line; of a page, its title."""
    text = body[:_KEPT_BODY].decode("utf-8", "replace")
    title = _TITLE.search(text)
    words = " ".join((title[1] if title else text).split())
    words = "".join(character if character.isprintable() else "?" for character in words)
    if not words:
        return ""
    return repr(words[:_LONGEST_EXCERPT] + ("..." if len(words) > _LONGEST_EXCERPT else ""))


# --- failures ---


def error_from_failure(
    request: Request, failure: TransportFailure, *, where: str, timeout: float, attempts: int
) -> errors.EigenpalError:
    """Make the error for a request without a complete answer.

    Args:
        request: What was asked.
        failure: What came instead.
        where: Scheme, host and port it was sent to.
        timeout: The seconds it was given.
        attempts: How often it was sent.
    """
    details: dict[str, Any] = {"operation": request.operation}
    because = f": {failure.reason[:_LONGEST_REASON]}" if failure.reason else ""
    tries = "" if attempts <= 1 else f" ({attempts} attempts)"
    kind = failure.kind
    if kind == "connect_error":
        return errors.EigenpalConnectionError(
            f"could not connect to {where}{because}{tries}", hint="Check base_url and the network.", **details
        )
    if kind == "tls":
        return errors.EigenpalConnectionError(
            f"no secure connection to {where}{because}", is_tls_failure=True, hint=_TLS_HINT, **details
        )
    if kind == "connect_timeout":
        return errors.EigenpalTimeoutError(
            f"no connection to {where} within {_format_seconds(timeout)}{because}{tries}",
            hint="Check base_url and the network.",
            **details,
        )
    if kind == "deadline_exceeded":
        return errors.EigenpalTimeoutError(
            f"{request.operation} was not sent to {where}: the time was over before{tries}",
            hint="Give it longer with timeout_seconds.",
            **details,
        )
    if kind == "timeout":
        return errors.EigenpalTimeoutError(
            f"{request.operation} was not answered by {where} within {_format_seconds(timeout)}{because}{tries}",
            hint="Give it longer with timeout_seconds.",
            **details,
        )
    if kind == "connection_lost":
        return errors.EigenpalConnectionError(
            f"the connection to {where} broke before {request.operation} was answered{because}{tries}", **details
        )
    if kind == "file":
        return errors.EigenpalError(f"{request.operation} was not sent completely: {failure.reason}", **details)
    return errors.EigenpalResponseError(
        f"the answer to {request.operation} {failure.reason}", status=failure.status, **details
    )


def _format_seconds(value: float) -> str:
    return f"{value:.3g} s"


def mark_outcome_unknown(request: Request, error: errors.EigenpalError) -> None:
    """Say on an error that the request may have been carried out, and what to do before sending it again."""
    error.outcome_unknown = True
    if request.starts_run:
        warning = "The run may have started; look for it with client.runs.list() before starting it again."
    else:
        warning = "The request may have been carried out; check before repeating it."
    error.hint = f"{warning} {error.hint}" if error.hint else warning
