"""The rules of ``runs.compare``: what makes one run as good as another.

Written on the wire form of two expanded runs, without I/O. A comparison passes only where something was compared and
all of it agreed; whatever stood in the way of that is said in ``warnings``.
"""

from __future__ import annotations

import difflib
import re
from collections import Counter, deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple, cast

from eigenpal._runs.comparison_report import RunComparisonReport
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


# Of names and places in one warning; the whole of a large run would be no warning anybody reads.
_MOST_LISTED = 20


class CompareOptions(NamedTuple):
    """What may be said about a comparison beside its two runs."""

    baseline: bool = False
    steps: list[str] | None = None
    normalize_dates: bool = False


def compare_options(*, baseline: object, step: object, normalize_dates: object) -> CompareOptions:
    """Check the options of a comparison.

    Raises:
        TypeError: One is of the wrong type; ``"false"`` would be true.
        ValueError: The step filter is empty.
    """
    for name, value in (("baseline", baseline), ("normalize_dates", normalize_dates)):
        if not isinstance(value, bool):
            raise TypeError(f"{name} must be a bool, not {type(value).__name__}")
    return CompareOptions(baseline is True, _step_names(step), normalize_dates is True)


def _step_names(step: object) -> list[str] | None:
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


def compare_runs(reference: Run, run: Run, options: CompareOptions) -> RunComparisonReport:
    """Compare a run with the reference run; both as download with ``expand=execution``."""
    kind = _shared_kind(reference, run)
    verdict = _Verdict()
    _doubt_unless_completed(verdict, "the reference run", reference)
    _doubt_unless_completed(verdict, "run", run)
    findings: dict[str, Any]
    if kind == "workflow":
        findings = _compare_steps(verdict, reference, run, options.steps)
    elif options.steps is not None:
        raise EigenpalError(
            f"step= selects steps of workflow runs, but {reference['id']} and {run['id']} are agent runs; leave it out",
            status=400,
        )
    else:
        findings = _compare_outputs(verdict, reference, run, options)
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
    times = Counter(step.name for step in reference_steps if step.name is not None)
    if wanted is None:
        selected = set(times)
        unnamed = len(reference_steps) - times.total()
        if unnamed:
            verdict.doubt(f"{unnamed} of the reference run's steps have no name, so they could not be compared")
    else:
        _refuse_unknown_steps(verdict, reference, wanted, list(times))
        selected = {*wanted}
    # A step can run more than once, in a loop for example: the first is held against the first, and so on.
    partners: dict[str | None, deque[_Step]] = {}
    for step in found_steps:
        partners.setdefault(step.name, deque()).append(step)
    rows: list[dict[str, Any]] = []
    for step in reference_steps:
        if step.name in selected:
            left = partners.get(step.name)
            rows.append(_step_row(verdict, step, left.popleft() if left else None))
    for name, count in times.items():
        more = partners.get(name)
        if more and name in selected:
            verdict.doubt(f"step {name!r} ran {count + len(more)} times in {run['id']}, {count} times in the reference")
    if not rows:
        verdict.doubt("there was no step to compare")
    if wanted is None:
        others = [name for name in partners if name is not None and name not in times]
        if others:
            verdict.note(f"not compared, because only {run['id']} has them: {_listed(map(repr, others))}")
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
    message = f"the reference run {reference['id']} has no step {_listed(map(repr, unknown))}; "
    message += f"it has {_listed(map(repr, known)) or 'none'}"
    if not verdict.passed:
        # A run that broke off has not reached all of its steps; that is no reason to call the name misspelt.
        verdict.doubt(message)
        return
    close = difflib.get_close_matches(unknown[0], known, n=1)
    raise EigenpalError(message + (f"; did you mean {close[0]!r}?" if close else ""), status=400)


def _listed(names: Iterable[str]) -> str:
    shown = list(names)
    more = len(shown) - _MOST_LISTED
    return ", ".join(shown[:_MOST_LISTED]) + (f" and {more} more" if more > 0 else "")


# --- agent runs: output and file names --------------------------------------------------------------------------------


def _compare_outputs(verdict: _Verdict, reference: Run, run: Run, options: CompareOptions) -> dict[str, Any]:
    if options.baseline:
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
    differences, open_places = _differences(expected_output, run.get("output"), null_is_open=not options.baseline)
    if open_places:
        verdict.note(f"any value was accepted where what is expected is null: {_listed(open_places)}")
    found_files = _output_files(verdict, "run", run)
    files = _match_files(expected_files, found_files, normalize_dates=options.normalize_dates)
    if differences or files["missingFiles"] or files["extraFiles"]:
        verdict.passed = False
    return {"mode": "baseline" if options.baseline else "expected", "jsonDifferences": differences, **files}


# What stands in for a value that is not there, in one of two objects.
_ABSENT = object()


def _differences(expected: object, found: object, *, null_is_open: bool) -> tuple[list[dict[str, Any]], list[str]]:
    """Return where two JSON values part, and the places in which nothing was expected and something found.

    A null in recorded expectations says that nothing is expected there, so it agrees with anything
    (``null_is_open``); a null in the output of another run is a value like others.
    """
    rows: list[dict[str, Any]] = []
    open_places: list[str] = []
    # A list of what is left, not recursion: outputs may be nested deeper than Python calls.
    left: list[tuple[str, object, object]] = [("$", expected, found)]
    while left:
        path, one, other = left.pop()
        items, other_items = _mapping(one), _mapping(other)
        if other is _ABSENT:
            rows.append({"path": path, "type": "missing"})
        elif one is _ABSENT:
            rows.append({"path": path, "type": "extra"})
        elif items is not None and other_items is not None:
            left.extend(
                (path + _below(key), items.get(key, _ABSENT), other_items.get(key, _ABSENT))
                for key in sorted({*items, *other_items}, reverse=True)
            )
        elif one is None and null_is_open:
            if other is not None:
                open_places.append(path)
        elif not _same(one, other):
            rows.append({"path": path, "type": "changed"})
    return rows, open_places


def _below(key: str) -> str:
    """Write a key as a step of a path, in the brackets of JSONPath where a dot would not keep it apart."""
    return f"[{key!r}]" if not key or any(character in key for character in ".[]") else f".{key}"


def _same(one: object, other: object) -> bool:
    """Compare as JSON does: 1 and 1.0 are one number, but true is none."""
    left: list[tuple[object, object]] = [(one, other)]
    while left:
        one, other = left.pop()
        mapping, other_mapping = _mapping(one), _mapping(other)
        items, other_items = _list(one), _list(other)
        if mapping is not None and other_mapping is not None:
            if mapping.keys() != other_mapping.keys():
                return False
            left.extend((mapping[key], other_mapping[key]) for key in mapping)
        elif items is not None and other_items is not None:
            if len(items) != len(other_items):
                return False
            left.extend(zip(items, other_items, strict=True))
        elif isinstance(one, bool) or isinstance(other, bool):
            if one is not other:
                return False
        elif one != other and not (one != one and other != other):  # the NaN that some servers write equals itself here
            return False
    return True


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
    # What takes the place of a date can stand in no file name.
    return _EIGHT_DIGITS.sub("\0", _DATE.sub("\0", name))


def _match_files(expected: list[str], found: list[str], *, normalize_dates: bool) -> dict[str, Any]:
    """Pair file names, the equal ones first, so that dates are left out only where they have to be."""
    matched, missing, extra = _paired(expected, found, str)
    if normalize_dates:
        more, missing, extra = _paired(missing, extra, _without_dates)
        matched += more
    return {
        "matchedFiles": [{"expected": name, "actual": partner} for name, partner in matched],
        "missingFiles": missing,
        "extraFiles": extra,
    }


def _paired(
    expected: list[str], found: list[str], key: Callable[[str], str]
) -> tuple[list[tuple[str, str]], list[str], list[str]]:
    """Pair names of the same key in their order; return the pairs, and the names of either side without a partner."""
    partners: dict[str, deque[int]] = {}
    for index, name in enumerate(found):
        partners.setdefault(key(name), deque()).append(index)
    matched: list[tuple[str, str]] = []
    missing: list[str] = []
    for name in expected:
        left = partners.get(key(name))
        if left:
            matched.append((name, found[left.popleft()]))
        else:
            missing.append(name)
    extra = sorted(index for left in partners.values() for index in left)
    return matched, missing, [found[index] for index in extra]
