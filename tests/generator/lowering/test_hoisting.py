"""What gets a name, and which."""

from __future__ import annotations

from typing import Any

import pytest

from tests.generator.lowering.lower import lower_document, lower_schemas
from tests.generator.small_specs import TEXT, Node, make_object, make_response, make_spec, nullable, ref

ENUM: Node = {"type": "string", "enum": ["a", "b"]}


def model(*required: str, **properties: Node) -> Node:
    found: Node = {"type": "object", "properties": properties}
    return {**found, "required": list(required)} if required else found


def listing(items: Node) -> Node:
    return {"type": "array", "items": items}


A, B = model("a", a=TEXT), model("b", b=TEXT)


@pytest.mark.parametrize(
    ("schema", "expected", "names"),
    [
        (A, ref("RunPart"), {"RunPart": A}),
        (ENUM, ref("RunPart"), {"RunPart": ENUM}),
        (nullable(A), nullable(ref("RunPart")), {"RunPart": A}),
        (listing(A), listing(ref("RunPartItem")), {"RunPartItem": A}),
        (listing(listing(ENUM)), listing(listing(ref("RunPartItemItem"))), {"RunPartItemItem": ENUM}),
        ({"type": "object", "additionalProperties": A},
         {"type": "object", "additionalProperties": ref("RunPartValue")}, {"RunPartValue": A}),
        (model(inner=A), ref("RunPart"), {"RunPart": model(inner=ref("RunPartInner")), "RunPartInner": A}),
        ({**model(x=TEXT), "additionalProperties": A}, ref("RunPart"),
         {"RunPart": {**model(x=TEXT), "additionalProperties": ref("RunPartValue")}, "RunPartValue": A}),
        ({**A, "description": "It.", "deprecated": True, "x-eigenpal-name": "it"},
         {**ref("RunPart"), "deprecated": True, "x-eigenpal-name": "it"}, {"RunPart": {**A, "description": "It."}}),
        ({"anyOf": [A, TEXT, listing(A)]}, {"anyOf": [ref("RunPart"), TEXT, listing(ref("RunPart"))]}, {"RunPart": A}),
        ({"anyOf": [A, listing(B)]}, {"anyOf": [ref("RunPart"), listing(ref("RunPartItem"))]},
         {"RunPart": A, "RunPartItem": B}),
        ({"anyOf": [ENUM, A]}, {"anyOf": [ref("RunPart"), ref("RunPartObject")]},
         {"RunPart": ENUM, "RunPartObject": A}),
    ],
)  # fmt: skip
def test_what_needs_a_name_is_named_after_its_place(schema: Node, expected: Node, names: Node) -> None:
    found = lower_schemas({"Run": make_object(part=schema)})
    assert found == {"Run": make_object(part=expected), **names}


@pytest.mark.parametrize(
    ("prop", "name"),
    [("steps", "RunStep"), ("entries", "RunEntry"), ("data", "RunDataItem"), ("status", "RunStatusItem")],
)
def test_what_a_list_holds_has_the_singular(prop: str, name: str) -> None:
    found = lower_schemas({"Run": make_object(**{prop: listing(A)})})
    assert found == {"Run": make_object(**{prop: listing(ref(name))}), name: A}


def test_a_property_has_the_better_right_to_its_name() -> None:
    found = lower_schemas({"Run": make_object(steps=listing(A), step=B), "RunStep2": TEXT})
    assert list(found["Run"]["properties"].values()) == [listing(ref("RunStepsItem")), ref("RunStep")]


def branch_names(*branches: Node, **schemas: Node) -> list[str]:
    found = lower_schemas({"Thing": {"anyOf": [*branches]}, **schemas})["Thing"]
    return [branch["$ref"].rsplit("/", 1)[-1] for branch in found["anyOf"]]


@pytest.mark.parametrize(
    ("branches", "expected"),
    [
        ([model("kind", kind={"const": "in_use"}), model("kind", kind={"const": "gone"})], ["ThingInUse", "ThingGone"]),
        ([model("ok", ok={"const": True}), model("ok", ok={"const": False})], ["ThingOk", "ThingNotOk"]),
        ([model("v", v={"const": 1}), model("v", v={"const": 2})], ["ThingV1", "ThingV2"]),
        ([model("$fileId", **{"$fileId": TEXT}), B], ["ThingFileId", "ThingB"]),
        ([A, model(x=TEXT)], ["ThingA", "ThingOther"]),
        ([{**A, "title": "First"}, {**B, "title": "The second"}], ["First", "ThingTheSecond"]),
        ([ref("Cat"), A], ["Cat", "ThingA"]),
    ],
)
def test_branches_are_named_after_what_selects_them(branches: list[Node], expected: list[str]) -> None:
    assert branch_names(*branches, Cat=model("lives", lives=TEXT)) == expected


def test_a_union_of_objects_has_a_name_other_than_in_a_property() -> None:
    union = {"anyOf": [ref("A"), ref("B")]}
    variants = [{"schema": "A", "holds": ["a"]}, {"schema": "B", "holds": ["b"]}]
    lowered, report = lower_document(
        make_spec(
            {"responses": make_response(nullable(union))},
            {"A": A, "B": B, "Run": make_object(one=union, parts=listing(union), never=nullable(union))},
        )
    )
    found = lowered["components"]["schemas"]
    named = {**union, "x-eigenpal-variants": variants}
    properties = found["Run"]["properties"]
    assert report.problems == []
    assert (properties["one"], properties["parts"]) == (named, listing(ref("RunPart")))
    assert properties["never"] == {**named, "anyOf": [*union["anyOf"], {"type": "null"}]}
    assert (found["RunPart"], found["ThingsGetResponse"]) == (named, named)
    answer = lowered["paths"]["/things"]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    assert answer == nullable(ref("ThingsGetResponse"))


def test_a_title_that_is_a_class_name_names_it_if_nothing_else_has_it() -> None:
    found = lower_schemas({
        "Run": make_object(
            timing={**A, "title": "Clock"},
            owner={**A, "title": "Taken"},
            words={**A, "title": "Several words"},
            one={**A, "title": "Twice"},
            two={**B, "title": "Twice"},
            status={**A, "title": "Status"},
            maybe={**nullable(B), "title": "Perhaps"},
        ),
        "Taken": TEXT,
    })  # fmt: skip
    references = [str(node.get("$ref") or node["anyOf"][0]["$ref"]) for node in found["Run"]["properties"].values()]
    names = [reference.rsplit("/", 1)[-1] for reference in references]
    assert names == ["Clock", "RunOwner", "RunWords", "RunOne", "RunTwo", "RunStatus", "Perhaps"]


def test_names_stay_when_others_are_added() -> None:
    run = {"steps": listing(A), "timing": model(start=model(at=TEXT)), "state": ENUM}
    before = lower_schemas({"Run": make_object(**run)})
    after = lower_schemas({
        "Another": make_object(steps=listing(B), run=A),
        "Run": make_object(**{"first": model(at=TEXT), **run, "step": B, "last": ENUM}),
    })  # fmt: skip
    kept = [name for name in before if name not in ("Run", "RunStep")]
    assert {name: after[name] for name in kept} == {name: before[name] for name in kept}


# --- operations -------------------------------------------------------------------------------------------------------


def body(schema: Node, media: str = "application/json") -> Node:
    return {"required": True, "content": {media: {"schema": schema}}}


def answer(schema: Node) -> Node:
    return {"description": "It.", "content": {"application/json": {"schema": schema}}}


@pytest.mark.parametrize(
    ("operation", "expected"),
    [
        ({"requestBody": body(A)}, ["ThingsGetBody"]),
        ({"requestBody": body(A, "multipart/form-data")}, ["ThingsGetForm"]),
        ({"requestBody": body(A, "application/x-www-form-urlencoded")}, ["ThingsGetForm"]),
        ({"requestBody": {"content": {**body(A)["content"], **body(B, "multipart/form-data")["content"]}}},
         ["ThingsGetBody", "ThingsGetForm"]),
        ({"requestBody": body(A, "application/xml")}, []),
        ({"responses": {"200": answer(A)}}, ["ThingsGetResponse"]),
        ({"responses": {"201": answer(listing(A))}}, ["ThingsGetResponseItem"]),
        ({"responses": {"200": answer(A), "202": answer(B)}}, ["ThingsGetResponse", "ThingsGetResponse202"]),
        ({"responses": {"default": answer(A)}}, ["ThingsGetResponse"]),
        ({"parameters": [{"name": "sort-by", "in": "query", "schema": ENUM}]}, ["ThingsGetSortBy"]),
        ({"parameters": [{"name": "kinds", "in": "query", "schema": listing(ENUM)}]}, ["ThingsGetKind"]),
        ({"parameters": [{"name": "filter", "in": "query", "schema": A, "style": "deepObject"}]}, ["ThingsGetFilter"]),
        ({"parameters": [{"name": "filter", "in": "query", "content": {"application/json": {"schema": A}}}]},
         ["ThingsGetFilter"]),
    ],
)  # fmt: skip
def test_bodies_answers_and_parameters_are_named_after_the_operation(operation: Node, expected: list[str]) -> None:
    assert list(lower_schemas({}, operation=operation)) == expected


@pytest.mark.parametrize("status", ["404", "4XX", "default"])
@pytest.mark.parametrize(
    ("schema", "expected"),
    [(A, {}), (listing(ENUM), {}), (ref("Error"), ref("Error")), (listing(ref("Error")), listing(ref("Error")))],
)
def test_errors_are_not_named(status: str, schema: Node, expected: Node) -> None:
    responses = {"200": answer(ref("Error")), status: answer(schema)}
    lowered, _ = lower_document(make_spec({"responses": responses}, {"Error": make_object(code=TEXT)}))
    found: Any = lowered["paths"]["/things"]["get"]["responses"][status]
    assert list(lowered["components"]["schemas"]) == ["Error"]
    assert found["content"]["application/json"]["schema"] == expected
