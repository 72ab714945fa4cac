"""What the hand layer needs must be generated, and what it adds must not be: checked before anything is written."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from generator.__main__ import ROOT, main
from generator.compatibility import check_hand_layer
from generator.hand_layer import scan
from generator.problems import Report
from generator.reading import read_document
from generator.rendering import draft
from tests.generator.small_specs import OK, TEXT, Node, make_object, make_response, make_spec, ref

SPEC = ROOT / "openapi" / "openapi.yaml"
COMMITTED: Node = json.loads((ROOT / "eigenpal_generated" / "openapi.json").read_text(encoding="utf-8"))


def check(folder: Path, document: Node, earlier: Node) -> list[str]:
    """Return what is wrong, a line each: the place, the message and the remedy; without line numbers of our code."""
    files = {**draft(document), "openapi.json": json.dumps(document)}
    report = Report()
    check_hand_layer(folder, files, document, earlier, report)
    lines = [f"{found.place}: {found.message} -> {found.remedy}" for found in report.problems]
    return [re.sub(r"(eigenpal/_[\w/]+\.py):\d+", r"\1", line) for line in lines]


def test_what_our_hand_layer_needs_and_adds_is_found() -> None:
    layer = scan(ROOT / "eigenpal")
    assert {need.name for need in layer.needs} >= {
        "DEFAULT_SERVER",
        "api.rerun.request",
        "api.run.request_multipart",
        "api.runs.artifacts.download_zip.request",
        "api.runs.get.parse",
        "encoding.encode_path",
        "models.RunOverrides",
        "resources.runs.AsyncRuns._make_artifacts",
        "resources.runs.RunsArtifacts.list",
        "resources.tree.Tree._make_workflows",
    }
    assert {(addition.base, addition.name) for addition in layer.additions} >= {
        ("resources.runs.AsyncRuns", "wait"),
        ("resources.runs.Runs", "compare"),
        ("resources.runs.RunsArtifacts", "download_all"),
        ("resources.tree.AsyncTree", "aclose"),
        ("resources.tree.Tree", "close"),
        ("resources.tree.Tree", "run_and_wait"),
        ("resources.tree.Tree", "with_options"),
        ("resources.workflows.Workflows", "executions"),
    }
    (passed,) = {need.arguments for need in layer.needs if need.name == "api.runs.artifacts.download_zip.request"}
    assert passed == ("files", "token")
    assert all(need.where.startswith("eigenpal/") for need in layer.needs)


def operation(document: Node, path: str, method: str) -> Any:
    return document["paths"][f"/api/v1/{path}"][method]


def rename(path: str, method: str, name: str) -> Callable[[Node], object]:
    return lambda document: operation(document, path, method).update(operationId=name)


def replace_workflows(document: Node) -> None:
    for path in [path for path in document["paths"] if "/workflows" in path]:
        operation = document["paths"].pop(path)
        operation["get"]["operationId"] = operation["get"]["operationId"].replace("workflows", "procedures")
        document["paths"][path.replace("workflows", "procedures")] = operation


RUNS = "#/paths/~1api~1v1~1runs"


CHANGES: dict[str, tuple[Callable[[Node], object], list[str]]] = {
    "nothing": (lambda document: None, []),
    "another name": (
        rename("runs/{id}/artifacts/{path}", "get", "runs.artifacts.fetch"),
        [
            f"{RUNS}~1{{id}}~1artifacts~1{{path}}/get: runs.artifacts.download is needed by "
            "eigenpal/_resources/async_artifacts.py: GET /api/v1/runs/{id}/artifacts/{path} is now called "
            "runs.artifacts.fetch -> give it its name back, in the first action: "
            "{target: \"$.paths.*[?@.operationId=='runs.artifacts.fetch']\", "
            "update: {operationId: runs.artifacts.download}}"
        ],
    ),
    "a removed resource": (
        lambda document: [document["paths"].pop(path) for path in list(document["paths"]) if "/workflows" in path],
        [
            "#/paths: workflows is needed by eigenpal/_async_client.py: GET /api/v1/workflows is gone; "
            "GET /api/v1/workflows/{id} is gone -> "
            "add it if the API still has it, or change eigenpal/, which uses it",
        ],
    ),
    "another resource in its place": (
        replace_workflows,
        [
            "#/paths: workflows is needed by eigenpal/_async_client.py: "
            "GET /api/v1/workflows is gone; perhaps it is now procedures.list; "
            "GET /api/v1/workflows/{id} is gone; perhaps it is now procedures.get -> "
            "add it if the API still has it, or change eigenpal/, which uses it",
        ],
    ),
    "a removed operation": (
        lambda document: document["paths"].pop("/api/v1/runs/{id}/artifacts"),
        [
            "#/paths: runs.artifacts.list is needed by eigenpal/_resources/async_artifacts.py: "
            "GET /api/v1/runs/{id}/artifacts is gone -> "
            "add runs.artifacts.list if the API still has it, or change eigenpal/, which uses it"
        ],
    ),
    "no more files": (
        lambda document: operation(document, "runs", "post")["requestBody"]["content"].pop("multipart/form-data"),
        [
            f"{RUNS}/post: run is needed by eigenpal/_runs/start.py: it has no multipart body any more -> "
            "update run with it if the API still has it, or change eigenpal/, which uses it"
        ],
    ),
    "a removed parameter": (
        lambda document: operation(document, "runs/{id}/rerun", "post")["parameters"].pop(1),
        [
            f"{RUNS}~1{{id}}~1rerun/post: rerun(version=) is passed by eigenpal/_runs/start.py -> "
            "name the parameter with x-eigenpal-name, or change eigenpal/, which uses it"
        ],
    ),
    "no server": (
        lambda document: document.pop("servers"),
        [
            "#/servers: DEFAULT_SERVER is needed by eigenpal/_options.py -> "
            "add it if the API still has it, or change eigenpal/, which uses it"
        ],
    ),
    "a name of ours": (
        rename("runs/{id}/connect", "post", "runs.wait"),
        [
            f"{RUNS}~1{{id}}~1connect/post: runs.wait is also a name of eigenpal/_resources/async_runs.py, "
            "which would hide it -> give it another place: "
            "{target: \"$.paths.*[?@.operationId=='runs.wait']\", update: {x-eigenpal-method: another.place}}"
        ],
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_that_does_not_fit_our_hand_layer(change: str) -> None:
    edit, found = CHANGES[change]
    document = read_document(SPEC)
    edit(document)
    assert check(ROOT / "eigenpal", document, COMMITTED) == found


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("from eigenpal_generated.api.things import get\nget.request()", []),
        ("from eigenpal_generated.api.things import find", ["api.things.find is needed by eigenpal/hand.py:1"]),
        ("def f():\n    from eigenpal_generated.api import other", ["api.other is needed by eigenpal/hand.py:2"]),
        ("from eigenpal_generated.api import things as t\nt.get.send", ["things.get is needed by eigenpal/hand.py:2"]),
        ("from eigenpal_generated.api.things import get as g\ng.request(x=1)", ["things.get(x=) is passed by"]),
        (
            "from eigenpal_generated.models import Thong",
            ["models.Thong is needed by eigenpal/hand.py:1; there is Thing"],
        ),
        ("import eigenpal_generated.api.other", ["api.other is needed by eigenpal/hand.py:1"]),
        ("from eigenpal_generated.models import *", []),
        ("from eigenpal_generated.runtime import Nothing", ["runtime.Nothing is needed by eigenpal/hand.py:1"]),
        ("from eigenpal_generated.resources.tree import Tree\nclass C(Tree):\n    def close(self): ...", []),
        (
            "from eigenpal_generated.resources.tree import Tree\nclass C(Tree):\n    def things(self): ...",
            ["things is also a name of eigenpal/hand.py:3"],
        ),
        (
            "from eigenpal_generated.resources.tree import Tree\nclass C(Tree):\n    def f(self): self.things = 1",
            ["things is also a name of eigenpal/hand.py:3"],
        ),
        (
            "from eigenpal_generated.resources.tree import Tree\n"
            "class C(Tree):\n    things = 1\n    def _make_things(self): ...",
            [],
        ),
        (
            "from eigenpal_generated.resources import things as g\nclass C(g.AsyncThings):\n    def get(self): ...",
            ["things.get is also a name of eigenpal/hand.py:3"],
        ),
        (
            "from eigenpal_generated.resources import things as g\nfrom eigenpal_generated.api.things import get\n"
            "class C(g.Things):\n    def get(self): get.request()",
            [],
        ),
        (
            "from eigenpal_generated.resources import things as g\n"
            "class C(g.Things):\n    def f(self): self.find(); self.get(); self.f(); super().look()",
            ["resources.things.Things.find is needed by", "resources.things.Things.look is needed by"],
        ),
        (
            "from eigenpal_generated.resources import things as g\nclass C(g.Things):\n    def _make_x(self): ...",
            ["resources.things.Things._make_x is needed by eigenpal/hand.py:3"],
        ),
    ],
)
def test_every_way_to_use_what_is_generated_is_found(code: str, found: list[str], tmp_path: Path) -> None:
    (tmp_path / "eigenpal").mkdir()
    (tmp_path / "eigenpal" / "hand.py").write_text(code, encoding="utf-8")
    document = make_spec({"responses": make_response(ref("Thing"))}, {"Thing": make_object(a=TEXT)})
    problems = check(tmp_path / "eigenpal", document, {})
    assert len(problems) == len(found)
    assert all(wanted in problem for wanted, problem in zip(found, problems, strict=True)), problems


def test_nothing_is_written_beside_a_hand_layer_that_it_does_not_fit(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "eigenpal_generated"
    shutil.copytree(ROOT / "eigenpal", tmp_path / "eigenpal")
    spec, overlay = tmp_path / "openapi.yaml", tmp_path / "overlay.yaml"
    shutil.copyfile(SPEC.with_name("overlay.yaml"), overlay)
    shutil.copyfile(SPEC, spec)
    options = ["--spec", str(spec), "--out", str(out)]
    assert main(options) == 0
    before = {path: path.read_bytes() for path in sorted(out.rglob("*")) if path.is_file()}
    text = spec.read_text(encoding="utf-8")
    renamed = text.replace("operationId: runs.artifacts.download\n", "operationId: runs.artifacts.fetch\n")
    spec.write_text(renamed, encoding="utf-8")
    capsys.readouterr()
    for check_only in ([], ["--check"]):
        assert main([*options, *check_only]) == 2
        output = capsys.readouterr()
        assert output.out == ""
        assert "cannot be used as it is: 2 problems. eigenpal_generated/ is unchanged." in output.err
        assert "runs.artifacts.download is needed by eigenpal/_resources/async_artifacts.py:" in output.err
        assert "target: hits nothing: GET /api/v1/runs/{id}/artifacts/{path} is now called" in output.err
    assert {path: path.read_bytes() for path in sorted(out.rglob("*")) if path.is_file()} == before
    # The action that the message asks for fixes both.
    action = """\
  - target: "$.paths.*[?@.operationId=='runs.artifacts.fetch']"
    update: {operationId: runs.artifacts.download}
"""
    ours = overlay.read_text(encoding="utf-8")
    overlay.write_text(ours.replace("actions:\n", f"actions:\n{action}", 1), encoding="utf-8")
    assert main([*options, "--check"]) == 0, capsys.readouterr().err


def test_a_default_server_that_is_not_https_is_said_aloud(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for url, notes in (("http://api.test", 1), ("https://api.test", 0)):
        document = {**make_spec({"responses": OK}), "servers": [{"url": url}]}
        (tmp_path / "openapi.yaml").write_text(json.dumps(document), encoding="utf-8")
        assert main(["--spec", str(tmp_path / "openapi.yaml"), "--out", str(tmp_path / "out")]) == 0
        noted = [line for line in capsys.readouterr().err.splitlines() if line.startswith("note: ")]
        assert len(noted) == notes
        assert all(
            "note: the default server http://api.test is not https, so API keys are sent to it unencrypted, at " in note
            for note in noted
        )
