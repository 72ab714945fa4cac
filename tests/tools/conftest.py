"""Fixtures for the tests of the tools."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.tools.project import Project


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    made = Project(tmp_path)
    monkeypatch.setenv("PATH", f"{made.install_gh()}{os.pathsep}{os.environ['PATH']}")
    # No configuration of the machine, such as hooks or signatures.
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", os.devnull)
    made.made.clear()
    return made
