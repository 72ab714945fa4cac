"""Spells names of any kind as words: ``time<`` as ``time_lt``, ``Größe`` as ``grosse``, ``2fa`` as ``twoFa``."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import chain, count

from generator.naming import python_name, snake_case

_DIGITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_SYMBOL_WORDS = "lt gt eq not dash dot dollar at plus star slash colon tilde hash percent and space"
_SYMBOLS = dict(zip("<>=!-.$@+*/:~#%& ", _SYMBOL_WORDS.split(), strict=True))
_FIRST = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]+")
_LEADING = re.compile(r"[0-9]+")
_RUN = re.compile(r"[A-Za-z0-9]+")
_NO_PLURALS = re.compile(r"(?i)(news|series|species|ss|us|is)$")
_SINGULARS = (
    (re.compile(r"(?<=[Cc]hild)ren$"), ""),
    (re.compile(r"eople$"), "erson"),
    (re.compile(r"(?<=[a-z]{2})ies$"), "y"),
    (re.compile(r"(ss|sh|tch|nch|ias|tus|x)es$"), r"\1"),
    (re.compile(r"(?<=[A-Za-z]{2})s$"), ""),
)


def camel_case(text: str) -> str:
    """Spell a text as one camelCase word: ``Get Thing`` becomes ``getThing``; empty if it has no letters or digits."""
    plain = unicodedata.ucd_3_2_0.normalize("NFKD", text.replace("ß", "ss")).encode("ascii", "ignore").decode()
    runs = _RUN.findall(plain if any(map(str.islower, plain)) else plain.lower())
    joined = "".join(run[0].upper() + run[1:] if index else run for index, run in enumerate(runs))
    spelled = _LEADING.sub(lambda found: " ".join(_DIGITS[int(digit)] for digit in found[0]) + " ", joined, 1)
    if joined[:1].isdecimal():
        return camel_case(spelled)
    return _FIRST.sub(lambda found: found[0].lower(), joined, 1) if joined[:1].isupper() else joined


def pascal_case(text: str) -> str:
    """Spell a text as the name of a class; it is that of its bytes if it has no letters or digits."""
    spelled = camel_case(text) or camel_case(text.encode().hex()) or "schema"
    return spelled[0].upper() + spelled[1:]


def symbols_as_words(text: str) -> str:
    """Spell a text in snake_case, with words for its symbols: ``$ref`` is ``dollar_ref``; empty if nothing is left."""
    return snake_case(camel_case("".join(f" {_SYMBOLS[letter]} " if letter in _SYMBOLS else letter for letter in text)))


def singular(name: str) -> str:
    """Return the singular of a name that ends in an English plural; empty if it does not."""
    if not _NO_PLURALS.search(name):
        for pattern, ending in _SINGULARS:
            if pattern.search(name):
                return pattern.sub(ending, name)
    return ""


def numbered(name: str, separator: str = "") -> Iterator[str]:
    """Yield a name, then the name with the numbers from 2."""
    return chain([name], (f"{name}{separator}{number}" for number in count(2)))


def take_name(wanted: Iterable[str], taken: set[str], reserved: frozenset[str]) -> str:
    """Take the first of the wanted names that Python tells apart from those taken; empty if there is none."""
    for name in wanted:
        plain = python_name(name, reserved)
        if plain and plain not in taken:
            taken.add(plain)
            return name
    return ""
