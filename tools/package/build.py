"""Builds sdist and wheel, checks them, and tries them in an empty environment of each Python.

Everything but installing works offline.
"""

from __future__ import annotations

import argparse
import email
import filecmp
import hashlib
import shutil
import subprocess
import sys
import tempfile
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tools.package.readme_links import ADDRESSES
from tools.regenerate.versions import read_version
from tools.test_pythons import ROOT, find_python

DIST = ROOT / "dist"
SMOKE_TEST = Path(__file__).with_name("smoke_test.py")


class BuildError(Exception):
    """The package cannot be released as it is."""


def main(arguments: list[str] | None = None) -> int:
    """Build and check.

    Returns:
        0 on success, otherwise 1.
    """
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--checkers", type=Path, required=True, help="folder that contains twine and others")
    parser.add_argument("--pythons", nargs="+", required=True, help="versions such as 3.12")
    options = parser.parse_args(arguments)
    try:
        packages = build(ROOT, DIST)
        run([options.checkers / "twine", "check", "--strict", *packages])
        run([options.checkers / "check-wheel-contents", *(path for path in packages if path.suffix == ".whl")])
        tested = try_packages(packages, options.pythons, read_version(ROOT))
    except BuildError as error:
        print(error, file=sys.stderr)
        return 1
    for path in packages:
        print(f"dist/{path.name}: {path.stat().st_size / 1000:.0f} kB, sha256 {digest(path)}")
    print(f"Installed and tried on Python {', '.join(tested)}.")
    if missing := [version for version in options.pythons if version not in tested]:
        print(f"Not installed, so not tried: {', '.join(missing)}.")
    print(describe_addresses(find_urls(next(path for path in packages if path.suffix == ".whl"))))
    return 0


def build(root: Path, folder: Path) -> list[Path]:
    """Build the sdist, and the wheel from it.

    Args:
        root: The folder of the project.
        folder: The folder to fill; what it contains is removed.

    Returns:
        The paths of both.

    Raises:
        BuildError: They cannot be built, or building again gives other bytes.
    """
    shutil.rmtree(folder, ignore_errors=True)
    command = [sys.executable, "-m", "build", "--no-isolation"]
    run([*command, "--outdir", folder, root])
    packages = sorted(folder.iterdir())
    with tempfile.TemporaryDirectory() as again:
        # This time, the wheel comes from the folder: a file that the sdist lacks makes a difference.
        run([*command, "--sdist", "--wheel", "--outdir", again, root])
        _, different, errors = filecmp.cmpfiles(folder, again, [path.name for path in packages], shallow=False)
    if different or errors:
        raise BuildError(f"Building twice does not give the same: {', '.join([*different, *errors])}")
    return packages


def try_packages(packages: list[Path], versions: list[str], expected: str) -> list[str]:
    """Install each package in an empty environment of each Python, and run the smoke test there.

    Returns:
        The versions that were found on this machine.

    Raises:
        BuildError: It fails, or none was found.
    """
    pythons = {version: python for version in versions if (python := find_python(version))}
    if not pythons:
        raise BuildError(f"None of these is installed: Python {', '.join(versions)}.")
    # Two at a time: much of installing is waiting.
    with ThreadPoolExecutor(max_workers=2) as pool:
        jobs = [pool.submit(try_package, python, path, expected) for python in pythons.values() for path in packages]
        for job in jobs:
            job.result()
    return list(pythons)


def try_package(python: str, package: Path, expected: str) -> None:
    """Install a package in an empty environment, and run the smoke test there.

    Raises:
        BuildError: It fails.
    """
    with tempfile.TemporaryDirectory() as folder:
        environment = Path(folder) / "environment"
        run([python, "-m", "venv", "--without-pip", environment])
        own_python = environment / "bin" / "python"
        pip: list[str | Path] = [sys.executable, "-m", "pip", "--python", own_python, "--disable-pip-version-check"]
        run([*pip, "install", "--quiet", f"{package}[testing]"])
        run([*pip, "check"])
        shutil.copy(SMOKE_TEST, folder)
        # Isolated and elsewhere, so that no file of the project can stand in for one that the package lacks.
        run([own_python, "-I", SMOKE_TEST.name, expected], cwd=Path(folder))


def run(command: list[str | Path], cwd: Path = ROOT) -> None:
    """Run a command, silently unless it fails.

    Raises:
        BuildError: It failed.
    """
    done = subprocess.run(command, cwd=cwd, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    if done.returncode:
        raise BuildError(f"`{' '.join(map(str, command))}` failed:\n{done.stdout.strip()}")


def digest(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def find_urls(wheel: Path) -> dict[str, str]:
    """Return the addresses that the package index will show, by their labels."""
    with zipfile.ZipFile(wheel) as archive:
        name = next(name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        metadata = email.message_from_bytes(archive.read(name))
    return dict(entry.split(", ", 1) for entry in metadata.get_all("Project-URL", []))


def describe_addresses(urls: dict[str, str]) -> str:
    """Return a sentence on the addresses that the package index will show."""
    missing = [label for label in ADDRESSES if label not in urls]
    if not missing:
        return f"The package index will show the addresses of {', '.join(urls)}."
    text = f"Not known yet, so not on the package index: the addresses of {', '.join(missing)}."
    if "Source" in missing:
        text += " Links of the README to files of the project are plain text there."
    return f"{text} Add them to [project.urls] in pyproject.toml."


if __name__ == "__main__":
    sys.exit(main())
