"""What is found: entries in sections, and the verdict over all of them."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import NamedTuple


class Section(str, Enum):
    """A section of the report, in the order of the report."""

    BREAKING = "breaking"
    BEHAVIOUR = "behavior"
    NEW = "new"
    DEPRECATED = "deprecated"
    TEXTS = "texts"


class Verdict(str, Enum):
    """What the most serious entry means for a release."""

    BREAKING = "breaking"
    BEHAVIOUR = "behavior"
    ADDITIONS = "additions"
    TEXTS = "texts"
    NOTHING = "nothing"

    @property
    def exit_code(self) -> int:
        """The exit code of the command line."""
        return {"breaking": 30, "behavior": 20, "additions": 10}.get(self.value, 0)


class Entry(NamedTuple):
    """Something that changed."""

    section: Section
    name: str
    """As a user writes it: ``client.agents.list(search=)``."""
    text: str
    """What happened to it, in a clause."""
    old: str = ""
    new: str = ""
    place: str = ""
    """File, line and JSON pointer in the new document, or in the old one for what was removed."""
    resource: str = ""
    """The resource that came or went with all its calls, if one did; they are shown together."""


def judge(entries: Iterable[Entry]) -> Verdict:
    """Return the verdict over all entries.

    Args:
        entries: All entries; deprecations by themselves are texts, because no code changes.
    """
    sections = {entry.section for entry in entries}
    if not sections:
        return Verdict.NOTHING
    verdicts = {
        Section.BREAKING: Verdict.BREAKING,
        Section.BEHAVIOUR: Verdict.BEHAVIOUR,
        Section.NEW: Verdict.ADDITIONS,
    }
    return next((verdicts[section] for section in verdicts if section in sections), Verdict.TEXTS)
