"""Texts that match a regular expression, always the same ones.

The libraries that make such texts choose at random; some of them differ between processes even with a fixed seed.
"""

from __future__ import annotations

import importlib
import re
import string
import sys
import warnings
from collections.abc import Callable, Iterator
from typing import Any

# What `re` itself compiles with; its nodes are the same in all supported versions.
_PARSER: Any = importlib.import_module("re._parser" if sys.version_info >= (3, 11) else "sre_parse")

_GROUP = re.compile(r"\(\?<(?![=!])")
_LETTERS = string.ascii_lowercase + string.ascii_uppercase + string.digits + string.punctuation + " "
_CATEGORIES: dict[str, Callable[[str], bool]] = {
    "CATEGORY_DIGIT": str.isdigit,
    "CATEGORY_NOT_DIGIT": lambda letter: not letter.isdigit(),
    "CATEGORY_SPACE": str.isspace,
    "CATEGORY_NOT_SPACE": lambda letter: not letter.isspace(),
    "CATEGORY_WORD": lambda letter: letter.isalnum() or letter == "_",
    "CATEGORY_NOT_WORD": lambda letter: not (letter.isalnum() or letter == "_"),
}
_LISTED = ("LITERAL", "RANGE")
_EXTRA_REPEATS = (0, 1, 2, 4, 8, 16)
_MAX_LENGTH = 10_000


def iter_matches(pattern: str) -> Iterator[str]:
    """Yield texts that are likely to match a pattern of a schema, the shortest first; none if it is not understood.

    Assertions inside the pattern are not followed, so the caller has to check the texts.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            # Patterns of JSON Schema are those of JavaScript, which names groups differently.
            parsed = _PARSER.parse(_GROUP.sub("(?P<", pattern))
    except (re.error, OverflowError, RecursionError):
        return
    seen: set[str] = set()
    for extra in _EXTRA_REPEATS:
        try:
            text = _Writer(extra).write(parsed)
        except _NoTextError:
            return
        if text not in seen:
            seen.add(text)
            yield text


class _NoTextError(Exception):
    """The pattern has a node that is not understood, or its texts are too long."""


class _Writer:
    """Writes one text for a parsed pattern, repeating what may be repeated ``extra`` times more than it has to be."""

    def __init__(self, extra: int) -> None:
        self._extra = extra
        self._groups: dict[int, str] = {}

    def write(self, nodes: Any) -> str:
        text = "".join(self._write_node(str(opcode), value) for opcode, value in nodes)
        if len(text) > _MAX_LENGTH:
            raise _NoTextError(f"{len(text)} characters")
        return text

    def _write_node(self, opcode: str, value: Any) -> str:
        match opcode:
            case "LITERAL":
                return chr(value)
            case "ANY":
                return _LETTERS[0]
            case "NOT_LITERAL" | "IN":
                return self._write_letter([("LITERAL", value)] if opcode == "NOT_LITERAL" else value, opcode)
            case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
                minimum, maximum, nodes = value
                times = min(int(minimum) + self._extra, int(maximum))
                if times > _MAX_LENGTH:
                    raise _NoTextError(f"{times} repeats")
                return "".join(self.write(nodes) for _ in range(times))
            case "BRANCH":
                return self.write(value[1][0])
            case "SUBPATTERN":
                text = self.write(value[-1])
                if value[0] is not None:
                    self._groups[value[0]] = text
                return text
            case "ATOMIC_GROUP":
                return self.write(value)
            case "GROUPREF":
                return self._groups.get(value, "")
            case "AT" | "ASSERT" | "ASSERT_NOT":
                return ""
            case _:
                raise _NoTextError(opcode)

    @staticmethod
    def _write_letter(choices: Any, opcode: str) -> str:
        is_negated = opcode == "NOT_LITERAL" or str(choices[0][0]) == "NEGATE"
        listed = [value if str(kind) == "LITERAL" else value[0] for kind, value in choices if str(kind) in _LISTED]
        letters = _LETTERS if is_negated else _LETTERS + "".join(map(chr, listed))
        for letter in letters:
            if any(_matches(letter, str(kind), value) for kind, value in choices) != is_negated:
                return letter
        raise _NoTextError(opcode)


def _matches(letter: str, kind: str, value: Any) -> bool:
    if kind == "LITERAL":
        return ord(letter) == int(value)
    if kind == "RANGE":
        return bool(value[0] <= ord(letter) <= value[1])
    if kind == "CATEGORY":
        return str(value) in _CATEGORIES and _CATEGORIES[str(value)](letter)
    return False
