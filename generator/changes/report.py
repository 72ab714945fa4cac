"""Compares two sides."""

from __future__ import annotations

from dataclasses import dataclass

from generator.changes.behavior import Behavior
from generator.changes.calls import Calls
from generator.changes.code import name_files
from generator.changes.entries import Entry, Section, Verdict, judge
from generator.changes.models import compare_types
from generator.changes.places import Places
from generator.changes.remainder import find_remainder
from generator.changes.renames import find_renamed_calls, find_renamed_types, rename_types
from generator.changes.sides import Side
from generator.changes.surfaces import Surfaces
from generator.changes.texts import Texts
from generator.changes.versions import next_version
from generator.naming import PACKAGE


@dataclass(frozen=True)
class ChangeReport:
    """What a change means to users of the client."""

    entries: list[Entry]
    version: str
    """The version of the earlier side."""
    misfits: int
    """How many actions of the overlay do not fit the present document."""
    lacks_overlay: bool = False
    """Whether only the earlier document has an overlay beside it."""

    @property
    def verdict(self) -> Verdict:
        """The verdict over all entries."""
        return judge(self.entries)

    @property
    def next_version(self) -> str:
        """The version to release the change under."""
        return next_version(self.version, self.verdict, deprecates=bool(self.section(Section.DEPRECATED)))

    def section(self, section: Section) -> list[Entry]:
        """Return the entries of a section."""
        return [entry for entry in self.entries if entry.section is section]


def compare(old: Side, new: Side) -> ChangeReport:
    """Compare two sides."""
    before, after = Places(old), Places(new)
    calls = find_renamed_calls(old.surface, new.surface, before, after)
    types = find_renamed_types(old.surface, new.surface, calls)
    # Also on the new side, where `eigenpal/` may still use the old names.
    surfaces = Surfaces(rename_types(old.surface, types), rename_types(new.surface, types), before, after, calls, types)
    renamed = {**types, **calls}
    entries = [*Calls(surfaces).entries(), *compare_types(surfaces)]
    entries += Behavior(old, new, before, after, renamed).entries()
    texts = list(Texts(old, new, before, after, renamed).entries())
    entries += [*find_remainder(old, new, after, renamed, entries + texts), *texts]
    entries = sorted(set(entries), key=lambda entry: (list(Section).index(entry.section), entry.name, entry.text))
    if not entries and old.files != new.files:
        files = sorted(name for name in {*old.files, *new.files} if old.files.get(name) != new.files.get(name))
        entries.append(Entry(Section.TEXTS, PACKAGE, f"the documentation changed, in {name_files(files)}"))
    lacks_overlay = old.reader.has_overlay and not new.reader.has_overlay
    return ChangeReport(entries, old.version, len(new.overlay_problems), lacks_overlay)
