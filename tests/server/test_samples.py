from __future__ import annotations

import json
from typing import Any

import pytest

from eigenpal.testing._server.patterns import iter_matches
from eigenpal.testing._server.samples import NoSampleError, Sampler
from eigenpal.testing._server.specification import Specification
from eigenpal.testing._server.validation import MessageValidator

Json = dict[str, Any]

TEXT: Json = {"type": "string"}
NULL: Json = {"type": "null"}
COMPONENTS: dict[str, Json] = {
    "Colour": {"enum": ["red", "green", "blue"]},
    "Tree": {
        "type": "object",
        "required": ["name", "children"],
        "properties": {
            "name": TEXT,
            "children": {"type": "array", "items": {"$ref": "#/components/schemas/Tree"}},
            "parent": {"$ref": "#/components/schemas/Tree"},
            "root": {"anyOf": [{"$ref": "#/components/schemas/Tree"}, NULL]},
            "owner": {"$ref": "#/components/schemas/Owner"},
        },
    },
    "Owner": {
        "type": "object",
        "properties": {"name": TEXT, "trees": {"type": "array", "items": {"$ref": "#/components/schemas/Tree"}}},
    },
    "Endless": {
        "type": "object",
        "required": ["next"],
        "properties": {"next": {"$ref": "#/components/schemas/Endless"}},
    },
    "Cat": {"type": "object", "required": ["kind"], "properties": {"kind": TEXT, "lives": {"type": "integer"}}},
    "Dog": {"type": "object", "required": ["kind"], "properties": {"kind": TEXT, "barks": {"type": "boolean"}}},
    "Pet": {
        "anyOf": [{"$ref": "#/components/schemas/Dog"}, {"$ref": "#/components/schemas/Cat"}],
        "x-eigenpal-variants": [
            {"schema": "Cat", "equals": {"kind": ["tom", "cat"]}},
            {"schema": "Dog", "equals": {"kind": "dog"}, "lacks": ["barks"]},
        ],
    },
}


def ref(name: str) -> Json:
    return {"$ref": f"#/components/schemas/{name}"}


def make_object(*required: str, **properties: Json) -> Json:
    return {"type": "object", "required": [*required], "properties": properties}


def sample(schema: Json) -> Any:
    """Return the sample of a schema, which is valid, and the same from another sampler."""
    document = {"info": {"version": "1"}, "paths": {}, "components": {"schemas": COMPONENTS}}
    specification = Specification(document)
    found = Sampler(specification).sample(schema)
    inlined = specification.inline(schema, forbid_extra=True)
    assert MessageValidator().find_issues(inlined, json.loads(json.dumps(found)), "sample") == []
    assert json.dumps(Sampler(Specification(document)).sample(schema)) == json.dumps(found)
    return found


SAMPLES: list[tuple[Json, Any]] = [
    ({}, {}),
    (TEXT, "string"),
    ({"type": "boolean"}, True),
    ({"type": "integer"}, 1),
    ({"type": "number"}, 1.5),
    (NULL, None),
    ({"type": ["null", "integer"]}, 1),
    ({"anyOf": [NULL, {"type": "integer"}]}, 1),
    ({"const": False}, False),
    (ref("Colour"), "red"),
    ({"enum": [None, "a"]}, "a"),
    ({"enum": [None]}, None),
    ({"type": "string", "example": "from the document"}, "from the document"),
    ({"type": "integer", "examples": ["wrong", 7]}, 7),
    ({"type": "integer", "minimum": 5, "default": 8}, 5),
    ({"type": "integer", "exclusiveMinimum": 5}, 6),
    ({"type": "integer", "maximum": -3}, -3),
    ({"type": "integer", "minimum": 10, "multipleOf": 7}, 14),
    ({"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 0.5}, 0.25),
    ({"type": "string", "minLength": 8}, "stringaa"),
    ({"type": "string", "maxLength": 2}, "ng"),
    ({"type": "string", "format": "date-time"}, "2026-01-01T00:00:00Z"),
    ({"type": "string", "format": "unheard-of"}, "string"),
    ({"type": "string", "pattern": "^[a-z]{2}$"}, "aa"),
    ({"type": "string", "pattern": r"^(?<year>\d{4})-\d\d$"}, "0000-00"),
    ({"type": "string", "pattern": "b", "minLength": 3}, "bbb"),
    ({"type": "array"}, [{}]),
    ({"type": "array", "items": TEXT}, ["string"]),
    ({"type": "array", "items": TEXT, "maxItems": 0}, []),
    ({"type": "array", "items": TEXT, "minItems": 2}, ["string", "string"]),
    ({"type": "array", "items": TEXT, "minItems": 3, "uniqueItems": True}, ["string", "string2", "string3"]),
    ({"type": "array", "items": ref("Colour"), "minItems": 2, "uniqueItems": True}, ["red", "green"]),
    ({"type": "array", "prefixItems": [TEXT, {"type": "integer"}], "items": False}, ["string", 1]),
    ({"type": "object"}, {}),
    ({"type": "object", "additionalProperties": {"type": "integer"}}, {"key": 1}),
    ({"type": "object", "minProperties": 2, "additionalProperties": TEXT}, {"key": "string", "key2": "string"}),
    ({"type": "object", "additionalProperties": TEXT, "propertyNames": ref("Colour")}, {"red": "string"}),
    ({"type": "object", "required": ["a"]}, {"a": {}}),
    (make_object("undescribed", a=TEXT), {"a": "string", "undescribed": {}}),
    (make_object("a", a=TEXT, b={"type": "integer"}), {"a": "string", "b": 1}),
    (make_object("a", a=TEXT, b={"type": "integer", "minimum": 2, "maximum": 1}), {"a": "string"}),
    ({**make_object(a=TEXT, b=TEXT), "maxProperties": 1}, {"b": "string"}),
    ({**make_object(a=TEXT, b=TEXT), "not": {"required": ["b"]}}, {"a": "string"}),
    ({**make_object(a=TEXT, b=TEXT), "oneOf": [{"required": ["b"]}, {"required": ["a"]}]}, {"b": "string"}),
    ({"allOf": [make_object(a=TEXT), make_object("b", b=TEXT)]}, {"a": "string", "b": "string"}),
    ({"allOf": [ref("Colour"), {"enum": ["blue"]}]}, "blue"),
    (ref("Owner"), {"name": "string", "trees": [{"name": "string", "children": [], "root": None}]}),
    (
        ref("Tree"),
        {"name": "string", "children": [], "root": None, "owner": {"name": "string", "trees": []}},
    ),
    (ref("Pet"), {"kind": "dog"}),
    (make_object("pet", pet=ref("Pet"), tree=ref("Endless")), {"pet": {"kind": "dog"}}),
]


@pytest.mark.parametrize(("schema", "expected"), SAMPLES, ids=lambda value: json.dumps(value)[:60])
def test_samples(schema: Json, expected: Any) -> None:
    found = sample(schema)
    assert found == expected
    assert type(found) is type(expected)


@pytest.mark.parametrize(
    "schema",
    [
        *({"type": "string", "format": name} for name in ("date", "time", "duration", "email", "hostname", "ipv4")),
        *({"type": "string", "format": name} for name in ("ipv6", "uri", "uri-reference", "uuid", "iri", "regex")),
        {"type": "string", "format": "uuid", "pattern": "^[0-9a-f-]{36}$"},
        {"type": "string", "pattern": r"^(?!^[-+.]*$)[+-]?0*\d*\.?\d*$"},
        {"type": "string", "pattern": r"^[^\s/]+/(v\d+|latest)/\w{3,}[.]?$", "minLength": 12},
        {"type": "number", "multipleOf": 0.01, "minimum": 0.05, "maximum": 0.06},
        {"type": "array", "contains": ref("Colour"), "minItems": 2},
        {"type": "array", "items": {"type": "number"}, "minItems": 1536},
        {"oneOf": [{"type": "integer"}, {"type": "number", "maximum": 10}]},
    ],
    ids=lambda schema: json.dumps(schema)[:60],
)
def test_a_sample_is_valid(schema: Json) -> None:
    assert sample(schema) is not None


@pytest.mark.parametrize(
    "schema",
    [
        ref("Endless"),
        {"type": "integer", "minimum": 2, "maximum": 1},
        {"not": {}},
        # Too long to make.
        {"type": "string", "minLength": 10**12},
        {"type": "array", "minItems": 10**12},
        {"type": "object", "minProperties": 10**12},
        {"type": "string", "pattern": "^a{20000}$"},
    ],
    ids=str,
)
def test_what_has_no_valid_value_has_no_sample(schema: Json) -> None:
    with pytest.raises(NoSampleError):
        sample(schema)


def test_schemas_that_refer_to_each_other_in_all_ways_have_small_samples(monkeypatch: pytest.MonkeyPatch) -> None:
    names = [f"N{number}" for number in range(12)]
    for name in names:
        others = {other: {"anyOf": [ref(other), NULL]} for other in names}
        monkeypatch.setitem(COMPONENTS, name, make_object("id", id=TEXT, **others))
    assert len(json.dumps(sample(ref("N0")))) < 1_000_000


@pytest.mark.parametrize("pattern", [r"\p{L}+", "(", "[[:alpha:]]{3}", "(?R)"])
def test_a_pattern_that_is_not_understood_matches_nothing_or_is_left_to_the_caller(pattern: str) -> None:
    assert all(isinstance(text, str) for text in iter_matches(pattern))


@pytest.mark.parametrize("pattern", ["a{4000000000}", "((a{1000}){1000}){1000}"])
def test_a_pattern_of_huge_texts_is_given_up(pattern: str) -> None:
    assert [*iter_matches(pattern)] == []
