"""Descriptions of the spec as docstrings show them: with Python names and the values of enums."""

from __future__ import annotations

import re
from collections.abc import Mapping

from generator.text import ended
from generator.types import Type

_CODE = re.compile(r"`([^`\n]+)`")
_SENTENCE_END = re.compile(r"(?<=[.])(?<!e\.g\.)(?<!i\.e\.) ")
# An attribute of a model is None where the JSON has null or no key.
_NULL = re.compile(r"\b(?:[Nn]ull or absent|Absent or null|[Nn]ull|Absent)\b")


def spelled(about: str, names: Mapping[str, str]) -> str:
    """Translate a description to Python: null becomes None, and names in backticks become their entry in ``names``."""
    parts = _CODE.split(about)
    return "".join(
        f"`{names.get(part, part)}`" if index % 2 else _NULL.sub("None", part) for index, part in enumerate(parts)
    )


def described(about: str, found: Type, *, deprecated: bool = False) -> str:
    """Add the values of an enum to a description that does not list them, and that it is deprecated."""
    several = found.shape == "list"
    values = found.item.values if found.item and several else found.values
    if any(f"`{value}`" not in about for value in values):
        listed = ", ".join(f"`{value}`" for value in values)
        about = after_first_sentence(about, f"{'Any' if several else 'One'} of {listed}.")
    return f"Deprecated. {about}".strip() if deprecated and not about.startswith("Deprecated") else about


def after_first_sentence(about: str, sentence: str) -> str:
    """Insert a sentence after the first sentence of a description."""
    first, *rest = _SENTENCE_END.split(about, maxsplit=1)
    return " ".join(filter(None, [ended(first), sentence, *rest]))
