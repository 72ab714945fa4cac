"""An addition to the spec appears in both clients, in the models and in the types."""

from __future__ import annotations

import asyncio
import inspect
import json
import typing
from datetime import datetime, timezone
from typing import Any

import pytest

from generator.__main__ import ROOT
from generator.reading import read_document
from tests.generator.small_specs import AsyncRecorder, Node, Recorder, build, ref


@pytest.fixture
def spec() -> Node:
    """Return the spec of the API."""
    found: Node = json.loads(json.dumps(read_document(ROOT / "openapi" / "openapi.yaml")))
    return found


def test_an_operation(spec: Node) -> None:
    operation: Node = {
        "operationId": "runs.notes.search",
        "tags": ["runs"],
        "summary": "Search the notes on a run",
        "description": "Finds the notes that hold a text.",
        "parameters": [
            {"$ref": "#/components/parameters/RunId"},
            {"name": "text", "in": "query", "description": "What to look for.", "schema": {"type": "string"}},
        ],
        "responses": {
            "200": {"description": "The notes.", "content": {"application/json": {"schema": ref("RunNotes")}}},
            "404": {"$ref": "#/components/responses/NotFound"},
        },
    }
    spec["paths"]["/api/v1/runs/{id}/notes"] = {"get": operation}
    spec["components"]["schemas"]["RunNotes"] = {
        "type": "object",
        "description": "Notes on a run.",
        "required": ["notes"],
        "properties": {"notes": {"type": "array", "description": "All of them.", "items": {"type": "string"}}},
    }
    with build(spec) as package:
        recorder, async_recorder = Recorder({"notes": ["a"]}), AsyncRecorder({"notes": ["a"]})
        search = package.tree(recorder).runs.notes.search
        async_search = package.async_tree(async_recorder).runs.notes.search
        assert search("r/1", text="x").notes == ["a"]
        assert asyncio.run(async_search("r/1", text="x")).notes == ["a"]
        (request,) = recorder.requests
        assert async_recorder.requests == [request]
        assert (request.path, request.query) == ("/api/v1/runs/r%2F1/notes", (("text", "x"),))
        for method in (search, async_search):
            assert method.__doc__.startswith("Search the notes on a run.\n")
            assert str(inspect.signature(method)) == "(id: 'str', *, text: 'str | None' = None) -> 'models.RunNotes'"
        assert package.model("RunNotes")(notes=["b"]).to_dict() == {"notes": ["b"]}
        assert "RunNotes" in package.files["models/__init__.pyi"]


def test_a_parameter_a_property_and_an_enum_value(spec: Node) -> None:
    created: Node = {"name": "startedAfter", "in": "query", "description": "Since then.", "x-eigenpal-timestamp": True}
    listing = spec["paths"]["/api/v1/runs"]["get"]
    listing["parameters"].append({**created, "schema": {"type": "string"}})
    spec["components"]["schemas"]["Run"]["properties"]["costCenter"] = {"type": "string", "description": "Who pays."}
    spec["components"]["schemas"]["Run"]["required"].append("costCenter")
    spec["components"]["schemas"]["RunFeedbackRequest"]["properties"]["reviewedAt"] = {
        "type": ["string", "null"],
        "format": "date-time",
        "description": "When it was reviewed.",
    }
    spec["components"]["schemas"]["ExecutionStatus"]["enum"].append("paused")
    when = datetime(2026, 1, 1, tzinfo=timezone.utc)
    with build(spec) as package:
        for root, recorder in ((package.tree, Recorder()), (package.async_tree, AsyncRecorder())):
            runs: Any = root(recorder).runs
            for listed in (runs.list, runs.iter):
                assert "started_after" in inspect.signature(listed).parameters
                assert "Since then." in listed.__doc__
            for reviewing in (runs.feedback.update, runs.feedback.resolve):
                assert "reviewed_at" in inspect.signature(reviewing).parameters
                assert "When it was reviewed." in reviewing.__doc__
        request = package.endpoint("runs.list").request(started_after=when)
        assert request.query == (("startedAfter", "2026-01-01T00:00:00.000Z"),)
        body = package.endpoint("runs.feedback.update").request("r", reviewed_at=when).json
        assert body == {"reviewedAt": "2026-01-01T00:00:00Z"}
        assert package.endpoint("runs.feedback.update").request("r", reviewed_at=None).json == {"reviewedAt": None}
        assert typing.get_args(package.model("ExecutionStatus"))[-1] == "paused"
        with pytest.raises(AttributeError, match="costCenter should be a string, but is null or missing"):
            package.model("Run").from_dict(_make_run()).cost_center  # noqa: B018
        run = package.model("Run").from_dict({**_make_run(), "costCenter": "C1"})
        assert (run.cost_center, run["costCenter"]) == ("C1", "C1")


def _make_run() -> Node:
    timing = dict.fromkeys(("startedAt", "completedAt", "durationMs", "cancelRequestedAt"))
    retry = {"number": 0, "previousRunId": None, "nextRun": None}
    return {
        "id": "run_1",
        "type": "workflow",
        "finished": False,
        "timing": {"createdAt": "2026-01-01T00:00:00Z", **timing},
        "source": {"id": "wf_1", "name": "a", "version": None, "versionId": None},
        "trigger": {"type": "api", "by": None},
        "execution": {"status": "paused", "schemaValid": None, "batchId": None, "annotation": None, "retry": retry},
    }


def test_what_is_removed_from_the_spec_is_removed_from_the_clients(spec: Node) -> None:
    del spec["paths"]["/api/v1/runs/{id}/trace"]
    with build(spec) as package:
        assert not hasattr(package.tree(Recorder()).runs, "trace")
        assert not any(name.startswith("api/runs/trace") for name in package.files)
