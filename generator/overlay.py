"""Applies an overlay (OpenAPI Overlay 1.0): what this SDK adds to the document, or corrects in it.

Two rules of ours: a target goes by name, never by a position, which would still fit when something is inserted before
it; and an action says in ``x-expect`` how many places it hits, unless it is one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from difflib import get_close_matches
from typing import Any, cast

from jsonpath import JSONPath, JSONPathEnvironment, JSONPathError, JSONPathMatch
from jsonpath.selectors import Filter, IndexSelector, NameSelector, SliceSelector

from generator.nodes import Node, mapping, with_origins
from generator.problems import Report, below, pointer
from generator.renames import Renames

_ENVIRONMENT = JSONPathEnvironment(strict=True)
_ROOT_KEYS = {"overlay", "info", "extends", "actions"}
_ACTION_KEYS = {"target", "description", "update", "remove", "x-expect"}
_NAMING_KEYS = ("operationId", "name", "$ref", "url", "title")
"""Keys by which an entry of a list can be targeted."""

_KIND = "an action of the overlay that does not fit the document"
_REMEDY = "change the target of the action, or delete the action if what it is for is gone"

_REMOVED = object()


class Overlay:
    """An overlay; what is wrong with it goes to a report, and the rest is applied."""

    def __init__(
        self, root: Node, report: Report, earlier: Mapping[str, Any], without: Collection[str] = frozenset()
    ) -> None:
        """Take an overlay.

        Args:
            root: The loaded file.
            report: Takes what is wrong with it.
            earlier: The document of an earlier time, which helps to recognize what was renamed.
            without: Places in the document to which it adds nothing.
        """
        self.moved: dict[str, str] = {}
        """By place in the document: the place in the overlay of what was added there."""
        self._root = root
        self._report = report
        self._earlier = earlier
        self._without = without

    def apply(self, document: Node) -> Node:
        """Return the document with all actions applied, one after the other."""
        version = self._root.get("overlay")
        if not isinstance(version, str) or not re.match(r"1\.0(\.|$)", version):
            self._report.refuse(self._root.at("overlay"), f"must be version 1.0.0 of Overlay, not {version!r}")
        for key in ("title", "version"):
            if not isinstance(mapping(self._root, "info").get(key), str):
                self._report.refuse(self._root.at("info", key), "must be text")
        self._check_keys(self._root, _ROOT_KEYS)
        actions = self._root.get("actions")
        if not isinstance(actions, list) or not actions:
            self._report.refuse(self._root.at("actions"), "must be a list with at least one action")
            return document
        for index, action in enumerate(cast("list[Any]", actions)):
            if isinstance(action, Node):
                document = self._act(action, document)
            else:
                self._report.refuse(self._root.at("actions", index), "must be an object")
        return document

    def _check_keys(self, node: Node, known: set[str]) -> None:
        for key in node:
            if key not in known and not key.startswith("x-"):
                self._report.refuse(node.at(key), f"is not a key of an overlay; those are {', '.join(sorted(known))}")

    # --- one action ---------------------------------------------------------------------------------------------------

    def _act(self, action: Node, document: Node) -> Node:
        self._check_keys(action, _ACTION_KEYS)
        is_removal = action.get("remove", False)
        if not isinstance(is_removal, bool):
            self._report.refuse(action.at("remove"), "must be true or false")
            return document
        if is_removal == ("update" in action):
            self._report.refuse(action.origin, "must have either update or remove: true")
            return document
        path = self._compile(action, document)
        if path is None:
            return document
        matches = self._find(path, action, document)
        self._check_count(matches, path, action, document)
        # What is inside is changed before what is around it, and the end of a list before its beginning.
        for match in sorted(matches, key=_order, reverse=True):
            document = _rewrite(document, match.parts, self._change(match, action))
        return document

    def _change(self, match: JSONPathMatch, action: Node) -> Callable[[Any], Any]:
        if "update" in action:
            update: Any = action["update"]
            place, is_list = pointer(*match.parts), isinstance(match.obj, list)
            if is_list and not isinstance(update, list):
                update = [update]
            if is_list or (isinstance(match.obj, Node) and isinstance(update, Node)):
                return lambda target: self._merge(target, update, place, action.at("update"))
            reason = "can only be merged into an object or a list" if isinstance(update, Node) else "must be an object"
            self._report.refuse(action.at("update"), f"{reason}: the target is {place}", kind=_KIND, remedy=_REMEDY)
        elif match.parts:
            return lambda target: _REMOVED
        else:
            self._report.refuse(action.at("target"), "must not be the whole document, which cannot be removed")
        return lambda target: target

    def _merge(self, target: Any, update: Any, place: str, source: str) -> Any:
        """Merge objects key by key, and join lists; all other values are replaced."""
        if isinstance(target, Node) and isinstance(update, Node):
            merged = dict(target)
            for key, value in update.items():
                if below(place, key) not in self._without:
                    merged[key] = self._merge(target.get(key), value, below(place, key), below(source, key))
            return Node(merged, target.origin)
        if isinstance(target, list) and isinstance(update, list):
            rows, added = cast("list[Any]", target), cast("list[Any]", update)
            self.moved |= {below(place, len(rows) + index): below(source, index) for index in range(len(added))}
            return [*rows, *added]
        self.moved[place] = source
        return with_origins(update, place)

    # --- targets ------------------------------------------------------------------------------------------------------

    def _compile(self, action: Node, document: Node) -> JSONPath | None:
        target, place = action.get("target"), action.at("target")
        if not isinstance(target, str):
            self._report.refuse(place, "must be a JSONPath, as text")
            return None
        try:
            path = _ENVIRONMENT.compile(target)
        except JSONPathError as error:
            at = f" at column {error.token.index + 1}" if error.token and error.token.index >= 0 else ""
            self._report.refuse(place, f"{target!r} is not a JSONPath (RFC 9535): {error.message}{at}")
            return None
        if not isinstance(path, JSONPath):
            self._report.refuse(place, f"{target!r} must be a single JSONPath")
            return None
        for number, segment in enumerate(path.segments):
            if any(isinstance(selector, (IndexSelector, SliceSelector)) for selector in segment.selectors):
                self._report.refuse(
                    place,
                    f"{segment} selects by position, which still fits when something is inserted before it; "
                    f"{_by_name(path, number, document)}",
                    kind="an action of the overlay whose target goes by position",
                )
                return None
        return path

    def _find(self, path: JSONPath, action: Node, document: Node) -> list[JSONPathMatch]:
        try:
            return list({match.parts: match for match in path.finditer(document)}.values())
        except JSONPathError as error:
            self._report.refuse(action.at("target"), f"cannot be looked up: {error.message}")
            return []

    def _check_count(self, matches: list[JSONPathMatch], path: JSONPath, action: Node, document: Node) -> None:
        expected = action.get("x-expect", 1)
        if not isinstance(expected, int) or isinstance(expected, bool) or expected < 1:
            self._report.refuse(action.at("x-expect"), "must be the number of places that the target hits, from 1")
        elif len(matches) < expected:
            hits = f"hits {len(matches)} of {expected} places" if matches else "hits nothing"
            message = f"{hits}: {self._explain(path, action, document)}"
            self._report.refuse(action.at("target"), message, kind=_KIND, remedy=_REMEDY)
        elif len(matches) > expected:
            places = ", ".join(pointer(*match.parts) for match in matches[:3]) + ", ..." * (len(matches) > 3)
            self._report.refuse(
                action.at("target"),
                f"hits {len(matches)} places, not {expected}: {places}",
                kind="an action of the overlay that hits more places than it should",
                remedy="change the target of the action; if it hits what is meant, say how often in x-expect",
            )

    def _explain(self, path: JSONPath, action: Node, document: Node) -> str:
        """Say why a target hits too little: what was renamed, or how far it leads."""
        names: list[str] = re.findall(r"operationId\s*==\s*[\"']([^\"']+)[\"']", action["target"])
        renames = Renames(self._earlier, document)
        missing = [name for name in names if name not in renames.names]
        if missing:
            return "; ".join(renames.explain(name) for name in missing)
        if not path.segments:
            return "the document is one place"
        number = len(path.segments) - 1
        while not (around := _select(path, number, document)):
            number -= 1
        there = [name for match in around for name in _names_in(match.obj)]
        wanted = [name for name in _names_wanted(path, number) if name not in there]
        close = [name for want in wanted for name in get_close_matches(want, there, n=3)]
        similar = f", but {' and '.join(dict.fromkeys(close))}" if close else ""
        others = f" and {len(around) - 1} more places have" if len(around) > 1 else " has"
        return f"{pointer(*around[0].parts)}{others} no {' or '.join(wanted) or path.segments[number]}{similar}"


def _order(match: JSONPathMatch) -> list[tuple[bool, int | str]]:
    # In a list, by position; keys need no order, but one that can be compared.
    return [(isinstance(part, str), part) for part in match.parts]


def _rewrite(value: Any, parts: tuple[int | str, ...], change: Callable[[Any], Any]) -> Any:
    """Return a copy of a value in which one place is changed, or removed."""
    if not parts:
        return change(value)
    step, *rest = parts
    changed = _rewrite(value[step], tuple(rest), change)
    copy = Node(value, value.origin) if isinstance(value, Node) else list(value)
    if changed is _REMOVED:
        del copy[step]  # type: ignore[arg-type]
    else:
        copy[step] = changed  # type: ignore[index]
    return copy


def _select(path: JSONPath, count: int, document: Node) -> list[JSONPathMatch]:
    """Return what the first segments of a path hit."""
    return list(JSONPath(env=_ENVIRONMENT, segments=path.segments[:count]).finditer(document))


def _by_name(path: JSONPath, number: int, document: Node) -> str:
    """Say how to write a position in a target by name."""
    for match in _select(path, number + 1, document)[:1]:
        if isinstance(match.obj, str):
            return f"write [?@=='{match.obj}']"
        for key in _NAMING_KEYS:
            if isinstance(match.obj, Node) and isinstance(match.obj.get(key), str):
                return f"write [?@['{key}']=='{match.obj[key]}']"
    return "write a filter by name, such as [?@.name=='limit']"


def _names_wanted(path: JSONPath, number: int) -> list[str]:
    """Return the names that a segment asks for."""
    names: list[str] = []
    for selector in path.segments[number].selectors:
        if isinstance(selector, NameSelector):
            names.append(selector.name)
        elif isinstance(selector, Filter):
            names += re.findall(r"==\s*[\"']([^\"']+)[\"']", str(selector))
    return names


def _names_in(value: object) -> list[str]:
    """Return the names by which something inside a value can be targeted."""
    if isinstance(value, Node):
        return list(value)
    rows = cast("list[Any]", value) if isinstance(value, list) else []
    return [str(row[key]) for row in rows if isinstance(row, Node) for key in _NAMING_KEYS if key in row]
