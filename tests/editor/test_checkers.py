"""What mypy and pyright report for correct and incorrect code that uses the client."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent
ROOT = FOLDER.parent.parent
# Not a .py file, so that the checks of this repository leave it alone.
MISTAKES = (FOLDER / "mistakes.txt").read_text(encoding="utf-8")
EXPECTED = {number for number, line in enumerate(MISTAKES.splitlines(), 1) if line.endswith("# wrong")}


def run(*command: str, folder: Path = ROOT, **environment: str) -> subprocess.CompletedProcess[str]:
    full = [sys.executable, "-m", *command]
    return subprocess.run(
        full, cwd=folder, env={**os.environ, **environment}, capture_output=True, text=True, check=False
    )


@pytest.fixture
def mistakes(tmp_path: Path) -> Path:
    """A project with the strictest settings, in which the package looks installed."""
    (tmp_path / "mistakes.py").write_text(MISTAKES, encoding="utf-8")
    settings = {"typeCheckingMode": "strict", "extraPaths": [str(ROOT)], "pythonVersion": "3.10"}
    (tmp_path / "pyrightconfig.json").write_text(json.dumps(settings), encoding="utf-8")
    return tmp_path


def test_mypy_accepts_correct_code() -> None:
    done = run("mypy", "--strict", str(FOLDER / "consumer.py"))
    assert done.returncode == 0, done.stdout


def test_pyright_accepts_correct_code() -> None:
    done = run("pyright", str(FOLDER / "consumer.py"))
    assert done.returncode == 0, done.stdout


def test_mypy_finds_every_mistake(mistakes: Path) -> None:
    done = run("mypy", "--strict", "--no-pretty", "mistakes.py", folder=mistakes)
    found = {int(number) for number in re.findall(r"mistakes\.py:(\d+): error", done.stdout)}
    assert found == EXPECTED, done.stdout


def test_pyright_finds_every_mistake(mistakes: Path) -> None:
    done = run("pyright", "--outputjson", "--pythonpath", sys.executable, folder=mistakes)
    diagnostics = json.loads(done.stdout)["generalDiagnostics"]
    found = {entry["range"]["start"]["line"] + 1 for entry in diagnostics if entry["severity"] == "error"}
    assert found == EXPECTED, done.stdout


DEPRECATED = """
from eigenpal import AsyncEigenpalClient, EigenpalClient

EigenpalClient().agents.put_file("agent", path="a.txt", content="text")
EigenpalClient().agents.upload_files("agent", files=[])
EigenpalClient().agents.list_files("agent")


async def main(client: AsyncEigenpalClient) -> None:
    await client.agents.put_file("agent", path="a.txt", content="text")
    await client.agents.upload_files("agent", files=[])
"""


def test_checkers_know_deprecated_methods(mistakes: Path) -> None:
    (mistakes / "mistakes.py").write_text(DEPRECATED, encoding="utf-8")
    done = run("mypy", "--strict", "--no-pretty", "--enable-error-code=deprecated", "mistakes.py", folder=mistakes)
    assert re.findall(r"mistakes\.py:(\d+): error: .* is deprecated: client\.agents\.", done.stdout) == [
        "4",
        "5",
        "10",
        "11",
    ]
    done = run("pyright", "--outputjson", "--pythonpath", sys.executable, folder=mistakes)
    found = json.loads(done.stdout)["generalDiagnostics"]
    assert [entry["range"]["start"]["line"] + 1 for entry in found] == [4, 5, 10, 11]
    assert {entry["rule"] for entry in found} == {"reportDeprecated"}


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Python with the wheel installed; pyright checks only installed packages for completeness."""
    folder = tmp_path_factory.mktemp("installed")
    build = run("build", "--wheel", "--no-isolation", "--outdir", str(folder / "dist"), ".")
    assert build.returncode == 0, build.stdout
    venv.create(folder / "venv", with_pip=False, symlinks=True)
    packages = next((folder / "venv").glob("lib/python3.*/site-packages"))
    with zipfile.ZipFile(next((folder / "dist").glob("*.whl"))) as wheel:
        wheel.extractall(packages)
    # The dependencies come from this environment.
    (packages / "dependencies.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    return folder / "venv" / "bin" / "python"


@pytest.mark.parametrize("package", ["eigenpal", "eigenpal_generated"])
def test_every_public_name_has_a_complete_type(package: str, installed: Path, tmp_path: Path) -> None:
    options = ["--verifytypes", package, "--ignoreexternal", "--outputjson"]
    # --verifytypes uses the first Python on the path, whatever its options say.
    path = os.pathsep.join([str(installed.parent), os.environ["PATH"]])
    report = json.loads(run("pyright", *options, folder=tmp_path, PATH=path).stdout)["typeCompleteness"]
    incomplete = [symbol["name"] for symbol in report["symbols"] if symbol["isExported"] and not symbol["isTypeKnown"]]
    assert incomplete == []
    assert len(report["symbols"]) > 100
    assert report["completenessScore"] == 1
