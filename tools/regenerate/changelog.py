"""Changes the section of CHANGELOG.md that is not released yet."""

from __future__ import annotations

import re

from packaging.version import Version

_SECTION = re.compile(r"(?m)^## .*$")
_UNRELEASED = re.compile(r"## (?:(\S+) - )?unreleased", re.IGNORECASE)


def set_version(text: str, version: str, released: str | None) -> str:
    """Give the unreleased section a version; it is begun if there is none.

    Args:
        text: The changelog.
        version: The next version.
        released: The last version that was released, whose section is not changed any more.
    """
    head, section, rest = _split(text, released)
    lines = section.partition("\n")[2] if section else "\n"
    name = "unreleased" if version == released else f"{version} - unreleased"
    return f"{head}## {name}\n{lines}{rest}"


def add_changes(text: str, version: str, changes: str, *, previous: str, released: str | None) -> str:
    """Put changes of the API into the unreleased section.

    Args:
        text: The changelog.
        version: The next version.
        changes: Lines in Markdown; they are added once.
        previous: What was added on the same branch before; it is replaced. Empty if nothing was.
        released: The last version that was released.

    Returns:
        The new changelog. If somebody rewrote the previous lines, they stay, and different changes are added below.
    """
    if not changes and not previous:
        return text
    head, section, rest = _split(set_version(text, version, released), released)
    if previous and has_lines(section, previous):
        before, after = f"{section}\n".split(f"\n{previous}\n", 1)
        section = "\n".join(part for part in (before, changes, after) if part)
    elif changes != previous and not has_lines(section, changes):
        kept = section.rstrip()
        is_list = _last_block(kept).startswith("- ") and changes.startswith("- ")
        section = kept + ("\n" if is_list else "\n\n") + changes
    return head + section.rstrip() + ("\n\n" if rest else "\n") + rest


def has_lines(text: str, lines: str) -> bool:
    """Return whether a text has these lines, one after the other."""
    return f"\n{lines}\n" in f"\n{text}\n"


def _split(text: str, released: str | None) -> tuple[str, str, str]:
    """Return what is before the unreleased section, that section, and what follows."""
    found = list(_SECTION.finditer(text))
    if not found:
        return f"{text.rstrip()}\n\n", "", ""
    start = found[0].start()
    named = _UNRELEASED.fullmatch(found[0][0].strip())
    if named is None or (named[1] and released and Version(named[1]) <= Version(released)):
        return text[:start], "", text[start:]
    end = found[1].start() if len(found) > 1 else len(text)
    return text[:start], text[start:end], text[end:]


def _last_block(text: str) -> str:
    return text.rpartition("\n\n")[2]
