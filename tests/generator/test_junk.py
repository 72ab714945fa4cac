"""A spec with any mistake either generates valid code or is refused with the place of every problem."""

from __future__ import annotations

import contextlib
import copy
import random
from typing import Any

import pytest

from generator.__main__ import ROOT
from generator.formatting import Files
from generator.nodes import with_origins
from generator.problems import Problem, SpecError
from generator.reading import read_document
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
NAMES = ("properties", "schemas", "parameters", "responses", "paths", "content", "encoding", "headers")
"""Keywords whose value is a mapping by names."""


def find_keywords() -> dict[str, tuple[str | int, ...]]:
    """Return the first place of every keyword in a spec that has them all."""
    found: dict[str, tuple[str | int, ...]] = {}
    for place in list_places(make_full_spec())[1:]:
        if isinstance(place[-1], str) and place[-2:-1] not in [(name,) for name in NAMES]:
            found.setdefault(place[-1], place)
    return found


PLACES = find_keywords()


@pytest.mark.parametrize(("number", "keyword"), list(enumerate(PLACES)), ids=list(PLACES))
def test_junk_in_place_of_any_keyword(number: int, keyword: str) -> None:
    junk = [*JUNK, REMOVED]
    _generate(PLACES[keyword], junk[number % len(junk)])


@pytest.mark.parametrize("seed", range(4))
def test_parts_of_the_spec_of_the_api_in_the_wrong_places(seed: int) -> None:
    chance = random.Random(seed)
    spec = read_document(ROOT / "openapi" / "openapi.yaml")
    places = list_places(spec)[1:]
    for _ in range(2):
        document = copy.deepcopy(spec)
        # A change may need what an earlier one has removed.
        for place in chance.sample(places, chance.randint(1, 3)):
            with contextlib.suppress(KeyError, IndexError, TypeError):
                _change(document, place, chance.choice([REMOVED, COPIED, _look_up(spec, chance.choice(places))]))
        _check(document, f"seed {seed}")


def _look_up(document: Any, place: tuple[str | int, ...]) -> Any:
    for step in place:
        document = document[step]
    return document


def _change(document: Any, place: tuple[str | int, ...], junk: Any) -> None:
    parent, last = _look_up(document, place[:-1]), place[-1]
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


def _check(document: Node, label: str) -> None:
    """Check that a spec generates valid code or is refused with the places of all problems."""
    refused: list[Problem] = []
    files: Files = {}
    try:
        files = draft(with_origins(document))
    except SpecError as error:
        refused = error.problems
    except Exception as error:
        raise AssertionError(f"{label} raised {error!r}") from error
    assert all(problem.place for problem in refused), (label, refused)
    for name, content in files.items():
        compile(content, name, "exec")
