"""Decoding and error mapping of responses."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import given, strategies as st

from eigenpal import errors
from eigenpal._transport.body_reader import MAX_JSON_BYTES
from eigenpal._transport.decoding import UndecodableResponseError, decode_response
from eigenpal._transport.error_mapping import error_from_response
from eigenpal._transport.outcomes import RawResponse
from eigenpal_generated.decoding import DecodeError
from eigenpal_generated.runtime import Request, Response
from tests.support.event_loop import Kind
from tests.support.script import Script, error_response, ok

from .harness import FILE, GET, START, EitherTransport

ANYTHING = GET._replace(response_kind="any")
BYTES = GET._replace(response_kind="optional_file")
NOTHING = GET._replace(method="DELETE", response_kind="empty")

CLASSES: dict[int, type[errors.EigenpalError]] = {
    400: errors.EigenpalValidationError,
    401: errors.EigenpalAuthError,
    402: errors.EigenpalError,
    403: errors.EigenpalForbiddenError,
    404: errors.EigenpalNotFoundError,
    405: errors.EigenpalError,
    408: errors.EigenpalError,
    409: errors.EigenpalError,
    413: errors.EigenpalError,
    418: errors.EigenpalError,
    422: errors.EigenpalError,
    429: errors.EigenpalRateLimitError,
    499: errors.EigenpalError,
    500: errors.EigenpalServerError,
    501: errors.EigenpalServerError,
    502: errors.EigenpalServerError,
    503: errors.EigenpalServerError,
    504: errors.EigenpalServerError,
    520: errors.EigenpalServerError,
    599: errors.EigenpalServerError,
    100: errors.EigenpalResponseError,
    300: errors.EigenpalResponseError,
    304: errors.EigenpalResponseError,
}


@pytest.mark.parametrize("status", sorted(CLASSES))
def test_every_status_has_its_class_and_keeps_the_servers_message(kind: Kind, status: int) -> None:
    response = error_response(
        status, "the server's own words", headers={"Retry-After": "61", "x-request-id": "req_header"}
    )
    with pytest.raises(errors.EigenpalError) as caught:
        EitherTransport(kind, Script(response)).call(GET)
    error = caught.value
    assert type(error) is CLASSES[status]
    assert error.status == status
    assert error.message == "the server's own words"
    assert error.request_id == "req_1"
    assert error.envelope == json.loads(response.content)
    assert error.retry_after == 61.0
    assert error.operation == "runs.get"
    assert error.issues[0].code == "some_code"
    assert "req_1" in str(error)


def map_response(status: int, body: bytes, **headers: str) -> errors.EigenpalError:
    return error_from_response(
        GET, RawResponse(status, {name.replace("_", "-"): value for name, value in headers.items()}, body), (), 0.0
    )


@pytest.mark.parametrize(
    ("status", "body", "message"),
    [
        (400, {"issues": [{"field": "input.a", "message": "is missing"}]}, "input.a: is missing"),
        (400, {"issues": [{"field": "<root>", "message": "is missing"}]}, "is missing"),
        (400, {"issues": [{"message": "is missing"}]}, "is missing"),
        (422, {"issues": [{"field": "input.a", "message": "is missing"}]}, "is missing"),
        (409, {"error": "Agent source is Git-backed"}, "Agent source is Git-backed"),
        (500, {"error": {"message": "inside"}}, "inside"),
        (500, {"message": "other"}, "other"),
        (422, {"detail": "of another framework"}, "of another framework"),
        (500, {"issues": [], "title": "Problem"}, "Problem"),
        (500, {}, "runs.get failed with 500 Internal Server Error: '{}'"),
        (500, {"issues": [{"message": 7}], "error": ["x"]}, None),
        (500, [1, 2], "runs.get failed with 500 Internal Server Error: '[1, 2]'"),
        (599, None, "runs.get failed with 599: 'null'"),
    ],
)
def test_messages(status: int, body: Any, message: str | None) -> None:
    error = map_response(status, json.dumps(body).encode())
    assert error.message
    if message is not None:
        assert error.message == message


def test_other_issues_are_mentioned_in_the_hint() -> None:
    body = {
        "issues": [{"message": "one"}, {"message": "two"}, {"message": "three"}],
        "hint": "Look.",
        "docsUrl": "https://d",
    }
    error = map_response(400, json.dumps(body).encode())
    assert error.message == "one"
    assert error.hint == "There are 2 more issues in error.issues. Look. See https://d"


def test_the_request_id_of_the_header_is_the_fallback() -> None:
    assert map_response(500, b"{}", x_request_id="req_header").request_id == "req_header"
    assert map_response(500, b'{"requestId": 7}', x_request_id="req_header").request_id == "req_header"
    assert map_response(500, b"").request_id is None


def test_html_pages() -> None:
    page = b"<!doctype html><html><head><title>502 Bad\n gateway</title></head><body>...</body></html>"
    error = map_response(502, page, content_type="text/html; charset=utf-8")
    assert type(error) is errors.EigenpalServerError
    assert error.message == "runs.get failed with 502 Bad Gateway: '502 Bad gateway'"
    wrong = map_response(404, page, content_type="text/html")
    assert "Check base_url (or EIGENPAL_BASE_URL)" in str(wrong)


@pytest.mark.parametrize("request_", [GET, ANYTHING, START])
@pytest.mark.parametrize("content_type", ["text/html", "text/html; charset=utf-8", "TEXT/HTML"])
def test_an_html_page_as_success_hints_at_base_url(kind: Kind, request_: Request, content_type: str) -> None:
    script = Script(
        httpx.Response(200, content=b"<html><title>Sign in</title>", headers={"Content-Type": content_type})
    )
    with pytest.raises(errors.EigenpalResponseError, match=r"page of HTML.*'Sign in'.*Check base_url") as caught:
        EitherTransport(kind, script).call(request_)
    assert caught.value.status == 200
    assert len(script.requests) == 1


def test_html_without_a_content_type(kind: Kind) -> None:
    with pytest.raises(errors.EigenpalResponseError, match=r"is not JSON .*Check base_url"):
        EitherTransport(kind, Script(httpx.Response(200, content=b"  <html>"))).call(GET)


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b"", "is empty"),
        (b" \n ", "is empty"),
        (b'{"id": ', "is not JSON"),
        (b"\xff\xfe\xfd", "is not JSON"),
        (b"[" * 100_000, "nested too deeply"),
        (b"9" * 5000, "cannot be decoded"),
        (b'{"a": \xe2\x28\xa1}', "is not JSON"),
    ],
)
def test_broken_json(kind: Kind, body: bytes, message: str) -> None:
    script = Script(
        httpx.Response(200, content=body, headers={"Content-Type": "application/json", "x-request-id": "r"})
    )
    with pytest.raises(errors.EigenpalResponseError, match=message) as caught:
        EitherTransport(kind, script).call(GET)
    assert (caught.value.status, caught.value.request_id, caught.value.body) == (200, "r", body[:4096])
    # What has a Content-Length is complete and not retried.
    assert len(script.requests) == (1 if body else 4)


@pytest.mark.parametrize(
    "content_type", ["application/json", "application/problem+json; charset=utf-8", "TEXT/JSON", None]
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_json_content_types_and_encodings(content_type: str | None, encoding: str) -> None:
    headers = {} if content_type is None else {"content-type": content_type}
    response = RawResponse(200, headers, '{"a": "ü"}'.encode(encoding))
    assert decode_response(GET, response).data == {"a": "ü"}
    assert decode_response(ANYTHING, response).data == {"a": "ü"}


@pytest.mark.parametrize("content_type", ["text/plain", "application/octet-stream", "application/pdf"])
def test_json_operations_require_json(content_type: str) -> None:
    with pytest.raises(UndecodableResponseError, match=content_type):
        decode_response(GET, RawResponse(200, {"content-type": content_type}, b"{}"))


@pytest.mark.parametrize("content_type", ["text/html", "application/pdf", "application/json", ""])
@pytest.mark.parametrize("body", [b"", b"\x00\xff", b"<html>", b"{}"])
def test_downloads_accept_any_content(kind: Kind, content_type: str, body: bytes) -> None:
    script = Script(httpx.Response(200, content=body, headers={"Content-Type": content_type}))
    assert EitherTransport(kind, script).call(FILE) == body
    assert EitherTransport(kind, script).call(BYTES) == (body or None)


@pytest.mark.parametrize("body", [b"", b"abc"])
def test_a_download_of_bytes_or_nothing(kind: Kind, tmp_path: Path, body: bytes) -> None:
    script = Script(httpx.Response(200 if body else 204, content=body))
    assert EitherTransport(kind, script).download(BYTES, tmp_path / "out") == len(body)
    assert (tmp_path / "out").read_bytes() == body
    assert script.requests[0].headers["Accept"] == "*/*"


def test_a_response_to_head_has_no_body_for_its_length(kind: Kind) -> None:
    script = Script(httpx.Response(200, headers={"Content-Length": "5"}))
    assert EitherTransport(kind, script).call(BYTES._replace(method="HEAD")) is None
    assert len(script.requests) == 1


def test_another_flavour_of_json_is_asked_for(kind: Kind) -> None:
    script = Script(ok())
    EitherTransport(kind, script).call(GET._replace(accept="application/vnd.x+json"))
    assert script.requests[0].headers["Accept"] == "application/vnd.x+json"


def test_json_that_is_too_deep_for_its_decoder(kind: Kind) -> None:
    def parse(response: Response) -> Any:
        return parse(response)

    with pytest.raises(errors.EigenpalResponseError, match=r"runs\.get: it is nested too deeply"):
        EitherTransport(kind, Script(ok([[[]]]))).call(GET, parse)


def test_empty_responses() -> None:
    assert decode_response(NOTHING, RawResponse(204, {}, b"")).data is None
    assert decode_response(NOTHING, RawResponse(200, {}, b"whatever")).data is None
    assert decode_response(ANYTHING, RawResponse(204, {}, b"")).data is None
    with pytest.raises(UndecodableResponseError):
        decode_response(GET, RawResponse(204, {}, b""))


bodies = st.one_of(
    st.binary(max_size=200),
    st.recursive(
        st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text()),
        lambda inner: st.one_of(
            st.lists(inner),
            st.dictionaries(st.sampled_from(["issues", "error", "hint", "requestId", "docsUrl"]), inner),
        ),
    ).map(lambda value: json.dumps(value).encode()),
    st.lists(
        st.dictionaries(st.sampled_from(["field", "message", "code"]), st.one_of(st.none(), st.text(), st.integers()))
    ).map(lambda issues: json.dumps({"issues": issues}).encode()),
)
header_values = st.text(st.characters(codec="latin-1"), max_size=30)


@given(
    st.integers(100, 599),
    bodies,
    st.dictionaries(st.sampled_from(["content-type", "retry-after", "date"]), header_values),
)
def test_any_response_is_decoded_or_mapped(status: int, body: bytes, headers: dict[str, str]) -> None:
    for request in (GET, ANYTHING, FILE, BYTES, NOTHING):
        response = RawResponse(status, headers, body)
        if 200 <= status < 300:
            with contextlib.suppress(UndecodableResponseError):
                assert decode_response(request, response).status == status
        else:
            error = error_from_response(request, response, (), 0.0)
            assert error.message
            assert str(error)
            assert error.status == status


# --- decoding errors --------------------------------------------------------------------------------------------------


def test_a_field_that_cannot_be_decoded(kind: Kind) -> None:
    def parse(response: Response) -> None:
        raise DecodeError("timing.createdAt", "a timestamp", "yesterday")

    script = Script(ok({"timing": {"createdAt": "yesterday"}}, **{"x-request-id": "req_2"}))
    with pytest.raises(errors.EigenpalResponseError) as caught:
        EitherTransport(kind, script).call(GET, parse)
    error = caught.value
    assert error.message.startswith(
        "unexpected response to runs.get: timing.createdAt should be a timestamp, but is the text"
    )
    assert (error.field, error.status, error.request_id) == ("timing.createdAt", 200, "req_2")
    assert error.body == {"timing": {"createdAt": "yesterday"}}
    assert error.__cause__ is None
    assert error.__context__ is None


def test_a_start_with_an_undecodable_response_may_have_started(kind: Kind) -> None:
    def parse(response: Response) -> None:
        raise DecodeError("", "an object", [])

    with pytest.raises(errors.EigenpalResponseError, match="The run may have started") as caught:
        EitherTransport(kind, Script(httpx.Response(201, json=[]))).call(START, parse)
    assert caught.value.outcome_unknown
    assert caught.value.field is None


# --- sizes ------------------------------------------------------------------------------------------------------------


def test_responses_above_the_size_limit_are_refused(kind: Kind, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("eigenpal._transport.body_reader.MAX_JSON_BYTES", 1000)
    exact = b'"' + b"x" * 998 + b'"'
    json_type = {"Content-Type": "application/json"}
    assert EitherTransport(kind, Script(httpx.Response(200, content=exact, headers=json_type))).call(GET) == "x" * 998
    for response in (
        httpx.Response(200, content=exact + b" ", headers=json_type),
        httpx.Response(200, content=exact + b" ", headers={**json_type, "Transfer-Encoding": "chunked"}),
    ):
        with pytest.raises(errors.EigenpalResponseError, match="the maximum for a response in memory is 1,000 bytes"):
            EitherTransport(kind, Script(response)).call(GET)
    assert len(EitherTransport(kind, Script(httpx.Response(200, content=b"x" * 5000))).call(FILE)) == 5000


def test_the_size_limit_is_reasonable() -> None:
    assert 64 * 2**20 <= MAX_JSON_BYTES <= 512 * 2**20


def test_large_error_responses_are_read_up_to_a_limit(kind: Kind) -> None:
    with pytest.raises(errors.EigenpalServerError) as caught:
        EitherTransport(kind, Script(httpx.Response(500, content=b"x" * 5_000_000)), max_retries=0).call(GET)
    assert len(str(caught.value)) < 1000


@pytest.mark.parametrize("encoding", ["br", "zstd", "gzip, gzip", "compress", "x" * 500])
def test_compression_that_was_not_requested_is_refused(kind: Kind, encoding: str) -> None:
    response = httpx.Response(200, headers={"Content-Type": "application/json"}, content=b"{}")
    response.headers["Content-Encoding"] = encoding

    with pytest.raises(errors.EigenpalResponseError, match="was not requested"):
        EitherTransport(kind, Raw(response)).call(GET)


class Raw:
    """Returns a response as it is, without copying."""

    def __init__(self, response: httpx.Response) -> None:
        self._response = response

    def __call__(self, request: httpx.Request) -> httpx.Response:
        return self._response
