"""A release is what its tag says, its notes say what changed, and only the files that were built are uploaded."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.tools.project import Project, make_document, report, run_git
from tools.regenerate.errors import JobError
from tools.regenerate.report import ChangeReport
from tools.release import notes
from tools.release.draft import draft_release
from tools.release.github_releases import GitHubReleases
from tools.release.publish import publish

FILES = {"dist/eigenpal-0.2.0.tar.gz": "sdist", "dist/eigenpal-0.2.0-py3-none-any.whl": "wheel"}


@pytest.fixture
def root(project: Project) -> Path:
    """Return a clone at the tag v0.2.0, in which two paths were added since v0.1.0."""
    run_git(project.maintainer, "tag", "v0.1.0")
    project.write(
        {
            "openapi/openapi.yaml": make_document("/runs", "/agents", "/workflows"),
            "eigenpal/_version.py": '__version__ = "0.2.0"\n',
            "CHANGELOG.md": "# Changelog\n\n## 0.2.0 - 2026-12-01\n\n- Agents.\n\n## 0.1.0 - 2026-11-01\n\n- Runs.\n",
        }
    )
    project.push("main", "Add agents")
    run_git(project.maintainer, "tag", "v0.2.0")
    project.write(FILES)
    return project.maintainer


def get_releases(project: Project) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = json.loads(project.state.read_text(encoding="utf-8")).get("releases", {})
    return found


def test_the_job_drafts_uploads_and_publishes(project: Project, root: Path) -> None:
    github = GitHubReleases(root)
    digests = draft_release(root, "v0.2.0", github, report)
    assert get_releases(project)["v0.2.0"]["draft"]
    for path in (root / "dist").iterdir():
        path.unlink()
    uploaded: list[str] = []

    def upload(files: list[Path]) -> None:
        assert get_releases(project)["v0.2.0"]["draft"], "published before it was uploaded"
        uploaded.extend(path.read_text(encoding="utf-8") for path in files)

    publish(root, "v0.2.0", digests, github, upload)
    assert sorted(uploaded) == ["sdist", "wheel"]
    release = get_releases(project)["v0.2.0"]
    assert (release["draft"], release["prerelease"]) == (False, False)
    assert release["notes"] == (
        "- Agents.\n\n<details><summary>Everything that changed for users since v0.1.0</summary>\n\n"
        "# additions\n\n- `/agents` is new.\n- `/workflows` is new.\n\n</details>\n"
    )
    with pytest.raises(JobError, match=r"v0\.2\.0 was published already"):
        draft_release(root, "v0.2.0", github, report)


def test_a_draft_that_a_failed_job_left_is_replaced(project: Project, root: Path) -> None:
    first = draft_release(root, "v0.2.0", GitHubReleases(root), report)
    (root / "dist" / "eigenpal-0.2.0.tar.gz").write_text("another", encoding="utf-8")
    second = draft_release(root, "v0.2.0", GitHubReleases(root), report)
    assert first != second
    assert get_releases(project)["v0.2.0"]["files"]["eigenpal-0.2.0.tar.gz"] == "another"


@pytest.mark.parametrize("files", [{"eigenpal-0.2.0.tar.gz": "evil"}, {"more.whl": "evil"}, None])
def test_files_that_were_not_built_are_not_uploaded(project: Project, root: Path, files: dict[str, str] | None) -> None:
    digests = draft_release(root, "v0.2.0", GitHubReleases(root), report)
    state = json.loads(project.state.read_text(encoding="utf-8"))
    state["releases"]["v0.2.0"]["files"].update(files or {})
    project.state.write_text(json.dumps(state), encoding="utf-8")

    def upload(files: list[Path]) -> None:
        raise AssertionError(f"uploaded {files}")

    # Without files in question, it is the digests that got lost.
    with pytest.raises(JobError, match="not the files that were built"):
        publish(root, "v0.2.0", digests if files else "{}", GitHubReleases(root), upload)
    assert get_releases(project)["v0.2.0"]["draft"]


def test_nothing_is_published_if_the_package_index_refuses(project: Project, root: Path) -> None:
    def refuse(files: list[Path]) -> None:
        raise JobError(f"{len(files)} refused")

    digests = draft_release(root, "v0.2.0", GitHubReleases(root), report)
    with pytest.raises(JobError, match="2 refused"):
        publish(root, "v0.2.0", digests, GitHubReleases(root), refuse)
    assert get_releases(project)["v0.2.0"]["draft"]


def test_without_a_token_only_the_notes_are_printed(
    project: Project, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    draft_release(root, "v0.2.0", None, report)
    assert capsys.readouterr().out.startswith("- Agents.\n")
    assert get_releases(project) == {}


def test_nothing_was_built(project: Project, root: Path) -> None:
    for name in FILES:
        (root / name).unlink()
    with pytest.raises(JobError, match="run `make build` first"):
        draft_release(root, "v0.2.0", GitHubReleases(root), report)


def test_a_pre_release_is_marked_as_one(project: Project, root: Path) -> None:
    project.write(
        {
            "eigenpal/_version.py": '__version__ = "0.3.0rc1"\n',
            "CHANGELOG.md": "## 0.3.0rc1 - 2026-12-02\n\n- To try.\n",
        }
    )
    draft_release(root, "v0.3.0rc1", GitHubReleases(root), report)
    assert get_releases(project)["v0.3.0rc1"]["prerelease"]


@pytest.mark.parametrize(
    ("tag", "files", "message"),
    [
        ("v0.3.0", {}, "The tag is v0.3.0, but the version of the package is 0.2.0"),
        ("v0.2.0", {"CHANGELOG.md": "## 0.2.0 - unreleased\n\n- Agents.\n"}, "needs a section `## 0.2.0 - YYYY-MM-DD`"),
        ("v0.2.0", {"CHANGELOG.md": "## 0.2.0 - 2026-12-01\n\n## 0.1.0 - 2026-11-01\n\n- Runs.\n"}, "needs a section"),
        (
            "v0.1.1",
            {"eigenpal/_version.py": '__version__ = "0.1.1"\n', "CHANGELOG.md": "## 0.1.1 - 2026-12-01\n\n- Agents.\n"},
            "0.1.1 is too low: the changes since v0.1.0 ask for 0.2.0",
        ),
    ],
)
def test_a_release_that_contradicts_itself(
    project: Project, root: Path, tag: str, files: dict[str, str], message: str
) -> None:
    project.write(files)
    project.push("main", "Contradict")
    with pytest.raises(JobError, match=message):
        draft_release(root, tag, GitHubReleases(root), report)
    assert get_releases(project) == {}


def test_the_first_release_has_only_its_section_of_the_changelog(project: Project) -> None:
    project.write({"CHANGELOG.md": "# Changelog\n\n## 0.1.0 - 2026-11-01\n\nThe first.\n\n- Runs.\n"})
    run_git(project.maintainer, "tag", "v0.1.0")
    assert notes.make_notes(project.maintainer, "v0.1.0", report) == "The first.\n\n- Runs.\n"


def test_a_report_that_is_too_long_is_cut(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def report_much(root: Path, old: str, new: str) -> ChangeReport:
        return replace(report(root, old, new), markdown="- `client.agents.list()` is new.\n" * 100)

    monkeypatch.setattr(notes, "LONGEST", 1000)
    made = notes.make_notes(root, "v0.2.0", report_much)
    assert 900 < len(made) <= 1000
    end = "is new.\n\nThe rest is printed by `python -m generator.changes v0.1.0 v0.2.0`.\n\n</details>\n"
    assert made.endswith(end)
