"""Keywords: what is understood, harmless or refused, and values of the wrong shape."""

from __future__ import annotations

from typing import Any

import pytest

from generator.lowering.keywords import keywords
from generator.nodes import with_origins
from generator.problems import Report
from tests.generator.lowering.running import notes, problems, run, with_value
from tests.generator.small_specs import TEXT, make_parameter, make_spec

GET = "paths/~1things/get"
SCHEMA = "components/schemas/Thing"

HARMLESS: dict[str, tuple[str, Any]] = {
    "extension of another tool": (f"{GET}/x-internal", {"$ref": 5}),
    "extension among the paths": ("paths/x-note", 5),
    "extension among the responses": (f"{GET}/responses/x-note", 5),
    "link to other documents": (f"{GET}/externalDocs", {"url": "https://docs.test"}),
    "headers of a response": (f"{GET}/responses/200/headers", {"X-Id": {"$ref": "#/components/headers/Nothing"}}),
    "links of a response": (f"{GET}/responses/200/links", {"self": {"operationId": "things.get"}}),
    "license": ("info/license", {"name": "MIT"}),
    "schema dialect": ("jsonSchemaDialect", "https://json-schema.org/draft/2020-12/schema"),
    "how a schema is called in XML": (f"{SCHEMA}/xml", {"name": "thing"}),
    "what a schema must not be": (f"{SCHEMA}/not", {"type": "null"}),
    "names of properties": (f"{SCHEMA}/propertyNames", {"pattern": "^a"}),
    "scopes of OAuth": ("components/securitySchemes/o", {"type": "oauth2", "flows": {}}),
    "empty line of YAML": (f"{GET}/description", None),
}
KEPT: dict[str, tuple[str, Any]] = {
    "data called like keywords": (f"{SCHEMA}/default", {"$ref": 5, "properties": 5, "x-a": 1}),
    "property called like a keyword": (f"{SCHEMA}/properties", {"$ref": TEXT, "x-a": TEXT, "properties": TEXT}),
    "schema called like an extension": ("components/schemas/x-a", TEXT),
    "constant null": (f"{SCHEMA}/const", None),
    "additional properties": (f"{SCHEMA}/additionalProperties", False),
    "type in a list": (f"{SCHEMA}/type", ["string", "null"]),
    "nullable of OpenAPI 3.0": (f"{SCHEMA}/nullable", True),
    "method of ours": (f"{GET}/x-eigenpal-method", "things.fetch"),
}
READ: dict[str, tuple[str, Any, Any, str]] = {
    "version that YAML reads as a number": ("info/version", 1.0, "1.0", "1.0 is read as text"),
    "null for an object": (f"{GET}/responses/204", None, {}, "is null; read as an empty object"),
    "type that YAML reads as null": (f"{SCHEMA}/type", None, "null", ""),
    "schema that allows anything": (f"{SCHEMA}/items", True, {}, ""),
    "whole number with a point": (f"{SCHEMA}/maxLength", 10.0, 10, ""),
    "scopes that are left out": ("security", [{"key": None}], [{"key": []}], ""),
}
NOTED: dict[str, tuple[str, Any, str]] = {
    "webhooks": ("webhooks", {"a": {}}, "requests that the server makes"),
    "callbacks": (f"{GET}/callbacks", {"a": {}}, "requests that the server makes"),
    "condition": (f"{SCHEMA}/if", {}, "only under a condition"),
    "keyword that does not exist": (f"{SCHEMA}/optional", True, "is not a keyword of OpenAPI"),
    "misspelt keyword that only validates": (f"{SCHEMA}/max_items", 5, "is not a keyword of OpenAPI"),
    "bound that is no number": (f"{SCHEMA}/minLength", "5", "must be a non-negative integer; it is passed over"),
    "required of a property": (f"{SCHEMA}/required", True, "true or false has no meaning here"),
    "examples in the form of OpenAPI 3.0": (f"{SCHEMA}/examples", {"a": {"value": 1}}, "must be a list"),
    "name of a schema": (f"{SCHEMA}/name", "Thing", "is not a keyword of OpenAPI in this place (schema)"),
    "tags of a path": ("paths/~1things/tags", ["a"], "is not a keyword of OpenAPI in this place (path item)"),
    "title of an operation": (f"{GET}/title", "Get", "has no meaning here"),
}
REFUSED: dict[str, tuple[str, Any, str]] = {
    "object in place of text": (f"{GET}/summary", {}, "must be text"),
    "list in place of an object": (f"{GET}/responses", [], "must be an object"),
    "text in place of a flag": (f"{GET}/deprecated", "yes", "must be true or false"),
    "schemas that are none": (f"{SCHEMA}/properties", 5, "must be an object"),
    "entry that is no parameter": (f"{GET}/parameters", [5], "must be an object"),
    "misspelt keyword": (f"{SCHEMA}/requried", ["a"], "did you mean required?"),
    "misspelt mark of ours": (f"{GET}/x-eigenpal-idempotnet", True, "did you mean x-eigenpal-idempotent?"),
    "mark of ours in the wrong place": (f"{SCHEMA}/x-eigenpal-method", False, "x-eigenpal-method is not supported"),
    "key of a mark of ours": (f"{GET}/x-eigenpal-pagination", {"stile": "offset"}, "did you mean style?"),
    "schema of a response": (f"{GET}/responses/204", {"schema": TEXT}, "schema has no effect in this place (response)"),
    "reference in place of a schema": (
        f"{GET}/requestBody",
        {"content": {"application/json": {"$ref": "#/components/schemas/Thing"}}},
        "$ref has no effect in this place (media type)",
    ),
    "type of a parameter": (f"{GET}/parameters", [{"name": "x", "in": "query", "type": "array"}], "type has no effect"),
    "security of a path": ("paths/~1things/security", [], "security has no effect in this place (path item)"),
    "dynamic reference": (f"{SCHEMA}/$dynamicRef", "#a", "is not supported; refer to a named schema"),
    "type of a file": (f"{SCHEMA}/type", "file", "use type: string with format: binary"),
    "type that does not exist": (f"{SCHEMA}/type", "int", "did you mean integer?"),
}


@pytest.mark.parametrize("case", HARMLESS)
def test_what_does_no_harm_is_removed_without_a_word(case: str) -> None:
    document = make_spec(schemas={"Thing": TEXT})
    place, value = HARMLESS[case]
    lowered, report = run(with_value(place, value, make_spec(schemas={"Thing": TEXT})), keywords)
    assert not report.problems + report.notes
    if "securitySchemes" not in place:
        assert lowered == document


@pytest.mark.parametrize("case", KEPT)
def test_what_is_understood_is_kept(case: str) -> None:
    document = with_value(*KEPT[case], make_spec(schemas={"Thing": TEXT}))
    lowered, report = run(document, keywords)
    assert not report.problems + report.notes
    assert lowered == document


@pytest.mark.parametrize("case", READ)
def test_what_has_only_one_reading_is_read(case: str) -> None:
    place, value, read, note = READ[case]
    lowered, report = run(with_value(place, value, make_spec(schemas={"Thing": TEXT})), keywords)
    assert not report.problems
    assert lowered == with_value(place, read, make_spec(schemas={"Thing": TEXT}))
    assert [message for _, message in notes(report)] == ([note] if note else [])


@pytest.mark.parametrize("case", NOTED)
def test_what_does_no_harm_but_may_be_missed_is_noted(case: str) -> None:
    place, value, message = NOTED[case]
    lowered, report = run(with_value(place, value, make_spec(schemas={"Thing": TEXT})), keywords)
    assert not report.problems
    assert lowered == make_spec(schemas={"Thing": TEXT})
    [(noted, said)] = notes(report)
    assert (noted, message in said) == (f"#/{place}", True), said


@pytest.mark.parametrize("case", REFUSED)
def test_what_matters_is_refused_with_its_place(case: str) -> None:
    place, value, message = REFUSED[case]
    _, report = run(with_value(place, value, make_spec(schemas={"Thing": TEXT})), keywords)
    [(refused, said)] = problems(report)
    assert (refused.startswith(f"#/{place}"), message in said) == (True, True), (refused, said)


def test_all_problems_are_found_at_once() -> None:
    document = with_value(f"{GET}/parameters", [make_parameter("a", schema=5), {"in": []}, 5])
    _, report = run(with_value(f"{GET}/tags", {}, document), keywords)
    assert [place for place, _ in problems(report)] == [
        "#/paths/~1things/get/parameters/0/schema",
        "#/paths/~1things/get/parameters/1/in",
        "#/paths/~1things/get/parameters/2",
        "#/paths/~1things/get/tags",
    ]


def test_a_tuple_of_older_schemas_is_written_as_one_of_today() -> None:
    lowered, _ = run(make_spec(schemas={"Thing": {"type": "array", "items": [TEXT, TEXT]}}), keywords)
    assert lowered["components"]["schemas"]["Thing"] == {"type": "array", "prefixItems": [TEXT, TEXT]}


def test_a_document_needs_info_and_paths() -> None:
    _, report = run({"openapi": "3.1.0"}, keywords)
    assert problems(report) == [("#/info", "is missing"), ("#/paths", "is missing")]


def test_problems_name_the_overlay_where_it_is_at_fault() -> None:
    document = with_origins(make_spec())
    document["paths"]["/things"]["get"] = with_origins({"sumary": "x", "tags": 5}, "overlay.yaml#/actions/0/update")

    report = Report()
    keywords(document, report)
    assert [problem.place for problem in report.problems] == ["overlay.yaml#/actions/0/update/tags"]
