"""The description of what a newer spec changes."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from generator.changes import changes
from generator.nodes import Node
from generator.reading import read_document

ROOT = Path(__file__).parent.parent.parent
SPEC = ROOT / "openapi" / "openapi.yaml"
OLD: Node = read_document(SPEC)

Edit = Callable[[Node], object]


def get_operation(spec: Node, path: str, method: str) -> Any:
    return spec["paths"][f"/api/v1/{path}"][method]


def get_schema(spec: Node, name: str) -> Any:
    return spec["components"]["schemas"][name]


EDITS: dict[str, tuple[Edit, str]] = {
    "a new parameter": (
        lambda spec: get_operation(spec, "runs", "get")["parameters"].append(
            {"name": "tag", "in": "query", "description": "A tag.", "schema": {"type": "string"}}
        ),
        "`runs.list` takes an optional `tag`",
    ),
    "a removed parameter": (
        lambda spec: get_operation(spec, "workflows", "get")["parameters"].pop(0),
        "`workflows.list` no longer takes `search`",
    ),
    "a removed operation": (
        lambda spec: spec["paths"].pop("/api/v1/source/lockfile"),
        "`source.lockfile` was removed",
    ),
    "a deprecation": (
        lambda spec: get_operation(spec, "runs/{id}/connect", "post").update(deprecated=True),
        "`runs.connect` is deprecated",
    ),
    "another body": (
        lambda spec: get_operation(spec, "agents", "post").pop("requestBody"),
        "`agents.create`: the body changed",
    ),
    "a new value": (
        lambda spec: get_schema(spec, "ExecutionStatus")["enum"].append("paused"),
        "`ExecutionStatus` can be 'paused'",
    ),
    "a removed value": (
        lambda spec: get_schema(spec, "ExecutionStatus")["enum"].remove("waiting"),
        "`ExecutionStatus` can no longer be 'waiting'",
    ),
    "a new field": (
        lambda spec: get_schema(spec, "RunTiming")["properties"].update(queuedAt={"type": "string"}),
        "`RunTiming` has a new field `queuedAt`",
    ),
    "a removed field": (
        lambda spec: get_schema(spec, "RunTiming")["properties"].pop("durationMs"),
        "`RunTiming` no longer has `durationMs`",
    ),
    "a field of another type": (
        lambda spec: get_schema(spec, "RunTiming")["properties"]["durationMs"].update(type="integer"),
        "`RunTiming`: `durationMs` changed",
    ),
    "a field that may be absent": (
        lambda spec: get_schema(spec, "RunArtifact")["required"].remove("name"),
        "`RunArtifact`: `name` is no longer always present",
    ),
    "a new schema": (
        lambda spec: spec["components"]["schemas"].update(Extra={"type": "object"}),
        "The schema `Extra` is new",
    ),
}


@pytest.mark.parametrize("edit", EDITS)
def test_a_change_is_described(edit: str) -> None:
    new = copy.deepcopy(OLD)
    apply, expected = EDITS[edit]
    apply(new)
    assert expected in changes(OLD, new)


def test_changes_of_text_are_ignored() -> None:
    new = copy.deepcopy(OLD)
    get_operation(new, "runs", "get").update(summary="Other words", description="Others still.")
    get_schema(new, "Run").update(description="Other words.", examples=[])
    assert changes(OLD, new) == []


def test_the_first_spec() -> None:
    message = changes({}, OLD)
    assert "`runs.list` is new: GET /api/v1/runs" in message
    assert "The schema `Run` is new" in message
