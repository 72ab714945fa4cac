"""Drafts the release of a tag on GitHub, with the files in dist/ and its notes.

Without a token, it prints the notes and does nothing else.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from packaging.version import Version

from tools.regenerate.errors import JobError
from tools.regenerate.report import Reporter, report_changes
from tools.regenerate.versions import read_version
from tools.release.digests import format_digests
from tools.release.github_releases import GitHubReleases
from tools.release.notes import make_notes


def draft_release(root: Path, tag: str, releases: GitHubReleases | None, report: Reporter = report_changes) -> str:
    """Draft a release; a draft that a failed job left is replaced.

    Args:
        root: The folder of the clone, at the tag.
        tag: The tag, such as `v0.2.0`.
        releases: Where to draft it; without it, the notes are printed.
        report: Makes the change report.

    Returns:
        The digests of the files.

    Raises:
        JobError: The release cannot be made, or was published already.
    """
    notes = make_notes(root, tag, report)
    print(notes)
    dist = root / "dist"
    if releases is None:
        print("GH_TOKEN is not set, so nothing was drafted.")
        return ""
    files = sorted(dist.iterdir()) if dist.exists() else []
    if not files:
        raise JobError("There is nothing to release; run `make build` first.")
    is_draft = releases.is_draft(tag)
    if is_draft is False:
        raise JobError(f"{tag} was published already.")
    if is_draft:
        releases.delete(tag)
    path = root / ".cache" / "release-notes.md"
    path.parent.mkdir(exist_ok=True)
    path.write_text(notes, encoding="utf-8")
    releases.draft(tag, path, files, is_prerelease=Version(tag).is_prerelease)
    return format_digests(dist)


def main(root: Path) -> int:
    """Draft the release of the tag in the environment variable `TAG`; by default, that of the version of the package.

    Returns:
        0 on success, otherwise 1.
    """
    releases = GitHubReleases(root) if os.environ.get("GH_TOKEN") else None
    try:
        digests = draft_release(root, os.environ.get("TAG") or f"v{read_version(root)}", releases)
    except JobError as error:
        print(error, file=sys.stderr)
        return 1
    if output := os.environ.get("GITHUB_OUTPUT"):
        with Path(output).open("a", encoding="utf-8") as file:
            file.write(f"digests={digests}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path.cwd()))
