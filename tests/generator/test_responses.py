"""Responses: JSON of every kind, files, no content, and pagination."""

from __future__ import annotations

import asyncio
import inspect
from datetime import datetime, timezone
from typing import Any

import pytest

from tests.generator.small_specs import (
    TEXT,
    AsyncRecorder,
    Node,
    Recorder,
    build,
    make_object,
    make_parameter,
    make_response,
    make_spec,
    nullable,
    ref,
)

DATETIME: Node = {"type": "string", "format": "date-time"}


@pytest.mark.parametrize(
    ("schema", "raw", "decoded"),
    [
        ({}, None, None),
        ({}, [1], [1]),
        (TEXT, "a", "a"),
        ({"type": "integer"}, 1.0, 1),
        ({"type": "boolean"}, True, True),
        ({"type": "object"}, {"a": 1}, {"a": 1}),
        (DATETIME, "2026-01-01T00:00:00Z", datetime(2026, 1, 1, tzinfo=timezone.utc)),
        ({"type": "array", "items": DATETIME}, ["2026-01-01T00:00:00Z"], [datetime(2026, 1, 1, tzinfo=timezone.utc)]),
        ({"type": "array", "items": {"type": "array", "items": TEXT}}, [["a"]], [["a"]]),
        ({"type": "object", "additionalProperties": {"type": "array", "items": TEXT}}, {"a": ["b"]}, {"a": ["b"]}),
        ({"type": ["string", "null"]}, None, None),
        (nullable({"type": "array", "items": TEXT}), None, None),
        (nullable({"type": "array", "items": TEXT}), ["a"], ["a"]),
        ({"oneOf": [TEXT, {"type": "array", "items": TEXT}]}, ["a"], ["a"]),
        ({"oneOf": [TEXT, {"type": "array", "items": TEXT}, {"type": "null"}]}, None, None),
        ({"oneOf": [TEXT, {"type": "array", "items": TEXT}]}, "a", "a"),
    ],
)
def test_any_kind_of_json_can_be_a_response(schema: Node, raw: Any, decoded: Any) -> None:
    with build(make_spec({"responses": make_response(schema)})) as package:
        assert package.parse(raw) == decoded


def test_models_whose_names_contain_names_of_the_generator() -> None:
    variants = [{"schema": "ItemList", "holds": ["a"]}, {"schema": "Text"}]
    schemas: Node = {
        "FieldValue": {"oneOf": [ref("ItemList"), ref("Text")], "x-eigenpal-variants": variants},
        "ItemList": make_object(a=TEXT),
        "Text": make_object(b=TEXT),
    }
    schema: Node = {"type": "array", "items": {"type": "object", "additionalProperties": ref("FieldValue")}}
    with build(make_spec({"responses": make_response(schema)}, schemas)) as package:
        assert [type(value).__name__ for value in package.parse([{"x": {"a": "1"}, "y": {}}])[0].values()] == [
            "ItemList",
            "Text",
        ]


def test_a_response_of_the_wrong_type() -> None:
    with build(
        make_spec({"responses": make_response({"type": "array", "items": ref("T")})}, {"T": make_object("x", x=TEXT)})
    ) as package:
        wrong: list[tuple[Any, str]] = [
            ({}, "the response should be a list, but is an empty object"),
            (None, "the response should be a list, but is null or missing"),
            ([{"x": "a"}, 5], r"\[1\] should be an object, but is the number 5"),
            ([{"x": 1}], r"\[0\].x should be a string"),
        ]
        for raw, error in wrong:
            with pytest.raises(ValueError, match=error):
                package.parse(raw)


def test_a_response_without_content() -> None:
    with build(make_spec({"responses": {"204": {"description": "Done."}}}, method="delete")) as package:
        assert package.request().response_kind == "empty"
        assert package.parse(None) is None
        recorder, async_recorder = Recorder(), AsyncRecorder()
        assert package.tree(recorder).things.get() is None
        assert asyncio.run(package.async_tree(async_recorder).things.get()) is None
        assert "Returns:" not in package.tree(recorder).things.get.__doc__


def test_an_undocumented_success_can_be_anything() -> None:
    with build(make_spec({"responses": {"400": {"description": "No."}}})) as package:
        assert package.request().response_kind == "any"
        for raw in (None, {"a": 1}, b"x"):
            assert package.parse(raw) == raw


def test_several_successes_with_the_same_schema() -> None:
    schemas = {"T": {**make_object(x=TEXT), "description": "What was started.\n\nMore."}}
    responses = {"202": make_response(ref("T"))["200"], "200": make_response(ref("T"))["200"]}
    with build(make_spec({"responses": responses}, schemas)) as package:
        assert package.parse({"x": "a"}).x == "a"
        documentation = inspect.getdoc(package.tree(Recorder()).things.get) or ""
        assert "Returns:\n    What was started.\n" in documentation


def test_successes_that_differ_are_told_apart_by_their_status() -> None:
    schemas = {"T": make_object(x=TEXT), "U": make_object(y=TEXT)}
    responses = {
        "2XX": make_response(TEXT)["200"],
        "200": make_response(ref("T"))["200"],
        "204": {"description": "No."},
    }
    responses["201"] = responses["200"]
    responses["202"] = {"description": "Later", "content": {"application/json": {"schema": ref("U")}}}
    with build(make_spec({"responses": responses}, schemas)) as package:
        request, response = package.request(), package.runtime.Response

        def parse(status: int, data: Any) -> Any:
            return package.endpoint("things.get").parse(response(status, {}, data))

        assert request.response_kind == "any"
        assert (parse(200, {"x": "a"}).x, parse(201, {"x": "b"}).x, parse(202, {"y": "c"}).y) == ("a", "b", "c")
        assert (parse(204, None), parse(203, "text")) == (None, "text")
        assert "202: Later.\n" in (inspect.getdoc(package.tree(Recorder()).things.get) or "").replace(" 204", "\n204")


@pytest.mark.parametrize("method", ["get", "delete"])
def test_a_success_without_content_is_bytes_or_nothing(method: str) -> None:
    document = make_spec({"responses": {"200": {"description": "Done."}}}, method=method)
    with build(document) as package:
        assert package.request().response_kind == "optional_file"
        recorder = Recorder(b"%PDF", None)
        get = package.tree(recorder).things.get
        assert (get(), get()) == (b"%PDF", None)
        if method == "get":  # others rarely answer with a file
            assert get(to="a.pdf") == 42
        assert ("to" in inspect.signature(get).parameters) == (method == "get")


@pytest.mark.parametrize("media", ["*/*", "application/zip", "application/octet-stream", "text/csv", "image/*"])
@pytest.mark.parametrize("group", ["things.", ""])
def test_a_file_is_returned_as_bytes_or_written_to_a_file(media: str, group: str) -> None:
    binary: Node = {
        "200": {"description": "A file.", "content": {media: {"schema": {"type": "string", "format": "binary"}}}}
    }
    operation: Node = {"operationId": f"{group}get", "responses": binary, "parameters": [make_parameter("x")]}
    with build(make_spec(operation)) as package:

        def get(root: Any) -> Any:
            return root.things.get if group else root.get

        recorder, async_recorder = Recorder(b"%PDF", b""), AsyncRecorder(b"%PDF")
        download, async_download = get(package.tree(recorder)), get(package.async_tree(async_recorder))
        assert download(x="a") == asyncio.run(async_download(x="a")) == b"%PDF"
        assert download() == b""
        assert download(x="a", to="out.pdf", progress=print) == asyncio.run(async_download(x="a", to="out.pdf")) == 42
        assert recorder.downloads == [("out.pdf", print)]
        assert async_recorder.downloads == [("out.pdf", None)]
        assert {request.response_kind for request in recorder.requests} == {"file"}
        assert recorder.requests[0] == recorder.requests[2] == async_recorder.requests[0]
        with pytest.raises(TypeError, match="progress= requires to="):
            download(progress=print)
        with pytest.raises(TypeError, match="progress= requires to="):
            asyncio.run(async_download(progress=print))
        with pytest.raises(ValueError, match="should be the bytes of a file"):
            get(package.tree(Recorder("text")))()


# --- pagination -------------------------------------------------------------------------------------------------------

ROWS: Node = {"type": "array", "items": ref("Row")}


def make_offset_spec(name: str = "things.list") -> Node:
    pages = {"style": "offset", "items": "data", "total": "totalCount", "limit": "limit", "offset": "offset"}
    whole: Node = {"type": "integer"}
    operation: Node = {
        "operationId": name,
        "x-eigenpal-pagination": pages,
        "parameters": [
            make_parameter("limit", schema=whole),
            make_parameter("offset", schema=whole),
            make_parameter("search"),
        ],
        "responses": make_response(ref("Page")),
    }
    page = make_object("data", "totalCount", data=ROWS, totalCount=whole, limit=whole, offset=whole)
    return make_spec(operation, {"Page": page, "Row": make_object("id", id=TEXT)})


def make_cursor_spec() -> Node:
    pages = {"style": "cursor", "items": "runs", "next": "nextCursor", "limit": "limit", "cursor": "after"}
    operation: Node = {
        "operationId": "things.listAll",
        "x-eigenpal-pagination": pages,
        "parameters": [
            make_parameter("after"),
            make_parameter("limit", schema={"type": "integer"}),
            make_parameter("id", "path"),
        ],
        "responses": make_response(ref("Page")),
    }
    page = make_object("runs", runs=ROWS, nextCursor={"type": ["string", "null"]})
    return make_spec(operation, {"Page": page, "Row": make_object("id", id=TEXT)}, path="/{id}")


def make_rows(*ids: str) -> list[Node]:
    return [{"id": name} for name in ids]


async def collect_ids(iterator: Any) -> list[str]:
    return [row.id async for row in iterator]


@pytest.mark.parametrize("name", ["things.list", "list"])
def test_offset_pagination(name: str) -> None:
    responses = [{"data": make_rows("a", "b"), "totalCount": 3}, {"data": make_rows("c"), "totalCount": 3}]
    with build(make_offset_spec(name)) as package:

        def get_group(root: Any) -> Any:
            return root if name == "list" else root.things

        recorder, async_recorder = Recorder(*responses), AsyncRecorder(*responses)
        iterator = get_group(package.tree(recorder)).iter(page_size=2, search="x")
        assert recorder.requests == []  # nothing is fetched before the first row is needed
        assert [row.id for row in iterator] == ["a", "b", "c"]
        assert asyncio.run(
            collect_ids(get_group(package.async_tree(async_recorder)).iter(page_size=2, search="x"))
        ) == [
            "a",
            "b",
            "c",
        ]
        queries = [dict(request.query) for request in recorder.requests]
        assert queries == [{"limit": "2", "search": "x"}, {"limit": "2", "search": "x", "offset": "2"}]
        assert async_recorder.requests == recorder.requests
        page = get_group(package.tree(Recorder(responses[0]))).list()
        assert (page.data[0].id, page.total_count) == ("a", 3)
        assert [row.id for row in page] == ["a", "b"]


def test_cursor_pagination() -> None:
    responses: list[Node] = [
        {"runs": make_rows("a"), "nextCursor": "n"},
        {"runs": [], "nextCursor": "m"},
        {"runs": make_rows("b"), "nextCursor": None},
    ]
    with build(make_cursor_spec()) as package:
        recorder, async_recorder = Recorder(*responses), AsyncRecorder(*responses)
        assert [row.id for row in package.tree(recorder).things.iter_list_all("i", page_size=5)] == ["a", "b"]
        assert asyncio.run(collect_ids(package.async_tree(async_recorder).things.iter_list_all("i", page_size=5))) == [
            "a",
            "b",
        ]
        assert [dict(request.query).get("after") for request in recorder.requests] == [None, "n", "m"]
        assert async_recorder.requests == recorder.requests
        with pytest.raises(TypeError, match="after"):  # only a page of results supplies the cursor
            package.tree(recorder).things.iter_list_all("i", after="n")


def test_wrong_arguments_of_an_iterator_are_rejected_at_once() -> None:
    with build(make_offset_spec()) as package, pytest.raises(TypeError, match="page_size must be an int"):
        package.tree(Recorder()).things.iter(page_size="2")
