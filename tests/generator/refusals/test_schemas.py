"""Schemas that are not supported, and ambiguous unions."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.generator.refusals.cases import (
    LIST,
    SCHEMAS,
    RejectionCases,
    change_spec,
    check_rejection,
    with_property,
    with_schema,
    with_union,
)
from tests.generator.small_specs import TEXT, make_object, ref

CASES: RejectionCases = {
    # --- schemas
    "allOf": (with_property({"allOf": [TEXT]}), f"{SCHEMAS}/Whole/properties/x/allOf", "allOf is not supported"),
    "not": (with_property({"not": TEXT}), f"{SCHEMAS}/Whole/properties/x/not", "not is not supported"),
    "unknown keyword": (with_property({"$anchor": "x"}), f"{SCHEMAS}/Whole/properties/x/$anchor", "not supported"),
    "nullable of 3.0": (
        with_property({**TEXT, "nullable": True}),
        f"{SCHEMAS}/Whole/properties/x/nullable",
        "supported",
    ),
    "unknown type": (with_property({"type": "text"}), f"{SCHEMAS}/Whole/properties/x/type", "'text' is not a type"),
    "type that is a list in a list": (
        with_property({"type": [["string"]]}),
        f"{SCHEMAS}/Whole/properties/x/type",
        "not",
    ),
    "several types": (
        with_property({"type": ["string", "integer"]}),
        f"{SCHEMAS}/Whole/properties/x/type",
        "use anyOf",
    ),
    "nothing but null": (
        with_property({"type": "null"}),
        f"{SCHEMAS}/Whole/properties/x/type",
        "null alone is not supported",
    ),
    "unknown format": (
        with_property({**TEXT, "format": "slug"}),
        f"{SCHEMAS}/Whole/properties/x/format",
        "the format 'slug' is not supported",
    ),
    "format of a number": (
        with_property({"type": "integer", "format": "date-time"}),
        f"{SCHEMAS}/Whole/properties/x/format",
        "the format 'date-time' is not supported",
    ),
    "items without a list": (
        with_property({"items": TEXT}),
        f"{SCHEMAS}/Whole/properties/x/items",
        "needs type: array",
    ),
    "bounds of text": (
        with_property({**TEXT, "minimum": 1}),
        f"{SCHEMAS}/Whole/properties/x/minimum",
        "needs type: integer",
    ),
    "bound that is text": (
        with_property({"type": "integer", "minimum": "1"}),
        f"{SCHEMAS}/Whole/properties/x/minimum",
        "must be a number",
    ),
    "list without items": (with_property({"type": "array"}), f"{SCHEMAS}/Whole/properties/x", "an array needs items"),
    "inline object": (
        with_property(make_object(y=TEXT)),
        f"{SCHEMAS}/Whole/properties/x/properties",
        "an object needs a name",
    ),
    "inline enum": (with_property({**TEXT, "enum": ["a"]}), f"{SCHEMAS}/Whole/properties/x/enum", "needs a name"),
    "mixed enum": (with_schema({"enum": ["a", 1]}), f"{SCHEMAS}/Whole/enum", "only enums of strings"),
    "enum of numbers": (
        with_schema({"type": "number", "enum": [1.5]}),
        f"{SCHEMAS}/Whole/enum",
        "only enums of strings (type: string) or integers (type: integer)",
    ),
    "enum of booleans among integers": (
        with_schema({"type": "integer", "enum": [1, True]}),
        f"{SCHEMAS}/Whole/enum",
        "only enums of strings",
    ),
    "enum with null": (
        with_schema({"type": ["string", "null"], "enum": ["a", None]}),
        f"{SCHEMAS}/Whole/enum",
        "use anyOf to allow null",
    ),
    "empty enum": (with_schema({**TEXT, "enum": []}), f"{SCHEMAS}/Whole/enum", "at least one value"),
    "enum with a value twice": (with_schema({**TEXT, "enum": ["a", "a"]}), f"{SCHEMAS}/Whole/enum", "a value twice"),
    "const of another type": (
        with_property({"type": "string", "const": 1}),
        f"{SCHEMAS}/Whole/properties/x/const",
        "must be a string, boolean or integer that matches the type",
    ),
    "const without a type": (with_property({"const": "a"}), f"{SCHEMAS}/Whole/properties/x/const", ""),
    "const that is null": (
        with_property({**TEXT, "const": None}),
        f"{SCHEMAS}/Whole/properties/x/const",
        "must be a string, boolean or integer",
    ),
    "required that is not a property": (
        with_schema(make_object("y", x=TEXT)),
        f"{SCHEMAS}/Whole/required/0",
        "'y' is not a property",
    ),
    "required twice": (
        with_schema(make_object("x", "x", x=TEXT)),
        f"{SCHEMAS}/Whole/required/1",
        "'x' is defined twice",
    ),
    "required that is not a list": (
        with_schema({**make_object(x=TEXT), "required": True}),
        f"{SCHEMAS}/Whole/required",
        "must be a list",
    ),
    "schema that is true": (with_property(True), f"{SCHEMAS}/Whole/properties/x", "true and false are not supported"),
    "properties with the same Python name": (
        with_schema(make_object(**{"fooBar": TEXT, "foo_bar": TEXT})),
        f"{SCHEMAS}/Whole/properties/foo_bar",
        "collides with 'fooBar': both would be foo_bar in Python",
    ),
    "property that has no Python name": (
        with_schema(make_object(**{"1st": TEXT})),
        f"{SCHEMAS}/Whole/properties/1st",
        "'1st' cannot become a Python name",
    ),
    "properties of no type": (
        with_schema({"properties": {"x": TEXT}}),
        f"{SCHEMAS}/Whole/properties",
        "properties needs type: object",
    ),
    "nullable object with properties": (
        with_schema({**make_object(x=TEXT), "type": ["object", "null"]}),
        f"{SCHEMAS}/Whole/type",
        "use anyOf to allow null",
    ),
    "schema of additional properties next to properties": (
        with_schema({**make_object(x=TEXT), "additionalProperties": TEXT}),
        f"{SCHEMAS}/Whole/additionalProperties",
        "next to properties is not supported",
    ),
    "schema with a name in lower case": (
        change_spec("components/schemas/thing", TEXT),
        f"{SCHEMAS}/thing",
        "begin with a capital letter",
    ),
    "schema with a dash": (
        change_spec("components/schemas/A-b", TEXT),
        f"{SCHEMAS}/A-b",
        "must consist of letters and digits",
    ),
    "schema with a reserved name": (
        with_schema(TEXT, Model=make_object(x=TEXT)),
        f"{SCHEMAS}/Model",
        "is reserved for the generated code",
    ),
    "schemas with the same module name": (
        with_schema(TEXT, RunID=make_object(x=TEXT), RunId=make_object(x=TEXT)),
        f"{SCHEMAS}/RunId",
        "both would be the module run_id",
    ),
    "schema that is the decoder of another": (
        change_spec(
            "components/schemas/DecodeU",
            make_object(x=TEXT),
            with_union([{"schema": "A", "holds": ["a"]}, {"schema": "B"}]),
        ),
        f"{SCHEMAS}/DecodeU",
        "collides with U",
    ),
    # --- unions
    "anyOf with oneOf": (
        with_property({"anyOf": [TEXT], "oneOf": [TEXT]}),
        f"{SCHEMAS}/Whole/properties/x",
        "anyOf together with oneOf",
    ),
    "type next to anyOf": (
        with_property({"anyOf": [TEXT], "type": "string"}),
        f"{SCHEMAS}/Whole/properties/x/type",
        "type next to anyOf is not supported",
    ),
    "empty union": (
        with_property({"anyOf": []}),
        f"{SCHEMAS}/Whole/properties/x/anyOf",
        "must be a list of schemas",
    ),
    "union of null": (
        with_property({"anyOf": [{"type": "null"}]}),
        f"{SCHEMAS}/Whole/properties/x/anyOf",
        "null alone",
    ),
    "ambiguous union": (
        with_property({"oneOf": [ref("A"), ref("B")]}, A=make_object(a=TEXT), B=make_object(b=TEXT)),
        f"{SCHEMAS}/Whole/properties/x/oneOf",
        "cannot tell the variants apart",
    ),
    "union of numbers": (
        with_property({"oneOf": [{"type": "integer"}, {"type": "number"}]}),
        f"{SCHEMAS}/Whole/properties/x/oneOf",
        "cannot tell the variants apart",
    ),
    "union with anything": (with_property({"oneOf": [{}, TEXT]}), f"{SCHEMAS}/Whole/properties/x/oneOf", "cannot tell"),
    "variants without a union": (
        with_property({**TEXT, "x-eigenpal-variants": []}),
        f"{SCHEMAS}/Whole/properties/x/x-eigenpal-variants",
        "is not supported",
    ),
    "variants that are not a list": (with_union({}), f"{SCHEMAS}/U/x-eigenpal-variants", "must be a list of objects"),
    "variant omitted": (
        with_union([{"schema": "A", "holds": ["a"]}]),
        f"{SCHEMAS}/U/x-eigenpal-variants",
        "must list each variant once: A, B",
    ),
    "variant without a condition": (
        with_union([{"schema": "A"}, {"schema": "B"}]),
        f"{SCHEMAS}/U/x-eigenpal-variants/0",
        "every variant but the last needs holds or equals",
    ),
    "last variant with a condition": (
        with_union([{"schema": "A", "holds": ["a"]}, {"schema": "B", "holds": ["b"]}]),
        f"{SCHEMAS}/U/x-eigenpal-variants/1",
        "the last is the fallback",
    ),
    "variant that holds an unknown property": (
        with_union([{"schema": "A", "holds": ["b"]}, {"schema": "B"}]),
        f"{SCHEMAS}/U/x-eigenpal-variants/0/holds/0",
        "'b' is not a property of A",
    ),
    "variant that equals an unknown property": (
        with_union([{"schema": "A", "equals": {"b": "x"}}, {"schema": "B"}]),
        f"{SCHEMAS}/U/x-eigenpal-variants/0/equals/b",
        "'b' is not a property of A",
    ),
    "variant that equals a number": (
        with_union([{"schema": "A", "equals": {"a": 1}}, {"schema": "B"}]),
        f"{SCHEMAS}/U/x-eigenpal-variants/0/equals/a",
        "must be text or a boolean",
    ),
    "unknown keyword of a variant": (
        with_union([{"schema": "A", "holds": ["a"], "lacks": ["b"]}, {"schema": "B"}]),
        f"{SCHEMAS}/U/x-eigenpal-variants/0/lacks",
        "lacks is not supported",
    ),
    "variant that is not an object": (
        change_spec("components/schemas/B", TEXT, with_union([{"schema": "A", "holds": ["a"]}, {"schema": "B"}])),
        f"{SCHEMAS}/U/x-eigenpal-variants/1/schema",
        "B is not an object",
    ),
    "inline variants": (
        with_property({"oneOf": [TEXT, LIST], "x-eigenpal-variants": []}),
        f"{SCHEMAS}/Whole/properties/x/x-eigenpal-variants",
        "the variants need names",
    ),
    "null in a union with a name": (
        with_union([{"schema": "A", "holds": ["a"]}, {"schema": "B"}], oneOf=[ref("A"), ref("B"), {"type": "null"}]),
        f"{SCHEMAS}/U/oneOf",
        "a named union cannot contain null",
    ),
    "union by content in a list": (
        with_property(
            {
                "type": "array",
                "items": {
                    "oneOf": [ref("A"), ref("B")],
                    "x-eigenpal-variants": [{"schema": "A", "holds": ["a"]}, {"schema": "B"}],
                },
            },
            A=make_object(a=TEXT),
            B=make_object(b=TEXT),
        ),
        f"{SCHEMAS}/Whole/properties/x/items",
        "a union of objects needs a name",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_a_spec_is_rejected(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    check_rejection(CASES[name], tmp_path, capsys)
