"""Commits what was regenerated, and opens or updates the pull request.

Without a token, it prints the text of the pull request and does nothing else.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from tools.regenerate.errors import JobError
from tools.regenerate.github import GitHub
from tools.regenerate.outcome import FOLDER, Outcome
from tools.regenerate.repository import BRANCH, MAIN, PATHS, Repository
from tools.regenerate.text import LABELS, PREFIX, make_body, make_label, make_subject, make_title

_NOTHING = f"Nothing changed: {MAIN} has everything that is generated from the API document."


def open_pull_request(root: Path, github: GitHub | None) -> None:
    """Open or update the pull request, or close it if nothing is left of it.

    Args:
        root: The folder of the clone.
        github: Where to open it; without it, the text is printed and nothing is committed.

    Raises:
        JobError: Nothing was regenerated, or git or GitHub refuse.
    """
    repository = Repository(root)
    outcome = Outcome.load(root)
    base, tip = repository.find_base(), repository.find_tip()
    # What cannot be generated on the main branch gets a pull request without files.
    if outcome.is_done and not repository.differs_from(base):
        print(f"{_NOTHING} No pull request is needed.")
        _close(github)
        return
    is_shared = repository.has_foreign_commits(base, "HEAD")
    title = make_title(outcome)
    behind = int(repository.git("rev-list", "--count", f"HEAD..{base}"))
    body = root / FOLDER / "body.md"
    body.write_text(make_body(outcome, is_shared=is_shared, commits_behind=behind), encoding="utf-8")
    print(f"{title}\n[{make_label(outcome)}]\n\n{body.read_text(encoding='utf-8')}")
    if github is None:
        print("GH_TOKEN is not set, so nothing was committed or pushed, and no pull request was opened.")
        return
    if repository.git("branch", "--show-current") != BRANCH:
        raise JobError(f"This is not the branch {BRANCH}; run `make regenerate-branch` before `make regenerate`.")
    _commit_and_push(repository, base, tip, make_subject(outcome))
    found = github.find_open()
    if found:
        github.edit(found.number, title, body)
    number = found.number if found else github.create(title, body)
    label = make_label(outcome)
    kept = [name for name in found.labels if not name.startswith(PREFIX)] if found else []
    github.ensure_label(label, *LABELS[label.removeprefix(PREFIX)])
    github.set_labels(number, [*kept, label])
    print(f"Pull request {number} is up to date.")


def _close(github: GitHub | None) -> None:
    """Close a pull request whose changes are no longer needed, such as a document that was taken back."""
    found = github.find_open() if github else None
    if github and found:
        github.close(found.number, f"{_NOTHING} The branch is left as it is.")
        print(f"Pull request {found.number} was closed.")


def _commit_and_push(repository: Repository, base: str, tip: str | None, message: str) -> None:
    repository.git("add", "--all", "--", *PATHS)
    head = repository.git("rev-parse", "HEAD")
    if head != base:
        if not repository.succeeds("diff", "--cached", "--quiet"):
            repository.commit(message)
        repository.push()
    elif tip and _is_the_same(repository, base, tip):
        repository.git("reset", "--quiet", "--soft", tip)
        print(f"{BRANCH} has these files already, so nothing was pushed.")
    else:
        repository.commit(message)
        # Only if the branch is still as it was found: what was pushed in the meantime is not overwritten.
        repository.push(f"--force-with-lease={BRANCH}:{tip or ''}")


def _is_the_same(repository: Repository, base: str, tip: str) -> bool:
    """Return whether the branch is one commit on the same base, with the files that are staged."""
    tree, parents = repository.git("show", "--no-patch", "--format=%T %P", tip).split(" ", 1)
    return parents == base and tree == repository.git("write-tree")


def main(root: Path) -> int:
    """Open or update the pull request.

    Returns:
        0 on success, 1 otherwise.
    """
    try:
        open_pull_request(root, GitHub(root) if os.environ.get("GH_TOKEN") else None)
    except JobError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(Path.cwd()))
