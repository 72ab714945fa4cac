"""Our own extensions, in a lowered document."""

from __future__ import annotations

from typing import Any

import pytest

from generator.lowering import lower
from generator.lowering.marks import marks
from tests.generator.full_spec import make_full_spec
from tests.generator.lowering.running import problems, run
from tests.generator.small_specs import (
    TEXT,
    make_json_body,
    make_multipart_body,
    make_object,
    make_parameter,
    make_response,
    make_spec,
    nullable,
    ref,
)

WHOLE = {"type": "integer"}
FILE = {"type": "string", "format": "binary"}
GET = "#/paths/~1things/get"
HIDDEN: dict[str, Any] = {"x-eigenpal-method": False}
PAGE = make_object(data={"type": "array", "items": TEXT}, total=nullable(WHOLE), next=nullable(TEXT))
KINDS = {
    "Cat": make_object(kind=TEXT, lives=WHOLE),
    "Dog": make_object(kind=TEXT, bark=TEXT),
    "Pets": {"type": "array", "items": TEXT},
}


def with_pagination(**keys: str) -> dict[str, Any]:
    parameters = [
        make_parameter("limit", schema=WHOLE),
        make_parameter("offset", schema=WHOLE),
        make_parameter("after"),
    ]
    operation = {"parameters": parameters, "responses": make_response(ref("Page")), "x-eigenpal-pagination": keys}
    return make_spec(operation, {"Page": PAGE})


def with_rows(rows: str, **pagination: str) -> dict[str, Any]:
    document = with_pagination(**pagination)
    document["paths"]["/things"]["get"]["x-eigenpal-rows"] = rows
    return document


def with_other_rows() -> dict[str, Any]:
    document = with_pagination(style="cursor", items="data", next="next", cursor="after")
    document["components"]["schemas"]["Page"]["properties"]["more"] = {"type": "array", "items": TEXT}
    other = {"operationId": "others.list", "responses": make_response(ref("Page")), "x-eigenpal-rows": "more"}
    document["paths"]["/others"] = {"get": other}
    return document


def with_variants(*entries: dict[str, Any], branches: tuple[str, ...] = ("Cat", "Dog")) -> dict[str, Any]:
    union = {"anyOf": [ref(name) for name in branches], "x-eigenpal-variants": list(entries)}
    return make_spec(schemas={**KINDS, "Pet": union})


def with_also(body: dict[str, Any], *entries: dict[str, Any], **more: Any) -> dict[str, Any]:
    operation = {"requestBody": body, "x-eigenpal-also": list(entries), **more}
    return make_spec(operation, {"Body": make_object(state=TEXT)})


FITTING: dict[str, dict[str, Any]] = {
    "offset": with_pagination(style="offset", items="data", total="total", limit="limit", offset="offset"),
    "pages of one size": with_pagination(style="offset", items="data", total="total", offset="offset"),
    "cursor": with_pagination(style="cursor", items="data", next="next", cursor="after"),
    "size of pages by cursor": with_pagination(
        style="cursor", items="data", next="next", limit="limit", cursor="after"
    ),
    "rows": make_spec({"responses": make_response(ref("Page")), "x-eigenpal-rows": "data"}, {"Page": PAGE}),
    "several values": with_variants(
        {"schema": "Cat", "equals": {"kind": ["cat", "kitten", True, 5]}}, {"schema": "Dog"}
    ),
    "conditions of the last": with_variants(
        {"schema": "Cat", "holds": ["lives"]}, {"schema": "Dog", "equals": {"kind": "dog"}}
    ),
    "another media type": with_also(
        {"content": {**make_json_body("Body")["content"], **make_multipart_body("Body")["content"]}},
        {"operation": "things.upload", "media": "multipart/form-data"},
    ),
    "a fixed property": with_also(make_json_body("Body"), {"operation": "things.close", "fixed": {"state": "done"}}),
    "no method": make_spec({"x-eigenpal-method": False}),
    "prefix": make_spec(
        schemas={"Up": {**make_object(a=TEXT), "additionalProperties": FILE, "x-eigenpal-part-prefix": "f."}}
    ),
    "slashes": make_spec(
        {"parameters": [make_parameter("path", "path", **{"x-eigenpal-slashes": "kept"})]}, path="/{path}"
    ),
    "name": make_spec(schemas={"Thing": make_object(a=TEXT, b={**TEXT, "x-eigenpal-name": "c"})}),
    "strict": make_spec(schemas={"Thing": make_object("a", a={**TEXT, "x-eigenpal-strict": True})}),
}
MISFITS: dict[str, tuple[dict[str, Any], str, str]] = {
    "style of pages": (with_pagination(style="page"), f"{GET}/x-eigenpal-pagination", "needs style: offset or cursor"),
    "key of another style": (
        with_pagination(style="cursor", items="data", next="next", cursor="after", total="total"),
        f"{GET}/x-eigenpal-pagination/total",
        "has no meaning with style: cursor",
    ),
    "missing key": (
        with_pagination(style="cursor", items="data", next="next"),
        f"{GET}/x-eigenpal-pagination/cursor",
        "is missing",
    ),
    "rows that are no list": (
        with_pagination(style="cursor", items="total", next="next", cursor="after"),
        f"{GET}/x-eigenpal-pagination/items",
        "'total' is not a property of the response with type: array",
    ),
    "cursor that is no parameter": (
        with_pagination(style="cursor", items="data", next="next", cursor="next"),
        f"{GET}/x-eigenpal-pagination/cursor",
        "'next' is not a query parameter",
    ),
    "offset that is no number": (
        with_pagination(style="offset", items="data", total="total", offset="after"),
        f"{GET}/x-eigenpal-pagination/offset",
        "'after' is not a parameter with type: integer",
    ),
    "page size that is taken": (
        make_spec(
            {
                "parameters": [make_parameter("limit", schema=WHOLE), make_parameter("pageSize"), make_parameter("c")],
                "responses": make_response(ref("Page")),
                "x-eigenpal-pagination": {
                    "style": "cursor",
                    "items": "data",
                    "next": "next",
                    "limit": "limit",
                    "cursor": "c",
                },
            },
            {"Page": PAGE},
        ),
        f"{GET}/x-eigenpal-pagination/limit",
        "its iterator calls this page_size, which is taken",
    ),
    "no rows": (
        make_spec({"responses": make_response(ref("Page")), "x-eigenpal-rows": "total"}, {"Page": PAGE}),
        f"{GET}/x-eigenpal-rows",
        "'total' is not a property of the response with type: array",
    ),
    "rows beside pagination": (
        with_rows("data", style="cursor", items="data", next="next", cursor="after"),
        f"{GET}/x-eigenpal-rows",
        "cannot be combined with x-eigenpal-pagination",
    ),
    "other rows of the same page": (
        with_other_rows(),
        "#/paths/~1others/get/x-eigenpal-rows",
        "Page has the rows 'data' in another operation",
    ),
    "missing variant": (
        with_variants({"schema": "Cat"}),
        "#/components/schemas/Pet/x-eigenpal-variants",
        "must list each variant once: Cat, Dog",
    ),
    "variant without a condition": (
        with_variants({"schema": "Cat"}, {"schema": "Dog"}),
        "#/components/schemas/Pet/x-eigenpal-variants/0",
        "every variant but the last needs holds or equals",
    ),
    "condition on nothing": (
        with_variants({"schema": "Cat", "holds": ["bark"]}, {"schema": "Dog"}),
        "#/components/schemas/Pet/x-eigenpal-variants/0/holds",
        "'bark' is not a property of Cat",
    ),
    "value that is none": (
        with_variants({"schema": "Cat", "equals": {"kind": []}}, {"schema": "Dog"}),
        "#/components/schemas/Pet/x-eigenpal-variants/0/equals/kind",
        "must be text, a boolean or an integer",
    ),
    "variant that is no object": (
        with_variants({"schema": "Cat", "holds": ["kind"]}, {"schema": "Pets"}, branches=("Cat", "Pets")),
        "#/components/schemas/Pet/x-eigenpal-variants/1/schema",
        "Pets is not an object",
    ),
    "also nothing": (
        with_also(make_json_body("Body"), {"operation": "things.x"}),
        f"{GET}/x-eigenpal-also/0",
        "needs either media or fixed",
    ),
    "also an unknown media type": (
        with_also(make_json_body("Body"), {"operation": "things.x", "media": "text/plain"}),
        f"{GET}/x-eigenpal-also/0/media",
        "the body has no media type 'text/plain'",
    ),
    "also an unknown property": (
        with_also(make_json_body("Body"), {"operation": "things.x", "fixed": {"z": "a"}}),
        f"{GET}/x-eigenpal-also/0/fixed/z",
        "is not a property of the body",
    ),
    "also a name that is none": (
        with_also(make_json_body("Body"), {"operation": "things x", "fixed": {"state": "a"}}),
        f"{GET}/x-eigenpal-also/0/operation",
        "must be camelCase words",
    ),
    "also beside no method": (
        with_also(
            make_json_body("Body"), {"operation": "a.b", "fixed": {"state": "a"}}, **{"x-eigenpal-method": False}
        ),
        f"{GET}/x-eigenpal-also/0",
        "cannot be combined with x-eigenpal-method: false",
    ),
    "slashes in the query": (
        make_spec({"parameters": [make_parameter("x", **{"x-eigenpal-slashes": "kept"})]}),
        f"{GET}/parameters/0/x-eigenpal-slashes",
        "must be 'kept', on a string parameter in the path",
    ),
    "timestamp that is a number": (
        make_spec({"parameters": [make_parameter("x", schema=WHOLE, **{"x-eigenpal-timestamp": True})]}),
        f"{GET}/parameters/0/x-eigenpal-timestamp",
        "needs a string parameter outside the path",
    ),
    "two waits": (
        make_spec(
            {"parameters": [make_parameter(x, schema=WHOLE, **{"x-eigenpal-server-wait": True}) for x in ("a", "b")]}
        ),
        f"{GET}/parameters/1/x-eigenpal-server-wait",
        "only one of an operation can have it",
    ),
    "prefix without files": (
        make_spec(schemas={"Up": {**make_object(a=TEXT), "x-eigenpal-part-prefix": "f."}}),
        "#/components/schemas/Up/x-eigenpal-part-prefix",
        "needs a named schema with additionalProperties of format: binary",
    ),
    "strict property that may be absent": (
        make_spec(schemas={"Thing": make_object(a={**TEXT, "x-eigenpal-strict": True})}),
        "#/components/schemas/Thing/properties/a/x-eigenpal-strict",
        "needs a required property",
    ),
    "name that is none": (
        make_spec(schemas={"Thing": make_object(a={**TEXT, "x-eigenpal-name": "1"})}),
        "#/components/schemas/Thing/properties/a",
        "'a' cannot become a Python name",
    ),
    "name that is taken": (
        make_spec(schemas={"Thing": make_object(a=TEXT, b={**TEXT, "x-eigenpal-name": "a"})}),
        "#/components/schemas/Thing/properties/b",
        "collides with 'a'",
    ),
}


@pytest.mark.parametrize("case", FITTING)
def test_a_mark_that_fits(case: str) -> None:
    lowered, report = run(FITTING[case], marks)
    assert not report.problems + report.notes
    assert lowered == FITTING[case]


@pytest.mark.parametrize("case", MISFITS)
def test_a_mark_that_does_not_fit_is_refused(case: str) -> None:
    document, place, message = MISFITS[case]
    _, report = run(document, marks)
    [(refused, said)] = problems(report)
    assert (refused, message in said) == (place, True), said


def test_a_union_of_unions_has_the_properties_of_all() -> None:
    document = with_variants({"schema": "Cat", "holds": ["lives"]}, {"schema": "Dog"})
    outer = {
        "anyOf": [ref("Pet"), ref("Bird")],
        "x-eigenpal-variants": [{"schema": "Pet", "holds": ["bark"]}, {"schema": "Bird"}],
    }
    document["components"]["schemas"].update(Animal=outer, Bird=make_object(song=TEXT))
    _, report = run(document, marks)
    assert not report.problems


def test_the_marks_of_the_full_spec_fit() -> None:
    document = make_full_spec()
    document["components"]["schemas"]["CursorPage"]["properties"]["nextCursor"] = nullable(TEXT)
    del document["components"]["schemas"]["Thing"]["properties"]["inline"]
    _, report = run(document, marks)
    assert not report.problems


def test_what_lowering_finds_out_itself_is_not_checked() -> None:
    union = {"oneOf": [ref("Cat"), ref("Dog")], "discriminator": {"propertyName": "undeclared"}}
    _, report = run(make_spec(schemas={**KINDS, "Pet": union}), lower)
    assert problems(report) == []
