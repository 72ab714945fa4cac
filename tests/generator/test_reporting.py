"""How problems and notes are shown: in groups, with the first places and what to do."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from generator import reporting
from generator.__main__ import main
from generator.problems import Problem, SpecError
from generator.reporting import count_kinds, format_notes, format_problems
from tests.generator.small_specs import make_spec

UNIONS = [Problem(f"#/schemas/U{n}", f"branch {n} is a list", "a union in a union", "name it") for n in range(10)]
TEXTS = [Problem(f"#/tags/{n}", "must be text") for n in range(2)]
BODY = Problem("#/paths", "a file in a JSON body", "a file in a JSON body", "remove it")


def locate(problem: Problem) -> str:
    return f"openapi.yaml:7 {problem.place}"


def test_problems_are_shown_by_kind(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reporting, "SCREEN", 9)
    assert (
        format_problems([*TEXTS, *UNIONS, BODY], locate, "openapi/overlay.yaml")
        == """\
  openapi.yaml:7 #/tags/0: must be text
  openapi.yaml:7 #/tags/1: must be text

A union in a union (10 times):
  openapi.yaml:7 #/schemas/U0: branch 0 is a list
  openapi.yaml:7 #/schemas/U1: branch 1 is a list
  openapi.yaml:7 #/schemas/U2: branch 2 is a list
  openapi.yaml:7 #/schemas/U3: branch 3 is a list
  openapi.yaml:7 #/schemas/U4: branch 4 is a list
  openapi.yaml:7 #/schemas/U5: branch 5 is a list
  and 4 more
  In openapi/overlay.yaml: name it

A file in a JSON body:
  openapi.yaml:7 #/paths
  In openapi/overlay.yaml: remove it"""
    )


@pytest.mark.parametrize(("kinds", "places"), [(1, 30), (2, 15), (20, 3)])
def test_kinds_share_the_screen(kinds: int, places: int) -> None:
    problems = [Problem(f"#/{n}", "x", f"kind {n % kinds:02}") for n in range(kinds * 100)]
    lines = format_problems(problems, locate, "overlay.yaml").splitlines()
    assert sum(": x" in line for line in lines) == kinds * places
    assert lines.count(f"  and {100 - places} more") == kinds


@pytest.mark.parametrize(
    ("problems", "counted"),
    [([BODY], "1 problem"), ([BODY, *TEXTS], "3 problems of 2 kinds"), ([BODY, TEXTS[0]], "2 problems")],
)
def test_problems_are_counted(problems: list[Problem], counted: str) -> None:
    assert count_kinds(problems) == counted


def test_problems_are_sorted_by_place() -> None:
    places = ["#", "#/a/2", "#/a/2/b", "#/a/10", "#/b", "overlay.yaml#/a/9", "overlay.yaml#/a/11"]
    assert [found.place for found in SpecError(Problem(place, "x") for place in reversed(places)).problems] == places


def test_notes_take_a_line_for_each_kind_and_a_screen_at_most() -> None:
    assert (
        format_notes([*UNIONS, BODY, *TEXTS], locate)
        == """\
note: a union in a union (10 times), first at openapi.yaml:7 #/schemas/U0: branch 0 is a list; in the overlay, name it
note: a file in a JSON body, at openapi.yaml:7 #/paths; in the overlay, remove it
note: must be text (2 times), first at openapi.yaml:7 #/tags/0"""
    )
    lines = format_notes([Problem("#", f"note {n}") for n in range(500)], locate).splitlines()
    assert len(lines) == 21
    assert lines[-1] == "note: 480 more kinds of notes are not shown"


def test_text_of_the_document_cannot_control_the_terminal() -> None:
    hostile = Problem("#/\x1b[2J", "\x1b[2J\nx", "\x1b]0;x\x07", "\u202e")
    for shown in (format_problems([hostile], lambda problem: problem.place, "o"), format_notes([hostile], locate)):
        assert all(line.isprintable() for line in shown.splitlines())
        assert "\\x1b[2J" in shown


def test_a_bug_of_the_generator_is_a_message_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*arguments: object) -> None:
        raise KeyError("type")

    monkeypatch.setattr("generator.__main__.render", fail)
    path = tmp_path / "openapi.yaml"
    path.write_text(json.dumps(make_spec()), encoding="utf-8")
    assert main(["--spec", str(path), "--out", str(tmp_path / "out")]) == 2
    output = capsys.readouterr()
    assert output.out == ""
    assert f"{path} cannot be used: the generator has a bug. out/ is unchanged.\n" in output.err
    assert "test_reporting.py:" in output.err
    assert "KeyError: 'type'" in output.err
    assert "Traceback" not in output.err
    assert not (tmp_path / "out").exists()
