"""Runs the client's tests against the built wheel, on several Python versions, isolated from the sources."""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
# What the client's tests need; nothing that could be imported instead of the wheel.
BESIDE_TESTS = [
    "tests/__init__.py",
    "tests/conftest.py",
    "tests/support",
    "tests/contract",
    "tests/docs/__init__.py",
    "tests/docs/page_setup",
    "docs",
    "examples",
    "Makefile",
    "README.md",
    "CONTRIBUTING.md",
]


def main() -> int:
    """Test every version that is installed, and list those that are not.

    Returns:
        The number of versions that failed, or 1 if none is installed.
    """
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--wheel", type=Path, required=True, help="folder that contains the wheel")
    parser.add_argument("--pythons", nargs="+", required=True, help="versions such as 3.12")
    parser.add_argument("--workers", default="2", help="number of parallel test processes")
    parser.add_argument("tests", nargs="+", help="folders of tests")
    options = parser.parse_args()
    wheel = next(Path(options.wheel).glob("*.whl"))
    missing: list[str] = []
    failed: list[str] = []
    for version in options.pythons:
        python = find_python(version)
        if python is None:
            missing.append(version)
        elif not _run_tests(version, python, wheel, options.tests, options.workers):
            failed.append(version)
    tested = [version for version in options.pythons if version not in missing]
    print(f"Tested on Python {', '.join(tested) or 'none'}.")
    if missing:
        print(f"Not installed, so not tested: {', '.join(missing)}.")
    if failed:
        print(f"Failed on: {', '.join(failed)}.")
    return len(failed) if tested else 1


def find_python(version: str) -> str | None:
    """Find a Python on the PATH, or in the versions of pyenv, whose shims hide those that are not selected."""
    pyenv = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv") / "versions"
    candidates = [f"python{version}", *map(str, sorted(pyenv.glob(f"{version}.*/bin/python{version}")))]
    for candidate in candidates:
        found = shutil.which(candidate)
        if found and subprocess.run([found, "-c", ""], capture_output=True, check=False).returncode == 0:
            return found
    return None


def _run_tests(version: str, base_python: str, wheel: Path, tests: list[str], workers: str) -> bool:
    environment = ROOT / f".venv-{version}"
    python = environment / "bin" / "python"
    pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    if not python.exists():
        subprocess.run([base_python, "-m", "venv", str(environment)], check=True)
        subprocess.run([*pip, "--upgrade", "pip>=25.1"], check=True)
    subprocess.run([*pip, f"{wheel}[testing,aiohttp,batch]", "--group", f"{ROOT / 'pyproject.toml'}:test"], check=True)
    subprocess.run([*pip, "--force-reinstall", "--no-deps", str(wheel)], check=True)
    # Copy only the tests, so that they can only import the installed wheel.
    folder = ROOT / ".cache" / f"tests-{version}"
    shutil.rmtree(folder, ignore_errors=True)
    for name in [*BESIDE_TESTS, *tests]:
        source, target = ROOT / name, folder / name
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        elif source.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, target)
    shutil.copy(ROOT / "pyproject.toml", folder)
    print(f"Python {version}", flush=True)
    command = [str(python), "-m", "pytest", "--numprocesses", workers, "--quiet", *tests]
    return subprocess.run(command, cwd=folder, check=False).returncode == 0


if __name__ == "__main__":
    sys.exit(main())
