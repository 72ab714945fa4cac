"""Compares two workflow runs, step by step."""

from __future__ import annotations

import difflib
from collections import Counter, deque
from typing import Any, NamedTuple

from eigenpal._runs.json_values import JsonObject, as_list, as_mapping, is_same_json
from eigenpal._runs.verdict import Verdict, join_names
from eigenpal.errors import EigenpalError

_FAILED = ("failed", "cancelled", "rejected")


class _Step(NamedTuple):
    name: str | None
    status: str
    output: object


def compare_workflow_runs(
    verdict: Verdict, reference: JsonObject, run: JsonObject, selection: list[str] | None
) -> dict[str, Any]:
    """Compare the outputs of two runs' steps; return the fields of the report."""
    reference_steps = _read_steps(verdict, "the reference run", reference)
    other_steps = _read_steps(verdict, "run", run)
    counts = Counter(step.name for step in reference_steps if step.name is not None)
    if selection is None:
        selected = set(counts)
        unnamed = len(reference_steps) - counts.total()
        if unnamed:
            verdict.fail(f"{unnamed} of the reference run's steps have no name, so they could not be compared")
    else:
        _check_selection(verdict, reference, selection, list(counts))
        selected = {*selection}
    # A step can run more than once, for example in a loop. Its executions are compared in order.
    partners: dict[str | None, deque[_Step]] = {}
    for step in other_steps:
        partners.setdefault(step.name, deque()).append(step)
    rows: list[dict[str, Any]] = []
    for step in reference_steps:
        if step.name in selected:
            same_name = partners.get(step.name)
            rows.append(_compare_step(verdict, step, same_name.popleft() if same_name else None))
    for name, count in counts.items():
        more = partners.get(name)
        if more and name in selected:
            verdict.fail(f"step {name!r} ran {count + len(more)} times in {run['id']}, {count} times in the reference")
    if not rows:
        verdict.fail("there was no step to compare")
    if selection is None:
        others = [name for name in partners if name is not None and name not in counts]
        if others:
            verdict.warn(f"not compared, because only {run['id']} has them: {join_names(map(repr, others))}")
    return {"steps": rows}


def _read_steps(verdict: Verdict, role: str, run: JsonObject) -> list[_Step]:
    items = as_list((as_mapping(run.get("execution")) or {}).get("steps"))
    if items is None:
        verdict.fail(f"the server did not send the steps of {role} {run['id']}")
        return []
    return [_read_step(as_mapping(item) or {}) for item in items]


def _read_step(item: JsonObject) -> _Step:
    names = [item.get(key) for key in ("stepName", "name", "id")]
    name = next((name for name in names if isinstance(name, str) and name), None)
    status = item.get("status")
    output = item.get("outputData")
    return _Step(
        name, status if isinstance(status, str) else "unknown", item.get("output") if output is None else output
    )


def _compare_step(verdict: Verdict, expected: _Step, actual: _Step | None) -> dict[str, Any]:
    matches = actual is not None and is_same_json(expected.output, actual.output)
    if not matches:
        verdict.passed = False
    # A different status is not a difference, unless the step failed in only one of the runs: both outputs may then be
    # missing, and so equal.
    if actual is not None and actual.status != expected.status and {actual.status, expected.status} & {*_FAILED}:
        verdict.fail(
            f"step {expected.name!r} is {expected.status} in the reference run and {actual.status} in the other"
        )
    return {
        "stepName": expected.name,
        "referenceStatus": expected.status,
        "targetStatus": "missing" if actual is None else actual.status,
        "outputState": "match" if matches else "diff",
    }


def _check_selection(verdict: Verdict, reference: JsonObject, selection: list[str], known: list[str]) -> None:
    unknown = [name for name in selection if name not in known]
    if not unknown:
        return
    message = f"the reference run {reference['id']} has no step {join_names(map(repr, unknown))}; "
    message += f"it has {join_names(map(repr, known)) or 'none'}"
    if not verdict.passed:
        # A run that ended early has not reached all of its steps, so the name may be correct.
        verdict.fail(message)
        return
    close = difflib.get_close_matches(unknown[0], known, n=1)
    raise EigenpalError(message + (f"; did you mean {close[0]!r}?" if close else ""), status=400)
