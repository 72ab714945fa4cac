"""What is missing about a document is counted by kind, and the counts end a run of all tests."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from tests import conftest
from tests.spec import gaps
from tests.spec.facts import Node
from tests.spec.gaps import WIDTH, find_gaps, find_gaps_of_document, format_gaps

THING: Node = {"$ref": "#/components/schemas/Thing"}
KIND: Node = {"$ref": "#/components/schemas/Kind"}


def make_document(about: str, example: Node) -> Node:
    """Return a document whose parts all have a description and an example, or none of them."""
    described: Node = {"description": about} if about else {}
    parameters = [
        {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}, **described, **example},
        {"name": "kind", "in": "query", "required": True, "schema": KIND},
        {"name": "limit", "in": "query", "schema": {"type": "integer"}, **described},
    ]
    media = {"schema": THING}
    operation: Node = {
        "operationId": "things.put",
        "summary": about,
        **described,
        "parameters": parameters,
        "requestBody": {"content": {"application/json": {**media, **example}, "text/plain": {"schema": {}}}},
        "responses": {"200": {"content": {"application/json": media}}, "404": {"content": {"application/json": {}}}},
    }
    password: Node = {"type": "string", **({"format": "password"} if about else {})}
    schemas = {
        "Thing": {"properties": {"kind": KIND, "password": {**password, **described}}, **described},
        "Kind": {"type": "string", "enum": ["a"], "description": "Described where it is defined."},
    }
    if example:
        schemas["Thing"]["examples"] = [example["example"]]
    return {"paths": {"/things/{id}": {"put": operation}}, "components": {"schemas": schemas}}


def test_what_is_missing_is_listed() -> None:
    assert find_gaps_of_document(make_document("", {})) == {
        "operations without a summary or a description": ["things.put"],
        "parameters without a description": ["things.put id", "things.put limit"],
        "schemas without a description": ["Thing"],
        "fields without a description": ["Thing.password"],
        "bodies and responses without an example": [
            "things.put body application/json",
            "things.put 200 application/json",
        ],
        "required parameters without an example": ["things.put id"],
        "fields that look secret without `format: password`": ["Thing.password"],
    }
    found = find_gaps_of_document(make_document("Said.", {"example": {"kind": "a"}}))
    assert [name for names in found.values() for name in names] == []


def test_a_line_names_as_many_as_fit() -> None:
    names = [f"agents.things{number}.get" for number in range(100)]
    lines = [*format_gaps({"methods": names, "fields": [], "schemas": ["A", "B"], "places": ["x" * 200]})]
    assert lines[1:] == ["     0  fields", "     2  schemas: A, B", f"     1  places: {'x' * 200}"]
    assert lines[0].startswith("   100  methods: agents.things0.get, agents.things1.get, ")
    assert lines[0].endswith(".get, ...")
    assert WIDTH - 20 < len(lines[0]) <= WIDTH


def test_the_counts_end_a_run_of_all_tests(monkeypatch: pytest.MonkeyPatch, pytestconfig: pytest.Config) -> None:
    monkeypatch.setattr(gaps, "find_gaps", lambda: {"methods": ["a", "b"]})
    sources = pytestconfig.ArgsSource
    for source, collects_only, shown in (
        (sources.TESTPATHS, False, ["     2  methods: a, b"]),
        (sources.TESTPATHS, True, []),
        (sources.ARGS, False, []),
    ):
        written: list[str] = []
        reporter: Any = SimpleNamespace(section=written.append, line=written.append)
        config: Any = SimpleNamespace(
            args_source=source, ArgsSource=sources, option=SimpleNamespace(collectonly=collects_only)
        )
        conftest.pytest_terminal_summary(reporter, config)
        assert written[1:] == shown
        assert bool(written) == bool(shown)


def test_every_kind_is_there_when_nothing_is_missing() -> None:
    assert {*find_gaps()} > {*find_gaps_of_document(make_document("Said.", {"example": {}}))}
