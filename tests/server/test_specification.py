from __future__ import annotations

import base64
import json
from collections.abc import Generator
from contextlib import contextmanager
from importlib import resources
from pathlib import Path
from typing import Any

import httpx
import pytest

from eigenpal.testing import EigenpalServer
from eigenpal.testing._server.endpoints import ENDPOINTS
from eigenpal.testing._server.http_errors import HttpError
from eigenpal.testing._server.routing import Router
from eigenpal.testing._server.specification import Specification, load_specification
from eigenpal.testing._server.validation import MessageValidator

from .conftest import Http, make_http_client

SPECIFICATION = load_specification()


def test_no_operation_is_implemented_that_the_document_does_not_have() -> None:
    assert sorted(ENDPOINTS.keys() - SPECIFICATION.operations.keys()) == []


def document() -> dict[str, Any]:
    text = resources.files("eigenpal_generated").joinpath("openapi.json").read_text(encoding="utf-8")
    read: dict[str, Any] = json.loads(text)
    return read


@contextmanager
def serve_with(paths: dict[str, Any], folder: Path) -> Generator[Http, None, None]:
    """Serve the document with additional paths."""
    extended = document()
    extended["paths"].update(paths)
    (folder / "openapi.json").write_text(json.dumps(extended))
    with EigenpalServer(specification=folder / "openapi.json") as server, make_http_client(server) as http:
        yield http


@pytest.mark.parametrize("schema", sorted(document()["components"]["schemas"]))
def test_the_examples_of_the_document_fit_their_schemas(schema: str) -> None:
    declared = SPECIFICATION.document["components"]["schemas"][schema]
    for forbid_extra in (False, True):
        inline = SPECIFICATION.inline({"$ref": f"#/components/schemas/{schema}"}, forbid_extra=forbid_extra)
        for example in declared.get("examples", []):
            assert MessageValidator().find_issues(inline, example, schema) == []


def test_a_body_that_need_not_be_sent(tmp_path: Path) -> None:
    paths: dict[str, Any] = {}
    schema = {"type": "object", "required": ["moon"], "properties": {"moon": {"type": "integer"}}}
    response = {"content": {"application/json": {"schema": {"type": "object"}, "example": {"added": True}}}}
    for name, required in (("optional", False), ("needed", True)):
        paths[f"/api/v1/moons/{name}"] = {
            "post": {
                "operationId": f"moons.{name}",
                "requestBody": {"required": required, "content": {"application/json": {"schema": schema}}},
                "responses": {"200": {"description": "d", **response}},
            }
        }
    with serve_with(paths, tmp_path) as http:
        assert http.post("/moons/optional").json() == {"added": True}
        assert http.post("/moons/optional", json={"moon": 1}).status_code == 200
        wrong = http.post("/moons/optional", json={"moon": "full"}).json()["issues"][0]
        assert (wrong["field"], wrong["code"]) == ("body.moon", "invalid_type")
        assert http.post("/moons/needed").status_code == 400


def test_numbers_in_the_query_and_several_files_in_one_part(tmp_path: Path) -> None:
    paths: dict[str, Any] = {}
    file = {"type": "string", "format": "binary"}
    schema = {"type": "object", "required": ["pages"], "properties": {"pages": {"type": "array", "items": file}}}
    share = {"type": "number", "minimum": 0, "exclusiveMaximum": 1}
    paths["/api/v1/moons"] = {
        "post": {
            "operationId": "moons.upload",
            "parameters": [{"name": "share", "in": "query", "schema": share}],
            "requestBody": {"content": {"multipart/form-data": {"schema": schema}}},
            "responses": {"204": {"description": "d"}},
        }
    }
    with serve_with(paths, tmp_path) as http:

        def issue(share: str, *parts: tuple[str, tuple[str | None, bytes]]) -> tuple[int, str]:
            response = http.post("/moons", params={"share": share}, files=parts)
            found = response.json()["issues"][0]
            return response.status_code, found["field"]

        pages = [("pages", (f"{n}.pdf", b"%PDF")) for n in range(2)]
        for accepted in ("0", "0.5", "1e-3"):
            assert http.post("/moons", params={"share": accepted}, files=pages).status_code == 204
        assert issue("1", *pages) == issue("half", *pages) == issue("nan", *pages) == (400, "query.share")
        assert issue("0.5", ("pages", (None, b"text"))) == (400, "body.pages")
        assert issue("0.5", ("sides", ("a.pdf", b"%PDF"))) == (400, "body.sides")


NULL = {"type": "null"}
NUMBERS = {"type": "array", "items": {"type": "integer"}}
PHASE = {"type": "object", "properties": {"day": {"type": "string"}}}
COUNTS = {"type": "object", "additionalProperties": {"type": "integer"}}


@pytest.mark.parametrize(
    ("parameter", "query", "status"),
    [
        ({"schema": NUMBERS}, "x=1&x=2", 204),
        ({"schema": NUMBERS}, "x=1", 204),
        ({"schema": NUMBERS}, "x=1,2", 400),
        ({"schema": NUMBERS, "explode": False}, "x=1,2", 204),
        ({"schema": NUMBERS, "explode": False}, "x=1&x=2", 400),
        ({"schema": NUMBERS, "style": "pipeDelimited", "explode": False}, "x=1|2", 204),
        ({"schema": {"anyOf": [{"type": "integer"}, NULL]}}, "x=7", 204),
        ({"schema": {"anyOf": [{"type": "integer"}, NULL]}}, "x=seven", 400),
        ({"schema": {"anyOf": [{"type": "string"}, NUMBERS]}, "explode": False}, "x=1,2", 204),
        ({"schema": PHASE, "style": "deepObject", "explode": True}, "x[day]=1", 204),
        ({"schema": PHASE}, "day=1", 204),
        ({"schema": PHASE}, "night=1", 400),
        ({"schema": PHASE, "explode": False}, "x=day,1", 204),
        ({"schema": COUNTS}, "night=1", 204),
        ({"schema": COUNTS, "explode": False}, "x=night,1,day,2", 204),
        ({"schema": COUNTS, "explode": False}, "x=night,one", 400),
        ({"content": {"application/json": {"schema": NUMBERS}}}, "x=[1,2]", 204),
        ({"content": {"application/json": {"schema": NUMBERS}}}, "x=1", 400),
    ],
)
def test_a_query_is_read_in_the_style_of_each_parameter(
    tmp_path: Path, parameter: dict[str, Any], query: str, status: int
) -> None:
    operation: dict[str, Any] = {"operationId": "moons.list", "parameters": [{"name": "x", "in": "query", **parameter}]}
    operation["responses"] = {"204": {"description": "d"}}
    with serve_with({"/api/v1/moons": {"get": operation}}, tmp_path) as http:
        assert http.get(f"/moons?{query}").status_code == status


def test_a_header_is_read_in_its_style(tmp_path: Path) -> None:
    parameters = [
        {"name": "x-flat", "in": "header", "schema": COUNTS},
        {"name": "x-equal", "in": "header", "explode": True, "schema": COUNTS},
    ]
    operation = {"operationId": "moons.list", "parameters": parameters, "responses": {"204": {"description": "d"}}}
    with serve_with({"/api/v1/moons/": {"get": operation}}, tmp_path) as http:
        assert http.get("/moons/", headers={"x-flat": "a,1,b,2", "x-equal": "a=1,b=2"}).status_code == 204
        assert http.get("/moons/", headers={"x-equal": "a=1,b=two"}).json()["issues"][0]["field"] == "header.x-equal.b"
        # The slash at the end is a part of the path.
        assert http.get("/moons").status_code == 404


def test_parts_and_paths_as_the_document_describes_them(tmp_path: Path) -> None:
    properties = {"sizes": NUMBERS, "names": {"type": "array", "items": {"type": "string"}}, "phase": PHASE}
    body = {"content": {"multipart/form-data": {"schema": {"type": "object", "properties": properties}}}}
    answer: dict[str, Any] = {
        "2XX": {"description": "d", "content": {"application/json": {"schema": {}, "example": [1]}}}
    }
    path = {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}
    upload = {"operationId": "moons.upload", "requestBody": body, "responses": answer}
    hide = {"operationId": "moons.hide", "parameters": [path], "responses": answer}
    paths = {"/api/v1/moons": {"post": upload}, "/api/v1/moons/{id}:hide": {"post": hide}}
    with serve_with(paths, tmp_path) as http:

        def send(*parts: tuple[str, str]) -> int:
            return http.post("/moons", files=[(name, (None, text)) for name, text in parts]).status_code

        assert send(("sizes", "1"), ("sizes", "2"), ("names", "a"), ("phase", '{"day":"x"}')) == 200
        assert send(("sizes", "1"), ("sizes", "two")) == send(("phase", "{}"), ("phase", "{}")) == 400
        assert http.post("/moons/m%2F1:hide").json() == [1]
        assert http.post("/moons/m").status_code == 404


@pytest.mark.parametrize(
    ("scheme", "headers", "query"),
    [
        ({"type": "http", "scheme": "bearer"}, {"Authorization": "bearer KEY"}, ""),
        ({"type": "http", "scheme": "basic"}, {"Authorization": "Basic " + base64.b64encode(b"KEY:").decode()}, ""),
        ({"type": "apiKey", "in": "header", "name": "X-Key"}, {"X-Key": "KEY"}, ""),
        ({"type": "apiKey", "in": "cookie", "name": "key"}, {"Cookie": "a=1; key=KEY"}, ""),
        ({"type": "apiKey", "in": "query", "name": "key"}, {}, "?key=KEY"),
        (None, {}, ""),
    ],
)
def test_the_key_is_expected_where_the_operation_says(
    tmp_path: Path, scheme: dict[str, str] | None, headers: dict[str, str], query: str
) -> None:
    extended = document()
    extended["components"]["securitySchemes"]["own"] = scheme
    security: list[Any] = [] if scheme is None else [{"own": []}]
    operation = {"operationId": "moons.list", "security": security, "responses": {"200": {"description": "d"}}}
    extended["paths"]["/api/v1/moons"] = {"get": operation}
    (tmp_path / "openapi.json").write_text(json.dumps(extended))
    with EigenpalServer(specification=tmp_path / "openapi.json", api_key="KEY") as server:
        url = f"{server.url}/api/v1/moons"
        assert httpx.get(url + query, headers=headers).status_code == 200
        if scheme is not None:
            assert httpx.get(url).status_code == 401
            wrong = {name: value.replace("KEY", "no").replace("S0VZ", "AAAA") for name, value in headers.items()}
            assert httpx.get(url + query.replace("KEY", "no"), headers=wrong).status_code == 401
        assert "KEY" not in str(list(server.requests))


def test_a_schema_that_refers_to_itself_is_checked_at_every_depth() -> None:
    inline = SPECIFICATION.inline({"$ref": "#/components/schemas/LockfileNode"})
    node: dict[str, Any] = {"packagePath": "a", "requestedRef": "b", "resolvedRef": "c", "commit": "d"}
    good: dict[str, Any] = {**node, "dependencies": [{**node, "dependencies": [{**node, "dependencies": []}]}]}
    assert MessageValidator().find_issues(inline, good, "x") == []
    bad: dict[str, Any] = {**node, "dependencies": [{**node, "dependencies": [{**node, "dependencies": [7]}]}]}
    (issue,) = MessageValidator().find_issues(inline, bad, "x")
    assert issue.field == "x.dependencies.0.dependencies.0.dependencies.0"


ROUTER = Router(SPECIFICATION.operations.values())


@pytest.mark.parametrize(
    ("method", "path", "operation", "values"),
    [
        ("GET", "/api/v1/agents/triggers/email", "agents.emailTriggers.list", {}),
        ("GET", "/api/v1/agents/triggers", "agents.get", {"agentId": "triggers"}),
        ("GET", "/api/v1/agents/a%2Fb", "agents.get", {"agentId": "a/b"}),
        ("GET", "/api/v1/agents/%C3%A9%20", "agents.get", {"agentId": "é "}),
        (
            "GET",
            "/api/v1/runs/r/artifacts/output/a%2Fb.txt",
            "runs.artifacts.download",
            {"id": "r", "path": "output/a/b.txt"},
        ),
        ("GET", "/api/v1/runs/r/artifacts/a//b", "runs.artifacts.download", {"id": "r", "path": "a//b"}),
        ("GET", "/api/v1/runs/r/artifact/output%2Fa", "legacy.downloadArtifact", {"id": "r", "path": "output/a"}),
        ("DELETE", "/api/v1/runs/r/expected/..%2F..", "runs.expected.delete", {"id": "r", "filename": "../.."}),
        ("POST", "/api/v1/run/workflows.echo", "legacy.run", {"target": "workflows.echo"}),
    ],
)
def test_routes(method: str, path: str, operation: str, values: dict[str, str]) -> None:
    match = ROUTER.match(method, path.encode())
    assert (match.operation.id, match.values) == (operation, values)


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "",
        "//",
        "/api/v1/runs/",
        "/api/v1//runs",
        "/api/v1/runs/r/artifact/a/b",
        "/API/V1/runs",
        "/api/v1/runs/%FF",
    ],
)
def test_paths_that_lead_nowhere(path: str) -> None:
    with pytest.raises(HttpError):
        ROUTER.match("GET", path.encode())


def test_every_documented_path_is_found() -> None:
    for operation in SPECIFICATION.operations.values():
        path = operation.path.replace("{", "x").replace("}", "x")
        assert ROUTER.match(operation.method, path.encode()).operation is operation


def test_specifications_are_read_once() -> None:
    assert load_specification() is load_specification()
    assert Specification(SPECIFICATION.document).operations.keys() == SPECIFICATION.operations.keys()


@pytest.mark.parametrize(
    "text", ["openapi: 3.1.0", "[]", '{"openapi": "3.1.0"}', '{"info": {"version": 1}, "paths": {"/a": {"get": {}}}}']
)
def test_what_is_no_document_of_a_package_is_named(tmp_path: Path, text: str) -> None:
    path = tmp_path / "openapi.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=r"openapi\.json of a generated package; .*openapi\.yaml is not"):
        EigenpalServer(specification=str(path))
    path.write_text(json.dumps(SPECIFICATION.document), encoding="utf-8")
    assert EigenpalServer(specification=str(path)).unimplemented_operations == EigenpalServer().unimplemented_operations
