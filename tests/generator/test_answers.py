"""Answers: JSON of every kind, files, nothing, and pages."""

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
    answer,
    built,
    nullable,
    parameter,
    record,
    ref,
    spec,
)

MOMENT: Node = {"type": "string", "format": "date-time"}


@pytest.mark.parametrize(
    ("schema", "raw", "decoded"),
    [
        ({}, None, None),
        ({}, [1], [1]),
        (TEXT, "a", "a"),
        ({"type": "integer"}, 1.0, 1),
        ({"type": "boolean"}, True, True),
        ({"type": "object"}, {"a": 1}, {"a": 1}),
        (MOMENT, "2026-01-01T00:00:00Z", datetime(2026, 1, 1, tzinfo=timezone.utc)),
        ({"type": "array", "items": MOMENT}, ["2026-01-01T00:00:00Z"], [datetime(2026, 1, 1, tzinfo=timezone.utc)]),
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
def test_any_kind_of_json_can_be_an_answer(schema: Node, raw: Any, decoded: Any) -> None:
    with built(spec({"responses": answer(schema)})) as package:
        assert package.parse(raw) == decoded


def test_models_whose_names_hold_names_of_the_generator() -> None:
    variants = [{"schema": "ItemList", "holds": ["a"]}, {"schema": "Text"}]
    schemas: Node = {
        "FieldValue": {"oneOf": [ref("ItemList"), ref("Text")], "x-eigenpal-variants": variants},
        "ItemList": record(a=TEXT),
        "Text": record(b=TEXT),
    }
    schema: Node = {"type": "array", "items": {"type": "object", "additionalProperties": ref("FieldValue")}}
    with built(spec({"responses": answer(schema)}, schemas)) as package:
        assert [type(value).__name__ for value in package.parse([{"x": {"a": "1"}, "y": {}}])[0].values()] == [
            "ItemList",
            "Text",
        ]


def test_an_answer_of_the_wrong_kind() -> None:
    with built(
        spec({"responses": answer({"type": "array", "items": ref("T")})}, {"T": record("x", x=TEXT)})
    ) as package:
        wrong: list[tuple[Any, str]] = [
            ({}, "the answer should be a list, but is an object"),
            (None, "the answer should be a list, but is null or missing"),
            ([{"x": "a"}, 5], r"\[1\] should be an object, but is the number 5"),
            ([{"x": 1}], r"\[0\].x should be a string"),
        ]
        for raw, error in wrong:
            with pytest.raises(ValueError, match=error):
                package.parse(raw)


def test_nothing() -> None:
    with built(spec({"responses": {"204": {"description": "Done."}}}, method="delete")) as package:
        assert package.request().response_kind == "empty"
        assert package.parse(None) is None
        recorder, async_recorder = Recorder(), AsyncRecorder()
        assert package.tree(recorder).things.get() is None
        assert asyncio.run(package.async_tree(async_recorder).things.get()) is None
        assert "Returns:" not in package.tree(recorder).things.get.__doc__


def test_no_documented_success_is_whatever_comes() -> None:
    with built(spec({"responses": {"400": {"description": "No."}}})) as package:
        assert package.request().response_kind == "any"
        for raw in (None, {"a": 1}, b"x"):
            assert package.parse(raw) == raw


def test_several_successes_that_hold_the_same() -> None:
    schemas = {"T": {**record(x=TEXT), "description": "What was started.\n\nMore."}}
    responses = {"202": answer(ref("T"))["200"], "200": answer(ref("T"))["200"]}
    with built(spec({"responses": responses}, schemas)) as package:
        assert package.parse({"x": "a"}).x == "a"
        documentation = inspect.getdoc(package.tree(Recorder()).things.get) or ""
        assert "Returns:\n    What was started.\n" in documentation


@pytest.mark.parametrize("media", ["*/*", "application/zip", "application/octet-stream", "text/csv", "image/*"])
@pytest.mark.parametrize("group", ["things.", ""])
def test_a_file_is_bytes_or_goes_into_a_file(media: str, group: str) -> None:
    binary: Node = {
        "200": {"description": "A file.", "content": {media: {"schema": {"type": "string", "format": "binary"}}}}
    }
    operation: Node = {"operationId": f"{group}get", "responses": binary, "parameters": [parameter("x")]}
    with built(spec(operation)) as package:

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


# --- pages ------------------------------------------------------------------------------------------------------------

ROWS: Node = {"type": "array", "items": ref("Row")}


def offset_pages(name: str = "things.list") -> Node:
    pages = {"style": "offset", "items": "data", "total": "totalCount", "limit": "limit", "offset": "offset"}
    whole: Node = {"type": "integer"}
    operation: Node = {
        "operationId": name,
        "x-eigenpal-pages": pages,
        "parameters": [parameter("limit", schema=whole), parameter("offset", schema=whole), parameter("search")],
        "responses": answer(ref("Page")),
    }
    page = record("data", "totalCount", data=ROWS, totalCount=whole, limit=whole, offset=whole)
    return spec(operation, {"Page": page, "Row": record("id", id=TEXT)})


def cursor_pages() -> Node:
    pages = {"style": "cursor", "items": "runs", "next": "nextCursor", "cursor": "after"}
    operation: Node = {
        "operationId": "things.listAll",
        "x-eigenpal-pages": pages,
        "parameters": [parameter("after"), parameter("limit", schema={"type": "integer"}), parameter("id", "path")],
        "responses": answer(ref("Page")),
    }
    page = record("runs", runs=ROWS, nextCursor={"type": ["string", "null"]})
    return spec(operation, {"Page": page, "Row": record("id", id=TEXT)}, path="/{id}")


def rows(*ids: str) -> list[Node]:
    return [{"id": name} for name in ids]


async def collected(iterator: Any) -> list[str]:
    return [row.id async for row in iterator]


@pytest.mark.parametrize("name", ["things.list", "list"])
def test_pages_by_offset(name: str) -> None:
    answers = [{"data": rows("a", "b"), "totalCount": 3}, {"data": rows("c"), "totalCount": 3}]
    with built(offset_pages(name)) as package:

        def place(root: Any) -> Any:
            return root if name == "list" else root.things

        recorder, async_recorder = Recorder(*answers), AsyncRecorder(*answers)
        iterator = place(package.tree(recorder)).iter(limit=2, search="x")
        assert recorder.requests == []  # nothing is fetched before the first row is asked for
        assert [row.id for row in iterator] == ["a", "b", "c"]
        assert asyncio.run(collected(place(package.async_tree(async_recorder)).iter(limit=2, search="x"))) == [
            "a",
            "b",
            "c",
        ]
        queries = [dict(request.query) for request in recorder.requests]
        assert queries == [{"limit": "2", "search": "x"}, {"limit": "2", "search": "x", "offset": "2"}]
        assert async_recorder.requests == recorder.requests
        page = place(package.tree(Recorder(answers[0]))).list()
        assert (page.data[0].id, page.total_count) == ("a", 3)


def test_pages_by_cursor() -> None:
    answers: list[Node] = [
        {"runs": rows("a"), "nextCursor": "n"},
        {"runs": [], "nextCursor": "m"},
        {"runs": rows("b"), "nextCursor": None},
    ]
    with built(cursor_pages()) as package:
        recorder, async_recorder = Recorder(*answers), AsyncRecorder(*answers)
        assert [row.id for row in package.tree(recorder).things.iter_list_all("i", limit=5)] == ["a", "b"]
        assert asyncio.run(collected(package.async_tree(async_recorder).things.iter_list_all("i", limit=5))) == [
            "a",
            "b",
        ]
        assert [dict(request.query).get("after") for request in recorder.requests] == [None, "n", "m"]
        assert async_recorder.requests == recorder.requests
        with pytest.raises(TypeError, match="after"):  # only a page can give the token
            package.tree(recorder).things.iter_list_all("i", after="n")


def test_wrong_arguments_of_an_iterator_are_refused_at_once() -> None:
    with built(offset_pages()) as package, pytest.raises(TypeError, match="limit must be an int"):
        package.tree(Recorder()).things.iter(limit="2")
