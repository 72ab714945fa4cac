"""Schemas: what each becomes, and how it is decoded."""

from __future__ import annotations

import dataclasses
from datetime import datetime, timezone
from typing import Any

import pytest

from tests.generator.small_specs import (
    TEXT,
    Node,
    build,
    make_json_body,
    make_object,
    make_parameter,
    make_response,
    make_spec,
    nullable,
    ref,
)

COLOUR: Node = {"type": "string", "enum": ["red", "green"], "description": "A colour."}
LEVEL: Node = {"type": "integer", "enum": [1, 2], "description": "A level."}
BY_KIND: Node = {"oneOf": [TEXT, {"type": "number"}, {"type": "array", "items": TEXT}, ref("Inner")]}
INNER = make_object("n", n={"type": "integer"})


def decode_field(schema: Node, raw: Any, *, required: bool = True, **schemas: Node) -> Any:
    """Decode a value as the field ``x`` of a model."""
    whole = make_object("x", x=schema) if required else make_object(x=schema)
    named: Node = {"Whole": whole, "Colour": COLOUR, "Level": LEVEL, **schemas}
    with build(make_spec({"responses": make_response(ref("Whole"))}, named)) as package:
        return package.parse(raw).x


@pytest.mark.parametrize(
    ("schema", "raw", "decoded"),
    [
        (TEXT, "a", "a"),
        ({"type": "string", "format": "email"}, "not checked", "not checked"),
        ({"type": "string", "format": "date"}, "2026-01-02", "2026-01-02"),
        ({"type": "integer", "format": "int64", "exclusiveMinimum": 0, "multipleOf": 5}, 3, 3),
        (ref("Level"), 2, 2),
        (ref("Level"), 3, 3),
        ({"type": "array", "items": ref("Level")}, [1, 3.0], [1, 3]),
        ({"type": "integer"}, 3, 3),
        ({"type": "integer"}, 3.0, 3),
        ({"type": "number"}, 3, 3),
        ({"type": "number"}, 3.5, 3.5),
        ({"type": "boolean"}, False, False),
        (
            {"type": "string", "format": "date-time"},
            "2026-01-02T03:04:05Z",
            datetime(2026, 1, 2, 3, 4, 5, 0, timezone.utc),
        ),
        ({"type": "string", "const": "a"}, "b", "b"),
        ({"type": "boolean", "const": True}, False, False),
        ({"type": "integer", "const": 1}, 2, 2),
        (ref("Colour"), "red", "red"),
        (ref("Colour"), "a colour of tomorrow", "a colour of tomorrow"),
        ({"type": "object", "additionalProperties": True}, {"a": [1]}, {"a": [1]}),
        ({"type": "object"}, {}, {}),
        ({}, [None, 1], [None, 1]),
        ({}, None, None),
        ({"type": "array", "items": TEXT}, ["a", "b"], ["a", "b"]),
        ({"type": "array", "items": {}}, [1, None], [1, None]),
        ({"type": "array", "items": {"type": ["string", "null"]}}, ["a", None], ["a", None]),
        ({"type": "array", "items": {"type": "array", "items": {"type": "integer"}}}, [[1, 2.0], []], [[1, 2], []]),
        ({"type": "object", "additionalProperties": {"type": "integer"}}, {"a": 1.0}, {"a": 1}),
        (
            {"type": "object", "additionalProperties": {"type": "array", "items": TEXT}},
            {"a": ["b"], "c": []},
            {"a": ["b"], "c": []},
        ),
        ({"type": "array", "items": {"type": "object", "additionalProperties": TEXT}}, [{"a": "b"}], [{"a": "b"}]),
        ({"type": ["string", "null"]}, None, None),
        (nullable(ref("Colour")), None, None),
        (nullable(ref("Colour")), "red", "red"),
        ({"type": ["array", "null"], "items": TEXT}, None, None),
        ({"anyOf": [TEXT]}, "a", "a"),
    ],
)
def test_a_field_is_decoded(schema: Node, raw: Any, decoded: Any) -> None:
    found = decode_field(schema, {"x": raw})
    assert found == decoded
    assert type(found) is type(decoded)


@pytest.mark.parametrize(
    ("schema", "raw", "error"),
    [
        (TEXT, 1, "x should be a string, but is the number 1"),
        (TEXT, None, "x should be a string, but is null or missing"),
        ({"type": "integer"}, "1", "x should be an integer, but is the text '1'"),
        ({"type": "integer"}, 1.5, "x should be an integer, but is the number 1.5"),
        ({"type": "integer"}, True, "x should be an integer, but is true"),
        ({"type": "number"}, False, "x should be a number, but is false"),
        ({"type": "boolean"}, 0, "x should be a boolean, but is the number 0"),
        ({"type": "string", "format": "date-time"}, "soon", "x should be a timestamp, but is the text 'soon'"),
        ({"type": "string", "format": "date-time"}, 5, "x should be a timestamp, but is the number 5"),
        (ref("Colour"), ["red"], "x should be a string, but is a list"),
        (ref("Level"), "1", "x should be an integer, but is the text '1'"),
        (ref("Level"), True, "x should be an integer, but is true"),
        ({"type": "object"}, [], "x should be an object, but is a list"),
        ({"type": "array", "items": TEXT}, {}, "x should be a list, but is an empty object"),
        ({"type": "array", "items": TEXT}, ["a", 1], "x[1] should be a string, but is the number 1"),
        (
            {"type": "array", "items": {"type": "array", "items": {"type": "integer"}}},
            [[1], [2, "3"]],
            "x[1][1] should be an integer, but is the text '3'",
        ),
        (
            {"type": "object", "additionalProperties": {"type": "array", "items": TEXT}},
            {"a": ["b", None]},
            "x.a[1] should be a string, but is null or missing",
        ),
        (
            {"type": "array", "items": {"type": "object", "additionalProperties": TEXT}},
            [{}, {"a": 1}],
            "x[1].a should be a string, but is the number 1",
        ),
        (ref("Inner"), {"n": "1"}, "x.n should be an integer, but is the text '1'"),
        (
            {"type": "array", "items": ref("Inner")},
            [{"n": 1}, {"n": None}],
            "x[1].n should be an integer, but is null or missing",
        ),
        (nullable(ref("Inner")), {"n": 1.5}, "x.n should be an integer, but is the number 1.5"),
        (nullable(TEXT), 1, "x should be a string, but is the number 1"),
        (BY_KIND, {"n": None}, "x.n should be an integer, but is null or missing"),
        (BY_KIND, ["a", 1], "x[1] should be a string, but is the number 1"),
        (BY_KIND, True, "x should be an object, but is true"),
    ],
)
def test_an_error_names_the_field_of_the_wrong_type(schema: Node, raw: Any, error: str) -> None:
    with pytest.raises(ValueError, match="should be") as caught:
        decode_field(schema, {"x": raw}, Inner=INNER)
    assert str(caught.value) == error
    assert type(caught.value).__name__ == "DecodeError"


@pytest.mark.parametrize("raw", [{}, {"x": None}])
@pytest.mark.parametrize(
    "schema",
    [
        TEXT,
        {"type": "integer"},
        {"type": "number"},
        {"type": "boolean"},
        {"type": "object"},
        {},
        {"type": "array", "items": TEXT},
        {"type": "string", "format": "date-time"},
        {"type": "string", "const": "a"},
        ref("Colour"),
        ref("Inner"),
        nullable(ref("Inner")),
        BY_KIND,
    ],
)
def test_an_optional_field_that_is_absent_or_null_is_none(schema: Node, raw: Any) -> None:
    assert decode_field(schema, raw, required=False, Inner=INNER) is None


@pytest.mark.parametrize(("raw", "decoded"), [("a", "a"), (3, 3), (3.5, 3.5), (["a"], ["a"]), ({"n": 1}, {"n": 1})])
def test_a_union_of_different_json_types(raw: Any, decoded: Any) -> None:
    assert (
        decode_field(BY_KIND, {"x": raw}, Inner=INNER) == decoded
        or dict(decode_field(BY_KIND, {"x": raw}, Inner=INNER)) == decoded
    )
    assert decode_field({"type": "array", "items": BY_KIND}, {"x": [raw]}, Inner=INNER)[0] == decode_field(
        BY_KIND, {"x": raw}, Inner=INNER
    ) or isinstance(raw, dict)


def test_a_union_of_an_object_and_a_list() -> None:
    schema: Node = {
        "type": "object",
        "additionalProperties": {"anyOf": [ref("Inner"), {"type": "array", "items": ref("Inner")}]},
    }
    found = decode_field(schema, {"x": {"one": {"n": 1}, "more": [{"n": 2}]}}, Inner=INNER)
    assert found["one"].n == 1
    assert found["more"][0].n == 2


# --- named schemas ----------------------------------------------------------------------------------------------------


def test_schemas_without_a_module_are_expanded() -> None:
    schemas: Node = {
        "Whole": make_object("x", "y", "z", x=ref("Words"), y=ref("Name"), z=ref("MaybeName")),
        "Words": {"type": "array", "items": ref("Name")},
        "Name": TEXT,
        "MaybeName": nullable(ref("OtherName")),
        "OtherName": ref("Name"),
    }
    with build(make_spec({"responses": make_response(ref("Whole"))}, schemas)) as package:
        found = package.parse({"x": ["a"], "y": "b", "z": None})
        assert (found.x, found.y, found.z) == (["a"], "b", None)
        assert sorted(name for name in package.files if name.startswith("models/")) == [
            "models/__init__.py",
            "models/__init__.pyi",
            "models/whole.py",
        ]


def test_a_model_that_contains_itself() -> None:
    node = make_object(
        "name", name=TEXT, children={"type": "array", "items": ref("Node")}, parent=nullable(ref("Node"))
    )
    with build(make_spec({"responses": make_response(ref("Node"))}, {"Node": node})) as package:
        found = package.parse({"name": "a", "children": [{"name": "b", "parent": {"name": "c"}}]})
        assert found.children[0].parent.name == "c"
        with pytest.raises(ValueError, match=r"children\[0\]\.parent\.name should be a string, but is null"):
            package.parse({"name": "a", "children": [{"name": "b", "parent": {}}]})


def test_models_that_contain_each_other() -> None:
    schemas = {"A": make_object(b=ref("B")), "B": make_object(a=ref("A"))}
    for first in ("A", "B"):
        with build(make_spec({"responses": make_response(ref(first))}, schemas)) as package:
            assert package.parse({}).to_dict() == {}
            assert package.model("A").from_dict({"b": {"a": {}}}).b.a is not None


def test_models_that_always_contain_another() -> None:
    schemas = {
        "Whole": make_object("import", "class", **{"import": ref("Class"), "class": ref("Other")}, inner=ref("Inner")),
        "Class": make_object("inner", inner=ref("Inner")),
        "Other": ref("Class"),
        "Inner": INNER,
    }
    raw = {"import": {"inner": {"n": 1}}, "class": {"inner": {"n": 2}}}
    with build(make_spec({"responses": make_response(ref("Whole"))}, schemas)) as package:
        found = package.parse(raw)
        assert (found.import_.inner.n, found.class_.inner.n, found.inner) == (1, 2, None)
        with pytest.raises(ValueError, match=r"^class\.inner\.n should be an integer"):
            package.parse({**raw, "class": {"inner": {"n": "1"}}})
        with pytest.raises(ValueError, match=r"^import should be an object, but is null or missing$"):
            package.parse({"class": raw["class"]})


@pytest.mark.parametrize("first", ["A", "B", "Self"])
def test_models_that_always_contain_each_other(first: str) -> None:
    # No JSON can satisfy these schemas, but the package has to load, whichever module is imported first.
    schemas = {"A": make_object("b", b=ref("B")), "B": make_object("a", a=ref("A"), me=ref("Self"))}
    schemas["Self"] = make_object("self", self=ref("Self"))
    with build(make_spec({"responses": make_response(ref(first))}, schemas)) as package:
        assert not hasattr(package.model("A").from_dict({"b": {"a": {"b": 1}}}).b.a, "b")
        assert not hasattr(package.model("B").from_dict({"a": {"b": {"a": 1}}}).a.b, "a")
        assert not hasattr(package.model("Self").from_dict({"self": 1}), "self_")


UNION: Node = {
    "oneOf": [ref("Leaf"), ref("Branch")],
    "description": "A leaf or a branch.",
    "x-eigenpal-variants": [
        {"schema": "Branch", "holds": ["left", "right"], "equals": {"kind": "branch"}},
        {"schema": "Leaf"},
    ],
}
LEAF = make_object("value", value=TEXT)
BRANCH = make_object(left=ref("Tree1"), right=ref("Tree1"), kind=TEXT)


@pytest.mark.parametrize("first", ["Tree1", "Branch", "Leaf"])
def test_a_union_by_content_that_contains_itself(first: str) -> None:
    schemas = {"Tree1": UNION, "Leaf": LEAF, "Branch": BRANCH}
    with build(make_spec({"responses": make_response(ref("Tree1"))}, schemas)) as package:
        package.model(first)  # whichever module is imported first
        found = package.parse({"left": {"value": "a"}, "right": {"kind": "branch"}})
        assert type(found).__name__ == type(found.right).__name__ == "Branch"
        assert found.left.value == "a"
        assert type(package.parse({"left": None})).__name__ == "Branch"
        assert type(package.parse({"kind": "leaf", "value": ""})).__name__ == "Leaf"
        with pytest.raises(ValueError, match=r"left should be an object with 'value', but is an object with 'kind'"):
            package.parse({"left": {"kind": "leaf"}})
        with pytest.raises(ValueError, match="the response should be an object, but is a list"):
            package.parse([])


def test_a_union_that_a_boolean_distinguishes() -> None:
    variants = [{"schema": "Full", "equals": {"done": True}}, {"schema": "Slim"}]
    schemas: Node = {"Full": make_object(done={"type": "boolean"}), "Slim": make_object(done={"type": "boolean"})}
    either: Node = {"anyOf": [ref("Full"), ref("Slim")], "x-eigenpal-variants": variants}
    document = make_spec(
        {"responses": make_response(ref("Whole"))},
        {**schemas, "Whole": make_object(x=nullable(ref("Either"))), "Either": either},
    )
    with build(document) as package:
        for done, name in ((True, "Full"), (1, None), ("true", None), (False, "Slim")):
            if name:
                assert type(package.parse({"x": {"done": done}}).x).__name__ == name
            else:
                with pytest.raises(ValueError, match=r"x\.done should be a boolean"):
                    package.parse({"x": {"done": done}})
        assert package.parse({"x": None}).x is None


def test_an_inline_union_by_content() -> None:
    inline = {key: UNION[key] for key in ("oneOf", "x-eigenpal-variants")}
    inline["oneOf"] = [*inline["oneOf"], {"type": "null"}]
    schemas = {"Whole": make_object("x", x=inline), "Tree1": UNION, "Leaf": LEAF, "Branch": BRANCH}
    with build(make_spec({"responses": make_response(ref("Whole"))}, schemas)) as package:
        assert type(package.parse({"x": {"left": {"value": "a"}}}).x).__name__ == "Branch"
        assert package.parse({"x": None}).x is None
        with pytest.raises(ValueError, match=r"x\.value should be a string, but is null or missing"):
            package.parse({"x": {}})


KINDS: Node = {
    "anyOf": [ref("Cat"), ref("Dog")],
    "x-eigenpal-variants": [
        {"schema": "Cat", "equals": {"kind": ["cat", "kitten"]}},
        {"schema": "Dog", "equals": {"kind": "dog"}},
    ],
}


def test_a_kind_that_is_not_known_yet_is_the_raw_mapping() -> None:
    schemas: Node = {
        "Pet": KINDS,
        "Cat": make_object("kind", kind=TEXT, lives={"type": "integer"}),
        "Dog": make_object("kind", kind=TEXT),
        "Home": make_object("pets", "pet", pets={"type": "array", "items": ref("Pet")}, pet=nullable(ref("Pet"))),
    }
    with build(make_spec({"responses": make_response(ref("Home"))}, schemas)) as package:
        kinds: list[Any] = ["cat", "kitten", "dog", "newt", None, []]
        found = package.parse({"pets": [{"kind": kind, "lives": 9} for kind in kinds], "pet": {"kind": "newt"}})
        assert [type(pet).__name__ for pet in found.pets] == ["Cat", "Cat", "Dog", "dict", "dict", "dict"]
        assert (found.pets[0].lives, found.pets[3], found.pet) == (9, {"kind": "newt", "lives": 9}, {"kind": "newt"})
        with pytest.raises(ValueError, match=r"pets\[0\]\.lives should be an integer"):
            package.parse({"pets": [{"kind": "cat", "lives": "9"}], "pet": None})


def test_lists_maps_and_unions_that_contain_themselves() -> None:
    schemas: Node = {
        "Json": {
            "anyOf": [
                *(TEXT, {"type": "number"}, {"type": "boolean"}, {"type": "array", "items": ref("Json")}),
                *({"type": "object", "additionalProperties": ref("Json")}, {"type": "null"}),
            ]
        },
        "Tree": {"type": "array", "items": ref("Branch")},
        "Branch": {"type": "object", "additionalProperties": ref("Tree")},
        "Holder": make_object(
            "json", "tree", json=ref("Json"), tree=ref("Tree"), either={"anyOf": [ref("Tree"), TEXT]}
        ),
    }
    branch: Node = {}
    raw: Node = {"json": {"a": [1, None, {"b": True}]}, "tree": [{"a": [], "b": [branch]}], "either": [branch]}
    for first in ("Json", "Tree", "Branch", "Holder"):
        with build(make_spec({"responses": make_response(ref("Holder"))}, schemas)) as package:
            assert package.model(first) is not None  # whichever module is imported first
            found = package.parse(raw)
            assert {"json": found.json, "tree": found.tree, "either": found.either} == raw
            with pytest.raises(ValueError, match=r"tree\[0\]\.a\[0\] should be an object, but is the number 1"):
                package.parse({**raw, "tree": [{"a": [1]}]})


@pytest.mark.parametrize(
    ("branches", "raw"),
    [
        ([ref("Colour"), TEXT], "blue"),
        ([{"type": "integer"}, {"type": "number"}], 1.5),
        ([{"type": "string", "const": "auto"}, {"type": "integer"}, {"type": "string"}], "x"),
    ],
)
def test_scalars_of_one_json_type_in_a_union(branches: list[Node], raw: Any) -> None:
    schemas = {"Whole": make_object("x", x={"anyOf": branches}), "Colour": COLOUR}
    with build(make_spec({"responses": make_response(ref("Whole"))}, schemas)) as package:
        assert package.parse({"x": raw}).x == raw
        with pytest.raises(ValueError, match="x should be"):
            package.parse({"x": []})


def test_a_timestamp_beside_other_text_is_text() -> None:
    schema = make_object("x", x={"anyOf": [{"const": "now"}, {"type": "string", "format": "date-time"}]})
    with build(make_spec({"responses": make_response(ref("Whole"))}, {"Whole": schema})) as package:
        assert package.parse({"x": "2026-01-02T03:04:05Z"}).x == "2026-01-02T03:04:05Z"
        assert "x: Literal['now'] | str" in package.files["models/whole.py"].replace('"', "'")


@pytest.mark.parametrize("target", ["Tree1", "Leaf", "Colour"])
def test_an_alias(target: str) -> None:
    schemas = {"Tree1": UNION, "Leaf": LEAF, "Branch": BRANCH, "Colour": COLOUR, "Other": ref(target)}
    raw = {"Tree1": {"value": "a"}, "Leaf": {"value": "a"}, "Colour": "red"}[target]
    with build(make_spec({"responses": make_response(ref("Other"))}, schemas)) as package:
        assert package.parse(raw) == raw or dict(package.parse(raw)) == raw
        assert package.model("Other") == package.model(target)


def test_an_alias_of_what_refers_to_it() -> None:
    schemas = {"Node": make_object(inner=ref("Other")), "Other": ref("Node")}
    for first in ("Node", "Other"):
        with build(make_spec({"responses": make_response(ref("Other"))}, schemas)) as package:
            package.model(first)
            assert package.parse({"inner": {"inner": {}}}).inner.inner.to_dict() == {}


def test_names_with_a_meaning_in_python() -> None:
    names = ["class", "from_dict", "get", "items", "keys", "self", "raw", "cls", "list", "dict", "str", "frozenset"]
    names += ["type", "id", "classmethod", "datetime", "decoded", "object", "print", "decodeThing", "_private", "None"]
    schema = make_object(
        "decodeThing", *names[:3], **dict.fromkeys(names, TEXT), at={"type": "string", "format": "date-time"}
    )
    schemas: Node = {
        "Whole": {**schema, "properties": {**schema["properties"], "thing": ref("Thing")}},
        "Thing": {
            "oneOf": [ref("A"), ref("B")],
            "x-eigenpal-variants": [{"schema": "A", "holds": ["a"]}, {"schema": "B"}],
        },
        "A": make_object(a=TEXT),
        "B": make_object(b=TEXT),
        "Class": make_object(a=ref("Whole")),
        "Import": {"type": "string", "enum": ["a"]},
        "RuntimeError": make_object(a=ref("Exception")),
        "Exception": make_object(a=ref("Class")),
        "Path": make_object(a=ref("RuntimeError")),
    }
    raw = {**dict.fromkeys(names, "v"), "at": "2026-01-01T00:00:00Z", "thing": {"a": "1"}}
    with build(make_spec({"responses": make_response(ref("Path"))}, schemas)) as package:
        found = package.parse({"a": {"a": {"a": {"a": raw}}}}).a.a.a.a
        assert found.to_dict() == raw
        for name in (
            "class_",
            "from_dict_",
            "get_",
            "items_",
            "keys_",
            "self_",
            "type",
            "decode_thing",
            "private",
            "raw",
        ):
            assert getattr(found, name) == "v"
        assert (found.at.year, found.thing.a) == (2026, "1")


def test_models_that_are_only_sent_distinguish_absent_from_null() -> None:
    inner = make_object(note={"type": ["string", "null"]}, name=TEXT, any={})
    operation: Node = {"requestBody": make_json_body("Body"), "responses": make_response(ref("Both"))}
    schemas = {"Body": make_object(inner=ref("Inner"), both=ref("Both")), "Inner": inner, "Both": inner}
    with build(make_spec(operation, schemas, method="post")) as package:
        sent, unset = package.model("Inner"), package.module("encoding").UNSET
        assert (sent().note, sent().name, sent().any) == (unset, None, unset)
        assert sent(note=None, name=None, any=None).to_dict() == {"note": None, "any": None}
        assert sent.from_dict({}).note is unset
        assert sent.from_dict({"note": None, "name": None}).note is None
        # Models that are also returned read null and absent alike.
        assert package.model("Both").from_dict({}).note is None


def test_secrets_are_not_shown() -> None:
    secret: Node = {"type": "string", "format": "password"}
    schemas = {
        "Whole": make_object(plain=TEXT, hidden=secret, inner=ref("Inner"), listed=ref("Secrets"), named=ref("Named")),
        "Inner": make_object(first=secret, other=TEXT),
        "Secrets": {"type": "array", "items": secret},
        "Named": {"type": "object", "additionalProperties": nullable(ref("Secrets"))},
    }
    with build(make_spec({"responses": make_response(ref("Whole"))}, schemas)) as package:
        inner = {"first": "hunter3", "other": "b"}
        found = package.parse(
            {"plain": "a", "hidden": "hunter2", "inner": inner, "listed": ["hunter4"], "named": {"a": ["hunter5"]}}
        )
        assert repr(found) == "Whole(plain='a', hidden=***, inner=Inner(first=***, ...), listed=***, named=***)"
        assert (found.hidden, found["hidden"]) == ("hunter2", "hunter2")
        shown = {name: repr(value) for name, value in found.__rich_repr__()}
        hidden = dict.fromkeys(("hidden", "listed", "named"), "***")
        assert shown == {"plain": "'a'", "inner": repr(found.inner), **hidden}


_SECRET: Node = {"type": "string", "format": "password"}
_CONFIDENTIAL: dict[str, tuple[Node, Node]] = {
    "nothing": ({"responses": make_response(ref("Plain"))}, {}),
    "the name of a format": (
        {"responses": make_response(make_object(format={"type": "string", "enum": ["password"]}))},
        {},
    ),
    "a secret as the whole answer": ({"responses": make_response(_SECRET)}, {}),
    "a nullable one": ({"responses": make_response(nullable(_SECRET))}, {}),
    "a property": ({"responses": make_response(make_object(a=_SECRET))}, {}),
    "deep inside": (
        {
            "responses": make_response(
                {"type": "array", "items": {"type": "object", "additionalProperties": ref("Tree")}}
            )
        },
        {"Tree": make_object(children={"type": "array", "items": ref("Tree")}, leaf=nullable(ref("Leaf")))},
    ),
    "in one of several answers": (
        {"responses": {**make_response(ref("Plain")), "201": make_response(ref("Leaf"))["200"]}},
        {},
    ),
    "in an error only": ({"responses": {**make_response(ref("Plain")), "400": make_response(ref("Leaf"))["200"]}}, {}),
    "in the body": ({"requestBody": make_json_body("Leaf"), "responses": make_response(ref("Plain"))}, {}),
    "in a parameter": (
        {"parameters": [make_parameter("a", schema=_SECRET)], "responses": make_response(ref("Plain"))},
        {},
    ),
}


@pytest.mark.parametrize("case", _CONFIDENTIAL)
def test_operations_with_secrets_are_marked(case: str) -> None:
    operation, more = _CONFIDENTIAL[case]
    schemas = {"Plain": make_object(a=TEXT), "Leaf": make_object(secret=_SECRET), **more}
    with build(make_spec(operation, schemas, method="post")) as package:
        given: Node = {"secret": "x"} if "requestBody" in operation else {}
        expected = case not in ("nothing", "the name of a format", "in an error only")
        assert package.request(**given).confidential is expected


def test_models_are_documented_and_loaded_lazily() -> None:
    schemas = {
        "Whole": make_object(x={**TEXT, "description": "An x."}, old={**TEXT, "deprecated": True}),
        "Never": make_object(a=TEXT),
    }
    with build(make_spec({"responses": make_response(ref("Whole"))}, schemas)) as package:
        models = package.module("models")
        assert package.model("Whole").__doc__.strip() == "A thing."
        assert '"""An x. None if the server did not send it."""' in package.files["models/whole.py"]
        assert '"""Deprecated. None if the server did not send it."""' in package.files["models/whole.py"]
        assert dir(models) == models.__all__ == ["Never", "Whole"]
        assert "Never" not in vars(models)
        with pytest.raises(AttributeError, match="has no attribute 'Nothing'"):
            models.Nothing  # noqa: B018
        assert not dataclasses.is_dataclass(package.model("Whole"))
