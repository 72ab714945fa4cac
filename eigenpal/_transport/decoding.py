"""Decoding successful responses: from `RawResponse` to `Response`.

The response may come from a proxy or a login page instead of the API, so headers and body are checked.
"""

from __future__ import annotations

import json
from typing import Any

from eigenpal._transport.outcomes import RawResponse
from eigenpal_generated.runtime import Request, Response


class UndecodableResponseError(Exception):
    """A response is not of the kind that the operation returns. The text is a clause that describes it."""


def decode_response(request: Request, response: RawResponse) -> Response:
    """Decode the body of a success.

    Raises:
        UndecodableResponseError: The body is not of the kind that the operation returns.
    """
    kind = request.response_kind
    if kind == "json" or kind == "any":
        return Response(response.status, response.headers, _decode_json(request, response))
    if kind == "by_content_type":
        media_type = _get_media_type(response)
        if media_type.endswith(("/json", "+json")):
            return Response(response.status, response.headers, _decode_json(request, response))
        # Web frameworks call an empty response HTML too.
        if response.body and "html" in media_type and not _accepts_html(request):
            raise UndecodableResponseError("is a page of HTML, which was not requested")
        return Response(response.status, response.headers, response.body or None)
    data = response.body if kind == "file" or (kind == "optional_file" and response.body) else None
    return Response(response.status, response.headers, data)


def _get_media_type(response: RawResponse) -> str:
    return response.headers.get("content-type", "").partition(";")[0].strip().lower()


def _accepts_html(request: Request) -> bool:
    return any(name.lower() == "accept" and "html" in value.lower() for name, value in request.headers)


def _decode_json(request: Request, response: RawResponse) -> Any:
    content_type = response.headers.get("content-type", "")
    body = response.body
    if len(body) < 16 and not body.strip():
        if request.response_kind in ("any", "by_content_type"):
            return None
        raise UndecodableResponseError("is empty")
    if "json" not in content_type and content_type and "json" not in content_type.lower():
        kind = "a page of HTML" if "html" in content_type.lower() else f"of type {content_type!r}"
        raise UndecodableResponseError(f"is {kind}, not JSON")
    try:
        return json.loads(body)
    except json.JSONDecodeError as error:
        problem = f"is not JSON ({error})"
    except UnicodeDecodeError:
        problem = "is not JSON (it is not valid Unicode)"
    except ValueError:
        problem = "cannot be decoded: it has a number with more digits than Python converts"
    except RecursionError:
        problem = "cannot be decoded: it is nested too deeply for Python's recursion limit"
    raise UndecodableResponseError(problem)


def may_be_truncated(response: RawResponse) -> bool:
    """Return whether invalid JSON may be a truncated response.

    Without Content-Length or Transfer-Encoding, the body ends with the connection, so HTTP cannot detect truncation.
    """
    headers = response.headers
    return (
        "content-length" not in headers
        and "transfer-encoding" not in headers
        and "json" in headers.get("content-type", "").lower()
    )
