"""Spells names of any kind as camelCase words."""

from __future__ import annotations

import re
import unicodedata

_DIGITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_FIRST = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]+")
_LEADING = re.compile(r"[0-9]+")
_RUN = re.compile(r"[A-Za-z0-9]+")


def camel_case(text: str) -> str:
    """Spell a text as one camelCase word: ``Get Thing`` becomes ``getThing``; empty if it has no letters or digits."""
    plain = unicodedata.normalize("NFKD", text.replace("ß", "ss")).encode("ascii", "ignore").decode()
    runs = _RUN.findall(plain if any(map(str.islower, plain)) else plain.lower())
    joined = "".join(run[0].upper() + run[1:] if index else run for index, run in enumerate(runs))
    spelled = _LEADING.sub(lambda found: " ".join(_DIGITS[int(digit)] for digit in found[0]) + " ", joined, 1)
    if joined[:1].isdecimal():
        return camel_case(spelled)
    return _FIRST.sub(lambda found: found[0].lower(), joined, 1) if joined[:1].isupper() else joined
