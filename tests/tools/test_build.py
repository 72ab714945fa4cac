"""`make build` refuses a package that would fail where it is installed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tools.package.build import SMOKE_TEST, BuildError, build, describe_addresses, find_urls, try_package

PROJECT = """
[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"
[project]
name = "eigenpal"
version = "0.1.0"
requires-python = ">=3.10"
[project.optional-dependencies]
testing = []
[project.urls]
Source = "https://git.test/sdk"
[tool.hatch.build.targets.sdist]
exclude = [{excluded}]
"""


def write_project(folder: Path, excluded: str = "") -> Path:
    (folder / "eigenpal").mkdir(parents=True)
    (folder / "eigenpal" / "__init__.py").write_text("", encoding="utf-8")
    (folder / "eigenpal" / "py.typed").write_text("", encoding="utf-8")
    (folder / "pyproject.toml").write_text(PROJECT.format(excluded=excluded), encoding="utf-8")
    return folder


def test_what_does_not_work_when_installed_is_refused(tmp_path: Path) -> None:
    wheel, sdist = build(write_project(tmp_path / "project"), tmp_path / "dist")
    assert (wheel.name, sdist.name) == ("eigenpal-0.1.0-py3-none-any.whl", "eigenpal-0.1.0.tar.gz")
    assert find_urls(wheel) == {"Source": "https://git.test/sdk"}
    # The sources of this project, which do work, are the working directory.
    with pytest.raises(
        BuildError, match=r"smoke_test\.py 0\.1\.0` failed:\n(.|\n)*No module named 'eigenpal_generated'"
    ):
        try_package(sys.executable, wheel, "0.1.0")


def test_a_file_that_the_sdist_lacks_is_noticed(tmp_path: Path) -> None:
    root = write_project(tmp_path / "project", '"py.typed"')
    with pytest.raises(BuildError, match=r"does not give the same: eigenpal-0\.1\.0-py3-none-any\.whl"):
        build(root, tmp_path / "dist")


def test_the_sources_do_not_pass_for_an_installed_package() -> None:
    done = subprocess.run(
        [sys.executable, str(SMOKE_TEST), "0.1.0"], capture_output=True, text=True, check=False, timeout=120
    )
    assert "is not the installed one" in done.stderr


@pytest.mark.parametrize(
    ("urls", "text"),
    [
        (
            ["Homepage"],
            "Not known yet, so not on the package index: the addresses of Documentation, Source, Changelog, Issues. "
            "Links of the README to files of the project are plain text there. "
            "Add them to [project.urls] in pyproject.toml.",
        ),
        (
            ["Documentation", "Source", "Changelog"],
            "Not known yet, so not on the package index: the addresses of Issues. "
            "Add them to [project.urls] in pyproject.toml.",
        ),
        (
            ["Documentation", "Source", "Changelog", "Issues"],
            "The package index will show the addresses of Documentation, Source, Changelog, Issues.",
        ),
    ],
)
def test_it_says_which_addresses_are_missing(urls: list[str], text: str) -> None:
    assert describe_addresses(dict.fromkeys(urls, "https://address.test")) == text
