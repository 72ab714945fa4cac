"""Parameters: how each is sent, and what its argument is called."""

from __future__ import annotations

from typing import Any

import pytest

from generator.lowering.arguments import arguments
from generator.lowering.parameters import parameters
from generator.naming import RESERVED_IN_PAGES, python_name
from tests.generator.lowering.running import notes, problems, run
from tests.generator.small_specs import TEXT, make_json_body, make_object, make_parameter, make_spec, nullable, ref

WHOLE = {"type": "integer"}
LIST = {"type": "array", "items": TEXT}
FLAT = make_object(a=TEXT, b=WHOLE)
LISTS = make_object(a=LIST)
DEEP = make_object(a=FLAT)
Found = dict[str, Any]


def lower(*nodes: Found, **schemas: Any) -> tuple[list[Found], list[str]]:
    """Return the parameters of a document without problems, and the notes."""
    lowered, report = run(make_spec({"parameters": list(nodes)}, schemas), parameters, arguments)
    assert not report.problems
    return lowered["paths"]["/things"]["get"].get("parameters", []), [message for _, message in notes(report)]


# --- how they are sent ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("where", "schema", "given", "expected"),
    [
        ("query", TEXT, {}, ()),
        ("query", TEXT, {"style": "form", "explode": False}, ()),
        ("query", {"anyOf": [TEXT, WHOLE]}, {"style": "spaceDelimited"}, ()),
        ("query", ref("Colour"), {"explode": False}, ()),
        ("query", LIST, {}, ()),
        ("query", LIST, {"style": "form", "explode": True}, ()),
        ("query", LIST, {"explode": False}, ("form", False)),
        ("query", LIST, {"style": "spaceDelimited"}, ("spaceDelimited", False)),
        ("query", LIST, {"style": "pipeDelimited", "explode": True}, ()),
        ("query", LIST, {"style": "deepObject"}, ("deepObject", True)),
        ("query", FLAT, {}, ()),
        ("query", LISTS, {}, ()),
        ("query", FLAT, {"explode": False}, ("form", False)),
        ("query", FLAT, {"style": "deepObject", "explode": True}, ("deepObject", True)),
        ("query", ref("Filter"), {"style": "deepObject"}, ("deepObject", True)),
        ("query", {"type": "object"}, {}, ()),
        ("query", {}, {}, ()),
        ("query", {"anyOf": [TEXT, LIST]}, {}, ()),
        ("path", LIST, {}, ()),
        ("path", LIST, {"explode": True}, ("simple", True)),
        ("path", FLAT, {"style": "simple"}, ()),
        ("header", {"type": "array", "items": {"type": "string", "format": "date-time"}}, {}, ()),
        ("header", FLAT, {"explode": True}, ("simple", True)),
        ("cookie", LIST, {}, ()),
        ("cookie", TEXT, {"style": "form"}, ()),
    ],
)
def test_styles(where: str, schema: Found, given: Found, expected: tuple[Any, ...]) -> None:
    named = {"Colour": {"type": "string", "enum": ["a"]}, "Filter": FLAT}
    node = {"name": "x", "in": where, "schema": schema, **given}
    [found], _ = lower(node, **named)
    assert (found.get("style"), found.get("explode")) == (expected or (None, None))
    assert (found["schema"], found["required"]) == (schema, where == "path")


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        (nullable(TEXT), TEXT),
        ({**nullable(LIST), "description": "Words."}, {**LIST, "description": "Words."}),
        ({"anyOf": [TEXT, WHOLE, {"type": "null"}]}, {"anyOf": [TEXT, WHOLE]}),
        ({"type": "array", "items": nullable(WHOLE)}, {"type": "array", "items": WHOLE}),
    ],
)
def test_null_is_not_sent(schema: Found, expected: Found) -> None:
    [found], noted = lower(make_parameter("x", schema=schema))
    assert (found["schema"], noted) == (expected, [])


def test_a_text_that_stands_for_a_list_is_a_list_of_one() -> None:
    [found], _ = lower(make_parameter("x", schema={"anyOf": [TEXT, LIST]}, explode=False))
    assert found["schema"] == LIST


@pytest.mark.parametrize(
    ("node", "expected", "note"),
    [
        ({"content": {"application/json": {"schema": FLAT}}}, {"content": {"application/json": {"schema": FLAT}}}, ""),
        ({"content": {"application/x+json": {}}}, {"content": {"application/json": {"schema": {}}}}, ""),
        ({"content": {"text/csv": {}}}, {"schema": TEXT}, "is sent as the text that is given (text/csv)"),
        ({"content": {}}, {"schema": TEXT}, "is sent as the text that is given (of no type)"),
        ({}, {"schema": TEXT}, "has no schema; it is taken as text"),
    ],
)
def test_parameters_without_a_schema(node: Found, expected: Found, note: str) -> None:
    [found], noted = lower({"name": "x", "in": "query", **node})
    assert found == {"name": "x", "in": "query", "required": False, **expected}
    assert noted == ([f"the query parameter x {note}"] if note else [])


def test_what_openapi_or_the_client_sends_by_itself_is_no_parameter() -> None:
    names = ["Accept", "Content-Type", "authorization", "Content-Length", "Host"]
    found, noted = lower(*(make_parameter(name, "header") for name in names), make_parameter("X-Id", "header"))
    assert [one["name"] for one in found] == ["X-Id"]
    assert noted == [f"the header {name} is no parameter: the client sets it" for name in names]


@pytest.mark.parametrize(
    ("schema", "note"),
    [(LISTS, "is an object that holds lists or objects"), (DEEP, "is an object that holds lists or objects")],
)
def test_what_openapi_leaves_open_is_noted(schema: Found, note: str) -> None:
    _, noted = lower(make_parameter("x", schema=schema, style="deepObject"))
    assert noted == [f"the query parameter x {note}: it is written with brackets, a[b][c]="]


def test_a_style_of_another_location_is_read_as_the_default() -> None:
    [found], noted = lower(make_parameter("X-Ids", "header", schema=LIST, style="form"))
    assert "style" not in found
    assert noted == ["the header parameter X-Ids has the style form, which is not for the header; it is sent as simple"]


@pytest.mark.parametrize(
    ("node", "message"),
    [
        (make_parameter("x", "body"), "in 'body'; it must be in path, query, header or cookie"),
        ({"in": "query", "schema": TEXT}, "a parameter without a name"),
        (make_parameter("a b", "header"), "'a b' is no name of a header"),
        (make_parameter("a;b", "cookie"), "'a;b' is no name of a cookie"),
        (make_parameter("x", content={"application/json": {}}), "with both a schema and content"),
        (make_parameter("x", "path", style="label"), "the style label in the path is not supported"),
        (make_parameter("x", "path", style="matrix", schema=LIST), "the style matrix in the path is not supported"),
        (make_parameter("x", "header", style="deepObject", schema=FLAT), "style deepObject in the header"),
        (make_parameter("x", schema=LIST, style="tabDelimited"), "the style tabDelimited in the query"),
        (make_parameter("x", schema=FLAT, style="pipeDelimited"), "an object in the style pipeDelimited"),
        (make_parameter("x", schema={"type": "array", "items": FLAT}), "a list of lists or objects"),
        (make_parameter("x", schema=DEEP), "an object that holds objects"),
        (make_parameter("x", schema=LISTS, explode=False), "an object that holds lists or objects"),
        (make_parameter("x", "header", schema={"anyOf": [TEXT, FLAT]}), "a union of lists or objects"),
    ],
)
def test_what_cannot_be_sent_is_refused(node: Found, message: str) -> None:
    _, report = run(make_spec({"parameters": [node]}), parameters)
    [(place, said)] = problems(report)
    assert place == "#/paths/~1things/get/parameters/0"
    assert message in said
    # Without its parameter, a path could be sent, but not as the API takes it.
    assert report.problems[0].remedy.startswith("remove the operation") == (node["in"] == "path")


def test_one_parameter_twice() -> None:
    assert len(lower(make_parameter("x"), make_parameter("x"))[0]) == 1
    _, report = run(make_spec({"parameters": [make_parameter("x"), make_parameter("x", schema=WHOLE)]}), parameters)
    assert problems(report) == [
        ("#/paths/~1things/get/parameters/1", "a second parameter x in the query, which differs"),
    ]


# --- names ------------------------------------------------------------------------------------------------------------


def name(*found: tuple[str, ...], **operation: Any) -> list[str]:
    """Return the names of the arguments of parameters."""
    schemas = {"Body": make_object(id=TEXT, body=TEXT, note=TEXT), "Plain": make_object(x=TEXT)}
    document = make_spec({"parameters": [make_parameter(*one) for one in found], **operation}, schemas)
    lowered, report = run(document, arguments)
    assert not report.problems
    assert all("x-eigenpal-name" in note.remedy for note in report.notes)
    nodes = lowered["paths"]["/things"]["get"]["parameters"]
    return [python_name(node.get("x-eigenpal-name", node["name"]), RESERVED_IN_PAGES) for node in nodes]


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ([("id", "query"), ("id", "path")], ["id_query", "id"]),
        ([("id", "header"), ("id", "cookie"), ("id", "query")], ["id_header", "id_cookie", "id"]),
        ([("a-b",), ("a_b",), ("aB",)], ["a_dash_b", "a_b", "a_b_query"]),
        ([("time",), ("time<",), ("time>",), ("time[gte]",)], ["time", "time_lt", "time_gt", "time_gte"]),
        ([("a<",), ("a>",)], ["a_lt", "a_gt"]),
        ([("$filter",), ("@type",), ("from",), ("self",)], ["filter", "type", "from_", "self_"]),
        ([("123",), ("größe",), ("-",)], ["one_two_three", "grosse", "dash"]),
    ],
)
def test_parameters_get_names_of_their_own(found: list[tuple[str, ...]], expected: list[str]) -> None:
    assert name(*found) == expected
    assert sorted(name(*reversed(found))) == sorted(expected)


@pytest.mark.parametrize(
    ("operation", "expected"),
    [
        ({"requestBody": make_json_body("Body")}, ["id_query", "body_query", "to", "request_body_query"]),
        ({"requestBody": make_json_body("Plain")}, ["id", "body_query", "to", "request_body"]),
        ({"requestBody": {"content": {"text/plain": {"schema": TEXT}}}}, ["id", "body_query", "to", "request_body"]),
    ],
)
def test_other_arguments_keep_their_names(operation: Found, expected: list[str]) -> None:
    assert name(("id",), ("body",), ("to",), ("request_body",), **operation) == expected


@pytest.mark.parametrize(
    ("found", "message"),
    [
        ([make_parameter("имя")], "'имя' cannot become a Python name"),
        ([make_parameter("x", **{"x-eigenpal-name": "1; import os"})], "'1; import os' cannot become a Python name"),
        ([make_parameter(a, **{"x-eigenpal-name": "x"}) for a in ("a", "b")], "'x' is taken"),
    ],
)
def test_a_name_that_cannot_be_is_refused(found: list[Found], message: str) -> None:
    _, report = run(make_spec({"parameters": found}), arguments)
    assert [said for _, said in problems(report)] == [message]


@pytest.mark.parametrize("responses", [{"200": {"content": {"text/csv": {}}}}, {"200": {}, "204": {}}])
def test_arguments_of_downloads_are_kept_apart(responses: Found) -> None:
    found = {"parameters": [make_parameter("to"), make_parameter("to_")], "responses": responses}
    lowered, report = run(make_spec(found), arguments)
    nodes = lowered["paths"]["/things"]["get"]["parameters"]
    # Both would be to_, because to is the argument of downloads.
    assert [node.get("x-eigenpal-name") for node in nodes] == ["to_query", None]
    assert len(report.notes) == 1
