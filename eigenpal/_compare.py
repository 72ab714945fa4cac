"""The rules of ``runs.compare``: what makes one run as good as another.

Written on the wire form of two expanded runs, without I/O. A comparison passes only where something was compared and
all of it agreed; whatever stood in the way of that is said in ``warnings``.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, cast

from eigenpal._comparison_report import RunComparisonReport
from eigenpal.errors import EigenpalError

Run = Mapping[str, Any]


class _Verdict:
    """Collects what speaks against a pass, and what the reader should know besides."""

    def __init__(self) -> None:
        self.passed = True
        self.warnings: list[str] = []

    def doubt(self, warning: str) -> None:
        """Note what keeps the comparison from passing, whatever the outputs say."""
        self.passed = False
        self.note(warning)

    def note(self, warning: str) -> None:
        if warning not in self.warnings:
            self.warnings.append(warning)


def step_names(step: object) -> list[str] | None:
    """Read the step filter: None for all steps, else the names in it."""
    if step is None:
        return None
    names: list[str] = []
    if isinstance(step, str):
        names = [name.strip() for name in step.split(",")]
    elif isinstance(step, Sequence) and not isinstance(step, (bytes, bytearray)):
        for name in cast("Sequence[object]", step):
            if not isinstance(name, str):
                raise TypeError(f"step must hold the names of steps as str, not {type(name).__name__}")
            names.append(name.strip())
    else:
        raise TypeError(f"step must be a str or a list of str, not {type(step).__name__}")
    names = [name for name in dict.fromkeys(names) if name]
    if not names:
        raise ValueError("step names no step; leave it out to compare all steps")
    return names


def compare_runs(
    reference: Run, run: Run, *, baseline: bool, steps: list[str] | None, normalize_dates: bool
) -> RunComparisonReport:
    """Compare a run with the reference run; both as fetched with ``expand=execution``."""
    kind = _shared_kind(reference, run)
    verdict = _Verdict()
    _doubt_unless_completed(verdict, "the reference run", reference)
    _doubt_unless_completed(verdict, "run", run)
    findings: dict[str, Any]
    if kind == "workflow":
        findings = _compare_steps(verdict, reference, run, steps)
    elif steps is not None:
        raise EigenpalError(
            f"step= selects steps of workflow runs, but {reference['id']} and {run['id']} are agent runs; leave it out",
            status=400,
        )
    else:
        findings = _compare_outputs(verdict, reference, run, baseline=baseline, normalize_dates=normalize_dates)
    report = {
        "status": "pass" if verdict.passed else "fail",
        "runId": run["id"],
        "comparedWithRunId": reference["id"],
        **findings,
    }
    if verdict.warnings:
        report["warnings"] = verdict.warnings
    return RunComparisonReport.from_dict(report)


def _shared_kind(reference: Run, run: Run) -> str:
    kinds = (reference["type"], run["type"])
    if kinds not in (("workflow", "workflow"), ("agent", "agent")):
        raise EigenpalError(
            f"{reference['id']} is a run of type {kinds[0]!r} and {run['id']} one of type {kinds[1]!r}; "
            "only two workflow runs or two agent runs can be compared",
            status=400,
        )
    return str(kinds[0])


def _doubt_unless_completed(verdict: _Verdict, role: str, run: Run) -> None:
    status = _execution(run).get("status")
    if run.get("finished") is not True:
        verdict.doubt(f"{role} {run['id']} has not finished (status {status!r}); compare again when it has")
    elif status != "completed":
        reason = f": {run['error']}" if run.get("error") else ""
        verdict.doubt(f"{role} {run['id']} did not complete (status {status!r}){reason}")


def _execution(run: Run) -> Mapping[str, Any]:
    return _mapping(run.get("execution")) or {}


def _mapping(value: object) -> Mapping[str, Any] | None:
    return cast("Mapping[str, Any]", value) if isinstance(value, Mapping) else None


def _list(value: object) -> list[object] | None:
    return cast("list[object]", value) if isinstance(value, list) else None


# --- workflow runs: step by step --------------------------------------------------------------------------------------

_FAILED = ("failed", "cancelled", "rejected")


class _Step(NamedTuple):
    name: str | None
    status: str
    output: object


def _compare_steps(verdict: _Verdict, reference: Run, run: Run, wanted: list[str] | None) -> dict[str, Any]:
    reference_steps = _steps(verdict, "the reference run", reference)
    found_steps = _steps(verdict, "run", run)
    known = [step.name for step in reference_steps if step.name is not None]
    if wanted is None:
        selected = known
        unnamed = len(reference_steps) - len(known)
        if unnamed:
            verdict.doubt(f"{unnamed} of the reference run's steps have no name, so they could not be compared")
    else:
        _refuse_unknown_steps(verdict, reference, wanted, known)
        selected = [name for name in known if name in wanted]
    rows: list[dict[str, Any]] = []
    for name in dict.fromkeys(selected):
        expected = [step for step in reference_steps if step.name == name]
        found = [step for step in found_steps if step.name == name]
        # A step can run more than once, in a loop for example: the first is held against the first, and so on.
        rows += [
            _step_row(verdict, step, found[index] if index < len(found) else None)
            for index, step in enumerate(expected)
        ]
        if len(found) > len(expected):
            verdict.doubt(
                f"step {name!r} ran {len(found)} times in {run['id']}, {len(expected)} times in the reference"
            )
    if not rows:
        verdict.doubt("there was no step to compare")
    if wanted is None:
        more = [step.name for step in found_steps if step.name is not None and step.name not in known]
        if more:
            verdict.note(f"not compared, because only {run['id']} has them: {_listed(dict.fromkeys(more))}")
    return {"steps": rows}


def _steps(verdict: _Verdict, role: str, run: Run) -> list[_Step]:
    items = _list(_execution(run).get("steps"))
    if items is None:
        verdict.doubt(f"the server did not send the steps of {role} {run['id']}")
        return []
    return [_step(_mapping(item) or {}) for item in items]


def _step(item: Mapping[str, Any]) -> _Step:
    names = [item.get(key) for key in ("stepName", "name", "id")]
    name = next((name for name in names if isinstance(name, str) and name), None)
    status = item.get("status")
    output = item.get("outputData")
    return _Step(
        name, status if isinstance(status, str) else "unknown", item.get("output") if output is None else output
    )


def _step_row(verdict: _Verdict, expected: _Step, found: _Step | None) -> dict[str, Any]:
    matches = found is not None and _same(expected.output, found.output)
    if not matches:
        verdict.passed = False
    # Statuses are shown, not judged, save for one: a step that failed in one of the runs leaves no output, and that
    # equals the output of one that succeeded without any.
    if found is not None and found.status != expected.status and {found.status, expected.status} & {*_FAILED}:
        verdict.doubt(
            f"step {expected.name!r} is {expected.status} in the reference run and {found.status} in the other"
        )
    return {
        "stepName": expected.name,
        "referenceStatus": expected.status,
        "targetStatus": "missing" if found is None else found.status,
        "outputState": "match" if matches else "diff",
    }


def _refuse_unknown_steps(verdict: _Verdict, reference: Run, wanted: list[str], known: list[str]) -> None:
    unknown = [name for name in wanted if name not in known]
    if not unknown:
        return
    message = f"the reference run {reference['id']} has no step {_listed(unknown)}; it has {_listed(known) or 'none'}"
    if not verdict.passed:
        # A run that broke off has not reached all of its steps; that is no reason to call the name misspelt.
        verdict.doubt(message)
        return
    close = difflib.get_close_matches(unknown[0], known, n=1)
    raise EigenpalError(message + (f"; did you mean {close[0]!r}?" if close else ""), status=400)


def _listed(names: Sequence[str] | Mapping[str, Any]) -> str:
    return ", ".join(repr(name) for name in dict.fromkeys(names))


# --- agent runs: output and file names --------------------------------------------------------------------------------


def _compare_outputs(
    verdict: _Verdict, reference: Run, run: Run, *, baseline: bool, normalize_dates: bool
) -> dict[str, Any]:
    if baseline:
        expected_output: object = reference.get("output")
        expected_files = _output_files(verdict, "the reference run", reference)
        if expected_output is None and not expected_files:
            verdict.doubt(f"the reference run {reference['id']} has neither output nor files to compare with")
    else:
        expected = _mapping(_execution(reference).get("expected")) or {}
        expected_output = expected.get("output")
        expected_files = _names(verdict, _list(expected.get("files")) or [])
        if expected_output is None and not expected_files:
            verdict.doubt(
                f"the reference run {reference['id']} has no expected output or files; record them under "
                "client.runs.expected and client.runs.feedback, or compare with its own output by baseline=True"
            )
    differences = _Differences(null_is_open=not baseline)
    differences.find("$", expected_output, run.get("output"))
    if differences.open_places:
        places = ", ".join(differences.open_places)
        verdict.note(f"any value was accepted where what is expected is null: {places}")
    found_files = _output_files(verdict, "run", run)
    files = _match_files(expected_files, found_files, normalize_dates=normalize_dates)
    if differences.rows or files["missingFiles"] or files["extraFiles"]:
        verdict.passed = False
    return {"mode": "baseline" if baseline else "expected", "jsonDifferences": differences.rows, **files}


class _Differences:
    """Walks two JSON values and lists where they part.

    A null in recorded expectations says that nothing is expected there, so it agrees with anything
    (``null_is_open``); a null in the output of another run is a value like others.
    """

    def __init__(self, *, null_is_open: bool) -> None:
        self.rows: list[dict[str, Any]] = []
        self.open_places: list[str] = []
        self._null_is_open = null_is_open

    def find(self, path: str, expected: object, found: object) -> None:
        if _same(expected, found):
            return
        if expected is None and self._null_is_open:
            self.open_places.append(path)
            return
        expected_items, found_items = _mapping(expected), _mapping(found)
        if expected_items is None or found_items is None:
            self.rows.append({"path": path, "type": "changed"})
            return
        for key in sorted({*expected_items, *found_items}):
            if key not in found_items:
                self.rows.append({"path": f"{path}.{key}", "type": "missing"})
            elif key not in expected_items:
                self.rows.append({"path": f"{path}.{key}", "type": "extra"})
            else:
                self.find(f"{path}.{key}", expected_items[key], found_items[key])


def _same(one: object, other: object) -> bool:
    """Compare as JSON does: 1 and 1.0 are one number, but true is none."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    mapping, other_mapping = _mapping(one), _mapping(other)
    if mapping is not None and other_mapping is not None:
        return mapping.keys() == other_mapping.keys() and all(
            _same(mapping[key], other_mapping[key]) for key in mapping
        )
    items, other_items = _list(one), _list(other)
    if items is not None and other_items is not None:
        return len(items) == len(other_items) and all(map(_same, items, other_items))
    return one == other


def _output_files(verdict: _Verdict, role: str, run: Run) -> list[str]:
    files = _mapping(_execution(run).get("files"))
    items = None if files is None else _list(files.get("output"))
    if items is None:
        artifacts = _list(run.get("files"))
        items = None if artifacts is None else [item for item in artifacts if _is_output(item)]
    if items is None:
        verdict.doubt(f"the server did not send the output files of {role} {run['id']}")
        return []
    return _names(verdict, items)


def _is_output(artifact: object) -> bool:
    path = (_mapping(artifact) or {}).get("path")
    return not isinstance(path, str) or path.startswith("output/")


def _names(verdict: _Verdict, items: list[object]) -> list[str]:
    names = [(_mapping(item) or {}).get("name") for item in items]
    known = [name for name in names if isinstance(name, str)]
    if len(known) < len(names):
        verdict.doubt(f"{len(names) - len(known)} files have no name, so they could not be compared")
    return known


_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_EIGHT_DIGITS = re.compile(r"\d{8}", re.ASCII)


def _without_dates(name: str) -> str:
    return _EIGHT_DIGITS.sub("<date>", _DATE.sub("<date>", name))


def _match_files(expected: list[str], found: list[str], *, normalize_dates: bool) -> dict[str, Any]:
    """Pair file names, the equal ones first, so that dates are left out only where they have to be."""
    matched: list[dict[str, Any]] = []
    extra = list(found)
    missing: list[str] = []
    for name in expected:
        if name in extra:
            extra.remove(name)
            matched.append({"expected": name, "actual": name})
        else:
            missing.append(name)
    if normalize_dates:
        for name in list(missing):
            partner = next((other for other in extra if _without_dates(other) == _without_dates(name)), None)
            if partner is not None:
                missing.remove(name)
                extra.remove(partner)
                matched.append({"expected": name, "actual": partner})
    return {"matchedFiles": matched, "missingFiles": missing, "extraFiles": extra}
