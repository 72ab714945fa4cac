"""The nodes of a loaded document: objects that know where they came from, so that every message can name a place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, cast

from generator.problems import below


class Node(dict[str, Any]):
    """An object of a document."""

    __slots__ = ("origin",)

    def __init__(self, items: Mapping[str, Any] | Iterable[tuple[str, Any]] = (), origin: str = "#") -> None:
        super().__init__(items)
        self.origin = origin
        """Where it stands in the file it came from: a JSON pointer, which begins with the name of the overlay's file if
        it came from there."""

    def at(self, *steps: str | int) -> str:
        """Return the place of something inside."""
        return below(self.origin, *steps)

    def having(self, /, **changes: Any) -> Node:
        """Return a copy with some values replaced or added, which came from the same place."""
        return Node({**self, **changes}, self.origin)

    def without(self, *keys: str) -> Node:
        """Return a copy that lacks some keys."""
        return Node({key: value for key, value in self.items() if key not in keys}, self.origin)


def with_origins(value: Any, origin: str = "#") -> Any:
    """Return a copy of a JSON value whose objects are nodes."""
    if isinstance(value, dict):
        entries = cast("dict[str, Any]", value)
        return Node({key: with_origins(item, below(origin, key)) for key, item in entries.items()}, origin)
    if isinstance(value, list):
        rows = cast("list[Any]", value)
        return [with_origins(item, below(origin, index)) for index, item in enumerate(rows)]
    return value


def mapping(node: Mapping[str, Any], key: str) -> Node:
    """Return the object under a key; empty if there is none."""
    value = node.get(key)
    if isinstance(value, Node):
        return value
    origin = node.at(key) if isinstance(node, Node) else "#"
    return Node(cast("dict[str, Any]", value) if isinstance(value, dict) else {}, origin)


def sequence(node: Mapping[str, Any], key: str) -> list[Any]:
    """Return the list under a key; empty if there is none."""
    value = node.get(key)
    return cast("list[Any]", value) if isinstance(value, list) else []


def nodes(node: Mapping[str, Any], key: str) -> list[Node]:
    """Return the objects in the list under a key."""
    return [entry for entry in sequence(node, key) if isinstance(entry, Node)]
