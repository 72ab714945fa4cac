"""What pyright's language server, which most editors use, shows of everything in the client."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from typing import Any

import pytest

from .language_server import LanguageServer
from .surface import CLIENTS, list_members, list_methods, list_public_names, walk


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LanguageServer]:
    with LanguageServer(tmp_path_factory.mktemp("application")) as server:
        yield server


def open_lines(server: LanguageServer, client: type[Any], lines: list[str]) -> int:
    """Open a file with these lines, and return the number of the first."""
    server.open("\n".join([f"from eigenpal import {client.__name__}", f"client = {client.__name__}()", *lines, ""]))
    return 2


def read_summary(value: object) -> str:
    documentation = inspect.getdoc(value)
    assert documentation, value
    return documentation.partition("\n\n")[0]


@pytest.mark.parametrize("client", CLIENTS)
def test_a_method_shows_its_signature_and_summary(client: type[Any], server: LanguageServer) -> None:
    methods = list_methods(client)
    assert len(methods) > 60
    start = open_lines(server, client, [*methods])
    for line, (place, method) in enumerate(methods.items(), start):
        shown = server.hover(line, len(place))
        name = place.rpartition(".")[2]
        assert shown.kind == "method", place
        assert shown.declaration.startswith(f"def {name}("), shown.declaration
        assert ("-> CoroutineType[" in shown.declaration) == inspect.iscoroutinefunction(inspect.unwrap(method)), place
        for parameter in inspect.signature(method).parameters.values():
            assert f"{parameter.name}: " in shown.declaration, (place, parameter.name)
            assert f"  \n{'&nbsp;' * 4}{parameter.name}: " in shown.documentation, (place, parameter.name)
        assert shown.documentation.startswith(read_summary(method)), shown.documentation[:200]


@pytest.mark.parametrize("client", CLIENTS)
def test_each_item_of_a_list_is_shown_on_a_line_of_its_own(client: type[Any], server: LanguageServer) -> None:
    start = open_lines(server, client, ["client.runs.get"])
    shown = server.hover(start, len("client.runs.get")).documentation
    assert [re.sub("^(&nbsp;)*", "", line).rstrip() for line in shown.splitlines() if "+ `" in line] == [
        "+ `input`: the arguments, files and metadata the run was started with.",
        "+ `usage`: tokens, credits and duration.",
        "+ `execution`: the full form of `execution`, with steps, files, feedback and ground truth where the run",
        "+ `debug`: trace id and observability data.",
    ]


@pytest.mark.parametrize("client", CLIENTS)
def test_a_resource_shows_what_it_is_for(client: type[Any], server: LanguageServer) -> None:
    places = [place for place, _ in walk(client)][1:]
    start = open_lines(server, client, places)
    for line, place in enumerate(places, start):
        shown = server.hover(line, len(place))
        assert shown.kind == "property"
        assert len(shown.documentation) > 10, place


@pytest.mark.parametrize("client", CLIENTS)
def test_completion_offers_every_public_name_and_no_other(client: type[Any], server: LanguageServer) -> None:
    resources = dict(walk(client))
    start = open_lines(server, client, [f"{place}." for place in resources])
    for line, (place, value) in enumerate(resources.items(), start):
        offered = [name for name in server.complete(line, len(place) + 1) if not name.startswith("_")]
        assert sorted(offered) == list_public_names(value), place


def test_every_field_of_a_model_shows_what_it_is(server: LanguageServer) -> None:
    members = list_members()
    lines = ["from eigenpal import types", "", ""]
    places: list[tuple[int, int, str]] = []
    for name, fields in members.items():
        lines.append(f"def use_{name}(value: types.{name}):")
        for field in fields:
            places.append((len(lines), len("    value."), f"{name}.{field}"))
            lines.append(f"    value.{field}")
        lines += ["    ...", ""]
    server.open("\n".join(lines))
    assert len(places) > 380
    undocumented = [place for line, character, place in places if not server.hover(line, character).documentation]
    assert undocumented == []


def test_every_type_shows_what_it_is(server: LanguageServer) -> None:
    names = list_members()
    lines = [f"types.{name}" for name in names]
    server.open("\n".join(["from eigenpal import types", *lines, ""]))
    undocumented = [name for line, name in enumerate(names, 1) if not server.hover(line, len("types.")).documentation]
    assert undocumented == []
