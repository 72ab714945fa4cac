"""Untrusted text in pull requests and in the changelog: it must notify nobody, mention no issues, and hide nothing."""

from __future__ import annotations

import re
import unicodedata

# A zero-width space in the middle ends what GitHub would recognize, in text and in code, and cannot be seen.
_BREAK = "\u200b"
_MARKUP = re.compile(
    r"""
      (?<=@)(?=\w)                     # a mention: @team
    | (?<=\#)(?=\d)                    # an issue: #123, owner/name#123
    | (?<=\bGH-)(?=\d)                 # an issue: GH-123
    | (?<=\bgithub)(?=\.com\b)         # the URL of an issue, which shows up there
    | (?<=<)(?=[a-z!/?])               # HTML, comments included, and <https://...>
    | (?<=\])(?=[(:])                  # a link, an image, or where one leads: [name]: https://...
    """,
    re.VERBOSE | re.IGNORECASE,
)


def escape_markup(text: str) -> str:
    """Return Markdown that looks the same, but notifies nobody, has no HTML, and no links but URLs that can be read."""
    return _MARKUP.sub(_BREAK, "".join(map(_make_visible, text)))


def fence(text: str) -> str:
    """Format a code block that its text cannot end."""
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    marks = "`" * max(3, longest + 1)
    return f"{marks}text\n{text}\n{marks}"


def _make_visible(character: str) -> str:
    """Escape control characters and those that change the direction of text."""
    if character in "\n\t" or unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Zl", "Zp"):
        return character
    return character.encode("unicode_escape", "surrogatepass").decode("ascii")
