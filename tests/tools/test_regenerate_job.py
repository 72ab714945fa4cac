"""The regenerate job, on a bare repository in place of the remote: what is on its branch and in its pull request."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.tools.project import ACTION, ROOT, Project, make_document, report, run_git
from tools.regenerate.branch import switch_to_branch
from tools.regenerate.errors import JobError
from tools.regenerate.outcome import Outcome, Status, Step
from tools.regenerate.repository import Repository
from tools.regenerate.run import regenerate

ADDED = make_document("/agents", "/runs")
MORE = make_document("/agents", "/runs", "/source")
BROKEN = make_document("/events", "/runs")
FIX = {"openapi/overlay.yaml": "remove: [/events]\n"}


def test_a_changed_document_becomes_a_pull_request(project: Project) -> None:
    project.run_job(ADDED)
    (pull,) = project.pulls
    assert pull["title"] == "Regenerate from the API document: additions"
    assert pull["body"].startswith("**Additions.** Version: 0.1.0 stays: no release was tagged yet")
    assert "The report names 0.2.0, because it compares with `main`." in pull["body"]
    assert "Passed: `make generate`, `make check`, `make test`." in pull["body"]
    assert "- `/agents` is new." in pull["body"]
    assert "Left to do" not in pull["body"]
    assert project.labels(1) == ["api: additions"]
    assert project.changed() == ["CHANGELOG.md", "eigenpal_generated/openapi.json", "openapi/openapi.yaml"]
    assert project.commits() == ["regenerate: Regenerate from the API document: additions"]
    assert project.show("regenerate", "CHANGELOG.md").endswith("- One thing.\n- `/agents` is new.")


def test_the_same_document_again_makes_no_commit(project: Project) -> None:
    project.run_job(ADDED)
    first = project.find("regenerate")
    project.failing = {"test"}
    project.run_job(ADDED)
    assert project.find("regenerate") == first
    (pull,) = project.pulls
    assert "**`make test` failed.**" in pull["body"]


def test_the_branch_follows_main(project: Project) -> None:
    project.run_job(ADDED)
    run_git(project.maintainer, "commit", "--quiet", "--allow-empty", "--message", "Nothing")
    run_git(project.maintainer, "push", "--quiet", "origin", "main")
    project.run_job(ADDED)
    assert project.find("regenerate^") == project.find("main")


def test_a_further_change_replaces_the_commit_and_what_was_said(project: Project) -> None:
    project.run_job(ADDED)
    project.add_label(1, "needs review")
    project.run_job(make_document("/source"))
    (pull,) = project.pulls
    assert "`/runs` was removed" in pull["body"]
    assert "`/agents`" not in pull["body"]
    assert project.labels(1) == ["needs review", "api: breaking"]
    assert project.commits() == ["regenerate: Regenerate from the API document: breaking changes"]
    assert project.show("regenerate", "CHANGELOG.md").endswith("- `/runs` was removed.\n- `/source` is new.")


def test_a_document_that_cannot_be_generated(project: Project) -> None:
    project.run_job(BROKEN)
    (pull,) = project.pulls
    assert project.labels(1) == ["api: unusable"]
    assert "**`make generate` failed.**" in pull["body"]
    assert "openapi/overlay.yaml" in pull["body"]
    assert ACTION in pull["body"]
    assert "make: ***" not in pull["body"]
    assert "`make test` was not run" in pull["body"]
    assert "Push to the branch `regenerate`, and run the workflow again." in pull["body"]
    assert project.changed() == ["openapi/openapi.yaml"]
    assert project.made == ["generate"]


@pytest.mark.parametrize("content", ["<html>Sign in", "swagger: '2.0'\n"])
def test_what_is_no_document_is_shown_and_goes_away_again(project: Project, content: str) -> None:
    project.run_job(content)
    assert project.labels(1) == ["api: unusable"]
    assert project.show("regenerate", "openapi/openapi.yaml") == content.strip()
    project.run_job(ADDED)
    assert project.labels(1) == ["api: additions"]
    assert project.show("regenerate", "openapi/openapi.yaml") == ADDED.strip()


def test_a_document_that_cannot_be_fetched(project: Project) -> None:
    with pytest.raises(JobError, match="Nothing was regenerated"):
        project.run_job(document="")
    assert project.pulls == []


def test_red_checks_and_tests(project: Project) -> None:
    project.failing = {"check", "test"}
    outcome = project.run_job(ADDED)
    assert not outcome.is_done
    (pull,) = project.pulls
    assert project.made == ["generate", "check", "test"]
    for target in ("check", "test"):
        assert f"**`make {target}` failed.**" in pull["body"]
        # The output has four backticks itself.
        assert (
            f"`````text\n.venv/bin/python -m {target}\n```` @\u200bteam is not happy with {target}\n`````"
            in pull["body"]
        )
    assert project.labels(1) == ["api: additions"]
    assert "CHANGELOG.md" in project.changed()


@pytest.mark.parametrize(("failing", "kept"), [("generate", slice(60)), ("test", slice(-60, None))])
def test_of_a_long_output_what_matters_is_kept(project: Project, failing: str, kept: slice) -> None:
    lines = [f"line {number}" for number in range(100)]
    project.write({"README.md": "# Changed\n"})
    outcome = regenerate(
        project.maintainer, "", lambda _, target: (2 if target == failing else 0, "\n".join(lines)), report
    )
    assert [step.output for step in outcome.steps if step.target == failing] == ["\n".join(lines[kept])]


def test_nothing_changed(project: Project) -> None:
    project.run_job(make_document("/runs"))
    assert project.pulls == []
    assert project.made == ["generate"]


def test_a_change_that_was_taken_back_closes_the_pull_request(project: Project) -> None:
    project.run_job(ADDED)
    project.run_job(make_document("/runs"))
    (pull,) = project.pulls
    assert pull["state"] == "CLOSED"
    assert "Nothing changed" in pull["comment"]
    project.run_job(ADDED)
    assert [each["state"] for each in project.pulls] == ["CLOSED", "OPEN"]


def test_a_document_that_was_pushed_to_main(project: Project) -> None:
    project.write({"openapi/openapi.yaml": ADDED})
    project.push("main", "A new document")
    project.run_job()
    (pull,) = project.pulls
    assert "- `/agents` is new." in pull["body"]
    assert project.changed() == ["CHANGELOG.md", "eigenpal_generated/openapi.json"]


def test_the_report_compares_with_main_as_far_as_it_was_generated(project: Project) -> None:
    repository = Repository(project.maintainer)
    project.write({"eigenpal/new.py": "A = 1\n"})
    by_hand = project.push("main", "A change of the part that is written by hand")
    assert repository.find_generated(by_hand) == by_hand
    project.write({"openapi/overlay.yaml": "# Comments are not generated.\nremove: []\n"})
    by_hand = project.push("main", "A comment")
    assert repository.find_generated(by_hand) == by_hand
    for name, content in (
        ("openapi/openapi.yaml", ADDED),
        ("eigenpal/new.py", "A = 2\n"),
        ("openapi/overlay.yaml", ""),
    ):
        project.write({name: content})
        assert repository.find_generated(project.push("main", f"Another {name}")) == by_hand
    project.write({"eigenpal_generated/openapi.json": "[]"})
    generated = project.push("main", "Generate")
    assert repository.find_generated(generated) == generated


def test_a_document_that_was_pushed_to_main_and_cannot_be_generated(project: Project) -> None:
    project.write({"openapi/openapi.yaml": BROKEN})
    project.push("main", "A new document")
    project.run_job()
    (pull,) = project.pulls
    assert ACTION in pull["body"]
    assert project.changed() == []
    assert len(project.commits()) == 1
    project.check_out("regenerate")
    project.write(FIX)
    project.push("regenerate", "Remove the events")
    project.run_job()
    assert project.labels(1) == ["api: nothing"]


def test_the_document_of_an_open_pull_request_stays_when_none_is_fetched(project: Project) -> None:
    project.run_job(ADDED)
    project.check_out("main")
    project.write({"openapi/overlay.yaml": "remove: [/other]\n"})
    project.push("main", "Another overlay")
    project.run_job()
    assert project.show("regenerate", "openapi/openapi.yaml") == ADDED.strip()
    assert project.labels(1) == ["api: additions"]
    project.check_out("main")
    project.write({"openapi/openapi.yaml": make_document("/other", "/runs", "/source")})
    project.push("main", "A newer document")
    project.run_job()
    (pull,) = project.pulls
    assert "`/source` is new" in pull["body"]
    assert "`/agents`" not in pull["body"]


# --- commits by others --------------------------------------------------------------------------------------------


def test_a_fix_on_the_branch_is_kept_and_used(project: Project) -> None:
    project.run_job(BROKEN)
    project.check_out("regenerate")
    project.write(FIX)
    fix = project.push("regenerate", "Remove the events")
    project.run_job(BROKEN)
    assert run_git(project.remote, "merge-base", "--is-ancestor", fix, "regenerate") == ""
    (pull,) = project.pulls
    assert "This branch has commits by others." in pull["body"]
    assert "Left to do" not in pull["body"]
    assert project.labels(1) == ["api: nothing"]
    tip = project.find("regenerate")
    project.run_job(BROKEN)
    assert project.find("regenerate") == tip
    project.run_job(make_document("/events", "/runs", "/source"))
    assert project.commits() == [
        "regenerate: Regenerate from the API document: additions",
        "Maintainer: Remove the events",
        "regenerate: Regenerate from the API document: the document cannot be used as it is",
    ]
    assert project.labels(1) == ["api: additions"]


def test_the_changelog_has_the_changes_once(project: Project) -> None:
    project.run_job(ADDED)
    project.check_out("regenerate")
    project.write({"README.md": "# Eigenpal, with agents\n"})
    project.push("regenerate", "Mention agents")
    project.run_job(MORE)
    changelog = project.show("regenerate", "CHANGELOG.md")
    assert changelog.endswith("- One thing.\n- `/agents` is new.\n- `/source` is new.")
    project.run_job(BROKEN)
    assert project.show("regenerate", "CHANGELOG.md") == changelog
    project.run_job(ADDED)
    assert project.show("regenerate", "CHANGELOG.md").endswith("- One thing.\n- `/agents` is new.")
    assert "changelog" not in project.pulls[0]["body"].lower()


def test_changes_that_could_not_be_generated_reach_the_changelog_later(project: Project) -> None:
    project.failing = {"generate"}
    project.run_job(ADDED)
    assert project.labels(1) == ["api: additions"]
    assert project.pulls[0]["title"].endswith(": additions (work left to do)")
    assert project.changed() == ["openapi/openapi.yaml"]
    project.check_out("regenerate")
    project.write({"README.md": "# Eigenpal, with agents\n"})
    project.push("regenerate", "Mention agents")
    project.failing = set()
    project.run_job(ADDED)
    assert project.show("regenerate", "CHANGELOG.md").endswith("- One thing.\n- `/agents` is new.")
    assert "rewritten by hand" not in project.pulls[0]["body"]


def test_a_changelog_that_was_rewritten_is_kept(project: Project) -> None:
    project.run_job(ADDED)
    project.check_out("regenerate")
    changelog = (project.maintainer / "CHANGELOG.md").read_text(encoding="utf-8")
    project.write({"CHANGELOG.md": changelog.replace("- `/agents` is new.", "- Agents, at last.")})
    project.push("regenerate", "Say it better")
    project.run_job(ADDED)
    assert project.show("regenerate", "CHANGELOG.md").endswith("- One thing.\n- Agents, at last.")
    project.run_job(MORE)
    changelog = project.show("regenerate", "CHANGELOG.md")
    assert changelog.endswith("- Agents, at last.\n- `/agents` is new.\n- `/source` is new.")
    assert "rewritten by hand" in project.pulls[0]["body"]


def test_main_is_left_to_be_merged_by_those_who_committed(project: Project) -> None:
    project.run_job(ADDED)
    project.check_out("regenerate")
    project.write({"README.md": "# Eigenpal, with agents\n"})
    project.push("regenerate", "Mention agents")
    project.check_out("main")
    project.write({"docs/reference/runs.md": "# Other\n"})
    project.push("main", "Other documentation")
    project.run_job(ADDED)
    assert "Merge `main` into `regenerate`" in project.pulls[0]["body"]


def test_a_commit_of_the_job_that_somebody_changed_is_kept(project: Project) -> None:
    project.run_job(ADDED)
    project.check_out("regenerate")
    project.write({"README.md": "# Eigenpal, with agents\n"})
    run_git(project.maintainer, "commit", "--quiet", "--all", "--amend", "--no-edit")
    run_git(project.maintainer, "push", "--quiet", "--force", "origin", "regenerate")
    project.run_job(ADDED)
    assert project.show("regenerate", "README.md") == "# Eigenpal, with agents"


def test_a_commit_that_is_pushed_during_the_run_is_not_overwritten(project: Project) -> None:
    project.run_job(ADDED)

    def push_meanwhile() -> None:
        project.check_out("regenerate")
        project.write({"README.md": "# Eigenpal, with agents\n"})
        project.push("regenerate", "Mention agents")

    project.during_tests = push_meanwhile
    with pytest.raises(JobError, match="somebody pushed to it in the meantime"):
        project.run_job(MORE)
    assert project.show("regenerate", "README.md") == "# Eigenpal, with agents"


@pytest.mark.parametrize("squash", [True, False])
@pytest.mark.parametrize("with_fix", [True, False])
def test_a_branch_that_was_merged_begins_anew(project: Project, *, squash: bool, with_fix: bool) -> None:
    project.run_job(ADDED)
    if with_fix:
        project.check_out("regenerate")
        project.write({"README.md": "# Eigenpal, with agents\n"})
        project.push("regenerate", "Mention agents")
    project.merge(1, squash=squash)
    project.run_job(ADDED)
    assert len(project.pulls) == 1
    project.run_job(MORE)
    assert project.commits() == ["regenerate: Regenerate from the API document: additions"]
    assert [each["state"] for each in project.pulls] == ["MERGED", "OPEN"]
    assert project.show("regenerate", "CHANGELOG.md").endswith("- `/agents` is new.\n- `/source` is new.")


def test_the_branch_of_a_fork_is_not_that_of_the_job(project: Project) -> None:
    project.add_pull(isCrossRepository=True, state="OPEN")
    project.run_job(ADDED)
    assert [each["title"] for each in project.pulls] == ["Evil", "Regenerate from the API document: additions"]
    project.run_job(make_document("/runs"))
    assert [each["state"] for each in project.pulls] == ["OPEN", "CLOSED"]


# --- releases -----------------------------------------------------------------------------------------------------


def release(project: Project, version: str) -> None:
    changelog = (project.maintainer / "CHANGELOG.md").read_text(encoding="utf-8")
    project.write({"CHANGELOG.md": changelog.replace(f"{version} - unreleased", f"{version} - 2026-12-01")})
    project.push("main", f"Release {version}")
    run_git(project.maintainer, "tag", f"v{version}")
    run_git(project.maintainer, "push", "--quiet", "--tags", "origin")


def test_after_a_release_the_version_rises_once(project: Project) -> None:
    release(project, "0.1.0")
    for _ in range(2):
        project.run_job(ADDED)
        assert project.show("regenerate", "eigenpal/_version.py") == '__version__ = "0.2.0"'
        changelog = project.show("regenerate", "CHANGELOG.md")
        assert "## 0.2.0 - unreleased\n\n- `/agents` is new.\n\n## 0.1.0 - 2026-12-01\n" in changelog
    assert "additions since v0.1.0 ask for 0.2.0.\n" in project.pulls[0]["body"]
    project.merge(1)
    project.run_job(MORE)
    assert project.show("regenerate", "eigenpal/_version.py") == '__version__ = "0.2.0"'
    assert "## 0.2.0 - unreleased\n\n- `/agents` is new.\n- `/source` is new.\n\n## 0.1.0" in project.show(
        "regenerate", "CHANGELOG.md"
    )


# --- without a token ----------------------------------------------------------------------------------------------


def test_without_a_token_the_text_is_printed_and_nothing_else_happens(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    project.run_job(ADDED, with_token=False)
    printed = capsys.readouterr().out
    assert "Regenerate from the API document: additions\n[api: additions]\n" in printed
    assert "- `/agents` is new." in printed
    assert "GH_TOKEN is not set" in printed
    assert project.calls == []
    assert run_git(project.remote, "branch", "--list").split() == ["*", "main"]
    assert run_git(project.folder / "runner", "log", "--format=%s") == "Begin"


def test_work_that_is_not_pushed_is_not_lost(project: Project) -> None:
    project.run_job(ADDED)
    project.check_out("regenerate")
    project.write({"README.md": "# Changed\n"})
    with pytest.raises(JobError, match="commit or stash"):
        switch_to_branch(project.maintainer, None)
    run_git(project.maintainer, "commit", "--quiet", "--all", "--message", "Not pushed")
    with pytest.raises(JobError, match="commits that were not pushed"):
        switch_to_branch(project.maintainer, None)


# --- the commands -------------------------------------------------------------------------------------------------


def test_the_commands_use_github_only_with_a_token(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    def run(module: str) -> str:
        command = [sys.executable, "-m", f"tools.regenerate.{module}"]
        done = subprocess.run(command, cwd=project.maintainer, capture_output=True, text=True, check=False)
        return f"{done.returncode} {done.stdout}{done.stderr}"

    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.delenv("GH_TOKEN", raising=False)
    assert run("branch") == "0 regenerate starts over from main.\n"
    assert run("pull_request") == "1 Nothing was regenerated; run `make regenerate` first.\n"
    project.write({"openapi/openapi.yaml": ADDED})
    Outcome(verdict="additions", report="# Additions", steps=[Step("generate", Status.PASSED)]).save(project.maintainer)
    assert "GH_TOKEN is not set" in run("pull_request")
    assert project.calls == []
    monkeypatch.setenv("GH_TOKEN", "secret")
    assert run("pull_request").endswith("Pull request 1 is up to date.\n")
    assert project.pulls[0]["body"].endswith("# Additions\n")
    run_git(project.maintainer, "switch", "--quiet", "main")
    project.write({"openapi/openapi.yaml": MORE})
    assert run("pull_request").endswith("run `make regenerate-branch` before `make regenerate`.\n")
    assert not any("secret" in argument for call in project.calls for argument in call)
