"""Pull requests and labels, through GitHub's own command line, `gh`."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tools.regenerate.errors import JobError
from tools.regenerate.repository import BRANCH, MAIN

_FIELDS = "number,state,headRefOid,isCrossRepository,labels"
# `gh` puts in the names of owner and repository.
_REST = "repos/{owner}/{repo}"


@dataclass(frozen=True)
class PullRequest:
    """A pull request of the job's branch."""

    number: int
    is_open: bool
    head: str
    labels: tuple[str, ...]


class GitHub:
    """What the job asks of GitHub."""

    def __init__(self, root: Path) -> None:
        """Take the folder of the clone, whose remote names the repository on GitHub."""
        self._root = root

    def find_pull_requests(self) -> list[PullRequest]:
        """Return the pull requests of the job's branch, open or not; a branch of that name in a fork is another."""
        found: list[dict[str, Any]] = json.loads(
            self._gh("pr", "list", "--head", BRANCH, "--state", "all", "--limit", "100", "--json", _FIELDS) or "[]"
        )
        return [
            PullRequest(
                number=entry["number"],
                is_open=entry["state"] == "OPEN",
                head=entry["headRefOid"],
                labels=tuple(label["name"] for label in entry["labels"]),
            )
            for entry in found
            if not entry["isCrossRepository"]
        ]

    def find_open(self) -> PullRequest | None:
        """Return the open pull request of the job's branch."""
        return next((found for found in self.find_pull_requests() if found.is_open), None)

    def create(self, title: str, body: Path) -> int:
        """Open a pull request of the job's branch, and return its number."""
        url = self._gh("pr", "create", "--base", MAIN, "--head", BRANCH, "--title", title, "--body-file", str(body))
        return int(url.strip().rpartition("/")[2])

    def edit(self, number: int, title: str, body: Path) -> None:
        """Replace title and body of a pull request."""
        # `gh pr edit` also asks for projects and teams, which the token may not read.
        self._gh("api", "--method", "PATCH", f"{_REST}/pulls/{number}", "-f", f"title={title}", "-F", f"body=@{body}")

    def set_labels(self, number: int, labels: Iterable[str]) -> None:
        """Replace the labels of a pull request; the repository has to have them."""
        fields = [part for label in labels for part in ("-f", f"labels[]={label}")]
        self._gh("api", "--method", "PUT", f"{_REST}/issues/{number}/labels", *fields)

    def ensure_label(self, label: str, color: str, description: str) -> None:
        """Make a label, unless the repository has one of that name."""
        known = json.loads(self._gh("label", "list", "--limit", "1000", "--json", "name"))
        # The names of labels are not case-sensitive.
        if not any(each["name"].lower() == label.lower() for each in known):
            self._gh("label", "create", label, "--color", color, "--description", description)

    def close(self, number: int, comment: str) -> None:
        """Close a pull request."""
        self._gh("pr", "close", str(number), "--comment", comment)

    def _gh(self, *arguments: str) -> str:
        done = subprocess.run(["gh", *arguments], cwd=self._root, capture_output=True, text=True, check=False)
        if done.returncode:
            raise JobError(f"`gh {' '.join(arguments[:2])}` failed:\n{done.stderr.strip()}")
        return done.stdout
