from __future__ import annotations

import json
import re
from typing import Any

import httpx
import pytest

from eigenpal.testing import EigenpalServer

from .conftest import Http


def issues(response: httpx.Response, status: int = 400) -> list[tuple[str, str]]:
    assert response.status_code == status, response.text
    body = response.json()
    assert body["requestId"] == response.headers["x-request-id"]
    assert response.headers["content-type"] == "application/json"
    assert all(set(item) == {"field", "message", "code", "severity"} for item in body["issues"])
    return [(issue["field"], issue["code"]) for issue in body["issues"]]


@pytest.mark.parametrize("key", [None, "", "Bearer", "Bearer wrong", "Basic ep_test_key", "ep_test_key", "Bearer é"])
@pytest.mark.parametrize("path", ["/runs", "/nothing", "/runs/x/artifacts/y"])
def test_without_the_key_nothing_is_revealed(server: EigenpalServer, key: str | None, path: str) -> None:
    headers = httpx.Headers([] if key is None else [(b"Authorization", key.encode())])
    with httpx.Client() as client:
        response = client.get(f"{server.url}/api/v1{path}", headers=headers)
    assert issues(response, 401) == [("<root>", "unauthorized")]
    assert response.headers["www-authenticate"] == "Bearer"


def test_every_response_has_its_own_request_id(http: Http) -> None:
    responses = [http.get("/runs"), http.get("/runs/nothing"), http.get("/nothing"), http.post("/runs", json=[])]
    ids = [response.headers["x-request-id"] for response in responses]
    assert len(set(ids)) == 4


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ({}, [("body.target", "required")]),
        ({"target": 5}, [("body.target", "invalid_type")]),
        ({"target": "workflows.echo", "input": []}, [("body.input", "invalid_type")]),
        ({"target": "workflows.echo", "input": None}, [("body.input", "invalid_type")]),
        ({"target": "workflows.echo", "files": {"a": {}}}, [("body.files.a.fileId", "required")]),
        ({"target": "workflows.echo", "files": {"a": [{"fileId": 1}]}}, [("body.files.a.0.fileId", "invalid_type")]),
        ({"target": "workflows.echo", "overrides": {"steps": {"a": 1}}}, [("body.overrides.steps.a", "invalid_type")]),
        (
            {"target": "workflows.echo", "overrides": {"steps": {"a": {}}}},
            [("body.overrides.steps.a", "invalid_value")],
        ),
        ({"target": 5, "input": {"\ud800": "\udfff"}}, [("body.target", "invalid_type")]),
        ([], [("body", "invalid_type")]),
        (None, [("body", "invalid_type")]),
    ],
)
def test_bodies_that_do_not_fit(http: Http, body: Any, found: list[tuple[str, str]]) -> None:
    assert issues(http.post("/runs", content=json.dumps(body), headers={"content-type": "application/json"})) == found


def test_all_issues_at_once(http: Http) -> None:
    response = http.post("/agents", json={"name": 5, "slug": None, "surprise": 1})
    assert sorted(issues(response)) == [
        ("body.name", "invalid_type"),
        ("body.slug", "invalid_type"),
        ("body.surprise", "unrecognized_key"),
    ]


@pytest.mark.parametrize(
    ("path", "query", "found"),
    [
        ("/workflows", {"limit": "101"}, ("query.limit", "too_big")),
        ("/workflows", {"limit": "ten"}, ("query.limit", "invalid_type")),
        ("/workflows", {"limit": "1.5"}, ("query.limit", "invalid_type")),
        ("/workflows", {"offset": "-1"}, ("query.offset", "too_small")),
        ("/workflows", {"limit": "٣"}, ("query.limit", "invalid_type")),
        ("/workflows", {"limit": "9" * 5000}, ("query.limit", "invalid_type")),
        ("/workflows", {"kind": "thing"}, ("query.kind", "invalid_value")),
        ("/workflows", {"folder_id": "x"}, ("query.folder_id", "unrecognized_key")),
        ("/workflows", [("name", "a"), ("name", "b")], ("query.name", "invalid_value")),
        ("/agents", {"includeArchived": "True"}, ("query.includeArchived", "invalid_type")),
        ("/runs", {"status": "completed,done"}, ("query.status.1", "invalid_value")),
        ("/runs", {"type": "block"}, ("query.type", "invalid_value")),
        ("/runs", {"from": "yesterday"}, ("query.from", "invalid_value")),
        ("/runs", {"createdAfter": "now()-7y"}, ("query.createdAfter", "invalid_value")),
        ("/runs", {"cursor": "%%%"}, ("query.cursor", "invalid_value")),
        ("/runs", {"cursor": "bm90IGpzb24"}, ("query.cursor", "invalid_value")),
        ("/source/raw", {}, ("query.path", "required")),
    ],
)
def test_queries_that_do_not_fit(http: Http, path: str, query: Any, found: tuple[str, str]) -> None:
    assert issues(http.get(path, params=query)) == [found]


def test_messages_name_what_was_expected(http: Http) -> None:
    response = http.get("/runs", params={"status": "done", "limit": "x"})
    first, second = sorted(issue["message"] for issue in response.json()["issues"])
    assert first == "Expected integer, got string"
    assert re.fullmatch(r"Expected one of created, pending, .*, rejected, got 'done'", second)
    response = http.post("/runs", json={"target": "workflows.echo", "files": {"a": [{"fileId": None}]}})
    assert response.json()["issues"][0]["message"] == "Expected string, got null"
    body = json.dumps({"name": "A", "slug": "a", "\ud800": 1})
    response = http.post("/agents", content=body, headers={"content-type": "application/json"})
    assert issues(response) == [("body.?", "unrecognized_key")]


@pytest.mark.parametrize(
    "path",
    [
        *("/runs/nothing", "/runs/nothing/artifacts", "/runs/nothing/artifacts/a/b", "/runs/nothing/files"),
        *("/runs/nothing/expected", "/runs/nothing/expected/x", "/runs/nothing/feedback", "/runs/nothing/trace"),
        *("/runs/nothing/files-zip", "/runs/nothing/definition", "/runs/nothing/comparison"),
        *("/workflows/nothing", "/workflows/nothing/versions", "/agents/nothing", "/agents/nothing/files"),
        *("/agents/nothing/versions", "/agents/nothing/triggers/email", "/source/raw?path=nothing"),
        *("/source/releases?packagePath=nothing", "/source/lockfile?packageRef=nothing"),
        *("/nothing", "/runs/", "/runs//artifacts", ""),
    ],
)
def test_what_is_not_there(http: Http, path: str) -> None:
    ((_, code),) = issues(http.get(path), 404)
    assert code == "not_found"


def test_a_path_without_the_root_says_where_the_root_is(server: EigenpalServer, http: Http) -> None:
    response = http.get(f"{server.url}/runs")
    assert (response.status_code, response.json()["hint"]) == (404, "Every path starts with /api/v1.")


def test_a_method_a_path_does_not_take(http: Http) -> None:
    response = http.delete("/runs")
    assert issues(response, 405) == [("<root>", "method_not_allowed")]
    assert response.headers["allow"] == "GET, POST"


@pytest.mark.parametrize("sent", ["text/plain", "application/x-www-form-urlencoded", ""])
def test_a_body_of_another_kind(http: Http, sent: str) -> None:
    response = http.post("/runs", content=b"{}", headers={"content-type": sent} if sent else {})
    assert issues(response) == [("header.Content-Type", "unsupported_media_type")]


@pytest.mark.parametrize(
    ("texts", "files", "found"),
    [
        ({}, {"files.a": b"x"}, ("body.target", "required")),
        ({"target": "workflows.echo", "input": "{"}, {"files.a": b"x"}, ("body.input", "invalid_json")),
        ({"target": "workflows.echo", "input": "[]"}, {"files.a": b"x"}, ("body.input", "invalid_type")),
        ({"target": "workflows.echo", "a": "text"}, {"files.a": b"x"}, ("body.a", "invalid_value")),
        ({"target": "workflows.echo"}, {"input": b"{}"}, ("body.input", "invalid_type")),
        ({"target": ["workflows.echo", "workflows.x"]}, {"files.a": b"x"}, ("body.target", "invalid_value")),
    ],
)
def test_forms_that_do_not_fit(http: Http, texts: Any, files: Any, found: tuple[str, str]) -> None:
    assert issues(http.post("/runs", data=texts, files=files)) == [found]
