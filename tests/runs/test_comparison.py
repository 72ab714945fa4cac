"""When the comparison of two runs passes, and when it fails."""

from __future__ import annotations

import copy
import json
import math
import pickle
from typing import Any, cast

import pytest
from hypothesis import given, strategies as st

from eigenpal._runs.comparison import compare_runs, make_compare_options
from eigenpal._runs.comparison_report import RunComparisonReport
from eigenpal.errors import EigenpalError
from eigenpal_generated.models import Run
from tests.support.examples import load_example


def workflow_run(run_id: str, *steps: tuple[str, Any], status: str = "completed", **changes: Any) -> dict[str, Any]:
    run = load_example("Run.workflow_expanded")
    run["id"] = run_id
    run["execution"]["status"] = status
    run["execution"]["steps"] = [
        {"stepName": name, "status": "completed", "outputData": output} for name, output in steps
    ]
    return {**run, **changes}


def agent_run(
    run_id: str,
    output: Any,
    *files: str,
    expected: Any = None,
    expected_files: tuple[str, ...] = (),
    status: str = "completed",
    **changes: Any,
) -> dict[str, Any]:
    run = load_example("Run.agent_expanded")
    run.update(id=run_id, output=output)
    run["execution"]["status"] = status
    run["execution"]["files"] = {"output": [{"name": name} for name in files]}
    run["execution"]["expected"] = {"output": expected, "files": [{"name": name} for name in expected_files]}
    return {**run, **changes}


def compare(reference: dict[str, Any], run: dict[str, Any], **options: Any) -> RunComparisonReport:
    chosen = make_compare_options(**{"baseline": False, "step": None, "normalize_dates": False, **options})
    return compare_runs(Run.from_dict(reference), Run.from_dict(run), chosen)


# --- workflow runs ----------------------------------------------------------------------------------------------------


def test_the_documented_workflow_report() -> None:
    reference = workflow_run("run_w01", ("read", {"pages": 2}), ("render", {"file": "summary.pdf"}))
    report = compare(reference, workflow_run("run_w05", ("read", {"pages": 2})))
    assert report.to_dict() == load_example("RunComparisonReport.workflow")
    assert (report["status"], report["runId"], report["comparedWithRunId"]) == ("fail", "run_w05", "run_w01")
    assert (report.status, report.run_id, report.compared_with_run_id) == ("fail", "run_w05", "run_w01")
    assert report.steps[1].target_status == report["steps"][1]["targetStatus"] == "missing"
    assert (report.mode, report.json_differences, report.warnings) == (None, [], [])


def test_equal_steps_pass() -> None:
    reference = workflow_run("run_1", ("read", {"pages": 2, "x": [1, {"y": None}]}), ("render", None))
    run = workflow_run("run_2", ("render", None), ("read", {"x": [1.0, {"y": None}], "pages": 2}))
    report = compare(reference, run)
    assert report.status == "pass"
    assert [(step.step_name, step.output_state) for step in report.steps] == [("read", "match"), ("render", "match")]
    assert "warnings" not in report


@pytest.mark.parametrize(
    ("one", "other"),
    [(1, True), (0, False), ("1", 1), (None, {}), ([1, 2], [2, 1]), ({"a": 1}, {"a": 1, "b": None}), ([], {})],
)
def test_different_outputs(one: Any, other: Any) -> None:
    assert compare(workflow_run("run_1", ("a", one)), workflow_run("run_2", ("a", other))).status == "fail"


def test_alternative_keys_of_names_and_outputs() -> None:
    reference, run = workflow_run("run_1"), workflow_run("run_2")
    reference["execution"]["steps"] = [{"name": "a", "output": 1}, {"id": "b", "outputData": None, "output": 2}]
    run["execution"]["steps"] = [{"stepName": "a", "name": "z", "outputData": 1}, {"stepName": "b", "output": 2}]
    report = compare(reference, run)
    assert report.status == "pass"
    assert report.steps[0].reference_status == "unknown"


def test_a_step_filter() -> None:
    reference = workflow_run("run_1", ("read", 1), ("render", 2), ("send", 3))
    run = workflow_run("run_2", ("read", 1), ("render", 5), ("send", 3))
    assert compare(reference, run).status == "fail"
    report = compare(reference, run, step="send, read")
    assert report.status == "pass"
    assert [step.step_name for step in report.steps] == ["read", "send"]


def test_a_misspelt_step_is_refused_with_a_suggestion() -> None:
    reference, run = workflow_run("run_1", ("read", 1), ("render", 2)), workflow_run("run_2", ("read", 1), ("x", 2))
    with pytest.raises(EigenpalError) as caught:
        compare(reference, run, step="read,rendr")
    assert caught.value.status == 400
    assert caught.value.message == (
        "the reference run run_1 has no step 'rendr'; it has 'read', 'render'; did you mean 'render'?"
    )
    with pytest.raises(EigenpalError, match="has no step 'x'"):
        compare(reference, run, step="x")


def test_a_failed_reference_run_may_lack_a_step() -> None:
    reference = workflow_run("run_1", ("read", 1), status="failed", error="no pages")
    report = compare(reference, workflow_run("run_2", ("read", 1), ("render", 2)), step="read,render")
    assert report.status == "fail"
    assert report.warnings == [
        "the reference run run_1 did not complete (status 'failed'): no pages",
        "the reference run run_1 has no step 'render'; it has 'read'",
    ]


@pytest.mark.parametrize("side", ["reference", "run"])
@pytest.mark.parametrize(
    ("status", "finished", "warning"),
    [
        ("running", False, "has not finished (status 'running'); compare them once it has finished"),
        ("completed", False, "has not finished"),
        ("paused", False, "has not finished"),
        ("failed", True, "did not complete (status 'failed')"),
        ("cancelled", True, "did not complete (status 'cancelled')"),
        ("rejected", True, "did not complete"),
        ("expired", True, "did not complete"),
    ],
)
@pytest.mark.parametrize("kind", ["workflow", "agent"])
def test_only_completed_runs_pass(kind: str, side: str, status: str, finished: bool, warning: str) -> None:
    if kind == "workflow":
        runs = {"reference": workflow_run("run_1", ("a", 1)), "run": workflow_run("run_2", ("a", 1))}
    else:
        runs = {"reference": agent_run("run_1", {"a": 1}, expected={"a": 1}), "run": agent_run("run_2", {"a": 1})}
    assert compare(runs["reference"], runs["run"]).status == "pass"
    runs[side]["finished"] = finished
    runs[side]["execution"]["status"] = status
    report = compare(runs["reference"], runs["run"])
    assert report.status == "fail"
    assert warning in report.warnings[0]
    assert runs[side]["id"] in report.warnings[0]


def test_nothing_to_compare_fails() -> None:
    report = compare(workflow_run("run_1"), workflow_run("run_2"))
    assert (report.status, report.steps, report.warnings) == ("fail", [], ["there was no step to compare"])


def test_runs_without_steps_fail() -> None:
    reference = workflow_run("run_1", ("a", 1))
    run = load_example("Run")
    assert "steps" not in run["execution"]
    report = compare(reference, run)
    assert report.status == "fail"
    assert "the server did not send the steps of run run_w01" in report.warnings
    assert compare(run, run).status == "fail"


def test_rows_are_in_the_order_of_the_reference() -> None:
    steps = [("read", 1), ("send", 2), ("read", 3), ("send", 4)]
    report = compare(workflow_run("run_1", *steps), workflow_run("run_2", *steps[::2], *steps[1::2]))
    assert [(step.step_name, step.output_state) for step in report.steps] == [(name, "match") for name, _ in steps]


def test_long_lists_of_names_are_shortened() -> None:
    steps = [(f"step_{number}", 1) for number in range(1000)]
    report = compare(workflow_run("run_1", ("a", 1)), workflow_run("run_2", ("a", 1), *steps))
    assert report.warnings[0].endswith("'step_18', 'step_19' and 980 more")


def test_steps_that_ran_more_than_once() -> None:
    reference = workflow_run("run_1", ("page", 1), ("page", 2))
    assert compare(reference, workflow_run("run_2", ("page", 1), ("page", 2))).status == "pass"
    assert compare(reference, workflow_run("run_2", ("page", 1))).steps[1].target_status == "missing"
    report = compare(reference, workflow_run("run_2", ("page", 1), ("page", 2), ("page", 3)))
    assert report.status == "fail"
    assert report.warnings == ["step 'page' ran 3 times in run_2, 2 times in the reference"]


def test_a_step_that_failed_in_one_run() -> None:
    reference, run = workflow_run("run_1", ("a", None)), workflow_run("run_2", ("a", None))
    run["execution"]["steps"][0]["status"] = "failed"
    report = compare(reference, run)
    assert report.status == "fail"
    assert report.warnings == ["step 'a' is completed in the reference run and failed in the other"]
    run["execution"]["steps"][0]["status"] = "overridden"
    assert compare(reference, run).status == "pass"


def test_additional_steps_are_a_warning() -> None:
    report = compare(workflow_run("run_1", ("a", 1)), workflow_run("run_2", ("a", 1), ("b", 1)))
    assert report.status == "pass"
    assert report.warnings == ["not compared, because only run_2 has them: 'b'"]


@pytest.mark.parametrize("steps", [[None], ["text"], [{}], [{"stepName": None}], [{"stepName": 5}], [[]]])
def test_malformed_steps(steps: list[Any]) -> None:
    reference = workflow_run("run_1")
    reference["execution"]["steps"] = steps
    report = compare(reference, reference)
    assert report.status == "fail"
    assert "1 of the reference run's steps have no name" in report.warnings[0]


@pytest.mark.parametrize(
    ("step", "names"),
    [(None, None), ("a", ["a"]), ("a, b,,a", ["a", "b"]), (["a", "b"], ["a", "b"]), (("a",), ["a"])],
)
def test_step_names(step: Any, names: list[str] | None) -> None:
    assert make_compare_options(baseline=False, step=step, normalize_dates=False).steps == names


@pytest.mark.parametrize(
    ("step", "kind"),
    [("", ValueError), (" , ", ValueError), ([], ValueError), (5, TypeError), ([5], TypeError), (b"a", TypeError)],
)
def test_invalid_step_names(step: Any, kind: type[Exception]) -> None:
    with pytest.raises(kind, match="step"):
        make_compare_options(baseline=False, step=step, normalize_dates=False)


@pytest.mark.parametrize("value", ["false", 1, None])
@pytest.mark.parametrize("name", ["baseline", "normalize_dates"])
def test_options_of_the_wrong_type(name: str, value: Any) -> None:
    run = agent_run("run_1", {})
    with pytest.raises(TypeError, match=f"{name} must be a bool, not {type(value).__name__}"):
        compare(run, run, **{name: value})


# --- any outputs ------------------------------------------------------------------------------------------------------

SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text()
OUTPUTS = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3)
)
# Of the values that JSON could hold there, none equals this.
CHANGED = "something else: \U0001f9fe" * 3


def round_trip_json(value: Any) -> Any:
    """Return a value as it comes back from the wire."""
    return json.loads(json.dumps(value))


def places_in(value: Any) -> list[Any]:
    if isinstance(value, list):
        return list(range(len(cast("list[Any]", value))))
    return [*cast("dict[str, Any]", value)] if isinstance(value, dict) else []


@given(OUTPUTS)
def test_a_run_equals_itself(output: Any) -> None:
    assert (
        compare(workflow_run("run_1", ("a", output)), workflow_run("run_2", ("a", round_trip_json(output)))).status
        == "pass"
    )
    one, other = agent_run("run_1", {"a": output}), agent_run("run_2", {"a": round_trip_json(output)})
    assert compare(one, other, baseline=True).status == "pass"


@given(OUTPUTS, OUTPUTS)
def test_the_verdict_is_symmetric(output: Any, other: Any) -> None:
    statuses: set[str] = set()
    for a, b in [(output, other), (other, output)]:
        statuses.add(compare(workflow_run("run_1", ("a", a)), workflow_run("run_2", ("a", b))).status)
        statuses.add(compare(agent_run("run_1", {"a": a}), agent_run("run_2", {"a": b}), baseline=True).status)
    assert len(statuses) == 1


@given(OUTPUTS, st.data())
def test_any_change_makes_it_fail(output: Any, data: st.DataObject) -> None:
    changed = {"a": copy.deepcopy(output)}
    within: Any = changed
    key: Any = "a"
    for _ in range(data.draw(st.integers(0, 5))):
        inside = places_in(within[key])
        if inside:
            within, key = within[key], data.draw(st.sampled_from(inside))
    within[key] = CHANGED
    one, other = agent_run("run_1", {"a": output}), agent_run("run_2", changed)
    report = compare(one, other, baseline=True)
    assert report.status == "fail"
    assert [row.type for row in report.json_differences] == ["changed"]
    steps = workflow_run("run_1", ("a", {"a": output})), workflow_run("run_2", ("a", changed))
    assert compare(*steps).status == "fail"


@pytest.mark.parametrize("in_lists", [False, True])
def test_outputs_nested_deeper_than_the_recursion_limit(in_lists: bool) -> None:
    one: Any = 1
    other: Any = 2
    for _ in range(5000):
        one, other = ([one], [other]) if in_lists else ({"a": one}, {"a": other})
    assert compare(workflow_run("run_1", ("a", one)), workflow_run("run_2", ("a", one))).status == "pass"
    assert compare(workflow_run("run_1", ("a", one)), workflow_run("run_2", ("a", other))).status == "fail"
    agents = agent_run("run_1", {"a": one}), agent_run("run_2", {"a": other})
    assert compare(agents[0], agents[0], baseline=True).status == "pass"
    assert [row.type for row in compare(*agents, baseline=True).json_differences] == ["changed"]


def test_nan_equals_only_itself() -> None:
    assert compare(workflow_run("run_1", ("a", math.nan)), workflow_run("run_2", ("a", -math.nan))).status == "pass"
    for other in (0.0, math.inf, None, "NaN"):
        assert compare(workflow_run("run_1", ("a", math.nan)), workflow_run("run_2", ("a", other))).status == "fail"


# --- agent runs -------------------------------------------------------------------------------------------------------


def test_the_documented_agent_report() -> None:
    reference = agent_run(
        "run_a01", None, expected={"trips": 3, "receipts": 5}, expected_files=("trips-2026-03-01.json",)
    )
    run = agent_run("run_a02", {"trips": 2, "receipts": 5, "note": "x"}, "trips-2026-03-20.json", "draft.txt")
    report = compare(reference, run, normalize_dates=True)
    wanted = load_example("RunComparisonReport.agent")
    key = "jsonDifferences"
    assert sorted(report[key], key=str) == sorted(wanted[key], key=str)
    assert {**report.to_dict(), key: None} == {**wanted, key: None}
    assert report.matched_files[0].actual == "trips-2026-03-20.json"
    assert report.mode == "expected"


def test_baseline() -> None:
    reference = agent_run("run_1", {"a": {"b": 1}}, "x.csv")
    report = compare(reference, agent_run("run_2", {"a": {"b": 1}}, "x.csv"), baseline=True)
    assert (report.status, report.mode, report["missingFiles"], report["warnings"] if report.warnings else []) == (
        "pass",
        "baseline",
        [],
        [],
    )
    report = compare(reference, agent_run("run_2", {"a": {"b": 2}}, "y.csv"), baseline=True)
    assert report.status == "fail"
    assert report["jsonDifferences"] == [{"path": "$.a.b", "type": "changed"}]
    assert (report.missing_files, report.extra_files) == (["x.csv"], ["y.csv"])


@pytest.mark.parametrize(
    ("expected", "found", "differences"),
    [
        ({"a": 1}, {"a": 1.0}, []),
        ({"a": 1}, {"a": True}, [("$.a", "changed")]),
        ({"a": [1, 2]}, {"a": [1, 2]}, []),
        ({"a": [1, 2]}, {"a": [2, 1]}, [("$.a", "changed")]),
        ({"a": {"b": 1}, "c": 1}, {"a": {"d": 1}}, [("$.a.b", "missing"), ("$.a.d", "extra"), ("$.c", "missing")]),
        ({"a": {}}, {"a": []}, [("$.a", "changed")]),
        ({"a/b": 1, "a b": 1, "Straße": 1}, {}, [("$.Straße", "missing"), ("$.a b", "missing"), ("$.a/b", "missing")]),
        # Keys that would read as more than one step are told apart.
        ({"a.b": 1, "a": {"b": 1}}, {"a": {"b": 2}}, [("$.a.b", "changed"), ("$['a.b']", "missing")]),
        ({}, {"": 1, "rows[0]": 1}, [("$['']", "extra"), ("$['rows[0]']", "extra")]),
        ({"e\u0301": 1}, {"\u00e9": 1}, [("$.e\u0301", "missing"), ("$.\u00e9", "extra")]),
        ({"a": 1}, None, [("$", "changed")]),
    ],
)
@pytest.mark.parametrize("baseline", [True, False])
def test_differences(expected: Any, found: Any, differences: list[tuple[str, str]], baseline: bool) -> None:
    report = compare(agent_run("run_1", expected, expected=expected), agent_run("run_2", found), baseline=baseline)
    assert [(row.path, row.type) for row in report.json_differences] == differences
    assert report.status == ("fail" if differences else "pass")


def test_null_accepts_any_value_in_expectations_but_not_in_a_baseline() -> None:
    reference = agent_run("run_1", {"a": None, "b": 1}, expected={"a": None, "b": 1})
    run = agent_run("run_2", {"a": 5, "b": 1})
    report = compare(reference, run)
    assert report.status == "pass"
    assert report.warnings == ["any value was accepted where null is expected: $.a"]
    report = compare(reference, run, baseline=True)
    assert report["jsonDifferences"] == [{"path": "$.a", "type": "changed"}]


@pytest.mark.parametrize("expected", [None, {}, {"output": None}, {"output": None, "files": []}, {"files": []}])
def test_missing_expectations_fail(expected: Any) -> None:
    reference = agent_run("run_1", {"a": 1})
    if expected is None:
        del reference["execution"]["expected"]
    else:
        reference["execution"]["expected"] = expected
    report = compare(reference, agent_run("run_2", {"a": 1}))
    assert report.status == "fail"
    assert "the reference run run_1 has no expected output or files" in report.warnings[0]
    assert "baseline" in report.warnings[0]


def test_an_empty_baseline_fails() -> None:
    report = compare(agent_run("run_1", None), agent_run("run_2", None), baseline=True)
    assert report.status == "fail"
    assert "neither output nor files" in report.warnings[0]


def test_expectations_of_files_only() -> None:
    reference = agent_run("run_1", None, expected_files=("a.csv",))
    assert compare(reference, agent_run("run_2", None, "a.csv")).status == "pass"
    assert compare(reference, agent_run("run_2", None, "b.csv")).status == "fail"
    assert compare(reference, agent_run("run_2", {"x": 1}, "a.csv")).warnings == [
        "any value was accepted where null is expected: $"
    ]


@pytest.mark.parametrize(
    ("expected", "found", "matched", "missing", "extra"),
    [
        (["2026-01-02.csv"], ["2026-03-04.csv"], [("2026-01-02.csv", "2026-03-04.csv")], [], []),
        (["20260102.csv"], ["20260304.csv"], [("20260102.csv", "20260304.csv")], [], []),
        (["2026-01-02.csv"], ["20260304.csv"], [("2026-01-02.csv", "20260304.csv")], [], []),
        (["a.csv"], ["b.csv"], [], ["a.csv"], ["b.csv"]),
        (
            ["2026-01-01.csv", "2026-01-02.csv"],
            ["2026-01-02.csv", "2026-01-09.csv"],
            [("2026-01-02.csv", "2026-01-02.csv"), ("2026-01-01.csv", "2026-01-09.csv")],
            [],
            [],
        ),
        (["2026-01-01.csv", "2026-01-02.csv"], ["2026-05-05.csv"], None, ["2026-01-02.csv"], []),
        (["<date>.csv"], ["2026-01-02.csv"], [], ["<date>.csv"], ["2026-01-02.csv"]),
        (["a.csv", "a.csv"], ["a.csv"], [("a.csv", "a.csv")], ["a.csv"], []),
        (["a.csv"], ["b.csv", "a.csv", "c.csv", "a.csv"], [("a.csv", "a.csv")], [], ["b.csv", "c.csv", "a.csv"]),
        # These are other spellings of dates, which the rule does not know.
        (["2026-1-2.csv"], ["2026-3-4.csv"], [], ["2026-1-2.csv"], ["2026-3-4.csv"]),
        (["02.01.2026.csv"], ["04.03.2026.csv"], [], ["02.01.2026.csv"], ["04.03.2026.csv"]),
        (["2026_01_02.csv"], ["2026_03_04.csv"], [], ["2026_01_02.csv"], ["2026_03_04.csv"]),
    ],
)
def test_dates_in_file_names(
    expected: list[str], found: list[str], matched: list[tuple[str, str]] | None, missing: list[str], extra: list[str]
) -> None:
    reference, run = agent_run("run_1", {}, *expected), agent_run("run_2", {}, *found)
    report = compare(reference, run, baseline=True, normalize_dates=True)
    if matched is not None:
        assert [(row.expected, row.actual) for row in report.matched_files] == matched
    assert (report.missing_files, report.extra_files) == (missing, extra)
    plain = compare(reference, run, baseline=True)
    assert all(row.expected == row.actual for row in plain.matched_files)


def test_files_of_the_run_are_used_if_its_execution_has_none() -> None:
    run = agent_run("run_2", {"a": 1})
    del run["execution"]["files"]
    run["files"] = [{"name": "a.csv", "path": "output/a.csv"}, {"name": "trace.jsonl", "path": "trace.jsonl"}]
    reference = agent_run("run_1", {"a": 1}, "a.csv")
    assert compare(reference, run, baseline=True).status == "pass"
    del run["files"]
    report = compare(reference, run, baseline=True)
    assert report.status == "fail"
    assert report.warnings == ["the server did not send the output files of run run_2"]


# --- refusals, and the report itself ----------------------------------------------------------------------------------


def test_mixed_kinds_are_refused() -> None:
    with pytest.raises(EigenpalError) as caught:
        compare(workflow_run("run_1", ("a", 1)), agent_run("run_2", {}))
    assert caught.value.status == 400
    assert "run_1 is of type 'workflow' and run_2 is of type 'agent'" in str(caught.value)


def test_unknown_kinds_are_refused() -> None:
    run = workflow_run("run_1", ("a", 1), type="robot")
    with pytest.raises(EigenpalError, match="only two workflow runs or two agent runs"):
        compare(run, run)


def test_steps_of_agent_runs_are_refused() -> None:
    run = agent_run("run_1", {}, "a")
    with pytest.raises(EigenpalError, match="agent runs; omit it") as caught:
        compare(run, run, step="read")
    assert caught.value.status == 400


def test_reports_can_be_copied_and_pickled() -> None:
    report = RunComparisonReport.from_dict(load_example("RunComparisonReport.agent"))
    assert pickle.loads(pickle.dumps(report)) == copy.deepcopy(report) == report
    assert json.loads(json.dumps(report.to_dict())) == load_example("RunComparisonReport.agent")
    assert repr(report).startswith("RunComparisonReport(status='fail', run_id='run_a02'")
    made = RunComparisonReport(status="pass", run_id="run_1", compared_with_run_id="run_2")
    assert made["comparedWithRunId"] == "run_2"


def test_the_compared_runs_are_not_changed() -> None:
    reference = workflow_run("run_1", ("a", {"b": 1}))
    before = copy.deepcopy(reference)
    compare(reference, reference)
    assert reference == before
