"""The text of a pull request: what it says comes from a document that others write, so it cannot be trusted."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tools.regenerate.errors import JobError, UnusableDocumentError
from tools.regenerate.escaping import escape_markup, fence
from tools.regenerate.outcome import Outcome, Status, Step
from tools.regenerate.report import SUMMARIES, ChangeReport, parse_report, report_changes
from tools.regenerate.text import LABELS, LONGEST, NO_REPORT, make_body, make_label, make_title

ROOT = Path(__file__).parents[2]
GREEN = [Step(target, Status.PASSED) for target in ("generate", "check", "test")]


@pytest.mark.parametrize(
    "text",
    [
        "@team",
        "`@team`",
        "see #12",
        "owner/name#12",
        "GH-12",
        "gh-12",
        "https://github.com/owner/name/issues/12",
        "<!-- hidden",
        "<img src=x>",
        "</details>",
        "<https://evil.test>",
        "[click](https://evil.test)",
        "![](https://evil.test)",
        "[click][here]\n\n[here]: https://evil.test",
    ],
)
def test_what_github_would_recognize_is_broken_up_invisibly(text: str) -> None:
    escaped = escape_markup(text)
    assert escaped.count("\u200b") == 1
    assert escaped.replace("\u200b", "") == text
    assert escape_markup(escaped.replace("\u200b", "")) == escaped


def test_what_a_report_is_made_of_stays_as_it_is() -> None:
    text = (
        "# Breaking\n\n- `client.runs.list(search=)`: `list[str]` -> `str`; `#/paths/~1runs/get`, a@b, 3 < 4, C# 12\n"
    )
    assert escape_markup(text.replace("a@b", "")) == text.replace("a@b", "")


def test_characters_that_hide_or_reorder_text_are_shown() -> None:
    hidden = "\x1b \u202e \u200b \u2028 \u2029 \ud800"
    assert escape_markup(hidden) == r"\x1b \u202e \u200b \u2028 \u2029 \ud800"


@pytest.mark.parametrize("text", ["", "```\nout", "a `````` b", "~~~"])
def test_a_code_block_cannot_be_ended_by_its_text(text: str) -> None:
    marks, *lines, end = fence(text).split("\n")
    assert lines == text.split("\n")
    assert marks == f"{end}text"
    assert set(end) == {"`"}
    assert not any(end in line for line in lines)


# --- the report ---------------------------------------------------------------------------------------------------


def parse(code: int = 10, markdown: str = "# Additions", **fields: Any) -> ChangeReport:
    found = {"verdict": "additions", "version": {"now": "0.1.0", "next": "0.1.1"}, "changelog": "- New.\n", **fields}
    return parse_report((code, json.dumps(found)), markdown)


def test_a_report_is_read() -> None:
    assert parse() == ChangeReport("additions", "0.1.1", "- New.", "# Additions")


def test_what_comes_from_the_document_is_made_harmless() -> None:
    found = parse(changelog="- @team\n## 9.9.9 - unreleased\n  # fixes #1\n", markdown="# @team")
    assert found.changelog == "- @\u200bteam\n\\## 9.9.9 - unreleased\n\\  # fixes #\u200b1"
    assert found.markdown == "# @\u200bteam"


@pytest.mark.parametrize(
    ("code", "fields", "message"),
    [
        (30, {}, "do not go together"),
        (10, {"verdict": "$(evil)"}, "do not go together"),
        (10, {"version": None}, "cannot be read"),
        (10, {"version": {"now": "0.1.0", "next": '0.2.0"; import os'}}, "not a version"),
    ],
)
def test_a_report_that_the_job_does_not_understand(code: int, fields: dict[str, Any], message: str) -> None:
    with pytest.raises(JobError, match=message):
        parse(code, **fields)


def write_document(path: Path, *operations: str) -> str:
    responses = {"200": {"description": "", "content": {"text/plain": {"schema": {"type": "string"}}}}}
    paths = {f"/{name}": {"get": {"operationId": f"things.{name}", "responses": responses}} for name in operations}
    path.write_text(json.dumps({"openapi": "3.1.0", "info": {"title": "T", "version": "1"}, "paths": paths}))
    return str(path)


def test_the_reports_that_are_made_are_understood(tmp_path: Path) -> None:
    small = write_document(tmp_path / "small.json", "one")
    large = write_document(tmp_path / "large.json", "one", "two")
    found = report_changes(ROOT, small, large)
    assert found.verdict == "additions"
    assert "client.things.two()" in found.changelog
    assert found.changelog in found.markdown
    (tmp_path / "broken.json").write_text("{")
    with pytest.raises(UnusableDocumentError, match=r"broken\.json"):
        report_changes(ROOT, small, str(tmp_path / "broken.json"))


# --- the body -----------------------------------------------------------------------------------------------------


def test_every_verdict_has_a_title_and_a_label() -> None:
    assert set(LABELS) == {*SUMMARIES, NO_REPORT}
    for verdict in ("", *SUMMARIES):
        outcome = Outcome(verdict=verdict, steps=GREEN)
        assert make_label(outcome) == f"api: {verdict or 'unusable'}"
        # GitHub's limit for the description of a label.
        assert len(LABELS[verdict or NO_REPORT][1]) <= 100
        assert re.fullmatch(r"Regenerate from the API document: [a-zA-Z ]+", make_title(outcome))


def test_the_title_says_that_work_is_left() -> None:
    assert make_title(Outcome(verdict="additions", steps=GREEN)).endswith(": additions")
    assert make_title(Outcome(verdict="additions", steps=[Step("test")])).endswith(": additions (work left to do)")


def test_what_is_left_to_do_comes_before_the_report() -> None:
    steps = [Step("generate", Status.PASSED), Step("check", Status.FAILED, "E501"), Step("test")]
    body = make_body(Outcome(verdict="breaking", report="# The report", version="0.2.0 is enough.", steps=steps))
    assert body.startswith("**Breaking changes.** Version: 0.2.0 is enough.\n\nPassed: `make generate`.\n")
    assert body.index("`make check` failed") < body.index("E501") < body.index("`make test` was not run to its end")
    assert body.endswith("# The report\n")


def test_a_report_that_failed_is_named() -> None:
    body = make_body(Outcome(no_report="Traceback: KeyError", steps=GREEN))
    assert body.startswith("**There is no change report.**")
    assert "Traceback: KeyError" in body


def make_report(*sizes: int) -> str:
    return "\n".join(f"## Section {index}\n\n" + "- `client.a`\n" * size for index, size in enumerate(sizes))


@pytest.mark.parametrize(
    ("sizes", "end"),
    [
        ((2000, 3000), "- `client.a`\n"),
        ((2000, 2000, 2000, 2000), "## Section 2"),
        ((1000, 9000), "- `client.a`\n"),
    ],
)
def test_a_report_that_does_not_fit_is_cut_at_a_section_or_at_a_line(sizes: tuple[int, ...], end: str) -> None:
    report = make_report(*sizes)
    body = make_body(Outcome(verdict="texts", report=report, steps=GREEN))
    assert len(body) <= LONGEST
    is_cut = len(report) > LONGEST
    assert ("longer than a pull request can be" in body) is is_cut
    kept = body[body.index("## Section 0") :]
    assert report.startswith(kept)
    assert len(kept) > LONGEST / 2
    if is_cut:
        assert report[len(kept) :].lstrip().startswith(end)


def test_long_output_leaves_room_for_what_is_left_to_do_and_for_the_report() -> None:
    steps = [Step(target, Status.FAILED, "x" * 200_000) for target in ("generate", "check", "test")]
    body = make_body(Outcome(verdict="texts", report=make_report(9000), steps=steps, is_changelog_doubled=True))
    assert len(body) <= LONGEST
    assert "rewritten by hand" in body
    assert body.count("client.a") > 1000
