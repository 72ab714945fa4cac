"""Overlays: applying actions, targets by name, and the messages for actions that do not fit."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.__main__ import main
from generator.nodes import with_origins
from generator.overlay import Overlay
from generator.problems import Problem, Report
from generator.reading import Reader
from tests.generator.small_specs import (
    TEXT,
    Node,
    expect_problems,
    make_object,
    make_parameter,
    make_response,
    make_spec,
    ref,
)

INFO = {"title": "Ours", "version": "1"}


def make_overlay(*actions: Any, **more: Any) -> Node:
    return {"overlay": "1.0.0", "info": INFO, "actions": list(actions), **more}


def make_document() -> Node:
    """Return a document with two operations, parameters and schemas."""
    parameters = [make_parameter("from"), make_parameter("to"), {"$ref": "#/components/parameters/Limit"}]
    document = make_spec({"operationId": "runs.list", "tags": ["runs", "all"], "parameters": parameters}, path="/runs")
    document["paths"]["/runs/{id}"] = {"post": {"operationId": "runs.cancel", "responses": {}}}
    document["components"]["schemas"] = {"Run": make_object("id", id=TEXT), "RunTiming": make_object(at=TEXT)}
    return document


def apply(document: Node, *actions: Any, earlier: Node | None = None) -> tuple[Node, Report]:
    report = Report()
    root = with_origins(make_overlay(*actions), "overlay.yaml#")
    return Overlay(root, report, earlier or {}).apply(with_origins(document)), report


RUNS = "$.paths.*[?@.operationId=='runs.list']"


@pytest.mark.parametrize(
    ("action", "place", "value"),
    [
        ({"target": RUNS, "update": {"x-a": {"b": 1}}}, ("paths", "/runs", "get", "x-a"), {"b": 1}),
        ({"target": RUNS, "update": {"summary": "Other"}}, ("paths", "/runs", "get", "summary"), "Other"),
        ({"target": RUNS, "update": {"summary": ["x"]}}, ("paths", "/runs", "get", "summary"), ["x"]),
        (
            {"target": RUNS, "update": {"tags": ["x", "y"]}},
            ("paths", "/runs", "get", "tags"),
            ["runs", "all", "x", "y"],
        ),
        ({"target": RUNS, "update": {"tags": "x"}}, ("paths", "/runs", "get", "tags"), "x"),
        ({"target": f"{RUNS}.tags", "update": "x"}, ("paths", "/runs", "get", "tags"), ["runs", "all", "x"]),
        ({"target": f"{RUNS}.tags", "update": ["x"]}, ("paths", "/runs", "get", "tags"), ["runs", "all", "x"]),
        ({"target": f"{RUNS}.tags[?@=='runs']", "remove": True}, ("paths", "/runs", "get", "tags"), ["all"]),
        ({"target": f"{RUNS}.tags.*", "remove": True, "x-expect": 2}, ("paths", "/runs", "get", "tags"), []),
        (
            {"target": f"{RUNS}.parameters[?@.name=='to']", "update": {"schema": {"format": "date"}}},
            ("paths", "/runs", "get", "parameters", 1, "schema"),
            {"type": "string", "format": "date"},
        ),
        (
            {"target": f"{RUNS}.parameters[?@.name=='from' || @.name=='to']", "update": {"x-a": 1}, "x-expect": 2},
            ("paths", "/runs", "get", "parameters", 0, "x-a"),
            1,
        ),
        (
            {"target": f"{RUNS}.parameters[?@['$ref']=='#/components/parameters/Limit']", "update": {"x-a": 1}},
            ("paths", "/runs", "get", "parameters", 2, "x-a"),
            1,
        ),
        (
            {"target": "$.components.schemas.Run.required", "remove": True},
            ("components", "schemas", "Run"),
            make_object(id=TEXT),
        ),
        ({"target": "$.info", "remove": False, "update": {"title": "Ours"}}, ("info", "title"), "Ours"),
        (
            {"target": "$..[?@.type=='object']", "update": {"x-a": 1}, "x-expect": 2},
            ("components", "schemas", "Run", "x-a"),
            1,
        ),
        ({"target": "$", "update": {"x-a": 1}, "description": "Why."}, ("x-a",), 1),
    ],
)
def test_an_action_changes_what_it_targets(action: Node, place: tuple[str | int, ...], value: object) -> None:
    document = make_document()
    before = copy.deepcopy(document)
    found: Any
    found, report = apply(document, action)
    for step in place:
        found = found[step]
    assert report.problems == []
    assert found == value
    assert document == before


EARLIER: Node = {
    "paths": {
        "/runs/{run}": {"post": {"operationId": "runs.stop"}},
        "/runs": {"get": {"operationId": "runs.all"}, "post": {"operationId": "runs.start"}},
        "/tags": {"get": {"operationId": "tags.listTags"}},
    }
}
"""In which `runs.cancel` was called otherwise, and `runs.start` and `tags.listTags` existed."""


def by_id(name: str) -> str:
    return f"$.paths.*[?@.operationId=='{name}']"


@pytest.mark.parametrize(
    ("action", "place", "message"),
    [
        # Nothing was hit: what is nearby.
        ({"target": by_id("runs.stop")}, "/target", "hits nothing: POST /runs/{id} is now called runs.cancel"),
        (
            {"target": "$.paths.*[?@.operationId=='runs.all'].parameters[?@.name=='from']"},
            "/target",
            "hits nothing: GET /runs is now called runs.list",
        ),
        ({"target": by_id("runs.start")}, "/target", "hits nothing: POST /runs is gone"),
        ({"target": by_id("listTags")}, "/target", "hits nothing: GET /tags is gone"),
        (
            {"target": by_id("runs.cancle")},
            "/target",
            "hits nothing: there is no operation runs.cancle; similar operations are runs.cancel",
        ),
        (
            {"target": f"{RUNS}.parameters[?@.name=='form']"},
            "/target",
            "hits nothing: #/paths/~1runs/get/parameters has no form, but from",
        ),
        (
            {"target": "$.components.schemas.RunTimeing.properties.at"},
            "/target",
            "hits nothing: #/components/schemas has no RunTimeing, but RunTiming",
        ),
        ({"target": "$.paths.*.put"}, "/target", "hits nothing: #/paths/~1runs and 1 more places have no put"),
        # Another number of places.
        (
            {"target": "$.components.schemas.*"},
            "/target",
            "hits 2 places, not 1: #/components/schemas/Run, #/components/schemas/RunTiming",
        ),
        (
            {"target": f"{RUNS}.parameters[?@.name=='from' || @.name=='until' || @.name=='too']", "x-expect": 3},
            "/target",
            "hits 1 of 3 places: #/paths/~1runs/get/parameters has no until or too, but to",
        ),
        (
            {"target": "$.paths.*[?@.operationId=='runs.list' || @.operationId=='runs.stop']", "x-expect": 2},
            "/target",
            "hits 1 of 2 places: POST /runs/{id} is now called runs.cancel",
        ),
        ({"target": "$", "x-expect": 2}, "/target", "hits 1 of 2 places: the document is one place"),
        # Positions.
        (
            {"target": f"{RUNS}.parameters[1]"},
            "/target",
            "[1] selects by position, which still fits when something is inserted before it; write [?@['name']=='to']",
        ),
        ({"target": f"{RUNS}.parameters[-1].x"}, "/target", "write [?@['$ref']=='#/components/parameters/Limit']"),
        ({"target": f"{RUNS}.tags[0]"}, "/target", "write [?@=='runs']"),
        ({"target": f"{RUNS}.tags[0:1]"}, "/target", "[0:1:1] selects by position"),
        ({"target": f"{RUNS}.tags[9]"}, "/target", "write a filter by name, such as [?@.name=='limit']"),
        # What is not valid.
        ({"target": "$.paths["}, "/target", "'$.paths[' is not a JSONPath (RFC 9535): "),
        ({"target": "paths"}, "/target", "'paths' is not a JSONPath (RFC 9535): "),
        ({"target": "$.a[?count(@)]"}, "/target", "is not a JSONPath (RFC 9535): "),
        ({"target": 5}, "/target", "must be a JSONPath, as text"),
        ({"update": {}}, "/target", "must be a JSONPath, as text"),
        ({"target": "$.info", "remove": True}, "", "must have either update or remove: true"),
        ({"target": "$.info", "remove": "yes"}, "/remove", "must be true or false"),
        ({"target": "$.info", "x-expect": 0}, "/x-expect", "must be the number of places that the target hits, from 1"),
        ({"target": "$.info", "expect": 2}, "/expect", "is not a key of an overlay"),
        ({"target": "$.info", "update": "x"}, "/update", "must be an object: the target is #/info"),
        (
            {"target": "$.info.title"},
            "/update",
            "can only be merged into an object or a list: the target is #/info/title",
        ),
    ],
)
def test_an_action_that_does_not_fit(action: Node, place: str, message: str) -> None:
    last = {"target": "$.info", "update": {"x-last": True}}
    document, report = apply(make_document(), {"update": {"x-a": 1}, **action}, last, earlier=EARLIER)
    (problem,) = report.problems
    assert problem.place == f"overlay.yaml#/actions/0{place}"
    assert message in problem.message
    assert document["info"]["x-last"] is True  # the rest is applied


@pytest.mark.parametrize(
    ("overlay", "place", "message"),
    [
        ({"overlay": "2.0.0"}, "/overlay", "must be version 1.0.0 of Overlay, not '2.0.0'"),
        ({"overlay": None}, "/overlay", "must be version 1.0.0 of Overlay, not None"),
        ({"info": {"title": "Ours"}}, "/info/version", "must be text"),
        ({"info": None}, "/info/title", "must be text"),
        ({"actions": []}, "/actions", "must be a list with at least one action"),
        ({"actions": {}}, "/actions", "must be a list with at least one action"),
        ({"actions": ["x"]}, "/actions/0", "must be an object"),
        ({"rules": []}, "/rules", "is not a key of an overlay; those are actions, extends, info, overlay"),
    ],
)
def test_a_file_that_is_not_an_overlay(overlay: Node, place: str, message: str) -> None:
    report = Report()
    root = with_origins({**make_overlay({"target": "$", "update": {}}), **overlay}, "overlay.yaml#")
    Overlay(root, report, {}).apply(with_origins(make_document()))
    assert (f"overlay.yaml#{place}", message) in [(problem.place, problem.message) for problem in report.problems]


def test_the_whole_document_cannot_be_removed() -> None:
    document, report = apply(make_document(), {"target": "$", "remove": True})
    assert [problem.message for problem in report.problems] == [
        "must not be the whole document, which cannot be removed"
    ]
    assert document == make_document()


def test_what_is_inside_and_around_can_be_removed_at_once() -> None:
    document, report = apply(make_document(), {"target": "$.components..*", "remove": True, "x-expect": 19})
    assert document["components"] == {}
    assert report.problems == []


def test_what_was_added_has_a_place_of_its_own_and_is_found_in_the_overlay(tmp_path: Path) -> None:
    pages = {"style": "offset", "fields": [{"items": "data"}]}
    spec = write(tmp_path, json.dumps(make_overlay({"target": RUNS, "update": {"x-eigenpal-pagination": pages}})))
    spec.write_text(json.dumps(make_document()), encoding="utf-8")
    reader = Reader(spec)
    operation = reader.read(Report())["paths"]["/runs"]["get"]
    added = operation["x-eigenpal-pagination"]["fields"][0]
    assert added.origin == f"{operation.origin}/x-eigenpal-pagination/fields/0"
    written = "overlay.yaml:1 #/actions/0/update/x-eigenpal-pagination/fields/0"
    assert reader.locate(Problem(added.at("items"), "")) == f"{tmp_path}/{written}/items"
    assert reader.find_addition(added.at("items")) == f"{operation.origin}/x-eigenpal-pagination"
    assert reader.find_addition(operation.at("parameters")) == ""


# --- on the command line ----------------------------------------------------------------------------------------------


def write(folder: Path, overlay: str, name: str = "overlay.yaml") -> Path:
    (folder / "openapi.yaml").write_text(json.dumps(make_spec()), encoding="utf-8")
    (folder / name).write_text(overlay, encoding="utf-8")
    return folder / "openapi.yaml"


def read_document(folder: Path) -> Any:
    return json.loads((folder / "out" / "openapi.json").read_text(encoding="utf-8"))


def test_the_overlay_beside_the_spec_is_applied(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spec = write(tmp_path, yaml.safe_dump(make_overlay({"target": "$.info", "update": {"title": "Ours"}})))
    options = ["--spec", str(spec), "--out", str(tmp_path / "out")]
    assert main(options) == 0, capsys.readouterr().err
    assert read_document(tmp_path)["info"]["title"] == "Ours"
    other = tmp_path / "other.json"
    other.write_text(json.dumps(make_overlay({"target": "$.info", "update": {"title": "Other"}})), encoding="utf-8")
    assert main([*options, "--overlay", str(other), "--check"]) == 1
    assert f"--spec {spec} --overlay {other} --out {tmp_path / 'out'}` to fix it" in capsys.readouterr().err
    assert main([*options, "--overlay", str(other)]) == 0
    assert read_document(tmp_path)["info"]["title"] == "Other"


def test_an_overlay_that_was_named_must_exist(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spec = write(tmp_path, "", "unused.yaml")
    missing = tmp_path / "overlay.yaml"
    options = ["--spec", str(spec), "--out", str(tmp_path / "out")]
    assert main([*options, "--overlay", str(missing)]) == 2
    assert f"{missing}: cannot be read: No such file or directory" in capsys.readouterr().err
    assert main(options) == 0


def test_problems_of_the_overlay_and_of_the_document_are_reported_together(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    dangling = make_response(ref("Nothing"))["200"]
    actions = [{"target": "$.paths.*.get.responses", "update": {"201": dangling}}, {"target": "$.x", "remove": True}]
    write(tmp_path, yaml.safe_dump(make_overlay(*actions)))
    problems = expect_problems(json.dumps(make_spec({"responses": {"200": dangling}})), tmp_path, capsys)
    assert sorted(problem.partition("/")[0] for problem in problems) == [
        "openapi.yaml:1 #",
        "overlay.yaml:11 #",
        "overlay.yaml:8 #",
    ]
