"""Operations that the server does not implement: it responds with what the document says."""

from __future__ import annotations

import json
from collections.abc import Generator
from contextlib import contextmanager
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

from eigenpal.testing import ContractViolation, EigenpalServer

from .conftest import make_http_client

Json = dict[str, Any]

MOON: Json = {
    "type": "object",
    "required": ["id", "phase"],
    "properties": {
        "id": {"type": "string"},
        "phase": {"enum": ["new", "full"]},
        "seen": {"type": "string", "format": "date-time"},
        "note": {"type": ["null", "string"]},
    },
}
SAMPLE: Json = {"id": "string", "phase": "new", "seen": "2026-01-01T00:00:00Z", "note": "string"}
EXAMPLE: Json = {"id": "moon_1", "phase": "full"}
WRONG: Json = {"id": "moon_1", "phase": "half"}


def respond(media: Json | None = None, media_type: str = "application/json") -> Json:
    return {"description": "d", **({} if media is None else {"content": {media_type: media}})}


@contextmanager
def serve(operation: Json, folder: Path, method: str = "get", **options: Any) -> Generator[EigenpalServer, None, None]:
    """Serve the document with one operation more, ``moons.call``."""
    text = resources.files("eigenpal_generated").joinpath("openapi.json").read_text(encoding="utf-8")
    document: Json = json.loads(text)
    document["components"]["schemas"]["Moon"] = {**MOON, "examples": [WRONG]}
    document["components"]["schemas"]["Endless"] = {
        "type": "object",
        "required": ["next"],
        "properties": {"next": {"$ref": "#/components/schemas/Endless"}},
    }
    document["paths"]["/api/v1/moons"] = {method: {"operationId": "moons.call", **operation}}
    (folder / "openapi.json").write_text(json.dumps(document), encoding="utf-8")
    with EigenpalServer(specification=folder / "openapi.json", **options) as server:
        yield server


@pytest.mark.parametrize(
    ("responses", "expected"),
    [
        ({"200": respond({"schema": MOON})}, (200, SAMPLE, "schema")),
        ({"201": respond({"schema": MOON, "example": EXAMPLE})}, (201, EXAMPLE, "example")),
        ({"2XX": respond({"schema": {**MOON, "examples": [EXAMPLE]}})}, (200, EXAMPLE, "example")),
        ({"default": respond({"schema": MOON})}, (200, SAMPLE, "schema")),
        # An example that is not valid is passed over.
        ({"200": respond({"schema": MOON, "example": WRONG})}, (200, SAMPLE, "schema")),
        (
            {"200": respond({"schema": MOON, "examples": {"a": {"value": WRONG}, "b": {"value": EXAMPLE}}})},
            (200, EXAMPLE, "example"),
        ),
        # Examples come from any success, otherwise the first one with content counts.
        ({"200": respond({"schema": MOON}), "202": respond({"schema": {}, "example": [1]})}, (202, [1], "example")),
        ({"200": respond(), "201": respond({"schema": MOON}), "404": respond()}, (201, SAMPLE, "schema")),
        ({"200": respond({"schema": MOON}, "application/vnd.moon+json")}, (200, SAMPLE, "schema")),
        ({"204": respond()}, (204, b"", "schema")),
        ({"404": respond()}, (204, b"", "schema")),
        ({"200": respond({"schema": {"type": "string"}}, "text/csv")}, (200, b"string", "schema")),
        ({"200": respond({"schema": {"type": "string"}, "example": "a;b"}, "text/csv")}, (200, b"a;b", "example")),
        ({"200": respond({}, "application/zip")}, (200, b"sample", "schema")),
        ({"200": respond({"schema": {"format": "binary", "type": "string"}}, "image/*")}, (200, b"string", "schema")),
    ],
)
def test_the_response_is_an_example_or_a_sample(tmp_path: Path, responses: Json, expected: tuple[Any, ...]) -> None:
    with serve({"responses": responses}, tmp_path) as server, make_http_client(server) as http:
        assert {"moons.call", "runs.get"} & {*server.unimplemented_operations} == {"moons.call"}
        response = http.get("/moons")
        assert http.get("/moons").content == response.content
        body = response.json() if "json" in response.headers.get("content-type", "") else response.content
        assert (response.status_code, body, server.requests[-1].response_source) == expected


def test_requests_are_checked_as_for_every_operation(tmp_path: Path) -> None:
    body = {"required": True, "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Moon"}}}}
    operation: Json = {"requestBody": body, "responses": {"201": respond({"schema": MOON})}}
    with serve(operation, tmp_path, "post") as server, make_http_client(server) as http:
        assert http.post("/moons", json=EXAMPLE).status_code == 201
        refused = http.post("/moons", json=WRONG)
        assert (refused.status_code, refused.json()["issues"][0]["field"]) == (400, "body.phase")
        assert http.post("/moons", json=EXAMPLE, headers={"Authorization": "Bearer x"}).status_code == 401
        server.faults.add("moons.call", status=503)
        assert http.post("/moons", json=EXAMPLE).status_code == 503
        assert [entry.response_source for entry in server.requests] == ["schema", None, None, None]
        http.get("/runs")
        assert server.requests[-1].response_source == "implementation"


def make_page(**properties: Json) -> Json:
    rows = {"type": "array", "items": {"type": "integer"}}
    return {"type": "object", "required": ["rows"], "properties": {"rows": rows, **properties}}


COUNT: Json = {"type": "integer"}
OFFSET: Json = {"style": "offset", "items": "rows", "total": "total", "limit": "limit", "offset": "offset"}
CURSOR: Json = {"style": "cursor", "items": "rows", "next": "next", "cursor": "cursor"}
COUNTED: Json = make_page(total=COUNT, limit=COUNT, offset=COUNT)


@pytest.mark.parametrize(
    ("pagination", "media", "query", "page"),
    [
        (OFFSET, {"schema": COUNTED}, "", {"rows": [1], "total": 1, "limit": 50, "offset": 0}),
        (OFFSET, {"schema": COUNTED}, "?offset=1&limit=7", {"rows": [], "total": 1, "limit": 7, "offset": 1}),
        (OFFSET, {"schema": COUNTED, "example": {"rows": [4, 5, 6], "total": 42}}, "", {"rows": [4, 5, 6], "total": 3}),
        (
            OFFSET,
            {"schema": COUNTED, "example": {"rows": [4, 5, 6], "total": 42}},
            "?limit=2",
            {"rows": [4, 5], "total": 3},
        ),
        (CURSOR, {"schema": make_page(next={"type": ["string", "null"]})}, "", {"rows": [1], "next": None}),
        (CURSOR, {"schema": make_page(next={"type": "string"})}, "", {"rows": [1]}),
        (
            CURSOR,
            {"schema": {**make_page(next={"type": "string"}), "required": ["next"]}},
            "",
            {"rows": [1], "next": ""},
        ),
        (CURSOR, {"schema": {}, "example": {"rows": [4], "next": "more"}}, "", {"rows": [4], "next": None}),
    ],
)
def test_a_page_is_the_last_one(tmp_path: Path, pagination: Json, media: Json, query: str, page: Json) -> None:
    parameters = [{"name": name, "in": "query", "schema": COUNT} for name in ("limit", "offset")]
    responses = {"200": respond(media)}
    operation = {"responses": responses, "parameters": parameters, "x-eigenpal-pagination": pagination}
    with serve(operation, tmp_path) as server, make_http_client(server) as http:
        assert http.get(f"/moons{query}").json() == page


def test_without_a_valid_response_the_error_says_what_to_do(tmp_path: Path) -> None:
    operation = {"responses": {"200": respond({"schema": {"$ref": "#/components/schemas/Endless"}})}}

    def call() -> None:
        with serve(operation, tmp_path) as server, make_http_client(server) as http:
            response = http.get("/moons")
            assert response.status_code == 418
            assert "moons.call: there is no valid example" in response.json()["issues"][0]["message"]
            assert "Add a valid example" in response.json()["hint"]

    with pytest.raises(ContractViolation, match=r"moons\.call: there is no valid example"):
        call()
