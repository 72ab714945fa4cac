# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""Models and pages as types of pydantic 2, for fields of its models and for FastAPI. Loaded when pydantic asks."""

# The models and the tree are of the same package.
# pyright: reportPrivateUsage=false

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache, partial
from importlib.resources import files
from operator import itemgetter
from typing import Any, cast

from eigenpal_generated.base_models import BaseModel
from eigenpal_generated.decoding import DecodeError

_REFERENCE = "#/components/schemas/"


def make_core_schema(model: type[BaseModel]) -> Any:
    """Return the core schema of a model: it takes an instance or a JSON object, and is dumped as the JSON object."""
    from pydantic_core import core_schema

    # Of the variants of a union, pydantic takes the best match. An object that is not quite as documented is a worse
    # one; pydantic has to convert something for that, here a list to a tuple.
    worse = core_schema.chain_schema(
        [
            core_schema.tuple_variable_schema(strict=False),
            core_schema.no_info_plain_validator_function(itemgetter(0)),
        ]
    )
    return core_schema.chain_schema(
        [
            core_schema.no_info_plain_validator_function(partial(_validate, model)),
            core_schema.union_schema([core_schema.is_instance_schema(BaseModel), worse], mode="left_to_right"),
        ],
        ref=f"{model.__module__}.{model.__qualname__}",
        serialization=_make_serialization(),
    )


def _validate(model: type[BaseModel], value: Any) -> BaseModel | list[BaseModel]:
    """Return an instance, in a list if it is not as documented.

    Raises:
        ValueError: It cannot be one.
    """
    if isinstance(value, model):
        return value
    if isinstance(value, BaseModel) or not isinstance(value, Mapping):
        raise ValueError(f"should be {model.__name__} or its JSON object, but is {type(value).__name__}")
    try:
        decoded: BaseModel = model._decode(value)
    except (TypeError, ValueError):
        pass
    else:
        return decoded
    try:
        return [model.from_dict(cast("Mapping[str, Any]", value))]
    except DecodeError as error:
        raise ValueError(str(error).replace("the response", model.__name__, 1)) from None


def _make_serialization() -> Any:
    from pydantic_core import core_schema

    return core_schema.plain_serializer_function_ser_schema(_dump)


def _dump(value: Any) -> Any:
    return value.to_dict() if isinstance(value, BaseModel) else value


@cache
def make_serializer() -> Any:
    """Return the serializer of models that are values of a field of any type."""
    from pydantic_core import SchemaSerializer, core_schema

    return SchemaSerializer(core_schema.any_schema(serialization=_make_serialization()))


def make_json_schema(model: type[BaseModel]) -> dict[str, Any]:
    """Return the JSON schema of a model, as the API describes it; nested models are part of it."""
    found = _load_schemas().get(model.__name__, {"type": "object", "description": model.__doc__})
    return {"title": model.__name__, **_expand(found, (model.__name__,))}


@cache
def _load_schemas() -> dict[str, Any]:
    text = files("eigenpal_generated").joinpath("openapi.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)["components"]["schemas"]
    return found


def _expand(node: Any, inside: tuple[str, ...]) -> Any:
    """Return a schema with what it refers to in place; recursive references become a schema of anything."""
    if isinstance(node, list):
        return [_expand(item, inside) for item in cast("list[Any]", node)]
    if not isinstance(node, dict):
        return node
    schema = cast("dict[str, Any]", node)
    expanded: dict[str, Any] = {}
    if isinstance(reference := schema.get("$ref"), str):
        name = reference.removeprefix(_REFERENCE)
        expanded = {} if name in inside else _expand(_load_schemas()[name], (*inside, name))
    for key, value in schema.items():
        if key in ("$ref", "discriminator", "examples", "example") or key.startswith("x-"):
            continue
        if key == "properties":
            expanded[key] = {name: _expand(one, inside) for name, one in value.items()}
        else:
            expanded[key] = value if key in ("const", "default", "enum") else _expand(value, inside)
    return expanded
