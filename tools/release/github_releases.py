"""Releases on GitHub, through its own command line, `gh`."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from tools.regenerate.errors import JobError


class GitHubReleases:
    """The releases of the repository that the clone is of."""

    def __init__(self, root: Path) -> None:
        """Take the folder of the clone."""
        self._root = root

    def is_draft(self, tag: str) -> bool | None:
        """Return whether the release of a tag is a draft, or None if there is none."""
        found = json.loads(self._gh("list", "--limit", "1000", "--json", "tagName,isDraft"))
        return next((bool(each["isDraft"]) for each in found if each["tagName"] == tag), None)

    def draft(self, tag: str, notes: Path, files: list[Path], *, is_prerelease: bool) -> None:
        """Make a draft, which only maintainers see."""
        options = ["--draft", "--verify-tag", "--title", tag, "--notes-file", str(notes)]
        self._gh("create", tag, *options, *(["--prerelease"] if is_prerelease else []), *map(str, files))

    def delete(self, tag: str) -> None:
        """Delete a release with its files, but not its tag."""
        self._gh("delete", tag, "--yes")

    def download(self, tag: str, folder: Path) -> None:
        """Download the files of a release into a folder."""
        self._gh("download", tag, "--dir", str(folder))

    def publish(self, tag: str) -> None:
        """Let everybody see a draft."""
        self._gh("edit", tag, "--draft=false")

    def _gh(self, *arguments: str) -> str:
        done = subprocess.run(
            ["gh", "release", *arguments], cwd=self._root, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise JobError(f"`gh release {arguments[0]}` failed:\n{done.stderr.strip()}")
        return done.stdout
