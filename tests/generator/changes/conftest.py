"""Compares the small API of things.yaml with edited copies of it."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.changes.code import Code
from generator.changes.report import ChangeReport, compare
from generator.changes.sides import read_side

Node = dict[str, Any]
Edit = Callable[[Node], object]
CompareThings = Callable[[Edit], ChangeReport]

THINGS: Node = yaml.safe_load(Path(__file__).with_name("things.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def compare_things(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CompareThings]:
    """Return a function that reports what an edit of the document changes."""
    folder = tmp_path_factory.mktemp("things")
    (folder / "old.json").write_text(json.dumps(THINGS), encoding="utf-8")

    with read_side(str(folder / "old.json")) as old:

        def compare_with(edit: Edit) -> ChangeReport:
            document = copy.deepcopy(THINGS)
            edit(document)
            (folder / "new.json").write_text(json.dumps(document), encoding="utf-8")
            with read_side(str(folder / "new.json"), old) as new:
                report = compare(old, new)
                # Texts are said to be all that changed exactly if the code is the same without its docstrings.
                # Deprecations are among them, though calls warn of them.
                is_same = Code(old.files) == Code(new.files)
                if is_same or not any("deprecated" in entry.text for entry in report.entries):
                    assert (report.verdict.exit_code == 0) is is_same
                return report

        yield compare_with
