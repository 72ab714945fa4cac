"""One JSON type for each schema."""

from __future__ import annotations

import pytest

from tests.generator.lowering.lower import lower_document, lower_schema, lower_schemas
from tests.generator.small_specs import TEXT, Node, make_object, make_spec, nullable, ref

INTEGER: Node = {"type": "integer"}
FREE: Node = {"type": "object"}


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ({"items": TEXT}, {"type": "array", "items": TEXT}),
        ({"type": "array"}, {"type": "array", "items": {}}),
        ({"additionalProperties": TEXT}, {"type": "object", "additionalProperties": TEXT}),
        ({"type": "object", "properties": {}, "required": []}, FREE),
        ({"type": ["string", "integer", "null"]}, {"anyOf": [TEXT, INTEGER, {"type": "null"}]}),
        ({"type": ["null", "string"], "maxLength": 3, "description": "It.", "default": "x"},
         {"anyOf": [{"type": "string", "maxLength": 3}, {"type": "null"}], "description": "It.", "default": "x"}),
        ({"type": ["array", "string"], "items": TEXT, "minLength": 1},
         {"anyOf": [{"type": "array", "items": TEXT}, {"type": "string", "minLength": 1}]}),
        ({"type": ["string"]}, TEXT),
        ({"type": []}, {}),
        ({"type": "null"}, {}),
        ({"type": "string", "properties": {"a": TEXT}, "minimum": 3, "items": TEXT}, TEXT),
        ({"minLength": 3}, {}),
        ({"type": "string", "format": "nobody-knows"}, {"type": "string", "format": "nobody-knows"}),
        # Constants
        ({"const": "a"}, {"type": "string", "const": "a"}),
        ({"const": True, "type": "boolean"}, {"type": "boolean", "const": True}),
        ({"const": 1.0, "type": "number"}, {"type": "integer", "const": 1}),
        ({"const": 1.5}, {"type": "number"}),
        ({"const": None}, {}),
        ({"const": {"a": 1}}, FREE),
        ({"const": ["a"]}, {"type": "array", "items": {}}),
        ({"const": "a", "type": ["string", "null"]}, {"type": "string", "const": "a"}),
        # Enums
        ({"enum": ["a"]}, {"type": "string", "const": "a"}),
        ({"enum": ["a", "a", None]}, nullable({"type": "string", "const": "a"})),
        ({"enum": ["a", "b"]}, ref("ThingP")),
        ({"type": ["string", "null"], "enum": ["a", None, "b"]}, nullable(ref("ThingP"))),
        ({"type": "number", "enum": [1, 2]}, ref("ThingP")),
        ({"enum": [1, 2.5]}, {"type": "number"}),
        ({"enum": [True, False]}, {"type": "boolean"}),
        ({"enum": [False]}, {"type": "boolean", "const": False}),
        ({"enum": [None]}, {}),
        ({"enum": ["auto", 1, 2]}, {"anyOf": [{"type": "string", "const": "auto"}, ref("ThingP")]}),
        ({"enum": ["none", False]},
         {"anyOf": [{"type": "string", "const": "none"}, {"type": "boolean", "const": False}]}),
        ({"enum": [{"a": 1}, {"b": 2}]}, FREE),
    ],
)  # fmt: skip
def test_a_schema_gets_one_form(schema: Node, expected: Node) -> None:
    assert lower_schema(make_object(p=schema))["properties"]["p"] == expected


def test_an_enum_has_distinct_values_of_one_type() -> None:
    schemas = {"Thing": make_object(p={"enum": [1, 2.0, 1, 3]}), "Single": {"type": "string", "enum": ["x"]}}
    found = lower_schemas(schemas)
    assert found["ThingP"] == {"type": "integer", "enum": [1, 2, 3]}
    assert found["Single"] == {"type": "string", "enum": ["x"]}


def test_objects_are_seen_by_their_properties() -> None:
    found = lower_schema({"properties": {"a": TEXT}, "required": ["a", "a"]})
    assert found == {"type": "object", "properties": {"a": TEXT}, "required": ["a"]}


@pytest.mark.parametrize(
    ("schema", "expected", "note"),
    [
        ({"type": "array", "prefixItems": [TEXT, INTEGER], "items": False},
         {"type": "array", "items": {"anyOf": [TEXT, INTEGER]}}, "prefixItems: a tuple is a list here"),
        ({"type": "object", "patternProperties": {"^x": INTEGER, "^y": TEXT}},
         {"type": "object", "additionalProperties": {"anyOf": [INTEGER, TEXT]}}, "patternProperties: the patterns are"),
        ({"type": "string", "enum": ["a", 1]}, {"type": "string", "const": "a"}, "enum: 1 is not of the type string"),
        ({"type": "string", "const": 1}, TEXT, "const: 1 is not of the type string"),
        ({"type": "object", "properties": {"a": TEXT}, "required": ["b"]},
         ref("ThingP"), "required: requires 'b', without saying what it is"),
    ],
)  # fmt: skip
def test_what_loses_precision_is_noted(schema: Node, expected: Node, note: str) -> None:
    lowered, report = lower_document(make_spec(schemas={"Thing": make_object(p=schema)}))
    assert lowered["components"]["schemas"]["Thing"]["properties"]["p"] == expected
    assert report.problems == []
    (found,) = report.notes
    assert str(found).startswith(f"#/components/schemas/Thing/properties/p/{note}")


NOTHING: list[str] = []


@pytest.mark.parametrize(
    ("schema", "problem"),
    [
        ({"type": "string", "enum": NOTHING}, "enum: lists no values"),
        ({**make_object(a=TEXT), "x-eigenpal-variants": NOTHING}, "x-eigenpal-variants: needs a union: anyOf or oneOf"),
    ],
)
def test_what_cannot_be_right_is_refused(schema: Node, problem: str) -> None:
    _, report = lower_document(make_spec(schemas={"Thing": schema}))
    assert [str(found) for found in report.problems] == [f"#/components/schemas/Thing/{problem}"]
    assert report.problems[0].remedy
