"""Prints a report: as Markdown, as JSON, and as the lines for the changelog."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable

from generator.changes.entries import Entry, Section, Verdict
from generator.changes.markdown import code
from generator.changes.report import ChangeReport
from generator.text import ended

_VERDICTS = {
    Verdict.BREAKING: "Breaking",
    Verdict.BEHAVIOUR: "Behavior changes",
    Verdict.ADDITIONS: "Additions only",
    Verdict.TEXTS: "Texts only",
    Verdict.NOTHING: "Nothing changes for users of the client",
}
_TITLES = {
    Section.BREAKING: "Breaking",
    Section.BEHAVIOUR: "Behavior",
    Section.NEW: "New",
    Section.DEPRECATED: "Deprecated",
    Section.TEXTS: "Texts",
}
_CHANGELOG = {
    Section.BREAKING: "Breaking",
    Section.BEHAVIOUR: "Changed",
    Section.NEW: "Added",
    Section.DEPRECATED: "Deprecated",
}
_MOST_NAMES = 12
_USABLE = ("client.", "async_client.", "types.", "eigenpal.", "EigenpalClient")
_RENAMED = "is now called"
_WITH_CALLS = "with the calls that use it"
_PLURALS = {
    **{"was": "were", "is": "are", "has": "have", "it": "them", "its": "their"},
    **{"takes": "take", "returns": "return", "yields": "yield", "sends": "send", "lists": "list"},
    **{"includes": "include", "builds": "build", "reads": "read", "works": "work"},
}
_WORDS = re.compile(rf"\b({'|'.join(_PLURALS)})\b")
_SAID_OF_ONE = re.compile(rf"((no longer|now|also|always) )?({'|'.join(_PLURALS)}|can|must)\b")


def to_markdown(report: ChangeReport) -> str:
    """Format a report for a pull request, or a terminal."""
    version = f": the next version is {report.next_version}" if report.verdict is not Verdict.NOTHING else ""
    deprecates = " and deprecations" if report.verdict is Verdict.TEXTS and report.section(Section.DEPRECATED) else ""
    verdict = _VERDICTS[report.verdict].replace("Texts", f"Texts{deprecates}")
    parts = [f"**{verdict}{version}** (now {report.version})"]
    if report.lacks_overlay:
        parts.append(
            "Only the old document has an `overlay.yaml` beside it: what that adds is missing on the new side. "
            "If that is not meant, copy it."
        )
    if report.misfits:
        parts.append(
            f"The overlay does not fit the new document: {report.misfits} problem{'s' * (report.misfits > 1)}, listed "
            "by `make generate`. What it says there is missing on the new side."
        )
    for section in Section:
        entries = report.section(section)
        if entries:
            lines = "\n".join(line for group in _group(entries) for line in _format_group(group))
            parts.append(f"## {_TITLES[section]} ({len(entries)})\n\n{lines}")
    changelog = to_changelog(report)
    if changelog:
        parts.append(f"## For the changelog\n\n{changelog}")
    return "\n\n".join(parts) + "\n"


def to_json(report: ChangeReport) -> str:
    """Format a report for programs."""
    sections = {
        section.value: [
            {"name": entry.name, "text": entry.text, "old": entry.old, "new": entry.new, "place": entry.place}
            for entry in report.section(section)
        ]
        for section in Section
    }
    document = {
        "verdict": report.verdict.value,
        "version": {"now": report.version, "next": report.next_version},
        "overlay_problems": report.misfits,
        "sections": sections,
        "changelog": to_changelog(report),
    }
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def to_changelog(report: ChangeReport) -> str:
    """Format the lines for the changelog; texts alone are one line."""
    lines = [
        f"- {word}: {_sentence(group)}"
        for section, word in _CHANGELOG.items()
        for group in _group(entry for entry in report.section(section) if _is_for_users(entry))
    ]
    return "\n".join(lines) or ("- The documentation of the API was revised." if report.entries else "")


def _is_for_users(entry: Entry) -> bool:
    """Return whether the changelog has an entry: not of types that come or go with their calls, nor of inner parts."""
    return entry.name.startswith(_USABLE) and not entry.text.endswith(_WITH_CALLS)


def _group(entries: Iterable[Entry]) -> list[list[Entry]]:
    """Put together what has the same to say: the calls of one resource, or the same change in several places."""
    groups: dict[tuple[str, ...], list[Entry]] = {}
    entries = list(entries)
    calls = Counter(entry.resource for entry in entries)
    for entry in entries:
        kind = f"{entry.name.partition('.')[0]} {entry.name.count('.') if entry.name.startswith('types.') else ''}"
        if entry.resource and calls[entry.resource] > 1:
            key: tuple[str, ...] = (entry.resource,)
        elif entry.section is Section.TEXTS:
            key = ("", entry.text)
        elif entry.text.startswith(_RENAMED) and "=)" not in entry.name:
            key = (kind, _RENAMED)
        else:
            # What came or went is one list of calls, one of types and one of fields.
            key = (kind if entry.text.startswith(("was removed", "is new")) else "", entry.text)
        groups.setdefault(key, []).append(entry)
    return list(groups.values())


def _format_group(group: list[Entry]) -> list[str]:
    places = list(dict.fromkeys(entry.place for entry in group if entry.place))
    where = [f"  {code(places[0])}{f' and {len(places) - 1} more' if len(places) > 1 else ''}"] if places else []
    return [f"- {_sentence(group)}", *where]


def _sentence(group: list[Entry]) -> str:
    first = group[0]
    names = list(dict.fromkeys(entry.name for entry in group))
    if first.resource and first.resource == group[-1].resource and len(group) > 1:
        inside = [name.removeprefix(f"{first.resource}.") for name in names]
        text = "was removed with all its calls" if first.section is Section.BREAKING else "is new"
        return f"{code(first.resource)} {text}: {_join(inside, len(inside))}."
    if first.text.startswith(_RENAMED) and len({entry.text for entry in group}) > 1:
        return f"{', '.join(f'{code(entry.name)} → {_new_name(entry)}' for entry in group)}: were renamed."
    is_whole = first.section is Section.BREAKING and not first.text.endswith(_WITH_CALLS)
    text = first.text if len(names) == 1 else _pluralize(first.text)
    return f"{_join(names, len(names) if is_whole else _MOST_NAMES)}: {ended(text)}"


def _new_name(entry: Entry) -> str:
    return entry.text.removeprefix(_RENAMED).strip()


def _join(names: list[str], most: int) -> str:
    shown = ", ".join(code(name) for name in names[:most])
    return f"{shown} and {len(names) - most} more" if len(names) > most else shown


def _pluralize(text: str) -> str:
    """Return what is said of one thing, said of several; the titles of calls stay as they are."""
    if not _SAID_OF_ONE.match(text):
        return text
    parts = re.split(r"(`+[^`]*`+)", text)  # not in code
    return "".join(_WORDS.sub(lambda word: _PLURALS[word[0]], part) if part[:1] != "`" else part for part in parts)
