"""The rules of ``runs.compare``, without I/O, on the JSON of two expanded runs.

A comparison passes only if something was compared and everything matches. Other reasons to fail are in ``warnings``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, cast

from eigenpal._runs.compare_agents import compare_agent_runs
from eigenpal._runs.compare_workflows import compare_workflow_runs
from eigenpal._runs.comparison_report import RunComparisonReport
from eigenpal._runs.json_values import JsonObject, as_mapping
from eigenpal._runs.verdict import Verdict
from eigenpal.errors import EigenpalError


class CompareOptions(NamedTuple):
    """The options of a comparison."""

    baseline: bool = False
    steps: list[str] | None = None
    normalize_dates: bool = False


def make_compare_options(*, baseline: object, step: object, normalize_dates: object) -> CompareOptions:
    """Check the options of a comparison.

    Raises:
        TypeError: An option has the wrong type.
        ValueError: The step filter is empty.
    """
    for name, value in (("baseline", baseline), ("normalize_dates", normalize_dates)):
        if not isinstance(value, bool):
            raise TypeError(f"{name} must be a bool, not {type(value).__name__}")
    return CompareOptions(baseline is True, _parse_step_names(step), normalize_dates is True)


def _parse_step_names(step: object) -> list[str] | None:
    """Return the names in a step filter; None for all steps."""
    if step is None:
        return None
    names: list[str] = []
    if isinstance(step, str):
        names = [name.strip() for name in step.split(",")]
    elif isinstance(step, Sequence) and not isinstance(step, (bytes, bytearray)):
        for name in cast("Sequence[object]", step):
            if not isinstance(name, str):
                raise TypeError(f"step must contain step names as str, not {type(name).__name__}")
            names.append(name.strip())
    else:
        raise TypeError(f"step must be a str or a list of str, not {type(step).__name__}")
    names = [name for name in dict.fromkeys(names) if name]
    if not names:
        raise ValueError("step is empty; omit it to compare all steps")
    return names


def compare_runs(reference: JsonObject, run: JsonObject, options: CompareOptions) -> RunComparisonReport:
    """Compare a run with the reference run, both fetched with ``expand=execution``."""
    kind = _check_kinds(reference, run)
    verdict = Verdict()
    _check_completed(verdict, "the reference run", reference)
    _check_completed(verdict, "run", run)
    if kind == "workflow":
        findings = compare_workflow_runs(verdict, reference, run, options.steps)
    elif options.steps is not None:
        raise EigenpalError(
            f"step applies only to workflow runs, but {reference['id']} and {run['id']} are agent runs; omit it",
            status=400,
        )
    else:
        findings = compare_agent_runs(
            verdict, reference, run, baseline=options.baseline, normalize_dates=options.normalize_dates
        )
    report = {
        "status": "pass" if verdict.passed else "fail",
        "runId": run["id"],
        "comparedWithRunId": reference["id"],
        **findings,
    }
    if verdict.warnings:
        report["warnings"] = verdict.warnings
    return RunComparisonReport.from_dict(report)


def _check_kinds(reference: JsonObject, run: JsonObject) -> str:
    kinds = (reference.get("type"), run.get("type"))
    if kinds not in (("workflow", "workflow"), ("agent", "agent")):
        raise EigenpalError(
            f"{reference['id']} is of type {kinds[0]!r} and {run['id']} is of type {kinds[1]!r}; "
            "only two workflow runs or two agent runs can be compared",
            status=400,
        )
    return str(kinds[0])


def _check_completed(verdict: Verdict, role: str, run: JsonObject) -> None:
    status = (as_mapping(run.get("execution")) or {}).get("status")
    if run.get("finished") is not True:
        verdict.fail(f"{role} {run['id']} has not finished (status {status!r}); compare them once it has finished")
    elif status != "completed":
        reason = f": {run['error']}" if run.get("error") else ""
        verdict.fail(f"{role} {run['id']} did not complete (status {status!r}){reason}")
