"""The surface is read from the folders that are named, wherever it is run."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from generator.naming import PACKAGE
from generator.surface.reading import read_surface

ROOT = Path(__file__).parents[2]


def test_the_package_in_the_current_folder_does_not_count(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("here", "there"):
        shutil.copytree(ROOT / PACKAGE, tmp_path / name / PACKAGE, ignore=shutil.ignore_patterns("__pycache__"))
    module = tmp_path / "here" / PACKAGE / "resources" / "automations.py"
    module.write_text(module.read_text(encoding="utf-8").replace("def sync(", "def other("), encoding="utf-8")
    monkeypatch.chdir(tmp_path / "here")
    calls = read_surface(tmp_path / "there").calls
    assert "client.automations.sync" in calls
