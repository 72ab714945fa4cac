"""Paths, and the parameters in them."""

from __future__ import annotations

import pytest

from generator.lowering.paths import paths
from tests.generator.lowering.running import notes, problems, run
from tests.generator.small_specs import make_parameter, make_spec


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/things/{id}:cancel", "/things/{id}:cancel"),
        ("/{a}.{b}", "/{a}.{b}"),
        ("/things/", "/things/"),
        ("/", "/"),
        ("/{a-b}/{a.id}", "/{a-b}/{a.id}"),
        ("/things(id={id})/$value", "/things(id={id})/$value"),
        ("/größe/a b", "/gr%C3%B6%C3%9Fe/a%20b"),
        ("/100%/a%20b", "/100%25/a%20b"),
        ('/"a"', "/%22a%22"),
    ],
)
def test_paths_of_any_form_can_be_sent(path: str, expected: str) -> None:
    names = [part.split("}")[0] for part in path.split("{")[1:]]
    operation = {"parameters": [make_parameter(name, "path") for name in names]}
    lowered, report = run(make_spec(operation, path=path), paths)
    assert not report.problems + report.notes
    assert list(lowered["paths"]) == [expected]


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("things", "must begin with one slash"),
        ("//host/things", "must begin with one slash"),
        ("/things?type=a", "has a query or a fragment"),
        ("/things#update", "has a query or a fragment"),
        ("/a/../b", "has a segment of dots"),
        ("/a/{}", "has a brace without a parameter"),
        ("/a/{b", "has a brace without a parameter"),
        ("/a/b}", "has a brace without a parameter"),
        ("/a/{b{c}}", "has a brace without a parameter"),
    ],
)
def test_other_paths_are_refused(path: str, message: str) -> None:
    _, report = run(make_spec(path=path), paths)
    [(place, said)] = problems(report)
    assert place == "#/paths/" + path.replace("/", "~1")
    assert message in said


def test_a_path_that_is_written_in_two_ways_is_refused() -> None:
    document = make_spec(path="/a b")
    document["paths"]["/a%20b"] = document["paths"]["/a b"]
    _, report = run(document, paths)
    assert problems(report) == [("#/paths/~1a%20b", "/a%20b is another path again: /a%20b")]


def test_paths_that_differ_in_the_names_of_parameters_alone_are_two() -> None:
    document = make_spec({"parameters": [make_parameter("a", "path")]}, path="/{a}")
    document["paths"]["/{b}"] = {"get": {"parameters": [make_parameter("b", "path")]}}
    lowered, report = run(document, paths)
    assert not report.problems + report.notes
    assert list(lowered["paths"]) == ["/{a}", "/{b}"]


def test_parameters_are_those_of_the_path() -> None:
    operation = {"parameters": [make_parameter("id", "path"), make_parameter("q")]}
    lowered, report = run(make_spec(operation, path="/things/{thingId}"), paths)
    assert not report.problems
    found = lowered["paths"]["/things/{thingId}"]["get"]["parameters"]
    assert [(one["name"], one["in"], one["schema"]) for one in found] == [
        ("q", "query", {"type": "string"}),
        ("thingId", "path", {"type": "string"}),
    ]
    assert [message for _, message in notes(report)] == [
        "the path /things/{thingId} has no {id}; the parameter is left out",
        "the path parameter thingId is not declared; it is taken as text",
    ]
