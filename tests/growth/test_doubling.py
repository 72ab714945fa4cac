"""A document that has doubled, in whatever shape, needs no line by hand: it is generated, and the tests stay green."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from generator.loading import load
from tests.growth.document import double

ROOT = Path(__file__).parents[2]
NOT_COPIED = (".[!cg]*", ".git", "__pycache__", "eigenpal_generated", "dist", "build", "site", "demo-output")
TESTS = (
    *("tests/spec", "tests/docs", "tests/generated"),
    *("tests/server/test_specification.py", "tests/server/test_schemathesis.py"),
    "tests/server/test_client_scenarios.py::test_every_method_of_the_client_is_in_a_scenario",
    "tests/generator/lowering/test_our_document.py",
    "tests/generator/lowering/test_operations.py::test_our_own_document_comes_out_as_it_is_but_for_what_was_shared",
)
"""The tests that look at every operation, or at every model, of the document."""
SLOW = ("test_a_type_checker_finds_nothing_in_the_examples", "test_examples.py")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Copy the repository, with a document that has doubled."""
    folder = tmp_path / "copy"
    shutil.copytree(ROOT, folder, ignore=shutil.ignore_patterns(*NOT_COPIED))
    spec = folder / "openapi" / "openapi.yaml"
    spec.write_text(json.dumps(double(load(spec).root)), encoding="utf-8")
    return folder


def run(folder: Path, *command: str) -> str:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    done = subprocess.run(
        [sys.executable, *command],
        cwd=folder,
        env={**environment, "PYTHONPATH": str(folder)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-8000:]
    return done.stdout


@pytest.mark.timeout(900)
def test_the_tests_stay_green_when_the_document_doubles(copy: Path) -> None:
    tools = [[f"tools/{name}.py"] for name in ("unasync", "types_stub", "readme_tree", "reference")]
    for script in (["-m", "generator"], *tools, ["-m", "generator.surface"]):
        run(copy, *script)
        run(copy, *script, "--check")
    skipped = " or ".join(name.removesuffix(".py") for name in SLOW)
    printed = run(copy, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-k", f"not ({skipped})", *TESTS)
    assert "skipped" not in printed.splitlines()[-1]
    gaps = run(copy, "-m", "tests.spec.gaps")
    counts = {kind: int(count) for count, kind in re.findall(r"^(\d+) (.*)$", gaps, re.MULTILINE)}
    assert min(counts.values()) > 0, counts
