"""Error mapping: from `RawResponse` and `TransportFailure` to `EigenpalError`.

Every response and failure maps to an error. Results are redacted before (redaction.py).
"""

from __future__ import annotations

import json
import re
from http import HTTPStatus
from typing import Any, cast

from eigenpal import errors
from eigenpal._options import KEY_VARIABLE, URL_VARIABLE, Secret
from eigenpal._transport.network_hints import describe_proxy, hint_at_proxy, hint_for_proxy
from eigenpal._transport.outcomes import RawResponse, TransportFailure
from eigenpal._transport.redaction import make_printable, redact
from eigenpal._transport.retry import parse_retry_after
from eigenpal._transport.tls_hints import TLS_EXPECTED_HINT, find_tls_hint, is_sign_of_tls
from eigenpal_generated.runtime import Request, Response

_MAX_EXCERPT = 200
_MAX_REASON = 200
_MAX_BODY = 4096
_TITLE = r"(?is)<title[^>]*>(.{0,1000}?)</title"

_BASE_URL_HINT = f"Check base_url (or {URL_VARIABLE}): it must be the URL of the deployment, not of a page."
_NETWORK_HINT = "Check base_url and the network."
_TIMEOUT_HINT = "Increase timeout_seconds."
_ERROR_CLASSES: dict[int, type[errors.EigenpalError]] = {
    400: errors.EigenpalValidationError,
    401: errors.EigenpalAuthError,
    403: errors.EigenpalForbiddenError,
    404: errors.EigenpalNotFoundError,
    429: errors.EigenpalRateLimitError,
}

# Used if the response has no hint.
_HINTS: dict[int, str] = {
    401: f"Check the API key (api_key or {KEY_VARIABLE}).",
    403: "The API key is valid but lacks permission for this.",
    413: "The request is larger than the server, or a proxy in front of it, accepts.",
}
_FOREIGN_HINT = (
    "The response is not in the format of the API; a gateway, proxy or firewall may have refused the request."
)


# --- responses --------------------------------------------------------------------------------------------------------


def error_from_response(
    request: Request,
    response: RawResponse,
    secrets: tuple[Secret, ...],
    now: float,
    *,
    is_outcome_unknown: bool = False,
    is_limited_by_max_retries: bool = False,
) -> errors.EigenpalError:
    """Make the error for a response that is not a success.

    Args:
        request: The request.
        response: The response, redacted.
        secrets: What the error may not show. The body may hold it with escapes, which are decoded here.
        now: The time in seconds since 1970, for a Retry-After that is a date.
        is_outcome_unknown: Whether the request may have taken effect.
        is_limited_by_max_retries: Whether the client would have retried the request with a larger ``max_retries``.
    """
    status = response.status
    headers = response.headers
    envelope = redact(_parse_envelope(response.body), secrets)
    message = None if envelope is None else _extract_message(status, envelope)
    retry_after = parse_retry_after(headers.get("retry-after"), headers.get("date"), now)
    details: dict[str, Any] = {
        "status": status,
        "request_id": _get_request_id(response, envelope),
        "envelope": envelope,
        "retry_after": retry_after,
        "operation": request.operation,
    }
    hint = proxy_hint = hint_at_proxy(response, message)
    if not is_outcome_unknown:
        # Otherwise the server's hint, which stays in the envelope, may be to send the request again.
        hint = _get_text(envelope, "hint") or proxy_hint or _HINTS.get(status)
        if hint is None and status in (429, 503):
            hint = _describe_wait(retry_after, is_limited_by_max_retries=is_limited_by_max_retries)
    if message is None:
        message = f"{request.operation} failed with {_describe_status(status)}{_format_excerpt(response.body)}"
        if status == 400 and is_sign_of_tls(message):
            hint = TLS_EXPECTED_HINT
        elif status in (400, 404, 405) and "html" in headers.get("content-type", "").lower():
            hint = _BASE_URL_HINT
        elif status == 403 and envelope is None:
            hint = proxy_hint or _FOREIGN_HINT
    if hint is not None and hint.strip(" .").lower() in message.lower():
        hint = None
    details["hint"] = (
        " ".join(part for part in (_describe_other_issues(envelope), hint, _format_docs_link(envelope)) if part) or None
    )
    if status < 400:
        body = None if request.confidential else response.body[:_MAX_BODY]
        return errors.EigenpalResponseError(message, body=body, **details)
    kind = errors.EigenpalServerError if status >= 500 else _ERROR_CLASSES.get(status, errors.EigenpalError)
    return kind(message, **details)


def error_from_decoding(
    request: Request, response: Response, field: str | None, reason: str
) -> errors.EigenpalResponseError:
    """Make the error for JSON that does not match the API; response and reason are redacted."""
    if (request.starts_run or request.operation == "runs.get") and _is_wrapped_run(response.data):
        return errors.EigenpalResponseError(
            f"unexpected response to {request.operation}: the run is inside a property 'run', as in an older version "
            "of the API",
            body=response.data,
            field="run",
            status=response.status,
            request_id=response.headers.get("x-request-id"),
            operation=request.operation,
            hint="The server is older than this package supports.",
        )
    return errors.EigenpalResponseError(
        f"unexpected response to {request.operation}: {reason}",
        body=response.data,
        field=field or None,
        status=response.status,
        request_id=response.headers.get("x-request-id"),
        operation=request.operation,
        hint="The server may use another version of the API than this package"
        + ("." if request.confidential else "; error.body is the response body."),
    )


def _is_wrapped_run(data: object) -> bool:
    """Return whether a response is ``{"run": {...}}``."""
    return isinstance(data, dict) and "id" not in data and isinstance(cast("dict[str, object]", data).get("run"), dict)


def find_run_id(data: object) -> str | None:
    """Return the id in the response to a start that cannot be used otherwise; also in forms of older servers."""
    while isinstance(data, dict):
        fields = cast("dict[str, object]", data)
        for name in ("id", "runId"):
            value = fields.get(name)
            if isinstance(value, str) and value.isprintable() and value.strip():
                return value
        data = fields.get("run")
    return None


def find_request_id(response: RawResponse, secrets: tuple[Secret, ...]) -> str | None:
    """Return the request id that an error for this response has, or would have."""
    envelope = None if response.is_success else redact(_parse_envelope(response.body), secrets)
    return _get_request_id(response, envelope)


def _get_request_id(response: RawResponse, envelope: dict[str, Any] | None) -> str | None:
    return _get_text(envelope, "requestId") or response.headers.get("x-request-id") or None


def _parse_envelope(body: bytes) -> dict[str, Any] | None:
    try:
        decoded: object = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return cast("dict[str, Any]", decoded) if isinstance(decoded, dict) else None


def _extract_message(status: int, envelope: dict[str, Any]) -> str | None:
    """Return the server's message, from the documented envelope or another common form."""
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


def _describe_wait(retry_after: float | None, *, is_limited_by_max_retries: bool) -> str:
    if is_limited_by_max_retries:
        return "Wait and try again, or increase max_retries to have the client wait and retry."
    seconds = "" if retry_after is None else f" {retry_after:.10g} s, as requested by the server,"
    return f"Wait{seconds} before the next request."


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


def _format_excerpt(body: bytes) -> str:
    """Return the beginning of a body as one printable line, or the title of an HTML page."""
    text = body[:_MAX_BODY].decode("utf-8", "replace")
    title = re.search(_TITLE, text)
    line = make_printable(title[1] if title else text)
    if not line:
        return ""
    return f": {line[:_MAX_EXCERPT] + ('...' if len(line) > _MAX_EXCERPT else '')!r}"


# --- failures ---------------------------------------------------------------------------------------------------------


def error_from_failure(
    request: Request,
    failure: TransportFailure,
    *,
    origin: str,
    timeout: float,
    attempts: int,
    was_redirected: bool = False,
    has_http_client: bool = False,
) -> errors.EigenpalError:
    """Make the error for a request that failed without a usable response.

    Args:
        request: The request.
        failure: The failure, redacted.
        origin: The scheme, host and port it was sent to.
        timeout: Its timeout in seconds.
        attempts: The number of attempts.
        was_redirected: Whether the origin is not that of ``base_url``.
        has_http_client: Whether it was sent with an HTTP client of the user.
    """
    operation = request.operation
    # Nothing that the user could set leads to the origin of a redirect.
    network_hint = f"The request was redirected to {origin}; check the network." if was_redirected else _NETWORK_HINT
    reason = f": {failure.reason[:_MAX_REASON].rstrip('.')}" if failure.reason else ""
    if attempts > 1:
        reason += f" ({attempts} attempts)"
    details: dict[str, Any] = {"operation": operation}
    server = origin
    if failure.is_proxy_failure:
        network_hint = hint_for_proxy(failure)
        peer = describe_proxy(failure.proxy)
    else:
        peer = origin = origin if failure.proxy is None else f"{origin} through {describe_proxy(failure.proxy)}"
    match failure.kind:
        case "connect_error":
            message = f"could not connect to {peer}{reason}"
            return errors.EigenpalConnectionError(message, hint=network_hint, **details)
        case "proxy_error" | "proxy_refused":
            message = f"{peer} did not connect to {origin}{reason}"
            is_refusal = failure.kind == "proxy_refused"
            return errors.EigenpalConnectionError(message, is_proxy_refusal=is_refusal, hint=network_hint, **details)
        case "tls":
            message = f"could not establish a secure connection to {peer}{reason}"
            hint = find_tls_hint(failure, server, has_http_client=has_http_client)
            if hint is None or (was_redirected and "base_url" in hint):
                hint = network_hint
            return errors.EigenpalConnectionError(message, is_tls_failure=True, hint=hint, **details)
        case "connection_lost":
            message = f"the connection to {origin} was lost before the response to {operation} was complete{reason}"
            hint = TLS_EXPECTED_HINT if is_sign_of_tls(failure.reason) and not was_redirected else None
            return errors.EigenpalConnectionError(message, hint=hint, **details)
        case "connect_timeout":
            message = f"could not connect to {peer} within {timeout:.3g} s{reason}"
            return errors.EigenpalTimeoutError(message, hint=network_hint, **details)
        case "pool_timeout":
            message = f"no connection to {peer} was free within {timeout:.3g} s{reason}"
            limit = "the limits of your http_client" if has_http_client else "max_connections"
            hint = f"Raise {limit}, or send fewer requests at a time."
            return errors.EigenpalTimeoutError(message, hint=hint, **details)
        case "not_sent":
            message = f"{operation} was not sent to {origin}{reason}"
            hint = "Send fewer requests at a time." if "outbound streams" in reason else None
            return errors.EigenpalConnectionError(message, hint=hint, **details)
        case "deadline_exceeded":
            message = f"{operation} was not sent to {origin}: the deadline had passed{reason}"
            return errors.EigenpalTimeoutError(message, hint=_TIMEOUT_HINT, **details)
        case "timeout":
            message = f"{operation} timed out: no complete response from {origin} within {timeout:.3g} s{reason}"
            return errors.EigenpalTimeoutError(message, hint=_TIMEOUT_HINT, **details)
        case "file":
            return errors.EigenpalError(f"{operation} was not sent completely: {failure.reason}", **details)
        case _:
            return _make_response_error(request, failure)


def _make_response_error(request: Request, failure: TransportFailure) -> errors.EigenpalResponseError:
    operation, confidential = request.operation, request.confidential
    message = f"the response to {operation} {failure.reason[:_MAX_REASON]}"
    response = failure.response
    if response is None:
        return errors.EigenpalResponseError(message, operation=operation)
    hint = None
    if failure.kind == "undecodable":
        message += _format_excerpt(response.body)
        is_html = "html" in response.headers.get("content-type", "").lower() or response.body.lstrip()[:1] == b"<"
        hint = _BASE_URL_HINT if is_html else None
    return errors.EigenpalResponseError(
        message,
        # With these failures, the body was not read.
        body=None if confidential or failure.kind in ("encoding", "too_large") else response.body[:_MAX_BODY],
        status=response.status,
        request_id=response.headers.get("x-request-id"),
        operation=operation,
        hint=hint,
    )


def mark_outcome_unknown(request: Request, error: errors.EigenpalError) -> None:
    """Add to an error that the request may have taken effect, and what to do before sending it again."""
    error.outcome_unknown = True
    warning = describe_unknown_outcome(request)
    if request.starts_run and isinstance(error, errors.EigenpalResponseError):
        run_id = find_run_id(error.body)
        if run_id is not None:
            warning = f"The run {run_id} was started; read it with client.runs.get({run_id!r})."
    error.hint = f"{warning} {error.hint}" if error.hint else warning


def describe_unknown_outcome(request: Request) -> str:
    """Describe that a request may have taken effect, and what to do before sending it again."""
    if request.starts_run:
        recovery = request.recovery or "look for it with client.runs.list() before starting it again"
        return f"The run may have started; {recovery}."
    return "The request may have taken effect; check before sending it again."
