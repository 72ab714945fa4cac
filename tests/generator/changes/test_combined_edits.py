"""Edits of a document as server teams make them, several in one comparison: each is told once, and nothing else is."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from generator.changes.entries import Entry
from generator.changes.report import ChangeReport, compare
from generator.changes.sides import read_side

from .conftest import THINGS, CompareThings, Node

TEXT = {"type": "string"}
RUN: Node = {
    "/api/v1/runs": {
        "post": {
            "operationId": "run",
            "x-eigenpal-method": False,
            "parameters": [{"name": "version", "in": "query", "schema": TEXT}],
            "responses": {"200": {"description": "It.", "content": {"application/json": {"schema": TEXT}}}},
        }
    },
}


def told(report: ChangeReport) -> list[tuple[str, str, str]]:
    return [(entry.section.value, entry.name, entry.text) for entry in report.entries]


def compare_documents(folder: Path, old: Node, new: Node, overlay: Node | None = None) -> ChangeReport:
    paths: list[str] = []
    for name, document in (("old", old), ("new", new)):
        path = folder / name / "openapi.json"
        path.parent.mkdir()
        path.write_text(json.dumps(document), encoding="utf-8")
        if overlay:
            path.with_name("overlay.yaml").write_text(json.dumps(overlay), encoding="utf-8")
        paths.append(str(path))
    with read_side(paths[0]) as before, read_side(paths[1], before) as after:
        return compare(before, after)


def at(spec: Node, path: str, method: str) -> Any:
    return spec["paths"][path][method]


def test_two_methods_that_swap_their_names(compare_things: CompareThings) -> None:
    def edit(spec: Node) -> None:
        at(spec, "/things/{id}", "get")["operationId"] = "things.photos.download"
        at(spec, "/things/{id}/photo", "get")["operationId"] = "things.get"

    assert told(compare_things(edit)) == [
        ("breaking", "client.things.get()", "is now called `client.things.photos.download()`"),
        ("breaking", "client.things.photos.download()", "is now called `client.things.get()`"),
    ]


def test_a_new_operation_under_the_name_of_one_that_stays(compare_things: CompareThings) -> None:
    def edit(spec: Node) -> None:
        spec["paths"]["/v2/things/{id}"] = {
            "parameters": spec["paths"]["/things/{id}"]["parameters"],
            "get": copy.deepcopy(at(spec, "/things/{id}", "get")),
        }
        at(spec, "/things/{id}", "get").update(operationId="things.oldGet", summary="Get a thing, the old way")

    assert told(compare_things(edit)) == [
        ("behavior", "client.things.get()", "is sent as `GET /v2/things/{id}`, formerly `GET /things/{id}`"),
        ("new", "client.things.old_get()", "Get a thing, the old way"),
    ]


def test_paths_that_move_together_say_so(compare_things: CompareThings) -> None:
    def edit(spec: Node) -> None:
        spec["paths"] = {f"/v2{path}": item for path, item in spec["paths"].items()}

    report = compare_things(edit)
    assert {entry.text for entry in report.entries} == {"is sent to `/v2/...`, formerly `/...`"}
    assert ("GET /things/{id}", "GET /v2/things/{id}") in {(entry.old, entry.new) for entry in report.entries}


def test_models_that_are_sent_now_or_read_and_sent(compare_things: CompareThings) -> None:
    def edit(spec: Node) -> None:
        schemas = spec["components"]["schemas"]
        schemas["NewThing"]["properties"]["owner"] = {"$ref": "#/components/schemas/Owner"}
        schemas["Owner"]["properties"]["phone"] = TEXT
        schemas["Owner"]["required"].append("phone")  # nobody had to send an owner before

    assert told(compare_things(edit)) == [
        ("new", "client.things.create(owner=)", "is new: `Owner | Mapping[str, Any] | None`"),
        ("new", "types.NewThing(owner=)", "is new: `Owner | None`"),
        ("new", "types.Owner.phone", "is new: `str`"),
    ]


@pytest.mark.parametrize(
    ("required", "expected"),
    [
        ([], [("breaking", "types.Thing.name", "is `str | None`, formerly `str`")]),
        (["name", "note"], [("breaking", "types.Thing.note", "is now required")]),
    ],
)
def test_fields_that_are_read_and_sent(required: list[str], expected: list[Any], tmp_path: Path) -> None:
    old = copy.deepcopy(THINGS)
    old["components"]["schemas"]["Thing"] = {
        "type": "object",
        "required": ["name"],
        "properties": {"name": TEXT, "note": TEXT},
    }
    at(old, "/things", "post")["requestBody"]["content"] = {
        "application/json": {"schema": {"type": "object", "properties": {"it": {"$ref": "#/components/schemas/Thing"}}}}
    }
    new = copy.deepcopy(old)
    new["components"]["schemas"]["Thing"]["required"] = required
    assert told(compare_documents(tmp_path, old, new)) == expected


def test_types_that_take_more_or_less(compare_things: CompareThings) -> None:
    def edit(spec: Node) -> None:
        parameters = {found["name"]: found for found in at(spec, "/things", "get")["parameters"]}
        parameters["order"]["schema"] = TEXT  # all known values are text
        parameters["kind"]["schema"] = {"type": "integer"}
        parameters["limit"]["schema"] = {"type": "number", "minimum": 1.0, "maximum": 100.0}  # the same bounds

    found = told(compare_things(edit))
    assert [entry for entry in found if ".list(" in entry[1]] == [
        ("breaking", "client.things.list(kind=)", "takes `int | None`, formerly `Kind | None`"),
        ("new", "client.things.list(limit=)", "takes `float | None`, formerly `int | None`"),
        ("new", "client.things.list(order=)", "takes `str | None`, formerly `ThingsListOrder | None`"),
    ]


def test_texts_are_those_that_the_package_shows(compare_things: CompareThings) -> None:
    def edit(spec: Node) -> None:
        listing = at(spec, "/things", "get")
        listing["description"] = "Newest\n   first."  # shown in the same way
        listing["responses"]["200"]["description"] = "All of them."
        spec["tags"][0]["name"] = "stuff"
        at(spec, "/hidden", "post")["description"] = "Not shown anywhere."
        at(spec, "/hidden", "post")["deprecated"] = True
        thing = spec["components"]["schemas"]["Thing"]["properties"]
        thing["id"]["examples"] = ["not shown either"]
        thing["size"]["description"] = "Its size."
        spec["components"]["schemas"]["Owner"]["description"] = "Who has it."

    assert told(compare_things(edit)) == [
        ("deprecated", "hidden", "is deprecated"),
        ("texts", "client.things", "the description changed"),
        ("texts", "client.things.list()", "the description of what it returns changed"),
        ("texts", "types.Owner", "the description changed"),
        ("texts", "types.Thing.size", "the description changed"),
    ]


def test_nothing_changes_if_only_the_spelling_does(compare_things: CompareThings) -> None:
    def edit(spec: Node) -> None:
        schemas = spec["components"]["schemas"]
        schemas["Thing"]["properties"]["note"] = {"oneOf": [{"type": "null"}, TEXT]}
        schemas["Thing"]["properties"]["kind"] = {"allOf": [{"$ref": "#/components/schemas/Kind"}], "x-since": 2}
        schemas["NewThing"]["properties"]["count"]["maximum"] = 10.0
        schemas["Owner"] = {"allOf": [{"required": ["name"]}, {**schemas["Owner"], "required": []}]}
        at(spec, "/things/{id}", "get")["security"] = [{"key": []}]
        spec["servers"][0]["url"] = "https://{host}.test"
        spec["servers"][0]["variables"] = {"host": {"default": "api"}}
        photo = spec["paths"]["/things/{id}/photo"]
        for method in ("put", "get"):
            photo[method]["parameters"] = photo["parameters"]
        del photo["parameters"]

    assert told(compare_things(edit)) == []


def test_the_operation_behind_a_method_of_the_hand_layer(tmp_path: Path) -> None:
    old = {**copy.deepcopy(THINGS), "paths": copy.deepcopy(RUN)}
    new = copy.deepcopy(old)
    operation = new["paths"].pop("/api/v1/runs")["post"]
    new["paths"]["/api/v2/runs"] = {"post": operation}
    operation["parameters"][0]["schema"] = {"type": "integer"}
    operation["deprecated"] = True
    operation["responses"]["200"]["content"]["application/json"]["schema"] = {"type": "integer"}
    behind = "(in the operation behind it)"
    report = compare_documents(tmp_path, old, new)
    assert told(report) == [
        ("breaking", "client.run()", f"returns `int`, formerly `str` {behind}"),
        ("breaking", "client.run(version=)", f"takes `int | None`, formerly `str | None` {behind}"),
        ("behavior", "client.run()", "is sent as `POST /api/v2/runs`, formerly `POST /api/v1/runs`"),
        ("deprecated", "client.run()", "is deprecated"),
    ]
    assert all(isinstance(entry, Entry) and "openapi.json" in entry.place for entry in report.entries)


def test_a_mark_of_the_overlay_that_does_not_fit_any_more_is_left_out(tmp_path: Path) -> None:
    pages = {"style": "offset", "items": "data", "total": "total", "offset": "offset"}
    target = "$.paths.*[?@.operationId=='things.list' || @.operationId=='stuff.list']"
    action = {"target": target, "x-expect": 2, "update": {"x-eigenpal-pagination": pages}}
    overlay = {"overlay": "1.0.0", "info": {"title": "Ours", "version": "1"}, "actions": [action]}
    old = copy.deepcopy(THINGS)
    del at(old, "/things", "get")["x-eigenpal-pagination"]
    old["paths"]["/stuff"] = {"get": {**copy.deepcopy(at(old, "/things", "get")), "operationId": "stuff.list"}}
    new = copy.deepcopy(old)
    parameters = at(new, "/things", "get")["parameters"]
    next(found for found in parameters if found["name"] == "offset")["name"] = "start"
    report = compare_documents(tmp_path, old, new, overlay)
    assert report.misfits == 1
    assert told(report) == [
        ("breaking", "client.things.iter()", "was removed"),
        ("breaking", "client.things.list(offset=)", "was removed"),
        ("new", "client.things.list(start=)", "is new: `int | None`"),
    ]
