"""A spec that is wrong in any way is refused with a place, or understood; it never ends in anything else."""

from __future__ import annotations

import copy
import json
import random
from typing import Any

import pytest

from generator.document import parse
from generator.formatting import Files
from generator.problems import Problem, SpecError
from generator.rendering import draft
from tests.generator.everything import everything, texts

JUNK: list[Any] = [
    None,
    True,
    5,
    -1.5,
    "x",
    "",
    [],
    {},
    ["x"],
    [{}],
    [None],
    {"x": {}},
    {"x": None},
    {"type": "string"},
    {"$ref": "#/components/schemas/Thing"},
    {"$ref": "#/components/parameters/Id"},
]
REMOVED = object()


@pytest.mark.parametrize("seed", range(4))
def test_junk_in_place_of_anything(seed: int) -> None:
    chance = random.Random(seed)
    places = texts(everything())[1:]
    for place in chance.sample(places, 16):
        for junk in [*chance.sample(JUNK, 3), REMOVED]:
            _generate(place, junk)


def _generate(place: tuple[str | int, ...], junk: Any) -> None:
    document: Any = everything()
    target = document
    for step in place[:-1]:
        target = target[step]
    if junk is REMOVED:
        del target[place[-1]]
    else:
        target[place[-1]] = copy.deepcopy(junk)
    refused: list[Problem] = []
    files: Files = {}
    try:
        files = draft(parse(json.dumps(document)))
    except SpecError as error:
        refused = error.problems
    except Exception as error:
        raise AssertionError(f"{'/'.join(map(str, place))} = {junk!r} ended in {error!r}") from error
    assert all(problem.place for problem in refused), (place, junk, refused)
    for name, content in files.items():
        compile(content, name, "exec")
