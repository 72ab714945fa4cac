"""Whatever a server sends, a decoder returns a model or raises an error that names the place."""

from __future__ import annotations

import copy
from collections.abc import Iterable
from datetime import datetime
from typing import Any, cast

import pytest
from hypothesis import given, settings, strategies as st

from eigenpal_generated.base_models import BaseModel, read
from eigenpal_generated.decoding import (
    DecodeError,
    decode_datetime,
    decode_str,
    make_list_decoder,
    make_map_decoder,
)
from tests.generated.schemas import DECODERS, MODEL_EXAMPLES, MODELS, SCHEMAS, UNIONS, Json, for_each_example
from tests.support.damage import get_wire_names

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
KEYS = sorted({key for schema in SCHEMAS.values() for key in schema.get("properties", {})})
OBJECTS = st.dictionaries(st.sampled_from(KEYS), JSON, max_size=6)


def decode(name: str, raw: Any) -> BaseModel | None:
    """Decode; return None if the decoder raises its one error, or returns an object of a kind it does not know."""
    before = copy.deepcopy(raw)
    refused: DecodeError | None = None
    model: Any = None
    try:
        model = DECODERS[name](raw)
    except DecodeError as error:
        refused = error
    assert raw == before
    if model is None:
        assert refused is not None
        assert str(refused)
        return None
    if name in UNIONS and not isinstance(model, BaseModel):
        assert model is raw
        return None
    assert isinstance(model, BaseModel)
    assert model.to_dict() == before
    assert repr(model)
    assert copy.deepcopy(model) == model
    return model


@settings(max_examples=500)
@given(name=st.sampled_from(sorted(DECODERS)), raw=JSON | OBJECTS)
def test_any_json_is_a_model_or_an_error(name: str, raw: Any) -> None:
    decode(name, raw)


@settings(max_examples=500)
@given(data=st.data(), chosen=st.sampled_from(MODEL_EXAMPLES))
def test_an_example_with_one_value_changed(data: st.DataObject, chosen: tuple[str, Json]) -> None:
    name, raw = chosen[0], copy.deepcopy(chosen[1])
    places = _find_places(raw)
    if not places:
        return
    container, key = data.draw(st.sampled_from(places))
    action = data.draw(st.sampled_from(["null", "remove", "replace"]))
    if action == "remove" and isinstance(container, dict):
        del container[key]
    else:
        container[key] = None if action == "null" else data.draw(JSON)
    decode(name, raw)


def _find_places(value: Any) -> list[tuple[Any, Any]]:
    """Return every container in a value, with each of its keys or indexes."""
    found: list[tuple[Any, Any]] = []
    inside: Iterable[tuple[Any, Any]] = ()
    if isinstance(value, dict):
        inside = cast("Json", value).items()
    elif isinstance(value, list):
        inside = enumerate(cast("list[Any]", value))
    for key, item in inside:
        found.append((cast("Any", value), key))
        found += _find_places(item)
    return found


@for_each_example
def test_a_missing_required_field_costs_the_attribute_or_the_model(name: str, raw: Json) -> None:
    schema = SCHEMAS[name]
    attributes = {wire_name: attribute for attribute, wire_name in get_wire_names(MODELS[name]).items()}
    for field in schema.get("required", []):
        kinds = schema["properties"][field]
        nullable = "null" in kinds.get("type", []) or {"type": "null"} in kinds.get("anyOf", [])
        anything = not {"type", "$ref", "anyOf", "oneOf"} & set(kinds)
        rest = {key: value for key, value in raw.items() if key != field}
        model = decode(name, rest)
        if kinds.get("x-eigenpal-strict") or (rest and len(schema["required"]) == 1):
            assert model is None, field
        else:
            assert model is not None
            assert hasattr(model, attributes[field]) is (nullable or anything), field


@for_each_example
def test_missing_required_fields_read_as_null_where_null_is_allowed(name: str, raw: Json) -> None:
    schema = SCHEMAS[name]
    absent = [field for field in schema.get("required", []) if raw.get(field) is None]
    bare = {key: value for key, value in raw.items() if key not in absent}
    model = decode(name, raw)
    assert model is not None
    assert repr(decode(name, bare)) == repr(model)


def test_the_place_of_an_item_is_named_once() -> None:
    texts = make_list_decoder(decode_str)
    with pytest.raises(DecodeError) as caught:
        read(make_list_decoder(make_map_decoder(texts)), [{"a": [1, 2], "b": [3, 4]}] * 2)
    assert str(caught.value) == "[0].a[0] should be a string, but is the number 1"


TIMESTAMPS = r"[0-9]{4}-?[0-9W]{2}-?[0-9]{1,3}([T ][0-9:]{0,8}([.,][0-9]{0,9})?)?(Z|z|[+-][0-9:]{0,6})?"


@settings(max_examples=500)
@given(text=st.text() | st.from_regex(TIMESTAMPS, fullmatch=True))
def test_any_text_is_a_timestamp_or_an_error(text: str) -> None:
    refused: DecodeError | None = None
    found: datetime | None = None
    try:
        found = decode_datetime(text)
    except DecodeError as error:
        refused = error
    if found is None:
        assert refused is not None
        assert refused.expected == "a timestamp"
    else:
        assert found.utcoffset() is not None
