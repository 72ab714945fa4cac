"""The values that examples show where the document has none: what the schema allows, and whatever it says, a value."""

from __future__ import annotations

import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from generator.facts import Schema
from generator.nodes import with_origins
from generator.samples import make_sample
from tests.generator.small_specs import Node, make_object, ref

TEXT: Node = {"type": "string"}
COLOUR: Node = {"type": "string", "enum": ["red", "green"]}
NULL: Node = {"type": "null"}
TREE = make_object("name", "twigs", name=TEXT, twigs={"type": "array", "items": ref("Tree"), "minItems": 1})
VARIANTS: list[Node] = [{"schema": "Cat", "equals": {"kind": ["cat", "lion"]}}, {"schema": "Tree"}]
SCHEMAS: Node = {
    "Colour": COLOUR,
    "Tree": TREE,
    "Endless": make_object("inner", inner=ref("Endless")),
    "Cat": make_object("lives", lives={"type": "integer"}, kind=TEXT),
    "Pet": {"anyOf": [ref("Cat"), ref("Tree")], "x-eigenpal-variants": VARIANTS},
    "Known": {**make_object("a", a=TEXT), "examples": [{"a": "known"}]},
}


def sample(node: Node) -> Any:
    document = with_origins({"components": {"schemas": SCHEMAS}})
    return make_sample(Schema(with_origins(node), document), "size")


@pytest.mark.parametrize(
    ("node", "expected"),
    [
        (TEXT, "size"),
        ({}, "size"),
        ({**TEXT, "maxLength": 2}, "si"),
        ({**TEXT, "minLength": 7}, "size-si"),
        ({**TEXT, "pattern": "^[a-z]+$"}, "size"),
        ({**TEXT, "pattern": "^[A-Z]$"}, "A"),
        ({**TEXT, "pattern": r"^\d+\.\d+\.\d+$"}, "1.0.0"),
        ({**TEXT, "pattern": "^#[0-9a-f]{6}$", "minLength": 7}, "#000000"),
        ({**TEXT, "format": "date"}, "2026-01-31"),
        ({**TEXT, "format": "date-time"}, "2026-01-31T12:00:00Z"),
        ({**TEXT, "format": "email"}, "ada@example.com"),
        ({**TEXT, "format": "of-their-own"}, "size"),
        (COLOUR, "red"),
        (ref("Colour"), "red"),
        ({"anyOf": [NULL, COLOUR]}, "red"),
        ({"enum": [None, "a"]}, "a"),
        ({**TEXT, "const": "only"}, "only"),
        ({**TEXT, "examples": ["shown"]}, "shown"),
        (ref("Known"), {"a": "known"}),
        (NULL, None),
        ({"anyOf": [NULL]}, None),
        ({"type": "boolean"}, True),
        ({"type": "integer"}, 1),
        ({"type": "integer", "minimum": 5, "maximum": 9}, 5),
        ({"type": "integer", "maximum": 0}, 0),
        ({"type": "integer", "exclusiveMinimum": 5}, 6),
        ({"type": "integer", "exclusiveMaximum": 0}, -1),
        ({"type": "integer", "minimum": 11, "multipleOf": 5}, 15),
        ({"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 1}, 0.5),
        ({"type": "array", "items": ref("Colour")}, ["red"]),
        ({"type": "array", "items": TEXT, "minItems": 2}, ["size", "size"]),
        ({"type": "object"}, {"key": "value"}),
        ({"type": "object", "additionalProperties": {"type": "integer"}}, {"key": 1}),
        (make_object("kind", kind=COLOUR, more=TEXT), {"kind": "red"}),
        ({**make_object("kind", kind=COLOUR, more=TEXT), "minProperties": 2}, {"kind": "red", "more": "more"}),
        (make_object(more=TEXT), {}),
        (ref("Pet"), {"lives": 1, "kind": "cat"}),
    ],
)
def test_a_sample_is_plain_and_valid(node: Node, expected: object) -> None:
    found = sample(node)
    assert json.dumps(found) == json.dumps(expected)
    document = {**node, "components": {"schemas": SCHEMAS}}
    validator: Any = Draft202012Validator(document, format_checker=FormatChecker())
    assert [*validator.iter_errors(found)] == []


@pytest.mark.parametrize(
    ("node", "expected"),
    [
        # No value is valid, or none that is made up.
        ({**TEXT, "minLength": 10**12}, ("size-" * 40)[:200]),
        ({**TEXT, "maxLength": -1}, ""),
        ({**TEXT, "pattern": "^four$"}, "size"),
        ({**TEXT, "pattern": "(?<name"}, "size"),
        ({**TEXT, "pattern": "^(a+)+$", "minLength": 200}, ("size-" * 40)[:200]),
        ({"type": "integer", "minimum": 2, "maximum": 1}, 1),
        ({"type": "array", "items": TEXT, "minItems": 10**12}, ["size"] * 3),
        (ref("Tree"), {"name": "name", "twigs": []}),
        (ref("Endless"), {"inner": {}}),
        # The values of the keywords are invalid.
        ({"type": "integer", "minimum": "low", "multipleOf": -1, "maximum": True}, 1),
        ({"type": "number", "minimum": float("inf"), "multipleOf": float("nan")}, 1),
        ({**TEXT, "minLength": None, "maxLength": [], "pattern": 3}, "size"),
        ({"type": "array", "items": TEXT, "minItems": "many"}, ["size"]),
    ],
)
def test_there_always_is_a_sample(node: Node, expected: object) -> None:
    assert sample(node) == expected
