"""OpenAPI 3.0, and nullable."""

from __future__ import annotations

import pytest

from tests.generator.lowering.lower import lower_document, lower_schemas
from tests.generator.small_specs import TEXT, Node, make_object, make_spec, nullable, ref

OTHER = make_object(a=TEXT)


@pytest.mark.parametrize("version", ["3.0.0", "3.0.3", "3.1.0", "3.1.1"])
@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ({"type": "string", "nullable": True}, nullable(TEXT)),
        ({"type": "string", "nullable": False}, TEXT),
        ({"nullable": True}, {}),
        ({"type": "array", "items": {"type": "string", "nullable": True}, "nullable": True},
         nullable({"type": "array", "items": nullable(TEXT)})),
        ({"$ref": "#/components/schemas/Other", "nullable": True}, nullable(ref("Other"))),
        ({"$ref": "#/components/schemas/Other", "nullable": True, "description": "It."},
         {**nullable(ref("Other")), "description": "It."}),
        ({"allOf": [ref("Other")], "nullable": True}, nullable(ref("Other"))),
        ({"allOf": [ref("Other"), {"nullable": True}]}, nullable(ref("Other"))),
        ({"oneOf": [ref("Other"), {"type": "string"}], "nullable": True},
         {"anyOf": [ref("Other"), TEXT, {"type": "null"}]}),
        ({"type": "string", "enum": ["a", "b"], "nullable": True}, nullable(ref("ThingP"))),
        ({"type": "string", "enum": ["a", "b", None], "nullable": True}, nullable(ref("ThingP"))),
        ({"type": "object", "properties": {"a": TEXT}, "nullable": True}, nullable(ref("ThingP"))),
        (ref("Maybe"), nullable(ref("Maybe"))),
        ({"type": "array", "items": ref("Maybe")}, {"type": "array", "items": nullable(ref("Maybe"))}),
        ({"anyOf": [ref("Maybe"), TEXT]}, {"anyOf": [ref("Maybe"), TEXT, {"type": "null"}]}),
    ],
)  # fmt: skip
def test_null_is_the_last_branch_where_a_value_is_used(version: str, schema: Node, expected: Node) -> None:
    schemas = {"Thing": make_object(p=schema), "Other": OTHER, "Maybe": {**make_object(m=TEXT), "nullable": True}}
    found = lower_schemas(schemas, version)
    assert found["Thing"]["properties"]["p"] == expected
    assert found["Maybe"] == make_object(m=TEXT)


def test_exclusive_bounds_become_numbers() -> None:
    bounds = {"type": "integer", "minimum": 1, "exclusiveMinimum": True, "maximum": 9, "exclusiveMaximum": False}
    found = lower_schemas({"Thing": bounds}, "3.0.3")
    assert found["Thing"] == {"type": "integer", "exclusiveMinimum": 1, "maximum": 9}


def test_in_3_0_an_example_is_a_list_and_keywords_beside_ref_mean_nothing() -> None:
    schema = {"$ref": "#/components/schemas/Other", "type": "string", "description": "It."}
    schemas = {"Thing": make_object(p=schema, q={"type": "string", "example": "x"}), "Other": OTHER}
    lowered, report = lower_document({**make_spec(schemas=schemas), "openapi": "3.0.3"})
    found = lowered["components"]["schemas"]["Thing"]["properties"]
    assert lowered["openapi"] == "3.1.0"
    assert report.problems == []
    assert found["p"] == {**ref("Other"), "description": "It."}
    assert found["q"] == {"type": "string", "examples": ["x"]}
