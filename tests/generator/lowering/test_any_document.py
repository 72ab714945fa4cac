"""Whatever schemas a document has, lowering keeps to the language, and every value that was valid stays valid."""

from __future__ import annotations

from typing import Any, cast

from hypothesis import given, settings, strategies as st
from jsonschema import Draft202012Validator

from generator.problems import Report
from tests.generator.lowering.lower import lower_document, run_passes
from tests.generator.small_specs import Node, make_response, make_spec, ref

NAMES = ["A", "B", "c_d"]
KEYS = ["id", "kind", "next", "a-b", "a_b"]

values: st.SearchStrategy[Any] = st.recursive(
    st.sampled_from([None, True, False, 0, 1, 0.5, "a", "b", "c"]),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=4),
    max_leaves=6,
)
kinds = st.sampled_from(["string", "integer", "number", "boolean", "null", "object", "array"])


def _schemas(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    branches = st.lists(inner, min_size=1, max_size=3)
    properties = st.dictionaries(st.sampled_from(KEYS), inner, min_size=1, max_size=3)
    keys = st.lists(st.sampled_from(KEYS), max_size=2, unique=True)
    others = st.one_of(st.booleans(), inner)
    return st.one_of(
        st.fixed_dictionaries(
            {"type": st.just("object"), "properties": properties},
            optional={"required": keys, "additionalProperties": others, "anyOf": branches},
        ),
        st.fixed_dictionaries({"type": st.just("array"), "items": inner}),
        st.fixed_dictionaries({"type": st.just("object"), "additionalProperties": inner}),
        st.sampled_from(["anyOf", "oneOf"]).flatmap(lambda key: st.fixed_dictionaries({key: branches})),
        st.fixed_dictionaries({"allOf": branches}),
        st.fixed_dictionaries({"type": st.just("object"), "required": keys}),
    )


leaves: st.SearchStrategy[Node] = st.one_of(
    st.fixed_dictionaries({"type": kinds}),
    st.fixed_dictionaries({"type": st.lists(kinds, min_size=1, max_size=3, unique=True)}),
    st.fixed_dictionaries({"enum": st.lists(values, min_size=1, max_size=3)}),
    st.fixed_dictionaries({"const": values}),
    st.sampled_from(NAMES).map(ref),
    st.just({}),
)
schemas = st.recursive(leaves, _schemas, max_leaves=8)
components = st.fixed_dictionaries(dict.fromkeys(NAMES, schemas))


@settings(max_examples=150, deadline=None)
@given(components, schemas, st.lists(values, max_size=8))
def test_every_valid_value_stays_valid(named: Node, answer: Node, instances: list[Any]) -> None:
    document = make_spec({"responses": make_response(answer)}, named)
    lowered, report = lower_document(document)  # which keeps to the language, and is not lowered any further
    if report.problems:
        return
    for name, new in zip(named, lowered["components"]["schemas"], strict=False):
        for instance in instances:
            if instance is not None and _is_valid(document, name, instance):
                assert _is_valid(lowered, new, instance), (name, instance)


def _is_valid(document: Node, name: str, instance: Any) -> bool:
    validator: Any = Draft202012Validator({**ref(name), "components": document["components"]})
    try:
        return bool(validator.is_valid(instance))
    except RecursionError:  # A schema that is only itself.
        return False


_ODD: list[Any] = [{"$ref": 5}, {"$ref": ""}, ref("Nothing"), [[]], [{}], {"propertyName": 1}, {"a": None}]
JUNK: st.SearchStrategy[Any] = values | st.sampled_from(_ODD)
KEYWORDS = st.sampled_from([
    *("$ref", "allOf", "anyOf", "oneOf", "properties", "required", "items", "prefixItems", "patternProperties"),
    *("additionalProperties", "type", "enum", "const", "nullable", "discriminator", "format", "title", "readOnly"),
    *("x-eigenpal-variants", "x-eigenpal-name", "exclusiveMinimum", "example"),
])  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(components, schemas, st.data())
def test_junk_is_survived(named: Node, answer: Node, data: st.DataObject) -> None:
    document = make_spec(
        {"responses": make_response(answer), "requestBody": {"content": {"multipart/form-data": {}}}}, named
    )
    document["openapi"] = data.draw(st.sampled_from(["3.0.0", "3.1.0"]))
    places = list(_places(document["components"]["schemas"]))
    for _ in range(data.draw(st.integers(1, 4))):
        node = data.draw(st.sampled_from(places))
        node[data.draw(KEYWORDS | st.sampled_from(sorted(node) or ["A"]))] = data.draw(JUNK)
    run_passes(document, Report())


def _places(value: Any) -> Any:
    if isinstance(value, dict):
        yield cast("Node", value)
        for item in cast("Node", value).values():
            yield from _places(item)
    elif isinstance(value, list):
        for item in cast("list[Any]", value):
            yield from _places(item)
