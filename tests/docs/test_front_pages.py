"""README.md, CONTRIBUTING.md and SECURITY.md name only files, commands and modules that exist."""

from __future__ import annotations

import re
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
PAGES = ["README.md", "CONTRIBUTING.md", "SECURITY.md"]
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES)
def test_the_links_lead_somewhere(page: str) -> None:
    targets = re.findall(r"\]\(([^)#]+)\)", (ROOT / page).read_text(encoding="utf-8"))
    assert targets
    for target in targets:
        assert target.startswith("https://") or (ROOT / target).exists(), target


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md"])
def test_the_commands_exist(page: str) -> None:
    commands = re.findall(r"^make ([a-z-]+)|`make ([a-z-]+)", (ROOT / page).read_text(encoding="utf-8"), re.MULTILINE)
    assert commands
    for command in map("".join, commands):
        assert re.search(rf"^{command}:", MAKEFILE, re.MULTILINE), command


def test_the_files_that_contributing_names_exist() -> None:
    picture = CONTRIBUTING.partition("```text\n")[2].partition("```")[0]
    paths = [
        *re.findall(r"`([\w.-]+/[\w./-]*)`", CONTRIBUTING),
        *re.findall(r"^([\w.-]+/\S*)", picture, re.MULTILINE),
        *(f"eigenpal/{name}" for name in re.findall(r"── (\S+)", picture)),
    ]
    assert len(paths) > 25
    assert [path for path in paths if not (ROOT / path).exists()] == []


def test_the_modules_that_contributing_runs_exist() -> None:
    modules = re.findall(r"python -m ([\w.]+)", CONTRIBUTING)
    assert modules
    assert [module for module in modules if not find_spec(module)] == []
