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

MAX_JSON_BYTES = 256 * 1024 * 1024
"""The most bytes that are read of an answer which has to be decoded in memory, after decompression.

Rows and runs take kilobytes, outputs of documents megabytes. Beyond this, decoding would need gigabytes, so whatever
sends it is broken or hostile; files, which may be larger, are streamed.
"""

_LONGEST_EXCERPT = 200
_KEPT_BODY = 4096
_TITLE = re.compile(r"<title[^>]*>(.{0,1000}?)</title", re.IGNORECASE | re.DOTALL)

_BASE_URL_HINT = f"base_url (or {URL_VARIABLE}) looks wrong: it must be the address of Eigenpal itself, without a page."

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


def decode_response(request: Request, answer: RawResponse) -> Response:
    """Make the `Response` of a success, as the operation promises it.

    Raises:
        EigenpalResponseError: It is not what the operation promises.
    """
    response_kind = request.response_kind
    if response_kind == "json" or response_kind == "any":
        return Response(answer.status, answer.headers, _decode_json(request, answer))
    return Response(answer.status, answer.headers, answer.body if response_kind == "file" else None)


def _decode_json(request: Request, answer: RawResponse) -> Any:
    content_type = answer.headers.get("content-type", "")
    body = answer.body
    if len(body) < 16 and not body.strip():
        if request.response_kind == "any":
            return None
        raise _unpromised(request, answer, "is empty")
    if "json" not in content_type and content_type and "json" not in content_type.lower():
        page = "html" in content_type.lower()
        raise _unpromised(
            request,
            answer,
            f"is {'a page of HTML' if page else 'of type ' + repr(content_type[:100])}, not JSON: {excerpt(body)}",
            hint=_BASE_URL_HINT if page else None,
        )
    try:
        return json.loads(body)
    except ValueError as error:
        reason = str(error) if isinstance(error, json.JSONDecodeError) else "it cannot be decoded"
    except RecursionError:
        reason = "it is nested too deep"
    page = body.lstrip()[:1] == b"<"
    raise _unpromised(
        request, answer, f"is not JSON ({reason}): {excerpt(body)}", hint=_BASE_URL_HINT if page else None
    )


def may_be_truncated(answer: RawResponse) -> bool:
    """Tell whether a broken JSON answer may be the beginning of a whole one.

    Where nothing but the end of the connection marks the end of the answer, HTTP itself cannot notice a cut.
    """
    headers = answer.headers
    return (
        "content-length" not in headers
        and "transfer-encoding" not in headers
        and "json" in headers.get("content-type", "").lower()
    )


def unpromised(request: Request, answer: RawResponse) -> errors.EigenpalResponseError:
    """Make the error for a success of which no `Response` can be made; its body has to be free of credentials."""
    try:
        decode_response(request, answer)
    except errors.EigenpalResponseError as error:
        return error
    return _unpromised(request, answer, "is not what the API promises")


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


def _unpromised(
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


# --- errors -----------------------------------------------------------------------------------------------------------


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
            hint = _BASE_URL_HINT
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
