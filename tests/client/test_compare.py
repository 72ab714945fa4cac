"""`runs.compare` of both clients; the rules are tested in tests/rules."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from eigenpal.errors import EigenpalError, EigenpalNotFoundError
from eigenpal.types import RunComparisonReport
from tests.support.examples import load_example
from tests.support.script import RequestHandler

from .conftest import MakeClient


def serve_runs(**runs: dict[str, Any]) -> RequestHandler:
    def respond(request: httpx.Request) -> httpx.Response:
        name = request.url.path.rpartition("/")[2]
        if name not in runs:
            return httpx.Response(404, json=load_example("ApiErrorEnvelope.not_found"))
        return httpx.Response(200, json={**runs[name], "id": name})

    return respond


def test_compare_returns_a_report(make_client: MakeClient) -> None:
    run = load_example("Run.workflow_expanded")
    client = make_client(serve_runs(run_1=run, run_2=run))
    report: RunComparisonReport = client.call(lambda c: c.runs.compare("run_1", "run_2"))
    assert isinstance(report, RunComparisonReport)
    assert (report.status, report["runId"], report["comparedWithRunId"]) == ("pass", "run_2", "run_1")
    assert client.sent == [
        "GET /api/v1/runs/run_1?expand=execution",
        "GET /api/v1/runs/run_2?expand=execution",
    ]


def test_compare_passes_its_options_on(make_client: MakeClient) -> None:
    workflow, agent = load_example("Run.workflow_expanded"), load_example("Run.agent_expanded")
    client = make_client(serve_runs(run_w=workflow, run_a=agent))
    report = client.call(lambda c: c.runs.compare("run_w", "run_w", step=["render"]))
    assert [step.step_name for step in report.steps] == ["render"]
    report = client.call(lambda c: c.runs.compare("run_a", "run_a", normalize_dates=True))
    assert (report.mode, report.missing_files, report.status) == ("expected", [], "fail")
    report = client.call(lambda c: c.runs.compare("run_a", "run_a", baseline=True))
    assert (report.mode, report.status) == ("baseline", "pass")
    with pytest.raises(EigenpalError, match="has no step 'rendr'") as caught:
        client.call(lambda c: c.runs.compare("run_w", "run_w", step="rendr"))
    assert caught.value.status == 400
    with pytest.raises(EigenpalError, match="only two workflow runs or two agent runs"):
        client.call(lambda c: c.runs.compare("run_w", "run_a"))


def test_comparing_a_missing_run(make_client: MakeClient) -> None:
    client = make_client(serve_runs(run_1=load_example("Run.workflow_expanded")))
    with pytest.raises(EigenpalNotFoundError):
        client.call(lambda c: c.runs.compare("run_1", "run_2"))


def test_unfinished_and_failed_runs_do_not_pass(make_client: MakeClient) -> None:
    client = make_client(serve_runs(run_1=load_example("Run.running"), run_2=load_example("Run.failed")))
    report = client.call(lambda c: c.runs.compare("run_1", "run_2"))
    assert report.status == "fail"
    assert any("has not finished" in warning for warning in report.warnings)
    assert any("did not complete" in warning for warning in report.warnings)
