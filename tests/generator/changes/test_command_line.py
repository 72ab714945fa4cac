"""What `python -m generator.changes` prints, and its exit codes."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.changes.__main__ import main
from generator.changes.sides import ROOT

from .conftest import THINGS, Edit, Node

OVERLAY = """\
overlay: 1.0.0
info: {title: Ours, version: 1.0.0}
actions:
  - {target: "$.paths.*[?@.operationId=='things.get']", update: {x-eigenpal-method: things.fetch}}
"""

Write = Callable[[str, Node], str]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Return a function that writes a document into a folder of its own, and returns its path."""

    def write_document(folder: str, document: Node) -> str:
        path = tmp_path / folder / "openapi.json"
        path.parent.mkdir()
        path.write_text(json.dumps(document), encoding="utf-8")
        return str(path)

    return write_document


def edited(edit: Edit) -> Node:
    document = copy.deepcopy(THINGS)
    edit(document)
    return document


EXIT_CODES: dict[str, tuple[Edit, int, str]] = {
    "nothing": (lambda spec: spec["info"].update(version="2"), 0, "**Nothing changes for users of the client** (now "),
    "texts": (lambda spec: spec["tags"][0].update(description="Other."), 0, "**Texts only: the next version is "),
    "a deprecation": (
        lambda spec: spec["paths"]["/things"]["get"].update(deprecated=True),
        0,
        "**Texts and deprecations only: the next version is ",
    ),
    "an addition": (
        lambda spec: spec["components"]["schemas"]["Kind"]["enum"].append("huge"),
        10,
        "**Additions only: the next version is ",
    ),
    "behavior": (
        lambda spec: spec["servers"][0].update(url="https://elsewhere.test"),
        20,
        "**Behavior changes: the next version is ",
    ),
    "a break": (lambda spec: spec["paths"].pop("/things"), 30, "**Breaking: the next version is "),
}


@pytest.mark.parametrize("case", EXIT_CODES)
def test_the_verdict_comes_first(case: str, write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    edit, code, beginning = EXIT_CODES[case]
    assert main([write("old", THINGS), write("new", edited(edit))]) == code
    assert capsys.readouterr().out.startswith(beginning)


def test_places_are_those_of_the_new_document_or_of_the_old_one(
    write: Write, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def edit(spec: Node) -> None:
        spec["components"]["schemas"]["Owner"]["properties"].update(phone=spec["components"]["schemas"]["Kind"])
        del spec["components"]["schemas"]["Owner"]["properties"]["email"]

    monkeypatch.chdir(tmp_path)
    assert main([write("old", THINGS), write("new", edited(edit))]) == 30
    assert capsys.readouterr().out.splitlines()[2:12] == [
        "## Breaking (1)",
        "",
        "- `types.Owner.email`: was removed.",
        "  `old/openapi.json:1 #/components/schemas/Owner/properties/email`",
        "",
        "## New (2)",
        "",
        "- `types.Owner.phone`: is new: `OwnerPhone | None`.",
        "  `new/openapi.json:1 #/components/schemas/Owner/properties/phone`",
        "- `types.OwnerPhone`: is new.",
    ]


def test_json(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    new = edited(lambda spec: spec["paths"]["/things"]["get"]["parameters"][0].update(schema={"type": "integer"}))
    assert main([write("old", THINGS), write("new", new), "--format", "json"]) == 30
    report = json.loads(capsys.readouterr().out)
    assert report["verdict"] == "breaking"
    assert list(report["version"]) == ["now", "next"]
    assert list(report["sections"]) == ["breaking", "behavior", "new", "deprecated", "texts"]
    assert [entry["name"] for entry in report["sections"]["breaking"]] == [
        "client.things.iter(search=)",
        "client.things.list(search=)",
    ]
    (first, _) = report["sections"]["breaking"]
    assert (first["old"], first["new"]) == ("str | None", "int | None")
    assert first["place"].endswith("openapi.json:1 #/paths/~1things/get/parameters/0")
    assert report["changelog"] == (
        "- Breaking: `client.things.iter(search=)`, `client.things.list(search=)`: take `int | None`, "
        "formerly `str | None`."
    )


def test_the_overlay_beside_a_document_counts(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    old, new = write("old", THINGS), write("new", THINGS)
    Path(new).with_name("overlay.yaml").write_text(OVERLAY, encoding="utf-8")
    assert main([old, new]) == 30
    assert "- `client.things.get()`: is now called `client.things.fetch()`.\n" in capsys.readouterr().out


def test_an_overlay_that_does_not_fit_is_said_and_does_not_end_the_report(
    write: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    old, new = write("old", THINGS), write("new", edited(lambda spec: spec["paths"]["/things/{id}"].pop("get")))
    for path in (old, new):
        Path(path).with_name("overlay.yaml").write_text(OVERLAY, encoding="utf-8")
    assert main([old, new]) == 30
    printed = capsys.readouterr().out
    assert "The overlay does not fit the new document: 1 problem, listed by `make generate`." in printed
    assert "- `client.things.fetch()`: was removed.\n" in printed


def test_a_git_revision_and_a_document(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["HEAD", "HEAD"]) == 0
    assert "Nothing changes" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("nowhere.yaml", "nowhere.yaml is neither a file nor a git revision; name an OpenAPI document or a commit\n"),
        ("--output=x", "usage: "),
        ("swagger", "#/swagger: Swagger 2 is not supported"),
        ("broken", "cannot be used"),
    ],
)
def test_what_is_unusable(name: str, message: str, write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    documents: dict[str, Node] = {
        "swagger": {"swagger": "2.0", "info": {"title": "Old", "version": "1"}, "paths": {}},
        "broken": edited(lambda spec: spec["components"]["schemas"]["Kind"].update(type="text")),
    }
    old = write("old", THINGS)
    new = write("new", documents[name]) if name in documents else name
    try:
        code = main([old, new])
    except SystemExit as error:  # argparse
        code = int(error.code or 0)
    assert code == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert message in captured.err
    assert "Traceback" not in captured.err


def test_a_renamed_operation_says_nothing_about_the_other_methods_that_use_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("openapi.yaml", "overlay.yaml"):
        text = (ROOT / "openapi" / name).read_text(encoding="utf-8")
        (tmp_path / name).write_text(text.replace("runs.expected.copyOutput", "runs.expected.copy"), encoding="utf-8")
    assert main([str(ROOT / "openapi" / "openapi.yaml"), str(tmp_path / "openapi.yaml")]) == 30
    printed = capsys.readouterr().out
    assert "- `client.runs.expected.copy_output()`: is now called `client.runs.expected.copy()`.\n" in printed
    assert "## Behavior" not in printed


def test_an_overlay_that_only_the_old_document_has_is_missed(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    old, new = write("old", THINGS), write("new", THINGS)
    Path(old).with_name("overlay.yaml").write_text(OVERLAY, encoding="utf-8")
    assert main([old, new]) == 30
    assert "Only the old document has an `overlay.yaml` beside it" in capsys.readouterr().out
