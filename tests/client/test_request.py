"""`client.request`: calls of endpoints that this version has no method for."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import given, strategies as st

from eigenpal._options import RESERVED_HEADERS
from eigenpal._raw_requests import build_request
from eigenpal.errors import (
    EigenpalError,
    EigenpalNotFoundError,
    EigenpalResponseError,
    EigenpalServerError,
    EigenpalValidationError,
)
from eigenpal.types import RunOverrides
from tests.support.multipart import parse_multipart
from tests.support.script import BASE_URL, Script, error_response, ok

from .conftest import MakeClient

KEY = "sk_live_0123456789"
PATH = "/api/v1/things"

# --- what is sent -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "get", "Post"])
def test_methods(make_client: MakeClient, method: str) -> None:
    client = make_client(Script(httpx.Response(204)), api_key=KEY, default_headers={"X-Team": "a"})
    assert client.call(lambda c: c.request(method, PATH)) is None
    [request] = client.requests
    assert (request.method, str(request.url)) == (method.upper(), BASE_URL + PATH)
    assert request.headers["authorization"] == f"Bearer {KEY}"
    assert request.headers["x-team"] == "a"
    assert request.headers["accept"] == "*/*"
    assert ("idempotency-key" in request.headers) is (method.upper() == "POST")
    assert request.content == b""


NOON = datetime(2026, 3, 1, 12, tzinfo=timezone(timedelta(hours=2)))


def test_query(make_client: MakeClient) -> None:
    query = {
        "text": "a b&c=d/é",
        "comma": "a,b",
        "int": 3,
        "float": 0.5,
        "yes": True,
        "no": False,
        "since": NOON,
        "list": ["a", "b"],
        "numbers": (1, 2.5, True),
        "generator": (name for name in "xy"),
        "nothing": None,
        "empty": "",
    }
    client = make_client(Script(ok({})))
    client.call(lambda c: c.request("GET", PATH, query=query))
    [request] = client.requests
    assert request.url.params.multi_items() == [
        ("text", "a b&c=d/é"),
        ("comma", "a,b"),
        ("int", "3"),
        ("float", "0.5"),
        ("yes", "true"),
        ("no", "false"),
        ("since", "2026-03-01T10:00:00.000Z"),
        ("list", "a,b"),
        ("numbers", "1,2.5,true"),
        ("generator", "x,y"),
        ("empty", ""),
    ]


def test_query_is_encoded_as_by_the_methods(make_client: MakeClient) -> None:
    client = make_client(Script(ok({"runs": [], "nextCursor": None})))
    client.call(lambda c: c.runs.list(status=["failed", "cancelled"], created_after=NOON, limit=5))
    query = {"status": ["failed", "cancelled"], "createdAfter": NOON, "limit": 5}
    client.call(lambda c: c.request("GET", "/api/v1/runs", query=query))
    assert client.sent[0] == client.sent[1]


BODIES: list[tuple[object, object]] = [
    ({"a": 1, "b": None}, {"a": 1, "b": None}),
    ({}, {}),
    ([], []),
    ([1, "x"], [1, "x"]),
    ("text", "text"),
    (0, 0),
    (False, False),
    ({"overrides": RunOverrides(steps={"read": {"text": "x"}})}, {"overrides": {"steps": {"read": {"text": "x"}}}}),
    ({"at": NOON}, {"at": NOON.isoformat()}),
]


@pytest.mark.parametrize(("body", "expected"), BODIES)
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_json(make_client: MakeClient, method: str, body: object, expected: object) -> None:
    client = make_client(Script(ok({})))
    client.call(lambda c: c.request(method, PATH, json=body))
    [request] = client.requests
    assert request.headers["content-type"] == "application/json"
    assert json.loads(request.content) == expected


def test_files(make_client: MakeClient, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF")
    files = {
        "document": tmp_path / "a.pdf",
        "pages": [{"content": b"1", "filename": "1.txt"}, {"content": b"2", "filename": "2.txt"}],
    }
    fields = {"name": "x", "tags": ["a", 1], "note": None, "deep": {"b": True}}
    client = make_client(Script(ok({})))
    client.call(lambda c: c.request("PUT", PATH, json=fields, files=files))
    [request] = client.requests
    assert parse_multipart(request.content, request.headers["content-type"]) == [
        ("name", None, None, b"x"),
        ("tags", None, None, b'["a",1]'),
        ("note", None, None, b"null"),
        ("deep", None, None, b'{"b":true}'),
        ("document", "a.pdf", "application/pdf", b"%PDF"),
        ("pages", "1.txt", "text/plain", b"1"),
        ("pages", "2.txt", "text/plain", b"2"),
    ]


def test_without_files_the_body_is_json(make_client: MakeClient) -> None:
    client = make_client(Script(ok({})))
    client.call(lambda c: c.request("POST", PATH, json={"a": 1}, files={}))
    assert client.requests[0].headers["content-type"] == "application/json"


def test_headers(make_client: MakeClient) -> None:
    client = make_client(Script(ok({})), default_headers={"X-Team": "a", "X-Kept": "1"})
    headers = {"x-team": "b", "Accept": "text/csv", "User-Agent": "mine"}
    client.call(lambda c: c.request("POST", PATH, headers=headers, idempotency_key="order-7"))
    sent = client.requests[0].headers
    assert sent.multi_items() == [*dict(sent.multi_items()).items()]
    assert (sent["x-team"], sent["x-kept"], sent["accept"]) == ("b", "1", "text/csv")
    assert (sent["user-agent"], sent["idempotency-key"]) == ("mine", "order-7")


# --- what is returned -------------------------------------------------------------------------------------------------

RESPONSES: list[tuple[str | None, bytes, object]] = [
    ("application/json", b'{"a":[1]}', {"a": [1]}),
    ("application/json; charset=utf-8", b"null", None),
    ("application/problem+json", b"[]", []),
    ("Application/JSON", b" 7 ", 7),
    ("application/json", b"", None),
    ("text/csv", b"a,b", b"a,b"),
    ("text/html", b"", None),
    ("application/x-ndjson", b"{}\n{}\n", b"{}\n{}\n"),
    ("application/octet-stream", b"", None),
    (None, b"{}", b"{}"),
]


@pytest.mark.parametrize(("content_type", "body", "expected"), RESPONSES)
def test_the_result(make_client: MakeClient, content_type: str | None, body: bytes, expected: object) -> None:
    headers = {} if content_type is None else {"content-type": content_type}
    client = make_client(Script(httpx.Response(200, content=body, headers=headers)))
    assert client.call(lambda c: c.request("POST", PATH)) == expected


@pytest.mark.parametrize("content_type", ["text/html", "Text/HTML; charset=utf-8", "application/xhtml+xml"])
def test_html_is_an_error_unless_it_was_requested(make_client: MakeClient, content_type: str) -> None:
    def request(method: str, accept: str, c: Any) -> Any:
        return c.request(method, PATH, headers={"Accept": accept})

    client = make_client(Script(httpx.Response(200, content=b"<p>Log in</p>", headers={"content-type": content_type})))
    for method, accept in (("GET", "*/*"), ("POST", "application/pdf")):
        with pytest.raises(EigenpalResponseError, match=r"request is a page of HTML, .*'<p>Log in</p>'") as caught:
            client.call(partial(request, method, accept))
        assert "Check base_url" in (caught.value.hint or "")
        assert caught.value.outcome_unknown is (method == "POST")
    assert client.call(partial(request, "GET", "text/HTML")) == b"<p>Log in</p>"
    handle = io.BytesIO()
    assert client.call(lambda c: c.request("GET", PATH, to=handle)) == 13


def test_head_has_no_body_and_its_headers_are_in_on_response(make_client: MakeClient) -> None:
    seen: list[Any] = []

    def respond(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, headers={"content-length": str(2**40)}, stream=httpx.ByteStream(b""))

    client = make_client(respond, on_response=seen.append)
    assert client.call(lambda c: c.request("HEAD", PATH)) is None
    assert seen[0].headers["Content-Length"] == str(2**40)


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_streaming_to_a_file(make_client: MakeClient, tmp_path: Path, method: str) -> None:
    client = make_client(Script(httpx.Response(200, content=b"[1, 2]", headers={"content-type": "application/json"})))
    assert client.call(lambda c: c.request(method, PATH, to=tmp_path / "a.json")) == 6
    assert (tmp_path / "a.json").read_bytes() == b"[1, 2]"
    handle = io.BytesIO()
    assert client.call(lambda c: c.request(method, PATH, to=handle)) == 6
    assert handle.getvalue() == b"[1, 2]"


# --- errors and retries -----------------------------------------------------------------------------------------------


def test_errors_are_those_of_the_methods(make_client: MakeClient) -> None:
    client = make_client(Script(error_response(404), error_response(400), error_response(409)))
    for kind in (EigenpalNotFoundError, EigenpalValidationError, EigenpalError):
        with pytest.raises(kind) as caught:
            client.call(lambda c: c.request("GET", PATH))
        assert (caught.value.operation, caught.value.request_id) == ("request", "req_1")
        assert not caught.value.outcome_unknown


def test_broken_json_is_an_error(make_client: MakeClient) -> None:
    response = httpx.Response(200, content=b'{"a":', headers={"content-type": "application/json"})
    client = make_client(Script(response))
    with pytest.raises(EigenpalResponseError, match="the response to request is not JSON"):
        client.call(lambda c: c.request("GET", PATH))


@pytest.mark.parametrize(("method", "status", "attempts"), [
    ("GET", 500, 3),
    ("PUT", 500, 3),
    ("PATCH", 500, 3),
    ("DELETE", 502, 3),
    ("POST", 500, 1),
    ("POST", 503, 3),
])  # fmt: skip
def test_only_a_post_that_may_have_been_processed_is_not_retried(
    make_client: MakeClient, monkeypatch: pytest.MonkeyPatch, method: str, status: int, attempts: int
) -> None:
    def compute_backoff(retries: int, random: float) -> float:
        return 0.0

    monkeypatch.setattr("eigenpal._transport.request_flow.compute_backoff", compute_backoff)
    client = make_client(Script(error_response(status)), max_retries=2)
    with pytest.raises(EigenpalServerError) as caught:
        client.call(lambda c: c.request(method, PATH, json=None if method == "GET" else {}))
    assert len(client.sent) == attempts
    assert caught.value.outcome_unknown is (attempts == 1)
    assert len({request.headers.get("idempotency-key") for request in client.requests}) == 1


def test_errors_do_not_show_the_key(make_client: MakeClient) -> None:
    client = make_client(
        Script(httpx.Response(400, json={"issues": [{"message": f"bad {KEY}"}]}, headers={"x-request-id": KEY})),
        api_key=KEY,
    )
    with pytest.raises(EigenpalValidationError) as caught:
        client.call(lambda c: c.request("GET", PATH))
    assert KEY not in f"{caught.value} {caught.value!r} {vars(caught.value)}"


# --- what is refused --------------------------------------------------------------------------------------------------

OUTSIDE = [
    ("https://evil.example/api/v1/runs", "path is a URL; pass only its path, such as '/api/v1/runs'"),
    ("HTTPS://user:password@evil.example/api/v1/runs", "path is a URL"),
    ("/api/v1/x://evil.example", "path is a URL"),
    ("//evil.example/api/v1/runs", "path is a URL"),
    ("///api/v1/runs", "path is a URL"),
    ("/\\evil.example/api/v1/runs", "must begin with '/api/v1/'"),
    ("\\\\evil.example/api/v1/", "must begin with '/api/v1/'"),
    ("@evil.example/api/v1/runs", "must begin with '/api/v1/'"),
    (".evil.example/api/v1/runs", "must begin with '/api/v1/'"),
    (":80@evil.example/api/v1/", "must begin with '/api/v1/'"),
    ("/api/v1", "must begin with '/api/v1/'"),
    ("/api/v10/runs", "must begin with '/api/v1/'"),
    ("/api/v2/runs", r"must begin with '/api/v1/', not '/api/v2/runs'$"),
    ("/API/V1/runs", "must begin with '/api/v1/'"),
    ("", r"must begin with '/api/v1/', not ''$"),
    ("runs", r"did you mean '/api/v1/runs'\?"),
    ("/runs/run_1", r"did you mean '/api/v1/runs/run_1'\?"),
    ("/v1/runs/", r"did you mean '/api/v1/runs'\?"),
    ("api/v1/runs", r"did you mean '/api/v1/runs'\?"),
    (" /api/v1/runs", "must begin with"),
    ("/api/v1/../admin", "has a part '.' or '..'"),
    ("/api/v1/..", "has a part '.' or '..'"),
    ("/api/v1/./runs", "has a part '.' or '..'"),
    ("/api/v1/%2e%2e/admin", "has a part '.' or '..'"),
    ("/api/v1/%2E./admin", "has a part '.' or '..'"),
    ("/api/v1/..%2fadmin", "has a part '.' or '..'"),
    ("/api/v1/a%5C..%5Cadmin", "has a part '.' or '..'"),
    ("/api/v1/%252e%252e/admin", "has a part '.' or '..'"),
    ("/api/v1/%25252e%25252e/admin", "has a part '.' or '..'"),
    ("/api/v1/..;x=1/admin", "has a part '.' or '..'"),
    ("/api/v1/..\\admin", r"contains '\\\\' at position 10; percent-encode"),
    ("/api/v1//runs", "has an empty part"),
    ("/api/v1/runs//artifacts", "has an empty part"),
    ("/api/v1/runs?limit=2", r"contains '\?'; pass the query as query="),
    ("/api/v1/runs#top", "contains '#'; a fragment is never sent"),
    ("/api/v1/runs\r\nX-Evil: 1", r"contains '\\r' at position 12"),
    ("/api/v1/runs\n", r"contains '\\n'"),
    ("/api/v1/runs\x00", r"contains '\\x00'"),
    ("/api/v1/runs%0d%0aX-Evil:1", "contains an encoded control character"),
    ("/api/v1/runs%2500", "contains an encoded control character"),
    ("/api/v1/a b", "contains ' ' at position 9; percent-encode"),
    ("/api/v1/é", "contains 'é' at position 8; percent-encode"),
    ("/api/v1/\ud800", "percent-encode"),
    ("/api/v1/50%", "contains '%' at position 10"),
    ("/api/v1/runs/{id}", "contains '{'"),
    ("/api/v1/" + "a" * 40_000, "the arguments are too long"),
]


@pytest.mark.parametrize(("path", "message"), OUTSIDE, ids=[repr(path)[:40] for path, _ in OUTSIDE])
def test_paths_that_lead_elsewhere(make_client: MakeClient, path: str, message: str) -> None:
    client = make_client(Script(ok({})), api_key=KEY)
    with pytest.raises(ValueError, match=message) as caught:
        client.call(lambda c: c.request("GET", path))
    assert client.sent == []
    assert "password" not in str(caught.value)
    assert len(str(caught.value)) < 300


@pytest.mark.parametrize(
    "path",
    ["/api/v1/agents/finance%2Freceipts", "/api/v1/a;b=1/c:d@e", "/api/v1/runs/", "/api/v1/...", "/api/v1/100%25"],
)
def test_paths_of_endpoints(make_client: MakeClient, path: str) -> None:
    client = make_client(Script(ok({})), base_url=f"{BASE_URL}/behind/a/proxy")
    client.call(lambda c: c.request("GET", path))
    assert client.sent == [f"GET /behind/a/proxy{path}"]


@given(st.text(alphabet=st.sampled_from("/\\.%2eE5cCfF0:@;?#a \r\n\tü")), st.booleans())
def test_no_path_leaves_the_api(text: str, has_prefix: bool) -> None:
    path = f"/api/v1/{text}" if has_prefix else text
    try:
        request = build_request("GET", path)
    except ValueError:
        return
    url = httpx.URL(BASE_URL + request.path)
    assert url.host == httpx.URL(BASE_URL).host
    assert httpx.URL(BASE_URL).join(url.path).path.startswith("/api/v1/")
    assert url.raw_path.decode() == path


MISUSES: list[tuple[Callable[[Any], Any], type[Exception], str]] = [
    (lambda c: c.request("FETCH", PATH), ValueError, "method must be one of GET, HEAD, POST, PUT, PATCH, DELETE, not"),
    (lambda c: c.request("GET /\r\n", PATH), ValueError, "method must be one of"),
    (lambda c: c.request(None, PATH), TypeError, "method must be a str, not NoneType"),
    (lambda c: c.request("GET", Path(PATH)), TypeError, "path must be a str, not PosixPath"),
    (lambda c: c.request("GET", PATH, json={}), ValueError, r"a GET request has no body; .* query="),
    (lambda c: c.request("HEAD", PATH, files={"a": Path("a")}), ValueError, "a HEAD request has no body"),
    (lambda c: c.request("GET", PATH, query=[("a", 1)]), TypeError, "query must be a mapping"),
    (lambda c: c.request("GET", PATH, query="a=1"), TypeError, "query must be a mapping"),
    (lambda c: c.request("GET", PATH, query={1: "a"}), TypeError, "a name in query must be a str"),
    (lambda c: c.request("GET", PATH, query={"a": {"b": 1}}), TypeError, r"query\['a'\] must be a str, int"),
    (lambda c: c.request("GET", PATH, query={"a": b"x"}), TypeError, r"query\['a'\] must be a str, int"),
    (lambda c: c.request("GET", PATH, query={"a": ["x,y"]}), ValueError, r"query\['a'\] contains 'x,y'"),
    (lambda c: c.request("GET", PATH, query={"a": []}), ValueError, r"query\['a'\] is empty"),
    (lambda c: c.request("GET", PATH, query={"a": datetime(2026, 1, 1)}), ValueError, "must have a time zone"),
    (lambda c: c.request("GET", PATH, query={"a": float("nan")}), ValueError, "must be finite"),
    (lambda c: c.request("GET", PATH, query={"a": "\ud800"}), ValueError, "lone surrogate"),
    (lambda c: c.request("POST", PATH, json={"a": object()}), TypeError, r"json\['a'\] is of type object"),
    (lambda c: c.request("POST", PATH, json=b"x"), TypeError, "json is of type bytes, which cannot be sent as JSON"),
    (lambda c: c.request("POST", PATH, files=[b"x"]), TypeError, "files must be a mapping"),
    (lambda c: c.request("POST", PATH, files={"a": "a.pdf"}), TypeError, "a must not be a str; to upload a file"),
    (lambda c: c.request("POST", PATH, files={"a": Path("none.pdf")}), FileNotFoundError, "none.pdf"),
    (
        lambda c: c.request("POST", PATH, json=[1], files={"a": {"content": b"", "filename": "a"}}),
        TypeError,
        "with files, json must be a mapping of field names to values, not list",
    ),
    (lambda c: c.request("GET", PATH, headers=[("a", "b")]), TypeError, "headers must be a mapping"),
    (lambda c: c.request("GET", PATH, headers={"X-A": None}), TypeError, r"headers\['X-A'\] must be a str, not None"),
    (lambda c: c.request("GET", PATH, headers={"X-A": "a\r\nX-B: c"}), ValueError, r"headers\['X-A'\] must be print"),
    (lambda c: c.request("GET", PATH, headers={"X\n": "a"}), ValueError, "not a valid HTTP header name"),
    (lambda c: c.request("POST", PATH, headers={"idempotency-Key": "a"}), ValueError, "pass idempotency_key="),
    (lambda c: c.request("GET", PATH, headers={"host": "other.test"}), ValueError, "requests go to base_url"),
    (lambda c: c.request("POST", PATH, idempotency_key=""), ValueError, "idempotency_key must not be empty"),
    (lambda c: c.request("POST", PATH, idempotency_key="a\n"), ValueError, "idempotency_key is sent as a header"),
    (lambda c: c.request("POST", PATH, idempotency_key=7), TypeError, "idempotency_key must be a str"),
    (lambda c: c.request("PUT", PATH, idempotency_key="a"), ValueError, "idempotency_key is only for POST"),
    (lambda c: c.request("DELETE", PATH, to="a"), ValueError, "to= takes the response of a GET or POST"),
    (lambda c: c.request("GET", PATH, to=""), ValueError, "to= is an empty path"),
    (lambda c: c.request("GET", PATH, data={}), TypeError, "unexpected keyword argument 'data'"),
]


@pytest.mark.parametrize(("act", "kind", "message"), MISUSES)
def test_misuses(make_client: MakeClient, act: Callable[[Any], Any], kind: type[Exception], message: str) -> None:
    client = make_client(Script(ok({})))
    with pytest.raises(kind, match=message):
        client.call(act)
    assert client.sent == []


@pytest.mark.parametrize("name", RESERVED_HEADERS)
def test_headers_of_the_client_are_refused(make_client: MakeClient, name: str) -> None:
    client = make_client(Script(ok({})))
    with pytest.raises(ValueError, match=f"headers must not set {name.title()}: ") as caught:
        client.call(lambda c: c.request("GET", PATH, headers={name.title(): "hush"}))
    assert "hush" not in str(caught.value)
    assert client.sent == []
