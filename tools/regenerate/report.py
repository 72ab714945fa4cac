"""The change report, as the job uses it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tools.regenerate.errors import JobError, UnusableDocumentError
from tools.regenerate.escaping import escape_markup

VERDICTS = {0: ("nothing", "texts"), 10: ("additions",), 20: ("behavior",), 30: ("breaking",)}
"""The verdicts that go with an exit code."""
UNUSABLE = 2
SUMMARIES = {
    "nothing": "no changes of the SDK",
    "texts": "changes of texts",
    "additions": "additions",
    "behavior": "changes of behavior",
    "breaking": "breaking changes",
}


@dataclass(frozen=True)
class ChangeReport:
    """What a new document changes for users of the SDK."""

    verdict: str
    next_version: str
    changelog: str
    """Lines for the changelog, in Markdown; empty if nothing is worth a line."""
    markdown: str
    """The whole report."""


Reporter = Callable[[Path, str, str], ChangeReport]
"""Compares two documents, each a path or a git revision, in the repository at a path."""


def report_changes(root: Path, old: str, new: str) -> ChangeReport:
    """Run `python -m generator.changes` on two documents.

    Args:
        root: The folder of the repository.
        old: The path of a document, or a git revision.
        new: Likewise.

    Raises:
        UnusableDocumentError: One of them cannot be used.
        JobError: The report failed.
    """
    return parse_report(_run(root, old, new, "json"), _run(root, old, new, "markdown")[1])


def parse_report(answer: tuple[int, str], markdown: str) -> ChangeReport:
    """Read a report from its exit code, its JSON and its Markdown.

    What is written to files and sent to GitHub is checked here, and its markup made harmless.

    Raises:
        JobError: It is not what the job understands.
    """
    code, text = answer
    try:
        found = json.loads(text)
        verdict, version, changelog = str(found["verdict"]), str(found["version"]["next"]), str(found["changelog"])
    except (ValueError, KeyError, TypeError) as error:
        raise JobError(f"The change report cannot be read: {type(error).__name__}: {error}") from error
    if verdict not in VERDICTS.get(code, ()):
        raise JobError(
            f"The change report ended with code {code} and the verdict {verdict!r}, which do not go together."
        )
    if not re.fullmatch(r"\d+\.\d+\.\d+", version):
        raise JobError(f"The change report suggests {version!r}, which is not a version.")
    # A heading would end the section of the changelog.
    changelog = re.sub(r"(?m)^(?=\s*#)", r"\\", changelog.strip())
    return ChangeReport(verdict, version, escape_markup(changelog), escape_markup(markdown.strip()))


def _run(root: Path, old: str, new: str, format_: str) -> tuple[int, str]:
    command = [sys.executable, "-m", "generator.changes", old, new, "--format", format_]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    if done.returncode == UNUSABLE:
        raise UnusableDocumentError(done.stderr.strip())
    if done.returncode not in VERDICTS:
        raise JobError(f"The change report failed:\n{done.stderr.strip()}")
    return done.returncode, done.stdout
