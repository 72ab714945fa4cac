"""`runs.compare` of either client: what it asks for, and what comes of it. The rules have tests of their own."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from eigenpal.errors import EigenpalError, EigenpalNotFoundError
from eigenpal.types import RunComparisonReport

from .both import Handler, example
from .conftest import MakeBoth


def serving(**runs: dict[str, Any]) -> Handler:
    def answer(request: httpx.Request) -> httpx.Response:
        name = request.url.path.rpartition("/")[2]
        if name not in runs:
            return httpx.Response(404, json=example("ApiErrorEnvelope.not_found"))
        return httpx.Response(200, json={**runs[name], "id": name})

    return answer


def test_a_report(both: MakeBoth) -> None:
    run = example("Run.workflow_expanded")
    client = both(serving(run_1=run, run_2=run))
    report: RunComparisonReport = client.call(lambda c: c.runs.compare("run_1", "run_2"))
    assert isinstance(report, RunComparisonReport)
    assert (report.status, report["runId"], report["comparedWithRunId"]) == ("pass", "run_2", "run_1")
    assert client.sent == [
        "GET /api/v1/runs/run_1?expand=execution",
        "GET /api/v1/runs/run_2?expand=execution",
    ]


def test_options_reach_the_rules(both: MakeBoth) -> None:
    workflow, agent = example("Run.workflow_expanded"), example("Run.agent_expanded")
    client = both(serving(run_w=workflow, run_a=agent))
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


def test_runs_that_are_not_there(both: MakeBoth) -> None:
    client = both(serving(run_1=example("Run.workflow_expanded")))
    with pytest.raises(EigenpalNotFoundError):
        client.call(lambda c: c.runs.compare("run_1", "run_2"))


def test_runs_that_never_pass(both: MakeBoth) -> None:
    client = both(serving(run_1=example("Run.running"), run_2=example("Run.failed")))
    report = client.call(lambda c: c.runs.compare("run_1", "run_2"))
    assert report.status == "fail"
    assert any("has not finished" in warning for warning in report.warnings)
    assert any("did not complete" in warning for warning in report.warnings)
