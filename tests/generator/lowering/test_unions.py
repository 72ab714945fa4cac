"""Unions: of JSON types, and of objects that something tells apart."""

from __future__ import annotations

from typing import Any

import pytest

from tests.generator.lowering.lower import lower_document, lower_schemas
from tests.generator.small_specs import TEXT, Node, make_object, make_spec, nullable, ref

INTEGER: Node = {"type": "integer"}
NULL: Node = {"type": "null"}


def model(*required: str, **properties: Node) -> Node:
    found: Node = {"type": "object", "properties": properties}
    return {**found, "required": list(required)} if required else found


def listing(items: Node) -> Node:
    return {"type": "array", "items": items}


def mapping(values: Node) -> Node:
    return {"type": "object", "additionalProperties": values}


SCHEMAS = {
    "A": model("a", a=TEXT),
    "B": model("b", b=TEXT),
    "Color": {"type": "string", "enum": ["red", "green"]},
    "Id": TEXT,
    "Scalar": {"anyOf": [TEXT, INTEGER]},
    "Json": {
        "anyOf": [TEXT, {"type": "number"}, {"type": "boolean"}, listing(ref("Json")), mapping(ref("Json")), NULL]
    },
    "Nest": listing(ref("Nest")),
}
A_OR_B: Node = {
    "anyOf": [ref("A"), ref("B")],
    "x-eigenpal-variants": [{"schema": "A", "holds": ["a"]}, {"schema": "B", "holds": ["b"]}],
}


@pytest.mark.parametrize("key", ["anyOf", "oneOf"])
@pytest.mark.parametrize(
    ("branches", "expected"),
    [
        ([TEXT], TEXT),
        ([ref("A")], ref("A")),
        ([NULL], {}),
        ([TEXT, TEXT], TEXT),
        ([NULL, TEXT], nullable(TEXT)),
        ([TEXT, {}], {}),
        ([{"anyOf": [TEXT, NULL]}, {"oneOf": [INTEGER, NULL]}], {"anyOf": [TEXT, INTEGER, NULL]}),
        ([ref("Scalar"), {"type": "boolean"}], {"anyOf": [TEXT, INTEGER, {"type": "boolean"}]}),
        ([ref("Json"), NULL], nullable(ref("Json"))),
        # Scalars of one type
        ([TEXT, {"type": "string", "format": "date-time"}], TEXT),
        ([INTEGER, {"type": "number"}], {"type": "number"}),
        ([{"type": "string", "maxLength": 3}, {"type": "string", "maxLength": 3, "pattern": "a"}],
         {"type": "string", "maxLength": 3}),
        ([ref("Id"), INTEGER], {"anyOf": [ref("Id"), INTEGER]}),
        ([ref("Id"), {"type": "string", "format": "uuid"}], TEXT),
        ([ref("Color"), TEXT], {"anyOf": [ref("Color"), TEXT]}),
        ([{"const": "auto"}, INTEGER], {"anyOf": [{"type": "string", "const": "auto"}, INTEGER]}),
        ([{"const": "x"}, {"const": "y"}, {"enum": ["y", "z"]}], ref("ThingP")),
        ([{"const": "x"}, TEXT], {"anyOf": [{"type": "string", "const": "x"}, TEXT]}),
        ([{"const": True}, {"const": False}], {"type": "boolean"}),
        ([{"const": True}, TEXT], {"anyOf": [{"type": "boolean", "const": True}, TEXT]}),
        # Lists and maps
        ([listing(TEXT), TEXT], {"anyOf": [listing(TEXT), TEXT]}),
        ([listing(TEXT), listing(INTEGER)], listing({"anyOf": [TEXT, INTEGER]})),
        ([listing(ref("A")), listing(ref("B"))], listing(ref("ThingPItem"))),
        ([mapping(TEXT), mapping(INTEGER)], mapping({"anyOf": [TEXT, INTEGER]})),
        ([mapping(TEXT), {"type": "object"}], {"type": "object"}),
        ([ref("A"), listing(ref("A"))], {"anyOf": [ref("A"), listing(ref("A"))]}),
        # Objects
        ([ref("A"), ref("B")], A_OR_B),
        ([ref("A"), NULL, ref("B")], {**A_OR_B, "anyOf": [*A_OR_B["anyOf"], NULL]}),
        ([ref("A"), ref("B"), TEXT], {"anyOf": [ref("ThingP"), TEXT]}),
        ([{"required": ["a"]}, {"required": ["b"]}], {"type": "object"}),
    ],
)  # fmt: skip
def test_a_branch_for_each_json_type(key: str, branches: list[Node], expected: Node) -> None:
    found = lower_schemas({**SCHEMAS, "Thing": make_object(p={key: branches, "deprecated": True})})
    assert found["Thing"]["properties"]["p"] == {**expected, "deprecated": True}
    assert {name: found[name] for name in SCHEMAS} == SCHEMAS


def test_objects_beside_other_types_are_a_union_of_their_own() -> None:
    found = lower_schemas({**SCHEMAS, "Thing": make_object(p={"anyOf": [ref("A"), TEXT, ref("B"), NULL]})})
    assert found["Thing"]["properties"]["p"] == {"anyOf": [ref("ThingP"), TEXT, NULL]}
    assert found["ThingP"] == A_OR_B


@pytest.mark.parametrize(
    "schema", [ref("Thing"), ref("Other"), {"anyOf": [ref("Thing")]}, {"oneOf": [ref("Thing"), NULL]}]
)
def test_what_is_only_itself_is_refused(schema: Node) -> None:
    _, report = lower_document(make_spec(schemas={"Thing": schema, "Other": ref("Thing")}))
    assert report.problems[0].place.startswith("#/components/schemas/Thing")
    assert all("to itself" in problem.message for problem in report.problems)


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ({"anyOf": [TEXT, ref("Thing")]}, TEXT),
        ({"anyOf": [TEXT, listing({"anyOf": [ref("Thing"), NULL]})]},
         {"anyOf": [TEXT, listing(nullable(ref("Thing")))]}),
        ({"anyOf": [listing(ref("Thing")), listing(TEXT)]},
         listing({"anyOf": [listing({}), TEXT]})),
    ],
)  # fmt: skip
def test_unions_may_contain_themselves(schema: Node, expected: Node) -> None:
    assert lower_schemas({"Thing": schema})["Thing"] == expected


# --- what tells objects apart -----------------------------------------------------------------------------------------


def variants(thing: Node, **others: Node) -> Any:
    """Return how the branches of a union, named ``Thing``, are told apart."""
    found = lower_schemas({"Thing": thing, **others})["Thing"]
    assert sorted(entry["schema"] for entry in found["x-eigenpal-variants"]) == sorted(
        branch["$ref"].rsplit("/", 1)[-1] for branch in found["anyOf"]
    )
    return [(entry["schema"], entry.get("equals") or entry.get("holds")) for entry in found["x-eigenpal-variants"]]


CAT = model("kind", kind=TEXT, lives=INTEGER)
DOG = model(bark=TEXT)
PETS = {"oneOf": [ref("Cat"), ref("Dog")]}


@pytest.mark.parametrize(
    ("mapping", "expected"),
    [
        ({"c": "#/components/schemas/Cat", "d": "#/components/schemas/Dog"}, ["c", "d"]),
        ({"c": "Cat", "d": "Dog"}, ["c", "d"]),
        ({"c": "Cat", "kitty": "Cat", "d": "Dog"}, [["c", "kitty"], "d"]),
        ({"c": "Cat"}, ["c", "Dog"]),
        (None, ["Cat", "Dog"]),
    ],
)
def test_by_discriminator(mapping: Node | None, expected: list[Any]) -> None:
    discriminator = {"propertyName": "kind", **({"mapping": mapping} if mapping else {})}
    found = variants({**PETS, "discriminator": discriminator}, Cat=CAT, Dog=DOG)
    assert found == [("Cat", {"kind": expected[0]}), ("Dog", {"kind": expected[1]})]


def test_names_that_a_discriminator_implies_are_those_of_the_document() -> None:
    thing = {"oneOf": [ref("big_cat"), ref("dog")], "discriminator": {"propertyName": "kind"}}
    assert variants(thing, big_cat=CAT, dog=DOG) == [("BigCat", {"kind": "big_cat"}), ("Dog", {"kind": "dog"})]


def test_a_constant_is_truer_than_the_name_of_its_schema() -> None:
    cat = model("kind", kind={"const": "cat"})
    found = variants({**PETS, "discriminator": {"propertyName": "kind"}}, Cat=cat, Dog=DOG)
    assert found == [("Cat", {"kind": "cat"}), ("Dog", {"kind": "Dog"})]


def test_a_mapping_may_lead_into_a_nested_union() -> None:
    discriminator = {"propertyName": "kind", "mapping": {"c": "Cat", "p": "Puppy", "w": "Wolf"}}
    dogs = {"oneOf": [ref("Puppy"), ref("Wolf")], "discriminator": {"propertyName": "kind"}}
    thing = {**PETS, "discriminator": discriminator}
    found = variants(thing, Cat=CAT, Dog=dogs, Puppy=model(kind=TEXT), Wolf=model(kind=TEXT))
    assert found == [("Cat", {"kind": "c"}), ("Dog", {"kind": ["p", "w"]})]


def test_a_discriminator_of_a_union_with_other_types_means_nothing() -> None:
    thing = {"oneOf": [ref("Cat"), TEXT, NULL], "discriminator": {"propertyName": "kind"}}
    assert lower_schemas({"Thing": thing, "Cat": CAT})["Thing"] == {"anyOf": [ref("Cat"), TEXT, NULL]}


def test_a_mapping_to_a_schema_that_is_no_branch_is_noted() -> None:
    thing = {**PETS, "discriminator": {"propertyName": "kind", "mapping": {"c": "Cat", "x": "Nothing"}}}
    _, report = lower_document(make_spec(schemas={"Thing": thing, "Cat": CAT, "Dog": DOG}))
    (note,) = report.notes
    assert str(note) == "#/components/schemas/Thing/discriminator/mapping: no branch of the union is meant by 'x'"


def tagged(*values: Any, required: bool = True) -> Node:
    return model(*(["tag"] if required else []), tag={"enum": [*values]}, more=TEXT)


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (tagged("a"), tagged("b"), ["a", "b"]),
        (tagged("a", "b"), tagged("c"), [["a", "b"], "c"]),
        (tagged("a", required=False), tagged("b", required=False), ["a", "b"]),
        (tagged(True), tagged(False), [True, False]),
        (tagged(1), tagged(2, 3), [1, [2, 3]]),
        (tagged(1), tagged(True), [1, True]),
        ({"oneOf": [tagged("a"), tagged("b")]}, tagged("c"), [["a", "b"], "c"]),
    ],
)
def test_by_constants_and_enums(first: Node, second: Node, expected: list[Any]) -> None:
    found = variants({"anyOf": [ref("First"), ref("Second")]}, First=first, Second=second)
    assert found == [("First", {"tag": expected[0]}), ("Second", {"tag": expected[1]})]


def test_a_constant_may_be_left_out_where_a_required_property_shows_what_the_object_is() -> None:
    first, second = tagged("a", required=False), model("s", tag={"const": "b"}, s=TEXT)
    found = lower_schemas({"Thing": {"anyOf": [ref("First"), ref("Second")]}, "First": first, "Second": second})
    assert found["Thing"]["x-eigenpal-variants"] == [
        {"schema": "First", "equals": {"tag": "a"}},
        {"schema": "Second", "equals": {"tag": "b"}, "holds": ["s"], "lacks": ["tag"]},
    ]


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (model("id", "x", id=TEXT, x=TEXT), model("id", "y", id=TEXT, y=TEXT), [("First", ["x"]), ("Second", ["y"])]),
        (model("id", id=TEXT), model("id", "y", id=TEXT, y=TEXT), [("Second", ["y"]), ("First", ["id"])]),
        (model("x", x=TEXT), model("y", x=TEXT, y=TEXT), [("Second", ["y"]), ("First", ["x"])]),
        (model(x=TEXT), model("y", y=TEXT), [("Second", ["y"]), ("First", None)]),
        ({"anyOf": [ref("A"), ref("B")]}, model("c", c=TEXT), [("First", ["a", "b"]), ("Second", ["c"])]),
        (tagged("a", "b"), model("y", y=TEXT, tag={"const": "b"}), [("Second", ["y"]), ("First", ["tag"])]),
    ],
)
def test_by_required_properties(first: Node, second: Node, expected: Any) -> None:
    found = variants(
        {"anyOf": [ref("First"), ref("Second")]}, First=first, Second=second, A=SCHEMAS["A"], B=SCHEMAS["B"]
    )
    assert found == expected


@pytest.mark.parametrize(
    ("branches", "place"),
    [
        ([model(a=TEXT), model(b=TEXT)], ""),
        ([tagged("a", "b"), tagged("b", "c")], ""),
        ([model("a", "b", a=TEXT, b=TEXT), model("a", "b", a=INTEGER, b=TEXT)], ""),
        ([model("a", a=TEXT), {"type": "object"}], "/anyOf/0"),
        ([model("a", a=TEXT), mapping(TEXT)], "/anyOf/0"),
    ],
)
def test_objects_that_nothing_tells_apart_are_mappings(branches: list[Node], place: str) -> None:
    schemas = {"Thing": {"anyOf": branches}, "Other": make_object(p=nullable(ref("Thing")))}
    lowered, report = lower_document(make_spec(schemas=schemas))
    assert lowered["components"]["schemas"] == {
        "Thing": {"type": "object"},
        "Other": make_object(p=nullable(ref("Thing"))),
    }
    (note,) = report.notes
    assert note.place == f"#/components/schemas/Thing{place}"
    assert note.remedy


def test_the_overlay_says_how_to_tell_objects_apart() -> None:
    given: list[Node] = [{"schema": "Second", "holds": ["x", "y"]}, {"schema": "First"}]
    thing = {
        "oneOf": [ref("First"), ref("second")],
        "x-eigenpal-variants": [{**given[0], "schema": "second"}, given[1]],
    }
    found = lower_schemas({"Thing": {**thing, "nullable": True}, "First": model(x=TEXT), "second": model(x=TEXT)})
    assert found["Thing"] == {"anyOf": [ref("First"), ref("Second")], "x-eigenpal-variants": given}
    found = lower_schemas({"Thing": {**thing, "type": "object"}, "First": model(x=TEXT), "second": model(x=TEXT)})
    assert found["Thing"] == {"anyOf": [ref("First"), ref("Second")], "x-eigenpal-variants": given}


# --- bases ------------------------------------------------------------------------------------------------------------

PET = {**model("kind", kind=TEXT, name=TEXT), "description": "A pet.", "discriminator": {"propertyName": "kind"}}
CHILDREN = {
    "Cat": {"allOf": [ref("Pet"), model(lives=INTEGER)]},
    "Dog": {"allOf": [ref("Pet")], "properties": {"bark": TEXT}},
    "Puppy": {"allOf": [ref("Dog"), model(age=INTEGER)]},
}


def test_a_base_with_a_discriminator_is_a_union_of_its_children() -> None:
    pet = {**PET, "discriminator": {"propertyName": "kind", "mapping": {"dog": "Dog", "pet": "Pet"}}}
    found = lower_schemas({"Pet": pet, **CHILDREN, "Owner": make_object(pets=listing(ref("Pet")))})
    assert found["Owner"]["properties"]["pets"] == listing(ref("Pet"))
    assert found["Pet"] == {
        "description": "A pet.",
        "anyOf": [ref("Dog"), ref("Cat"), ref("Puppy"), ref("PetBase")],
        "x-eigenpal-variants": [
            {"schema": "Dog", "equals": {"kind": "dog"}},
            {"schema": "Cat", "equals": {"kind": "Cat"}},
            {"schema": "Puppy", "equals": {"kind": "Puppy"}},
            {"schema": "PetBase"},
        ],
    }
    assert found["PetBase"] == {**model("kind", kind=TEXT, name=TEXT), "description": "A pet."}
    assert found["Puppy"] == model("kind", kind=TEXT, name=TEXT, bark=TEXT, age=INTEGER)


@pytest.mark.parametrize("schemas", [{"Pet": PET}, {"Pet": PET, **CHILDREN}])
def test_a_base_stays_an_object_where_no_value_is_one_of_its_children(schemas: Node) -> None:
    used = {} if len(schemas) > 1 else {"Owner": make_object(pet=ref("Pet"))}
    found = lower_schemas({**schemas, **used})
    assert found["Pet"] == {**model("kind", kind=TEXT, name=TEXT), "description": "A pet."}
    assert "PetBase" not in found


def test_a_base_tells_its_children_apart_in_other_unions() -> None:
    pet = {**PET, "discriminator": {"propertyName": "kind", "mapping": {"CAT": "Cat", "DOG": "Dog", "PUPPY": "Puppy"}}}
    found = lower_schemas({"Pet": pet, **CHILDREN, "Thing": {"oneOf": [ref("Cat"), ref("Dog")]}})["Thing"]
    assert found["x-eigenpal-variants"] == [
        {"schema": "Cat", "equals": {"kind": "CAT"}},
        {"schema": "Dog", "equals": {"kind": "DOG"}},
    ]


@pytest.mark.parametrize("branches", [["Pet", "Cat", "Dog"], ["Cat", "Pet"], ["Cat", "Dog", "Puppy", "Pet"]])
def test_children_beside_their_base_add_nothing(branches: list[str]) -> None:
    found = lower_schemas({"Pet": PET, **CHILDREN, "Owner": make_object(pet={"oneOf": [*map(ref, branches)]})})
    assert found["Owner"]["properties"]["pet"] == ref("Pet")


def test_what_is_only_sent_does_not_tell_answers_apart() -> None:
    secret: Node = {**TEXT, "writeOnly": True}
    found = lower_schemas(
        {"Thing": {"oneOf": [ref("A"), ref("B")]}, "A": model("id", id=secret), "B": model("b", b=TEXT)}
    )
    assert found["Thing"]["x-eigenpal-variants"] == [{"schema": "B", "holds": ["b"]}, {"schema": "A"}]
