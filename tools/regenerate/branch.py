"""Switches to the branch of the job, on which everything else takes place.

As long as only the job committed to it, the branch starts over from the main branch, so that it has one commit. The
commits of others are never rewritten: then the branch is taken as it is, and the job adds its own commit on top.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from tools.regenerate.errors import JobError
from tools.regenerate.github import GitHub
from tools.regenerate.repository import BRANCH, DOCUMENT, MAIN, Repository


def switch_to_branch(root: Path, github: GitHub | None) -> str:
    """Switch to the branch.

    Args:
        root: The folder of the clone.
        github: Tells which branches were merged or closed; without it, they are judged by their commits.

    Returns:
        A sentence on what the branch is based on.

    Raises:
        JobError: There are changes that would be lost.
    """
    repository = Repository(root)
    if repository.git("status", "--porcelain", "--untracked-files=no"):
        raise JobError("There are uncommitted changes; commit or stash them first.")
    repository.fetch()
    if repository.find_commit(f"refs/heads/{BRANCH}") and repository.git("rev-list", BRANCH, "--not", "--remotes"):
        raise JobError(f"The local branch {BRANCH} has commits that were not pushed; push or rename it first.")
    base, tip = repository.find_base(), repository.find_tip()
    is_alive = tip is not None and not _is_finished(tip, github)
    if tip and is_alive and repository.has_foreign_commits(base, tip):
        repository.git("switch", "--quiet", "--no-track", "--force-create", BRANCH, tip)
        return f"{BRANCH} has commits by others, so the job adds to it."
    repository.git("switch", "--quiet", "--no-track", "--force-create", BRANCH, base)
    if tip and is_alive and _keep_document(repository, base, tip):
        return f"{BRANCH} starts over from {MAIN}, with the document that it had."
    return f"{BRANCH} starts over from {MAIN}."


def _is_finished(tip: str, github: GitHub | None) -> bool:
    """Return whether the pull request of a branch was merged, in whatever way, or closed."""
    found = github.find_pull_requests() if github else []
    return any(each.head == tip for each in found) and not any(each.is_open for each in found)


def _keep_document(repository: Repository, base: str, tip: str) -> bool:
    """Take the document from the branch, unless that of the main branch is newer."""
    fork = repository.git("merge-base", base, tip)
    before, ours, theirs = (repository.git("rev-parse", f"{commit}:{DOCUMENT}") for commit in (fork, base, tip))
    if before != ours or ours == theirs:
        return False
    repository.git("restore", f"--source={tip}", "--", DOCUMENT)
    return True


def main(root: Path) -> int:
    """Switch to the branch.

    Returns:
        0 on success, 1 otherwise.
    """
    try:
        print(switch_to_branch(root, GitHub(root) if os.environ.get("GH_TOKEN") else None))
    except JobError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(Path.cwd()))
