"""Helpers to read and compare JSON of unknown structure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias, cast

JsonObject: TypeAlias = Mapping[str, Any]


def as_mapping(value: object) -> JsonObject | None:
    """Return the value if it is a JSON object, otherwise None."""
    return cast("JsonObject", value) if isinstance(value, Mapping) else None


def as_list(value: object) -> list[object] | None:
    """Return the value if it is a JSON array, otherwise None."""
    return cast("list[object]", value) if isinstance(value, list) else None


def is_same_json(one: object, other: object) -> bool:
    """Return whether two JSON values are equal. 1 equals 1.0 but not true, unlike in Python."""
    # A stack instead of recursion: outputs may be nested deeper than Python's recursion limit.
    stack: list[tuple[object, object]] = [(one, other)]
    while stack:
        one, other = stack.pop()
        mapping, other_mapping = as_mapping(one), as_mapping(other)
        items, other_items = as_list(one), as_list(other)
        if mapping is not None and other_mapping is not None:
            if mapping.keys() != other_mapping.keys():
                return False
            stack.extend((mapping[key], other_mapping[key]) for key in mapping)
        elif items is not None and other_items is not None:
            if len(items) != len(other_items):
                return False
            stack.extend(zip(items, other_items, strict=True))
        elif isinstance(one, bool) or isinstance(other, bool):
            if one is not other:
                return False
        elif one != other and not (one != one and other != other):  # two NaNs, which some servers send, count as equal
            return False
    return True
