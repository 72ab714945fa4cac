"""The description of what a newer spec changes, and the tools that use it."""

from __future__ import annotations

import copy
import importlib.util
import json
import subprocess
import sys
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


def load_script(name: str) -> Any:
    found = importlib.util.spec_from_file_location(name, ROOT / "tools" / f"{name}.py")
    assert found is not None
    assert found.loader is not None
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


def test_a_pull_request_describes_the_changes() -> None:
    new = copy.deepcopy(OLD)
    get_schema(new, "ExecutionStatus")["enum"].append("paused")
    describe = load_script("pull_request").describe
    assert describe(OLD, new) == "- `ExecutionStatus` can be 'paused'"
    assert describe(OLD, OLD) == "- Only text and examples changed."


def fetch(url: str, target: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "tools" / "fetch_spec.py"), url, "--to", str(target)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


SWAGGER = "swagger: '2.0'\ninfo: {title: Old, version: 1}\npaths: {}\n"


@pytest.mark.parametrize(
    "content",
    [
        json.dumps(OLD),
        "openapi: 3.0.0  # by hand\ninfo: {}\n",  # whether the generator can use it is said by the generator
    ],
)
def test_a_newer_spec_replaces_the_old_one_byte_for_byte(content: str, tmp_path: Path) -> None:
    newer = tmp_path / "newer.json"
    newer.write_text(content, encoding="utf-8")
    target = tmp_path / "openapi.yaml"
    target.write_text("old", encoding="utf-8")
    done = fetch(newer.as_uri(), target)
    assert done.returncode == 0, done.stderr
    assert "next, run `make generate`" in done.stdout
    assert target.read_bytes() == newer.read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["newer.json", "openapi.yaml"]


@pytest.mark.parametrize(
    ("url", "code", "message"),
    [
        ("http://127.0.0.1:9/openapi.yaml", 1, "must begin with https://"),
        ("openapi.yaml", 1, "not nothing"),
        ("file:///nowhere/openapi.yaml", 1, "Cannot read the URL"),
        ("broken", 2, "#/swagger: Swagger 2 is not supported"),
    ],
)
def test_a_spec_that_cannot_be_fetched_or_loaded(tmp_path: Path, url: str, code: int, message: str) -> None:
    target = tmp_path / "openapi.yaml"
    target.write_text("old", encoding="utf-8")
    if url == "broken":
        broken = tmp_path / "broken.yaml"
        broken.write_text(SWAGGER, encoding="utf-8")
        url = broken.as_uri()
    done = fetch(url, target)
    assert done.returncode == code
    assert message in done.stderr
    assert "Traceback" not in done.stderr
    assert target.read_text(encoding="utf-8") == "old"
    assert [path.name for path in tmp_path.iterdir() if "download" in path.name] == []
