"""The notes of a release: its section of the changelog, and what it changes for users of the SDK."""

from __future__ import annotations

import re
from pathlib import Path

from packaging.version import Version

from tools.regenerate.errors import JobError
from tools.regenerate.report import Reporter, report_changes
from tools.regenerate.repository import CHANGELOG, Repository
from tools.regenerate.versions import find_release, read_version

LONGEST = 125_000
"""The maximum number of characters that GitHub takes for the notes of a release."""


def make_notes(root: Path, tag: str, report: Reporter = report_changes) -> str:
    """Return the notes of the release of a tag, in Markdown.

    Args:
        root: The folder of the clone, at the tag.
        tag: The tag, such as `v0.2.0`.
        report: Makes the change report.

    Raises:
        JobError: The tag, the version of the package and the changelog do not agree, or the version is too low for what
            changed since the last release.
    """
    version = read_version(root)
    if tag != f"v{version}":
        raise JobError(f"The tag is {tag}, but the version of the package is {version}.")
    changes = read_changes((root / CHANGELOG).read_text(encoding="utf-8"), version)
    previous = find_release(Repository(root), below=version)
    if previous is None:
        return f"{changes}\n"
    found = report(root, previous, "HEAD")
    if Version(Version(version).base_version) < Version(found.next_version):
        raise JobError(f"{version} is too low: the changes since {previous} ask for {found.next_version}.")
    return f"{changes}\n\n{_make_details(previous, tag, found.markdown, LONGEST - len(changes) - 10)}\n"


def read_changes(changelog: str, version: str) -> str:
    """Return the section of a version, without its heading.

    Raises:
        JobError: There is none with a date, or it is empty.
    """
    number = re.escape(version)
    found = re.search(rf"(?ms)^## {number} - \d{{4}}-\d\d-\d\d[ \t]*\n(.*?)(?=^## |\Z)", changelog)
    if found is None or not found[1].strip():
        raise JobError(f"{CHANGELOG} needs a section `## {version} - YYYY-MM-DD` that says what changed.")
    return found[1].strip()


def _make_details(previous: str, tag: str, report: str, room: int) -> str:
    """Format the change report so that it is folded."""
    head = f"<details><summary>Everything that changed for users since {previous}</summary>\n\n"
    end = "\n\n</details>"
    note = f"\n\nThe rest is printed by `python -m generator.changes {previous} {tag}`."
    if len(head) + len(report) + len(end) > room:
        report = report[: room - len(head) - len(note) - len(end)].rpartition("\n")[0] + note
    return head + report + end
