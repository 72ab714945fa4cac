"""References: what is shared is put where it is used, and parts of schemas become named schemas."""

from __future__ import annotations

from typing import Any

import pytest

from generator.lowering.keywords import keywords
from generator.lowering.references import references
from generator.nodes import Node
from tests.generator.lowering.running import problems, run, with_value
from tests.generator.small_specs import TEXT, make_object, make_parameter, make_response, make_spec, ref

GET = "#/paths/~1things/get"
PARAMETERS = "#/components/parameters"


def resolve(document: dict[str, Any]) -> Node:
    lowered, report = run(document, keywords, references)
    assert not report.problems
    return lowered


def operation_of(lowered: Node) -> Any:
    return lowered["paths"]["/things"]["get"]


def test_parameters_bodies_responses_and_examples_are_put_in_place() -> None:
    document = make_spec(
        {
            "parameters": [{"$ref": f"{PARAMETERS}/Alias", "description": "Of this use.", "x-eigenpal-name": "query"}],
            "requestBody": {"$ref": "#/components/requestBodies/Body"},
            "responses": {"200": {"$ref": "#/components/responses/Ok"}},
        }
    )
    media = {"application/json": {"schema": TEXT, "examples": {"one": {"$ref": "#/components/examples/One"}}}}
    document["components"] = {
        "parameters": {"Alias": {"$ref": f"{PARAMETERS}/Q"}, "Q": make_parameter("q")},
        "requestBodies": {"Body": {"content": {"application/json": {"schema": TEXT}}}},
        "responses": {"Ok": {"description": "Fine.", "content": media}},
        "examples": {"One": {"value": "x"}},
    }
    lowered = resolve(document)
    operation = operation_of(lowered)
    [parameter] = operation["parameters"]
    assert (parameter["name"], parameter["description"]) == ("q", "Of this use.")
    assert parameter["x-eigenpal-name"] == "query"
    assert parameter.origin == f"{PARAMETERS}/Q"
    assert operation["requestBody"]["content"]["application/json"]["schema"] == TEXT
    assert operation["responses"]["200"]["content"]["application/json"]["examples"] == {"one": {"value": "x"}}
    assert lowered["components"] == {}


def test_parameters_of_a_path_move_to_its_operations_which_override_them() -> None:
    document = make_spec({"parameters": [make_parameter("limit", schema={"type": "integer"})]}, path="/things")
    document["paths"]["/things"]["parameters"] = [
        make_parameter("limit"),
        make_parameter("limit", "header"),
        make_parameter("id", "path"),
    ]
    document["paths"]["/things"]["post"] = {"responses": {}}
    item = resolve(document)["paths"]["/things"]
    assert "parameters" not in item
    assert [(one["name"], one["in"], one["schema"]["type"]) for one in item["get"]["parameters"]] == [
        ("limit", "query", "integer"),
        ("limit", "header", "string"),
        ("id", "path", "string"),
    ]
    assert len(item["post"]["parameters"]) == 3


@pytest.mark.parametrize("reference", ["#/components/pathItems/Things", "#/paths/~1others"])
def test_a_path_can_be_a_reference(reference: str) -> None:
    document = make_spec()
    item = document["paths"]["/things"]
    document["paths"] = {"/things": {"$ref": reference, "summary": "Own"}, "/others": item}
    document["components"] = {"pathItems": {"Things": item}}
    lowered = resolve(document)
    assert lowered["paths"]["/things"] == {"summary": "Own", **item}


DEEP: dict[str, tuple[dict[str, Any], str]] = {
    "property": (make_spec(schemas={"Thing": make_object(a=make_object(b=TEXT))}), "Thing/properties/a"),
    "definition": (make_spec(schemas={"Thing": {"$defs": {"a": make_object(b=TEXT)}}}), "Thing/$defs/a"),
    "row": (make_spec(schemas={"Thing": {"type": "array", "items": make_object(b=TEXT)}}), "Thing/items"),
    "branch": (make_spec(schemas={"Thing": {"anyOf": [TEXT, make_object(b=TEXT)]}}), "Thing/anyOf/1"),
}
NAMES = {"property": "ThingA", "definition": "ThingA", "row": "ThingItem", "branch": "ThingPart2"}


@pytest.mark.parametrize("case", DEEP)
def test_a_part_of_a_schema_that_is_referred_to_gets_a_name(case: str) -> None:
    document, place = DEEP[case]
    document["components"]["schemas"]["Use"] = make_object(x=ref(place))
    schemas = resolve(document)["components"]["schemas"]
    assert schemas["Use"]["properties"]["x"] == ref(NAMES[case])
    assert schemas[NAMES[case]] == make_object(b=TEXT)
    assert str(make_object(b=TEXT)) not in str(schemas["Thing"])


@pytest.mark.parametrize(
    ("reference", "expected"),
    [
        ("#/components/schemas/Thing/properties/a", {"type": "string", "description": "Of Thing."}),
        ("#/components/schemas/Thing/properties/b", ref("Other")),
        ("#/components/schemas/a~1b%20c", ref("a/b c")),
        ("#/components/parameters/P/schema", TEXT),
        ("#/paths/~1things/get/responses/200/content/application~1json/schema", ref("Other")),
    ],
)
def test_other_schemas_are_found_wherever_they_are(reference: str, expected: dict[str, Any]) -> None:
    schemas = {
        "Thing": make_object(a={**TEXT, "description": "Of Thing."}, b=ref("Other")),
        "Other": make_object(x=TEXT),
        "a/b c": TEXT,
        "Use": make_object(x={"$ref": reference}),
    }
    document = make_spec({"responses": make_response(ref("Other"))}, schemas)
    document["components"]["parameters"] = {"P": make_parameter("p")}
    found = resolve(document)["components"]["schemas"]["Use"]["properties"]["x"]
    assert found == expected


def test_a_part_that_contains_itself_is_named_once() -> None:
    place = "#/components/schemas/Thing/properties/child"
    schemas = {"Thing": make_object(child=make_object(child={"$ref": place}), other={"$ref": place})}
    found = resolve(make_spec(schemas=schemas))["components"]["schemas"]
    assert found["Thing"]["properties"] == {"child": ref("ThingChild"), "other": ref("ThingChild")}
    assert found["ThingChild"]["properties"] == {"child": ref("ThingChild")}


def test_what_operations_share_has_one_name() -> None:
    sort = {"type": "string", "enum": ["a", "b"]}
    document = make_spec(
        {"parameters": [{"$ref": f"{PARAMETERS}/Sort"}], "responses": {"200": {"$ref": "#/components/responses/Page"}}}
    )
    document["paths"]["/others"] = document["paths"]["/things"]
    document["components"] = {
        "schemas": {"PageResponse": TEXT},
        "parameters": {"Sort": make_parameter("sort", schema={"type": "array", "items": sort})},
        "responses": {
            "Page": {"description": "", "content": {"application/json": {"schema": make_object(a=TEXT)}}},
            "Refused": {"description": "", "content": {"application/json": {"schema": make_object(b=TEXT)}}},
        },
    }
    lowered = resolve(document)
    for path in ("/things", "/others"):
        operation = lowered["paths"][path]["get"]
        assert operation["parameters"][0]["schema"]["items"] == ref("SortParameterItem")
        assert operation["responses"]["200"]["content"]["application/json"]["schema"] == ref("PageResponse2")
    assert set(lowered["components"]["schemas"]) == {"PageResponse", "SortParameterItem", "PageResponse2"}


REFUSED: dict[str, tuple[str, str, str]] = {
    "nothing": ("#/components/schemas/Thin", "x", "does not exist; did you mean #/components/schemas/Thing?"),
    "nothing inside": ("#/components/schemas/Thing/properties/z/items/5", "x", "does not exist"),
    "another file": ("models/thing.yaml#/Thing", "x", "is in another file"),
    "a URL": ("https://schemas.test/thing.json", "x", "is in another file"),
    "an anchor": ("#thing", "x", "is no JSON pointer"),
    "the whole document": ("#", "x", "is no JSON pointer"),
    "another kind": ("#/components/parameters/P", "x", "is not a schema"),
    "data": ("#/components/schemas/Thing/default", "x", "is not a schema"),
    "itself": ("#/components/schemas/Use/properties/x", "x", "refers to itself"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_reference_to_something_else_is_refused(case: str) -> None:
    reference, property_name, message = REFUSED[case]
    document = make_spec(schemas={"Thing": {**TEXT, "default": {}}, "Use": make_object(x={"$ref": reference})})
    document["components"]["parameters"] = {"P": make_parameter("p")}
    _, report = run(document, keywords, references)
    [(place, said)] = problems(report)
    assert place == f"#/components/schemas/Use/properties/{property_name}/$ref"
    assert message in said
    if case == "another file":
        assert "redocly/cli bundle" in report.problems[0].remedy


def test_circles_are_refused_and_cut() -> None:
    document = with_value("components/parameters", {"P": {"$ref": f"{PARAMETERS}/Q"}, "Q": {"$ref": f"{PARAMETERS}/P"}})
    document["components"]["schemas"] = {"A": ref("B"), "B": ref("A"), "C": ref("C")}
    lowered, report = run(
        with_value("paths/~1things/get/parameters", [{"$ref": f"{PARAMETERS}/P"}], document), references
    )
    assert sorted(place for place, message in problems(report) if "refers to itself" in message) == [
        "#/components/parameters/Q/$ref",
        "#/components/schemas/A/$ref",
        "#/components/schemas/B/$ref",
        "#/components/schemas/C/$ref",
    ]
    assert lowered["components"]["schemas"] == {"A": {}, "B": {}, "C": {}}


@pytest.mark.parametrize(
    ("place", "value"),
    [
        ("paths/~1things/get/parameters", [ref("Thing")]),
        ("paths/~1things/get/requestBody", ref("Thing")),
        ("paths/~1things/get/responses", {"200": {"$ref": "#/components/parameters/P"}}),
        ("paths/~1things/$ref", "#/components/schemas/Thing"),
        ("components/securitySchemes", {"a": {"$ref": "#/components/schemas/Thing"}}),
    ],
)
def test_a_reference_must_fit_its_place(place: str, value: Any) -> None:
    document = make_spec(schemas={"Thing": TEXT})
    document["components"]["parameters"] = {"P": make_parameter("p")}
    _, report = run(with_value(place, value, document), keywords, references)
    [(_, message)] = problems(report)
    assert " is not a " in message
