"""The version of the package is at least what the changes since the last release ask for."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tools.project import Project, make_document, report, run_git
from tools.regenerate import versions


def run(root: Path, *arguments: str) -> int:
    return versions.main(list(arguments), root, report)


def tag(project: Project, *names: str) -> None:
    for name in names:
        run_git(project.maintainer, "tag", name)


def test_without_a_release_any_version_will_do(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    tag(project, "v0.1.0rc1", "vendor")
    project.write({"openapi/openapi.yaml": make_document()})
    assert run(project.maintainer, "--check") == 0
    assert capsys.readouterr().out == "Version: 0.1.0 stays: no release was tagged yet, so any version will do.\n"


def test_a_version_that_is_too_low_fails_until_it_is_set(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    tag(project, "v0.0.9", "v0.1.0")
    assert run(project.maintainer, "--check") == 0
    project.write({"openapi/openapi.yaml": make_document("/agents")})
    assert run(project.maintainer, "--check") == 1
    assert capsys.readouterr().err == (
        "eigenpal/_version.py has 0.1.0, which is too low: breaking changes since v0.1.0 ask for 0.2.0. "
        "Run `make version` to set it.\n"
    )
    for _ in range(2):
        assert run(project.maintainer) == 0
        assert (project.maintainer / "eigenpal/_version.py").read_text(encoding="utf-8") == '__version__ = "0.2.0"\n'
        assert "## 0.2.0 - unreleased\n" in (project.maintainer / "CHANGELOG.md").read_text(encoding="utf-8")
    assert run(project.maintainer, "--check") == 0
    assert "0.2.0 is enough for breaking changes since v0.1.0." in capsys.readouterr().out


@pytest.mark.parametrize("version", ["0.2.0rc1", "0.2.0", "0.10.0", "1.0.0"])
def test_a_version_that_is_high_enough(project: Project, version: str) -> None:
    tag(project, "v0.1.0")
    project.write({"openapi/openapi.yaml": make_document(), "eigenpal/_version.py": f'__version__ = "{version}"\n'})
    assert run(project.maintainer, "--check") == 0


def test_a_clone_without_tags_says_so(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    project.write({"README.md": "# Other\n"})
    shallow = project.folder / "shallow"
    project.push("main", "Another commit")
    run_git(project.folder, "clone", "--quiet", "--depth=1", "--no-tags", project.remote.as_uri(), str(shallow))
    assert run(shallow, "--check") == 0
    assert "`git fetch --unshallow --tags`" in capsys.readouterr().out


def test_a_folder_that_is_no_repository_says_so(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    (project.maintainer / ".git").rename(project.folder / "moved")
    assert run(project.maintainer, "--check") == 0
    assert "not a git repository" in capsys.readouterr().out


def test_a_release_that_cannot_be_compared_says_so(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    project.write({"openapi/openapi.yaml": make_document("/events")})
    project.push("main", "A document that today's generator refuses")
    tag(project, "v0.1.0")
    project.write({"openapi/openapi.yaml": make_document("/runs")})
    assert run(project.maintainer, "--check") == 0
    assert "0.1.0 was not compared with v0.1.0: $.paths['/events']" in capsys.readouterr().out


def test_a_version_that_cannot_be_read(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    project.write({"eigenpal/_version.py": "__version__ = '0.1.0'\n"})
    assert run(project.maintainer, "--check") == 1
    assert "has no line of the form" in capsys.readouterr().err
