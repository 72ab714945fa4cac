from __future__ import annotations

import copy
import random
from collections.abc import Iterator
from typing import Any, cast

import pytest

from eigenpal.testing._server.checks import compile_check
from eigenpal.testing._server.specification import load_specification
from eigenpal.testing._server.validation import Validators

SPECIFICATION = load_specification()
SCHEMAS = sorted(SPECIFICATION.document["components"]["schemas"])
ODD: list[Any] = [
    None,
    True,
    0,
    1.5,
    2.0,
    -1,
    "",
    "completed",
    "2026-03-20T10:00:00Z",
    "2026-03-20",
    [],
    {},
    [1],
    {"a": 1},
]


def full(schema: Any, value: Any) -> bool:
    """The answer of the full validator alone."""
    unknown_too = {**schema, "allOf": [True]}
    assert compile_check(unknown_too) is None
    return Validators().issues(unknown_too, value, "x") == []


def mutations(value: Any, dice: random.Random) -> Iterator[Any]:
    """Yield the value with one place changed."""

    def places(one: Any, path: tuple[Any, ...]) -> Iterator[tuple[Any, ...]]:
        yield path
        if isinstance(one, dict):
            for key, inner in cast("dict[str, Any]", one).items():
                yield from places(inner, (*path, key))
        elif isinstance(one, list):
            for index, inner in enumerate(cast("list[Any]", one)):
                yield from places(inner, (*path, index))

    for path in places(value, ()):
        for odd in dice.sample(ODD, 4):
            changed = {"root": copy.deepcopy(value)}
            parent: Any = changed
            steps = ("root", *path)
            for step in steps[:-1]:
                parent = parent[step]
            choice = dice.random()
            if choice < 0.2 and isinstance(parent, dict) and len(steps) > 1:
                del parent[steps[-1]]
            elif choice < 0.4 and isinstance(parent[steps[-1]], dict):
                parent[steps[-1]]["surprise"] = odd
            else:
                parent[steps[-1]] = odd
            yield changed["root"]


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_quick_answer_is_that_of_the_full_validator(name: str) -> None:
    dice = random.Random(name)
    declared = SPECIFICATION.document["components"]["schemas"][name]
    for closed in (False, True):
        schema = SPECIFICATION.inlined({"$ref": f"#/components/schemas/{name}"}, closed=closed)
        check = compile_check(schema)
        if name in ("LockfileNode", "SourceLockfileResponse"):
            assert check is None
            continue
        assert check is not None
        values = [*declared.get("examples", []), *ODD]
        for example in declared.get("examples", []):
            values.extend(mutations(example, dice))
        for value in dice.sample(values, min(len(values), 120)):
            assert check(value) == full(schema, value), value
