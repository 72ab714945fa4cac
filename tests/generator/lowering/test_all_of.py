"""The parts of allOf."""

from __future__ import annotations

import pytest

from tests.generator.lowering.lower import lower_document, lower_schemas
from tests.generator.small_specs import TEXT, Node, make_spec, nullable, ref

INTEGER: Node = {"type": "integer"}
BASE = {"type": "object", "properties": {"id": TEXT, "note": TEXT}, "required": ["id"], "description": "A base."}


def model(*required: str, **properties: Node) -> Node:
    found: Node = {"type": "object", "properties": properties}
    return {**found, "required": list(required)} if required else found


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ({"allOf": [ref("Base")]}, ref("Base")),
        ({"allOf": [ref("Base")], "description": "It.", "deprecated": True},
         {**ref("Base"), "description": "It.", "deprecated": True}),
        ({"allOf": [ref("Base"), {"description": "It."}]}, {**ref("Base"), "description": "It."}),
        ({"allOf": [ref("Base"), {"type": "object", "required": ["id"]}]}, ref("Base")),
        ({"$ref": "#/components/schemas/Base", "type": "object"}, ref("Base")),
        ({"type": "object", "allOf": [ref("Base"), ref("Base")]}, ref("Base")),
        ({"allOf": [ref("Base"), model("size", size=INTEGER)]},
         model("id", "size", id=TEXT, note=TEXT, size=INTEGER)),
        ({"allOf": [ref("Base")], "properties": {"size": INTEGER}, "description": "It."},
         {**model("id", id=TEXT, note=TEXT, size=INTEGER), "description": "It."}),
        ({"allOf": [ref("Base"), {"required": ["note"]}]}, model("id", "note", id=TEXT, note=TEXT)),
        ({"$ref": "#/components/schemas/Base", "required": ["note"]}, model("id", "note", id=TEXT, note=TEXT)),
        ({"allOf": [model(**{"self": TEXT}), model(**{"self": {"minLength": 1}})]},
         model(**{"self": {"type": "string", "minLength": 1}})),
        ({"allOf": [{"allOf": [ref("Base"), model(a=TEXT)]}, model(b=TEXT)]},
         model("id", id=TEXT, note=TEXT, a=TEXT, b=TEXT)),
        ({"allOf": [ref("Extended"), model(b=TEXT)]}, model("id", id=TEXT, note=TEXT, extra=TEXT, b=TEXT)),
        # A property in two parts
        ({"allOf": [ref("Base"), model(note={})]}, ref("Base")),
        ({"allOf": [ref("Base"), model(note={"const": "x"})]},
         model("id", id=TEXT, note={"type": "string", "const": "x"})),
        ({"allOf": [model(p={"type": "number"}), model(p={**INTEGER, "minimum": 1})]},
         model(p={**INTEGER, "minimum": 1})),
        ({"allOf": [model(p={"enum": ["a", "b"]}), model(p={"enum": ["b", "c"]})]},
         model(p={"type": "string", "const": "b"})),
        ({"allOf": [model(p=ref("Base")), model(p=ref("Extended"))]}, model(p=ref("Extended"))),
        ({"allOf": [model(p={"type": "array", "items": {}}), model(p={"type": "array", "items": TEXT})]},
         model(p={"type": "array", "items": TEXT})),
        # Other properties
        ({"allOf": [ref("Base"), {"type": "object", "additionalProperties": INTEGER}]},
         {**model("id", id=TEXT, note=TEXT), "additionalProperties": INTEGER}),
        ({"allOf": [{**model(a=TEXT), "additionalProperties": False}, model(b=TEXT)]}, model(a=TEXT, b=TEXT)),
        ({"allOf": [{**model(a=TEXT), "additionalProperties": False}, {"type": "object"}]},
         {**model(a=TEXT), "additionalProperties": False}),
        # Scalars and null
        ({"allOf": [TEXT, {"minLength": 3}, {"pattern": "^a"}]}, {"type": "string", "minLength": 3, "pattern": "^a"}),
        ({"type": ["string", "null"], "allOf": [{"enum": ["a", "b", None]}]},
         {"type": "string", "enum": ["a", "b"]}),
        ({"allOf": [nullable(model(a=TEXT)), nullable(model(b=TEXT))]}, model(a=TEXT, b=TEXT)),
        ({"allOf": [nullable(model(a=TEXT)), model(b=TEXT)]}, model(a=TEXT, b=TEXT)),
    ],
)  # fmt: skip
def test_parts_become_one_schema(schema: Node, expected: Node) -> None:
    extended = {"allOf": [ref("Base"), model(extra=TEXT)]}
    found = lower_schemas({"Base": BASE, "Extended": extended, "Thing": schema})
    assert found["Thing"] == expected
    assert found["Base"] == BASE


@pytest.mark.parametrize(
    ("schema", "place"),
    [
        ({"allOf": [TEXT, INTEGER]}, ""),
        ({"allOf": [ref("Base"), TEXT]}, ""),
        ({"allOf": [ref("Base"), model(note=INTEGER)]}, "/allOf/1/properties/note"),
        ({"allOf": [model(p=model(q={"const": "a"})), model(p=model(q={"const": "b"}))]},
         "/allOf/1/properties/p/properties/q"),
        ({"allOf": [TEXT, {"oneOf": [INTEGER, {"type": "boolean"}]}]}, ""),
    ],
)  # fmt: skip
def test_parts_that_contradict_each_other_are_refused_with_their_place(schema: Node, place: str) -> None:
    _, report = lower_document(make_spec(schemas={"Base": BASE, "Thing": schema}))
    (problem,) = report.problems
    assert problem.place == f"#/components/schemas/Thing{place}"
    assert problem.message.startswith("the parts of allOf contradict each other")
    assert "remove one of the parts" in problem.remedy


def test_a_union_among_the_parts_becomes_a_union_of_merged_objects() -> None:
    cat, dog = model("kind", kind={"const": "cat"}, lives=INTEGER), model("kind", kind={"const": "dog"}, bark=TEXT)
    found = lower_schemas({"Base": BASE, "Cat": cat, "Dog": dog, "Pet": {
        "allOf": [ref("Base"), {"oneOf": [ref("Cat"), ref("Dog")]}],
    }})  # fmt: skip
    assert found["Pet"]["anyOf"] == [ref("PetCat"), ref("PetDog")]
    assert found["Pet"]["x-eigenpal-variants"] == [
        {"schema": "PetCat", "equals": {"kind": "cat"}},
        {"schema": "PetDog", "equals": {"kind": "dog"}},
    ]
    assert list(found["PetCat"]["properties"]) == ["id", "note", "kind", "lives"]
    assert found["PetCat"]["required"] == ["id", "kind"]


def test_bounds_of_known_values_add_nothing() -> None:
    rating = {"type": "integer", "enum": [1, 2]}
    found = lower_schemas({"Rating": rating, "Thing": model(a={"allOf": [ref("Rating")], "minimum": 0, "maximum": 9})})
    assert found == {"Rating": rating, "Thing": model(a=ref("Rating"))}


def test_one_branch_that_fits_the_other_parts_is_what_is_left_of_a_union() -> None:
    union = {"type": "object", "oneOf": [ref("A"), ref("B")], "discriminator": {"propertyName": "kind"}}
    found = lower_schemas({"Thing": union, "A": model("kind", kind=TEXT), "B": TEXT})
    assert found["Thing"] == ref("A")


def test_a_union_that_only_requires_properties_is_not_checked() -> None:
    schema = {**model(a=TEXT, b=TEXT), "anyOf": [{"required": ["a"]}, {"required": ["b"]}]}
    lowered, report = lower_document(make_spec(schemas={"Thing": schema}))
    assert lowered["components"]["schemas"] == {"Thing": model(a=TEXT, b=TEXT)}
    assert [str(note) for note in report.notes] == [
        "#/components/schemas/Thing/anyOf: alternatives that only require properties are not checked"
    ]


def test_large_unions_among_the_parts_are_not_typed() -> None:
    def union(letter: str) -> Node:
        return {"oneOf": [model(f"{letter}{index}", **{f"{letter}{index}": TEXT}) for index in range(7)]}

    lowered, report = lower_document(make_spec(schemas={"Thing": {"allOf": [union("a"), union("b")]}}))
    assert lowered["components"]["schemas"]["Thing"] == {}
    assert "49 branches" in report.notes[0].message


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ({"allOf": [ref("Thing"), model(a=TEXT)]}, model(a=TEXT)),
        ({"allOf": [ref("Other"), model(a=TEXT)]}, model(b=TEXT, a=TEXT)),
        (model(child={"allOf": [ref("Thing")], "description": "It."}),
         model(child={**ref("Thing"), "description": "It."})),
        (model(name=TEXT, child={"allOf": [ref("Thing"), {"required": ["name"]}]}),
         model(name=TEXT, child=ref("ThingChild"))),
    ],
)  # fmt: skip
def test_parts_may_contain_themselves(schema: Node, expected: Node) -> None:
    found = lower_schemas({"Thing": schema, "Other": {"allOf": [ref("Thing"), model(b=TEXT)]}})
    assert found["Thing"] == expected


def test_a_part_may_be_a_union_of_which_the_whole_is_a_branch() -> None:
    pet = {**model("name", name=TEXT), "oneOf": [ref("Cat"), ref("Dog")]}
    found = lower_schemas({
        "Pet": pet,
        "Cat": {"allOf": [ref("Pet"), model("lives", lives=INTEGER)]},
        "Dog": {"allOf": [ref("Pet"), model("bark", bark=TEXT)]},
    })  # fmt: skip
    assert found["Cat"] == model("name", "lives", name=TEXT, lives=INTEGER)
    assert found["Pet"]["anyOf"] == [ref("Cat"), ref("Dog")]
