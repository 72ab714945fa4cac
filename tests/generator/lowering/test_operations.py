"""The passes of operations together, on our own document, on a foreign one, and on both with mistakes in them."""

from __future__ import annotations

import contextlib
import copy
import random
from collections.abc import Callable
from typing import Any

import pytest

from generator.__main__ import ROOT
from generator.reading import read_document
from tests.generator.full_spec import list_places, make_full_spec
from tests.generator.lowering.foreign import make_foreign_spec
from tests.generator.lowering.language_of_operations import breaches
from tests.generator.lowering.running import AFTER_SCHEMAS, BEFORE_SCHEMAS, notes, run
from tests.generator.small_specs import ref
from tests.spec.facts import keep_known

Document = dict[str, Any]
METHODS = ("get", "put", "post", "delete", "patch")
# These read what the passes of schemas leave, and so come after them.
PASSES = (*BEFORE_SCHEMAS, *AFTER_SCHEMAS[:-1])
JUNK: list[Any] = [None, True, 5, -1.5, "x", "", [], {}, ["x"], [{}], {"x": {}}, {"type": "string"}, ref("Item")]


def test_our_own_document_comes_out_as_it_is_but_for_what_was_shared() -> None:
    document = keep_known(read_document(ROOT / "openapi" / "openapi.yaml"))
    lowered, report = run(document, *PASSES)
    assert not report.problems + report.notes
    assert not breaches(lowered)
    components = document["components"]
    assert lowered["components"] == {key: components[key] for key in ("schemas", "securitySchemes")}
    assert {key: value for key, value in lowered.items() if key not in ("paths", "components")} == {
        key: value for key, value in document.items() if key not in ("paths", "components")
    }
    assert list(lowered["paths"]) == list(document["paths"])
    for path, item in document["paths"].items():
        assert list(lowered["paths"][path]) == [method for method in item if method in METHODS]
        for method, operation in item.items():
            if method in METHODS:
                assert lowered["paths"][path][method] == _in_place(document, operation, item.get("parameters", []))


def _in_place(document: Document, operation: Document, shared: list[Document]) -> Document:
    """Return an operation with what it refers to, by another way than the passes take."""

    def resolve(node: Document) -> Document:
        while "$ref" in node:
            found: Any = document
            for step in str(node["$ref"])[2:].split("/"):
                found = found[step]
            node = {**found, **{key: node[key] for key in ("description",) if key in node}}
        return node

    expected = {
        key: value for key, value in operation.items() if key != "x-eigenpal-method" or value in (False, "rerun")
    }
    parameters = [resolve(node) for node in [*operation.get("parameters", []), *shared]]
    if parameters:
        expected["parameters"] = [{**node, "required": node.get("required", False)} for node in parameters]
    if "requestBody" in operation:
        expected["requestBody"] = resolve(operation["requestBody"])
    expected["responses"] = {
        status: {key: value for key, value in resolve(response).items() if key != "headers"}
        for status, response in operation["responses"].items()
    }
    return expected


def test_a_foreign_document_is_lowered_into_the_language() -> None:
    lowered, report = run(make_foreign_spec(), *BEFORE_SCHEMAS, *AFTER_SCHEMAS)
    assert not report.problems
    assert not breaches(lowered)
    found = {
        operation["operationId"]: f"{method} {path}"
        for path, item in lowered["paths"].items()
        for method, operation in item.items()
    }
    assert found == {
        "items.readItem": "get /api/2/items/{item_id}",
        "petController.findAll": "get /api/2/pets",
        "pets.create": "post /api/2/pets",
        "pets.cancel": "post /api/2/pets/{id}:cancel",
        "grosse.get": "get /api/2/gr%C3%B6%C3%9Fe/{a}.{b}",
        "shared.get": "get /api/2/shared",
        "files.findAll": "get /api/2/files",
        "upload": "post /api/2/upload",
    }
    assert all(place.startswith("#/") and message for place, message in notes(report))
    assert set(lowered["components"]["schemas"]) == {
        *("Item", "ItemKind", "Filter", "Upload", "PetBody", "TraceParameter"),
    }


@pytest.mark.parametrize("make", [make_full_spec, make_foreign_spec])
@pytest.mark.parametrize("seed", range(150))
def test_mistakes_anywhere_are_refused_with_a_place_or_do_no_harm(make: Callable[[], Document], seed: int) -> None:
    chance = random.Random(seed)
    document = make()
    places = list_places(document)[1:]
    for place in chance.sample(places, chance.randint(1, 3)):
        # A change may need what an earlier one has removed.
        with contextlib.suppress(KeyError, IndexError, TypeError):
            parent, last = _look_up(document, place[:-1]), place[-1]
            kind = chance.randrange(4)
            if kind == 0:
                del parent[last]
            elif kind == 1:
                parent[f"{last}Copy"] = copy.deepcopy(parent[last])
            else:
                other = _look_up(document, chance.choice(places)) if kind == 2 else chance.choice(JUNK)
                parent[last] = copy.deepcopy(other)
    lowered, report = run(document, *PASSES)
    assert all(problem.place for problem in report.problems + report.notes)
    assert all(problem.remedy for problem in report.problems)
    assert report.problems or not breaches(lowered)


def _look_up(document: Any, place: tuple[str | int, ...]) -> Any:
    for step in place:
        document = document[step]
    return document
