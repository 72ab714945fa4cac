"""The git repository as the job sees it: its branches, its own commits, and the files it commits."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from tools.regenerate.errors import JobError

MAIN = "main"
BRANCH = "regenerate"
DOCUMENT = "openapi/openapi.yaml"
OVERLAY = "openapi/overlay.yaml"
CHANGELOG = "CHANGELOG.md"
VERSION = "eigenpal/_version.py"
PATHS = ["openapi", "eigenpal_generated", "eigenpal", "docs", "mkdocs.yml", "README.md", CHANGELOG]
"""What regeneration writes, and all that the job commits."""

# The reserved domain makes sure that this is nobody's address on GitHub.
EMAIL = "regenerate@job.invalid"
_AUTHOR = ["-c", "user.name=regenerate", "-c", f"user.email={EMAIL}", "-c", "commit.gpgsign=false"]
# Takes GH_TOKEN from the environment, so that neither the configuration nor the list of processes ever has it.
_CREDENTIALS = ["-c", "credential.helper=", "-c", "credential.helper=!gh auth git-credential"]


class Repository:
    """A clone of this project."""

    def __init__(self, root: Path) -> None:
        """Take the folder of the clone."""
        self.root = root

    def git(self, *arguments: str) -> str:
        """Run git and return what it prints.

        Raises:
            JobError: It failed.
        """
        done = self._run(*arguments)
        if done.returncode:
            raise JobError(f"`git {' '.join(arguments)}` failed:\n{done.stderr.strip()}")
        return done.stdout.strip()

    def succeeds(self, *arguments: str) -> bool:
        """Return whether a git command that asks a question answers with yes."""
        return self._run(*arguments).returncode == 0

    def find_commit(self, revision: str) -> str | None:
        """Return the commit of a revision, or None if there is no such revision."""
        done = self._run("rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")
        return done.stdout.strip() or None

    def read(self, revision: str, path: str) -> str:
        """Return a file as of a revision; empty if it was not there."""
        done = self._run("show", f"{revision}:{path}")
        return done.stdout if done.returncode == 0 else ""

    def fetch(self) -> None:
        """Fetch all branches and tags of the remote, and forget the branches it no longer has."""
        self.git(
            *_credentials(), "fetch", "--quiet", "--prune", "--tags", "origin", "+refs/heads/*:refs/remotes/origin/*"
        )

    def find_base(self) -> str:
        """Return the commit that a pull request is compared with: the main branch of the remote, if there is one."""
        return self.find_commit(f"origin/{MAIN}") or self.git("rev-parse", "HEAD")

    def find_tip(self) -> str | None:
        """Return the last commit of the job's branch on the remote, as last fetched."""
        return self.find_commit(f"origin/{BRANCH}")

    def find_job_commits(self, base: str, tip: str) -> list[str]:
        """Return the commits of a branch that the job made, the newest first."""
        lines = self.git("log", "--format=%H %ae %ce", f"{base}..{tip}").splitlines()
        return [line.split()[0] for line in lines if line.split()[1:] == [EMAIL, EMAIL]]

    def has_foreign_commits(self, base: str, tip: str) -> bool:
        """Return whether somebody else committed to a branch, or changed a commit of the job."""
        count = int(self.git("rev-list", "--count", f"{base}..{tip}"))
        return count > len(self.find_job_commits(base, tip))

    def find_generated(self, base: str) -> str:
        """Return the last commit of the main branch whose document is the one that its package was generated from.

        That is an older one than `base` if a document was pushed without what is generated from it.
        """
        generated = self.git(
            "log", "-1", "--first-parent", "--format=%H", base, "--", "eigenpal_generated/openapi.json"
        )
        if not generated:
            return base
        newer = self.git(
            "rev-list", "--first-parent", "--reverse", f"{generated}..{base}", "--", DOCUMENT, OVERLAY
        ).split()
        for commit in newer:
            if self._read_documents(commit) != self._read_documents(f"{commit}^"):
                return self.git("rev-parse", f"{commit}^")
        return base

    def _read_documents(self, revision: str) -> list[list[str]]:
        """Return the lines of the document and of the overlay, without those that are comments."""
        texts = [self.read(revision, path) for path in (DOCUMENT, OVERLAY)]
        return [[line for line in text.splitlines() if not line.lstrip().startswith("#")] for text in texts]

    def differs_from(self, commit: str) -> bool:
        """Return whether the files that the job commits differ from those of a commit."""
        if not self.succeeds("diff", "--quiet", commit, "--", *PATHS):
            return True
        return bool(self.git("ls-files", "--others", "--exclude-standard", "--", *PATHS))

    def commit(self, message: str) -> None:
        """Commit what is staged, as the job; also nothing, because a pull request needs a commit."""
        self.git(*_AUTHOR, "commit", "--quiet", "--no-verify", "--allow-empty", "--message", message)

    def push(self, *options: str) -> None:
        """Push the job's branch.

        Raises:
            JobError: The remote refuses.
        """
        done = self._run(*_credentials(), "push", "--quiet", *options, "origin", f"HEAD:refs/heads/{BRANCH}")
        if done.returncode:
            raise JobError(
                f"The branch {BRANCH} was not pushed. If somebody pushed to it in the meantime, run the workflow "
                f"again, which keeps their commits. git says:\n{done.stderr.strip()}"
            )

    def _run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(["git", *arguments], cwd=self.root, capture_output=True, text=True, check=False)


def _credentials() -> list[str]:
    return _CREDENTIALS if os.environ.get("GH_TOKEN") else []
