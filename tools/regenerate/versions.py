"""The version that the changes of the API since the last release ask for.

With ``--check`` it writes nothing, and fails if the version of the package is lower.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from pathlib import Path

from packaging.version import InvalidVersion, Version

from tools.regenerate.changelog import set_version
from tools.regenerate.errors import JobError, UnusableDocumentError
from tools.regenerate.report import SUMMARIES, Reporter, report_changes
from tools.regenerate.repository import CHANGELOG, DOCUMENT, VERSION, Repository

_ASSIGNMENT = re.compile(r'(?m)^__version__ = "([^"]+)"$')


@dataclass(frozen=True)
class VersionState:
    """The version of the package, and what it has to be."""

    current: str
    needed: str
    """The same as `current`, or higher."""
    reason: str
    """One sentence on why."""
    released: str | None
    """The last version that was released."""


def find_release(repository: Repository, below: str | None = None) -> str | None:
    """Return the tag of the last release, such as `v1.2.0`; pre-releases do not count.

    Args:
        repository: The clone.
        below: The version that it has to be lower than, if any.
    """
    if not repository.succeeds("rev-parse", "--git-dir"):
        return None
    tags = [tag for tag in repository.git("tag", "--merged", "HEAD", "--list", "v*").split() if _is_release(tag)]
    if below is not None:
        tags = [tag for tag in tags if Version(tag) < Version(below)]
    return max(tags, key=Version, default=None)


def _is_release(tag: str) -> bool:
    try:
        return not Version(tag).is_prerelease
    except InvalidVersion:
        return False


def find_needed_version(root: Path, report: Reporter = report_changes) -> VersionState:
    """Compare the document with that of the last release.

    Raises:
        JobError: The version of the package cannot be read, or the report failed.
    """
    repository = Repository(root)
    current = read_version(root)
    tag = find_release(repository)
    if tag is None:
        reason = "no release was tagged yet, so any version will do."
        if repository.succeeds("rev-parse", "--git-dir"):
            if repository.git("rev-parse", "--is-shallow-repository") == "true":
                reason = "this clone is shallow and has no tags; `git fetch --unshallow --tags` gets them."
        else:
            reason = "this is not a git repository, so the last release is unknown."
        return VersionState(current, current, f"{current} stays: {reason}", None)
    released = str(Version(tag))
    try:
        found = report(root, tag, DOCUMENT)
    except UnusableDocumentError as error:
        # `make generate` judges the document; one that was released and cannot be used any more is no reason to stop.
        return VersionState(current, current, f"{current} was not compared with {tag}: {error}", released)
    since = f"{SUMMARIES[found.verdict]} since {tag}"
    # 1.2.0rc1 is enough for 1.2.0.
    if Version(Version(current).base_version) >= Version(found.next_version):
        return VersionState(current, current, f"{current} is enough for {since}.", released)
    return VersionState(current, found.next_version, f"{since} ask for {found.next_version}.", released)


def read_version(root: Path) -> str:
    """Return the version of the package.

    Raises:
        JobError: There is none.
    """
    found = _ASSIGNMENT.search((root / VERSION).read_text(encoding="utf-8"))
    if found is None:
        raise JobError(f"{VERSION} has no line of the form __version__ = ...")
    return found[1]


def write_version(root: Path, version: str) -> None:
    """Set the version of the package."""
    path = root / VERSION
    text = path.read_text(encoding="utf-8")
    path.write_text(_ASSIGNMENT.sub(f'__version__ = "{version}"', text), encoding="utf-8")


def main(arguments: list[str], root: Path, report: Reporter = report_changes) -> int:
    """Set the version, or check it.

    Returns:
        0 on success, 1 if the version is too low.
    """
    try:
        state = find_needed_version(root, report)
    except JobError as error:
        print(error, file=sys.stderr)
        return 1
    if state.current == state.needed:
        print(f"Version: {state.reason}")
        return 0
    if "--check" in arguments:
        print(
            f"{VERSION} has {state.current}, which is too low: {state.reason} Run `make version` to set it.",
            file=sys.stderr,
        )
        return 1
    write_version(root, state.needed)
    changelog = root / CHANGELOG
    text = changelog.read_text(encoding="utf-8")
    changelog.write_text(set_version(text, state.needed, state.released), encoding="utf-8")
    print(f"{VERSION} was set to {state.needed}: {state.reason}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], Path.cwd()))
