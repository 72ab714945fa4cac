"""The version under which a change is released, by Semantic Versioning."""

from __future__ import annotations

import re

from generator.changes.entries import Verdict

_VERSION = re.compile(r"(\d+)\.(\d+)\.(\d+)")


def next_version(now: str, verdict: Verdict, *, deprecates: bool = False) -> str:
    """Return the next version: before 1.0, a breaking change asks for a minor version; a deprecation always does.

    Raises:
        ValueError: The present version does not consist of three numbers.
    """
    found = _VERSION.fullmatch(now)
    if found is None:
        raise ValueError(f"{now!r} is not a version of three numbers, such as 1.2.3")
    major, minor, patch = map(int, found.groups())
    if verdict is Verdict.NOTHING:
        return now
    if verdict is Verdict.BREAKING and major:
        return f"{major + 1}.0.0"
    return f"{major}.{minor}.{patch + 1}" if verdict is Verdict.TEXTS and not deprecates else f"{major}.{minor + 1}.0"
