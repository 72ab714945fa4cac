"""The workflows only call `make` targets, so that everything they do can be tried here."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
TARGETS = {*re.findall(r"^([a-z-]+):", MAKEFILE, re.MULTILINE), ".venv/ready"}


def load(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return found


def list_steps(workflow: dict[str, Any]) -> list[dict[str, Any]]:
    return [step for job in workflow["jobs"].values() for step in job["steps"]]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_every_command_is_one_target(path: Path) -> None:
    commands = [step["run"] for step in list_steps(load(path)) if "run" in step]
    assert commands
    for command in commands:
        make, target = command.split()
        assert make == "make"
        assert target in TARGETS


def test_only_the_steps_that_need_the_token_have_it() -> None:
    steps = list_steps(load(ROOT / ".github" / "workflows" / "regenerate.yml"))
    with_token = [step["run"] for step in steps if re.search(r"(?i)token|secrets", str(step.get("env")))]
    assert with_token == ["make regenerate-branch", "make pull-request"]
    commands = [step["run"] for step in steps if "run" in step]
    assert "!cancelled()" in steps[-1]["if"]
    assert commands == ["make .venv/ready", "make regenerate-branch", "make regenerate", "make pull-request"]


def test_the_job_is_started_by_pushes_by_others_and_by_the_clock() -> None:
    workflow = load(ROOT / ".github" / "workflows" / "regenerate.yml")
    # YAML 1.1 reads `on` as true.
    triggers: dict[str, Any] = workflow[True]  # type: ignore[index]
    assert set(triggers) == {"push", "schedule", "repository_dispatch", "workflow_dispatch"}
    assert triggers["push"] == {"branches": ["main"], "paths": ["openapi/**"]}


def test_only_the_job_that_uploads_may_do_so_and_it_does_nothing_else() -> None:
    jobs: dict[str, Any] = load(ROOT / ".github" / "workflows" / "release.yml")["jobs"]
    assert [name for name, job in jobs.items() if "id-token" in job["permissions"]] == ["publish"]
    assert jobs["publish"]["environment"] == "pypi"
    assert [step["run"] for step in jobs["publish"]["steps"] if "run" in step] == ["make publish"]
    assert [step["run"] for step in jobs["build"]["steps"] if "GH_TOKEN" in step.get("env", {})] == [
        "make draft-release"
    ]
    # What CI has checked is what the tag should be of; the release does not rely on it.
    commands = [step["run"] for step in jobs["build"]["steps"] if "run" in step]
    assert commands == ["make check", "make test", "make build", "make draft-release"]
