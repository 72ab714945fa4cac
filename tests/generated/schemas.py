"""Every model of the generated package, with its examples in the spec."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from functools import partial
from importlib import resources
from typing import Any, cast

import pytest

from eigenpal_generated import models
from eigenpal_generated.base_models import BaseModel, read

Json = dict[str, Any]

SPEC = cast("Json", json.loads(resources.files("eigenpal_generated").joinpath("openapi.json").read_text("utf-8")))
SCHEMAS = cast("dict[str, Json]", SPEC["components"]["schemas"])

MODELS: dict[str, type[BaseModel]] = {
    name: found
    for name in models.__all__
    if isinstance(found := getattr(models, name), type) and issubclass(found, BaseModel)
}
UNIONS: dict[str, Callable[[Any], BaseModel]] = {
    name: partial(read, getattr(models, name)) for name in vars(models)["_MODULES"] if name.startswith("decode_")
}
DECODERS: dict[str, Callable[[Any], BaseModel]] = {
    **{name: model.from_dict for name, model in MODELS.items()},
    **UNIONS,
}


def load_examples(name: str) -> list[Json]:
    """Return fresh copies of the examples of a schema."""
    found: list[Json] = SCHEMAS[name].get("examples", [])
    return copy.deepcopy(found)


MODEL_EXAMPLES = [(name, example) for name in sorted(MODELS) for example in load_examples(name)]
"""Models by name, each with one example."""

for_each_example = pytest.mark.parametrize(
    ("name", "raw"), MODEL_EXAMPLES, ids=[f"{name}-{index}" for index, (name, _) in enumerate(MODEL_EXAMPLES)]
)
