"""Regenerates from a document, reports what changed, sets version and changelog, checks and tests.

Every failure is kept for the pull request, which says what is left to do.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from tools.fetch_spec import fetch_spec
from tools.regenerate import changelog, versions
from tools.regenerate.errors import JobError, UnusableDocumentError
from tools.regenerate.outcome import Outcome, Status, Step
from tools.regenerate.report import ChangeReport, Reporter, report_changes
from tools.regenerate.repository import CHANGELOG, DOCUMENT, MAIN, Repository

LINES = 60
"""How many lines of a failed step are kept."""
_FROM_MAKE = re.compile(r"make(\[\d+\])?: ")

Maker = Callable[[Path, str], tuple[int, str]]
"""Runs a `make` target in the repository at a path, and returns its exit code and what it printed."""


def make(root: Path, target: str) -> tuple[int, str]:
    """Run a `make` target, and print what it prints."""
    environment = {name: value for name, value in os.environ.items() if name not in ("MAKEFLAGS", "MAKELEVEL", "SPEC")}
    command = ["make", target]
    lines: list[str] = []
    with subprocess.Popen(
        command,
        cwd=root,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            print(line, end="", flush=True)
            lines.append(line.rstrip())
    return process.returncode, "\n".join(lines)


def regenerate(root: Path, spec: str, run: Maker = make, report: Reporter = report_changes) -> Outcome:
    """Do everything up to the pull request, in the working tree.

    Args:
        root: The folder of the clone.
        spec: The URL of a newer document; empty to use the one in the repository.
        run: Runs a `make` target.
        report: Makes the change report.

    Raises:
        JobError: The document cannot be fetched, or the job is broken.
    """
    Outcome.remove(root)
    if spec and fetch_spec(spec, root / DOCUMENT, keep_unusable=True) == 1:
        raise JobError("The document cannot be fetched, so nothing was regenerated.")
    outcome = Outcome(steps=[Step("generate"), Step("check"), Step("test")])
    generate, *rest = outcome.steps
    outcome.save(root)
    _run_step(root, generate, run)
    repository = Repository(root)
    base = repository.find_base()
    if generate.status is Status.PASSED and not repository.differs_from(base):
        outcome.steps = [generate]
        outcome.save(root)
        return outcome
    old = repository.find_generated(base)
    try:
        found = report(root, old, DOCUMENT)
    except JobError as error:
        outcome.no_report = str(error)
    else:
        outcome.verdict, outcome.report = found.verdict, found.markdown
        outcome.save(root)
        if generate.status is Status.PASSED:
            _record_changes(root, base, old, found, outcome, report)
    for step in rest:
        outcome.save(root)
        if generate.status is Status.PASSED:
            _run_step(root, step, run)
        else:
            step.status = Status.SKIPPED
    outcome.save(root)
    return outcome


def _run_step(root: Path, step: Step, run: Maker) -> None:
    code, output = run(root, step.target)
    step.status = Status.PASSED if code == 0 else Status.FAILED
    if code:
        lines = [line for line in output.splitlines() if line.strip() and not _FROM_MAKE.match(line)]
        # The generator begins with what matters; everything else ends with it.
        step.output = "\n".join(lines[:LINES] if step.target == "generate" else lines[-LINES:])


def _record_changes(root: Path, base: str, old: str, found: ChangeReport, outcome: Outcome, report: Reporter) -> None:
    """Set the version, and add the changes to the changelog."""
    state = versions.find_needed_version(root, report)
    versions.write_version(root, state.needed)
    outcome.version = state.reason
    if found.next_version != state.needed:
        outcome.version += f" The report names {found.next_version}, because it compares with `{MAIN}`."
    path = root / CHANGELOG
    text = path.read_text(encoding="utf-8")
    previous = find_previous_changes(Repository(root), base, old, report)
    outcome.is_changelog_doubled = previous not in ("", found.changelog) and not changelog.has_lines(text, previous)
    if state.needed != state.current:
        text = changelog.set_version(text, state.needed, state.released)
    text = changelog.add_changes(text, state.needed, found.changelog, previous=previous, released=state.released)
    path.write_text(text, encoding="utf-8")


def find_previous_changes(repository: Repository, base: str, old: str, report: Reporter) -> str:
    """Return what the job added to the changelog earlier on this branch; empty if nothing.

    It is computed from the document of its last commit, so that the changelog needs no marks.
    """
    commits = repository.find_job_commits(base, "HEAD")
    written = [repository.read(commit, CHANGELOG) for commit in commits]
    for commit in commits:
        try:
            changes = report(repository.root, old, commit).changelog
        except UnusableDocumentError:
            continue
        if changes and any(changelog.has_lines(text, changes) for text in written):
            return changes
    return ""


def main(root: Path) -> int:
    """Regenerate, from the document at the URL in the environment variable `SPEC` if it is set.

    Returns:
        0 on success, 1 if something is left to do.
    """
    try:
        outcome = regenerate(root, os.environ.get("SPEC", ""))
    except JobError as error:
        print(error, file=sys.stderr)
        return 1
    return 0 if outcome.is_done else 1


if __name__ == "__main__":
    sys.exit(main(Path.cwd()))
