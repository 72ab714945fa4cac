"""A spec that is wrong in any way is refused with a place, or understood; it never ends in anything else."""

from __future__ import annotations

import contextlib
import copy
import json
import random
from typing import Any

import pytest

from generator import document as documents
from generator.__main__ import ROOT
from generator.document import parse
from generator.formatting import Files
from generator.problems import Problem, SpecError
from generator.rendering import draft
from tests.generator.full_spec import list_places, make_full_spec
from tests.generator.small_specs import Node

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
REMOVED, COPIED = object(), object()


@pytest.mark.parametrize("seed", range(4))
def test_junk_in_place_of_anything(seed: int) -> None:
    chance = random.Random(seed)
    places = list_places(make_full_spec())[1:]
    for place in chance.sample(places, 16):
        for junk in [*chance.sample(JUNK, 3), REMOVED]:
            _generate(place, junk)


@pytest.mark.parametrize("seed", range(4))
def test_parts_of_the_spec_of_the_api_in_the_wrong_places(seed: int) -> None:
    chance = random.Random(seed)
    spec = documents.load(ROOT / "openapi" / "openapi.yaml")
    places = list_places(spec)[1:]
    for _ in range(8):
        document = copy.deepcopy(spec)
        # Later changes may meet what earlier ones took away.
        for place in chance.sample(places, chance.randint(1, 3)):
            with contextlib.suppress(KeyError, IndexError, TypeError):
                _change(document, place, chance.choice([REMOVED, COPIED, _at(spec, chance.choice(places))]))
        _check(document, f"seed {seed}")


def _at(document: Any, place: tuple[str | int, ...]) -> Any:
    for step in place:
        document = document[step]
    return document


def _change(document: Any, place: tuple[str | int, ...], junk: Any) -> None:
    parent, last = _at(document, place[:-1]), place[-1]
    if junk is REMOVED:
        del parent[last]
    elif junk is COPIED:
        parent[f"{last}Copy"] = copy.deepcopy(parent[last])
    else:
        parent[last] = copy.deepcopy(junk)


def _generate(place: tuple[str | int, ...], junk: Any) -> None:
    document = make_full_spec()
    _change(document, place, junk)
    _check(document, f"{'/'.join(map(str, place))} = {junk!r}")


def _check(document: Node, said: str) -> None:
    """See that a spec is generated or refused with the places of all problems."""
    refused: list[Problem] = []
    files: Files = {}
    try:
        files = draft(parse(json.dumps(document)))
    except SpecError as error:
        refused = error.problems
    except Exception as error:
        raise AssertionError(f"{said} ended in {error!r}") from error
    assert all(problem.place for problem in refused), (said, refused)
    for name, content in files.items():
        compile(content, name, "exec")
