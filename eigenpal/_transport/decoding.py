"""From an answer to a `Response`; pure, shared by both clients.

An answer comes from whatever stands at ``base_url``: perhaps a proxy, a login page, another product. So nothing about
it is taken for granted.
"""

from __future__ import annotations

import json
from typing import Any

from eigenpal import errors
from eigenpal._transport.error_mapping import BASE_URL_HINT, excerpt, make_response_error
from eigenpal._transport.outcomes import RawResponse
from eigenpal_generated.runtime import Request, Response


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
        raise make_response_error(request, answer, "is empty")
    if "json" not in content_type and content_type and "json" not in content_type.lower():
        page = "html" in content_type.lower()
        raise make_response_error(
            request,
            answer,
            f"is {'a page of HTML' if page else 'of type ' + repr(content_type[:100])}, not JSON: {excerpt(body)}",
            hint=BASE_URL_HINT if page else None,
        )
    try:
        return json.loads(body)
    except ValueError as error:
        reason = str(error) if isinstance(error, json.JSONDecodeError) else "it cannot be decoded"
    except RecursionError:
        reason = "it is nested too deep"
    page = body.lstrip()[:1] == b"<"
    raise make_response_error(
        request, answer, f"is not JSON ({reason}): {excerpt(body)}", hint=BASE_URL_HINT if page else None
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
    return make_response_error(request, answer, "is not what the API promises")
