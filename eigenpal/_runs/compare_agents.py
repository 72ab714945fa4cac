"""Compares two agent runs by their output and the names of their files."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable
from typing import Any

from eigenpal._runs.json_values import JsonObject, as_list, as_mapping, is_same_json
from eigenpal._runs.verdict import Verdict, join_names


def compare_agent_runs(
    verdict: Verdict, reference: JsonObject, run: JsonObject, *, baseline: bool, normalize_dates: bool
) -> dict[str, Any]:
    """Compare the outputs and file names of two runs; return the fields of the report."""
    if baseline:
        expected_output: object = reference.get("output")
        expected_files = _read_output_files(verdict, "the reference run", reference)
        if expected_output is None and not expected_files:
            verdict.fail(f"the reference run {reference['id']} has neither output nor files to compare with")
    else:
        expected = as_mapping(_read_execution(reference).get("expected")) or {}
        expected_output = expected.get("output")
        expected_files = _read_names(verdict, as_list(expected.get("files")) or [])
        if expected_output is None and not expected_files:
            verdict.fail(
                f"the reference run {reference['id']} has no expected output or files; record them with "
                "client.runs.expected and client.runs.feedback, or pass baseline=True to compare with its own output"
            )
    differences, open_paths = _find_differences(expected_output, run.get("output"), null_is_open=not baseline)
    if open_paths:
        verdict.warn(f"any value was accepted where null is expected: {join_names(open_paths)}")
    actual_files = _read_output_files(verdict, "run", run)
    files = _match_files(expected_files, actual_files, normalize_dates=normalize_dates)
    if differences or files["missingFiles"] or files["extraFiles"]:
        verdict.passed = False
    return {"mode": "baseline" if baseline else "expected", "jsonDifferences": differences, **files}


def _read_execution(run: JsonObject) -> JsonObject:
    return as_mapping(run.get("execution")) or {}


# --- output -----------------------------------------------------------------------------------------------------------

# The value of a key that is missing in one of the two objects.
_ABSENT = object()


def _find_differences(
    expected: object, actual: object, *, null_is_open: bool
) -> tuple[list[dict[str, Any]], list[str]]:
    """Return where two JSON values differ, and the paths with a value where null is expected.

    With ``null_is_open``, for recorded expectations, an expected null matches any value. Without it, for the output of
    another run, null matches only null.
    """
    rows: list[dict[str, Any]] = []
    open_paths: list[str] = []
    # A stack instead of recursion: outputs may be nested deeper than Python's recursion limit.
    stack: list[tuple[str, object, object]] = [("$", expected, actual)]
    while stack:
        path, one, other = stack.pop()
        items, other_items = as_mapping(one), as_mapping(other)
        if other is _ABSENT:
            rows.append({"path": path, "type": "missing"})
        elif one is _ABSENT:
            rows.append({"path": path, "type": "extra"})
        elif items is not None and other_items is not None:
            stack.extend(
                (path + _format_key(key), items.get(key, _ABSENT), other_items.get(key, _ABSENT))
                for key in sorted({*items, *other_items}, reverse=True)
            )
        elif one is None and null_is_open:
            if other is not None:
                open_paths.append(path)
        elif not is_same_json(one, other):
            rows.append({"path": path, "type": "changed"})
    return rows, open_paths


def _format_key(key: str) -> str:
    """Format a key as part of a JSONPath, in brackets if a dot would be ambiguous."""
    return f"[{key!r}]" if not key or any(character in key for character in ".[]") else f".{key}"


# --- files ------------------------------------------------------------------------------------------------------------


def _read_output_files(verdict: Verdict, role: str, run: JsonObject) -> list[str]:
    files = as_mapping(_read_execution(run).get("files"))
    items = None if files is None else as_list(files.get("output"))
    if items is None:
        artifacts = as_list(run.get("files"))
        items = None if artifacts is None else [item for item in artifacts if _is_output(item)]
    if items is None:
        verdict.fail(f"the server did not send the output files of {role} {run['id']}")
        return []
    return _read_names(verdict, items)


def _is_output(artifact: object) -> bool:
    path = (as_mapping(artifact) or {}).get("path")
    return not isinstance(path, str) or path.startswith("output/")


def _read_names(verdict: Verdict, items: list[object]) -> list[str]:
    names = [(as_mapping(item) or {}).get("name") for item in items]
    known = [name for name in names if isinstance(name, str)]
    if len(known) < len(names):
        verdict.fail(f"{len(names) - len(known)} files have no name, so they could not be compared")
    return known


_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_EIGHT_DIGITS = re.compile(r"\d{8}", re.ASCII)


def _mask_dates(name: str) -> str:
    # NUL cannot occur in a file name.
    return _EIGHT_DIGITS.sub("\0", _DATE.sub("\0", name))


def _match_files(expected: list[str], actual: list[str], *, normalize_dates: bool) -> dict[str, Any]:
    """Pair file names, equal ones first, so that dates are ignored only if necessary."""
    matched, missing, extra = _pair_names(expected, actual, str)
    if normalize_dates:
        more, missing, extra = _pair_names(missing, extra, _mask_dates)
        matched += more
    return {
        "matchedFiles": [{"expected": name, "actual": partner} for name, partner in matched],
        "missingFiles": missing,
        "extraFiles": extra,
    }


def _pair_names(
    expected: list[str], actual: list[str], key: Callable[[str], str]
) -> tuple[list[tuple[str, str]], list[str], list[str]]:
    """Pair names with the same key in order; return the pairs, and the names on either side without a partner."""
    partners: dict[str, deque[int]] = {}
    for index, name in enumerate(actual):
        partners.setdefault(key(name), deque()).append(index)
    matched: list[tuple[str, str]] = []
    missing: list[str] = []
    for name in expected:
        same_key = partners.get(key(name))
        if same_key:
            matched.append((name, actual[same_key.popleft()]))
        else:
            missing.append(name)
    extra = sorted(index for indexes in partners.values() for index in indexes)
    return matched, missing, [actual[index] for index in extra]
