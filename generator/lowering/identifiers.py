"""Gives each operation its place in the client tree: an operationId of camelCase words with dots."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import chain, count

from generator.lowering.walk import METHODS, rewrite_operations, rewrite_path_items
from generator.lowering.words import camel_case
from generator.naming import OPERATION_ID, PATH_PARAMETER, iterator_name, media_words, operation_steps
from generator.nodes import Node, mapping, nodes, sequence
from generator.problems import Report

_REMEDY = "update $.paths['/the/path'].method with `x-eigenpal-method: its.place`"
_LONGEST = 150
_PREFIX = re.compile(r"api|rest|v[0-9]+([._][0-9]+)*", re.IGNORECASE)
_CONTROLLER = re.compile(r"[A-Za-z0-9]+Controller_(\w+)")
_VERBS = {"post": "create", "put": "replace", "patch": "update"}


def identifiers(document: Node, report: Report) -> Node:
    """Name every operation, and leave out those of methods that a client does not need."""
    document = rewrite_path_items(document, lambda path, item: _without_rare(path, item, report))
    places: list[_Place] = []

    def collect(operation: Node, path: str, method: str) -> Node:
        places.append(_Place.of(operation, path, method, report))
        for entry in nodes(operation, "x-eigenpal-also"):
            places.append(_Place(operation, [(str(entry.get("operation", "")), 0)], is_further=True))
        return operation

    rewrite_operations(document, collect)
    _settle(places, report)
    names = {id(place.operation): place.name for place in places if not place.is_further}

    def rename(operation: Node, _path: str, _method: str) -> Node:
        name = names[id(operation)]
        renamed = operation.having(operationId=name)
        if operation.get("x-eigenpal-method") is False:
            return renamed
        # Without a dot, a name stands under a tag, unless it is said to be the place itself.
        own = {"x-eigenpal-method": name} if "." not in name and "tags" in operation else {}
        return _with_methods(renamed.without("x-eigenpal-method").having(**own), operation, places)

    document = rewrite_operations(document, rename)
    _check_iterators(places, report)
    return document


def _with_methods(renamed: Node, operation: Node, places: list[_Place]) -> Node:
    """Return an operation with a further method for every media type of its body that has none."""
    entries = nodes(operation, "x-eigenpal-also")
    media = list(mapping(mapping(operation, "requestBody"), "content"))
    for other, spelled in list(zip(media, media_words(media), strict=True))[1:]:
        if any(entry.get("media") == other for entry in entries):
            continue
        word = camel_case(spelled)
        base = f"{renamed['operationId']}{word[0].upper()}{word[1:]}"
        taken = _members(places)
        names = chain([base], (f"{base}Body{number if number > 1 else ''}" for number in count(1)))
        name = next(name for name in names if ".".join(operation_steps(name)) not in taken)
        places.append(_Place(operation, [(name, 0)], is_further=True))
        entries.append(Node({"operation": name, "media": other}, operation.origin))
    return renamed.having(**{"x-eigenpal-also": entries}) if entries else renamed


@dataclass
class _Place:
    """An operation, or another method of one, and the names that it can have."""

    operation: Node
    candidates: list[tuple[str, int]]
    """The best one first; the number is its claim to the name: the lower, the better."""
    is_further: bool = False
    """Whether it is another method of the operation."""
    notes: list[str] = field(default_factory=list[str])

    @classmethod
    def of(cls, operation: Node, path: str, method: str, report: Report) -> _Place:
        """Return the names that an operation can have."""
        chosen, written = operation.get("x-eigenpal-method"), operation.get("operationId")
        if isinstance(chosen, str):
            if not OPERATION_ID.fullmatch(chosen):
                message = f"{chosen!r} must be camelCase words joined by dots, as in runs.expected.rename"
                report.refuse(operation.at("x-eigenpal-method"), message, remedy="correct it")
            return cls(operation, [(chosen, 0)])
        own = _by_identifier(str(written), operation, path, method) if written else []
        if not own:
            about = f"{written!r} has no letters" if written else "it has no operationId"
            report.note(
                operation.origin,
                f"{about}; named after its path and method: {_by_path(path, method)}",
                kind="an operation named after its path and method",
                remedy=_REMEDY,
            )
        by_path = [(_by_path(path, method), 3)]
        if PATH_PARAMETER.search(path):
            by_path.append((_by_path(path, method, by=True), 4))
        return cls(operation, [*own, *by_path])

    @property
    def name(self) -> str:
        """The name that it has for now."""
        return self.candidates[0][0]

    @property
    def claim(self) -> int:
        """How good its claim to the name is."""
        return self.candidates[0][1]

    @property
    def python_name(self) -> str:
        """The name as Python spells it."""
        return ".".join(operation_steps(self.name))


# --- names ------------------------------------------------------------------------------------------------------------


def _by_identifier(written: str, operation: Node, path: str, method: str) -> list[tuple[str, int]]:
    if "." in written:
        steps = [camel_case(step) for step in written.split(".")]
        return _candidates(written, [".".join(step for step in steps if step)])
    # Without a method it has no place in the tree.
    has_method = operation.get("x-eigenpal-method") is not False
    tag = str(next(iter(sequence(operation, "tags")), "")) if has_method else ""
    group = [step for step in map(camel_case, tag.split(".")) if step]
    names = [written]
    suffix = re.sub(r"\W", "_", f"{path}_{method}")
    controller = _CONTROLLER.fullmatch(written)
    if written.endswith(suffix) and written != suffix:  # as FastAPI makes it: function, path and method
        names.insert(0, written[: -len(suffix)])
    elif controller and group:  # as NestJS makes it
        names.insert(0, controller[1])
    return _candidates(written, [".".join([*group, camel_case(name)]) for name in names if camel_case(name)])


def _candidates(written: str, names: list[str]) -> list[tuple[str, int]]:
    is_exact = [written in (name, name.rpartition(".")[2]) for name in names]
    claims = [0 if exact else 2 if index < len(names) - 1 else 1 for index, exact in enumerate(is_exact)]
    return [(name, claim) for name, claim in zip(names, claims, strict=True) if name]


def _by_path(path: str, method: str, *, by: bool = False) -> str:
    """Make a name of a path and a method, such as ``things.get`` for GET /things/{id}."""
    segments = [segment for segment in path.split("/") if segment]
    while len(segments) > 1 and _PREFIX.fullmatch(segments[0]):
        segments.pop(0)
    literals = [camel_case(PATH_PARAMETER.sub(" ", segment)) for segment in segments]
    steps = [literal for literal in literals if literal]
    is_item = bool(literals) and not literals[-1]
    is_plural = bool(steps) and steps[-1].endswith("s") and not steps[-1].endswith(("ss", "us", "is"))
    verb = "list" if method == "get" and is_plural and not is_item else _VERBS.get(method, method)
    if method == "post" and is_item:
        verb = "post"
    elif method == "post" and steps and not is_plural:  # an action: POST /things/{id}/cancel
        verb = steps.pop()
    if by:
        verb = camel_case(f"{verb} by {' and '.join(PATH_PARAMETER.findall(path))}")
    return ".".join([*steps, verb])


# --- collisions -------------------------------------------------------------------------------------------------------


def _settle(places: list[_Place], report: Report) -> None:
    """Give those another name whose name somebody else has a better claim to."""
    moved = True
    while moved:
        moved = False
        for rivals in _rivals(places):
            best = min(place.claim for place in rivals)
            alone = sum(place.claim == best for place in rivals) == 1 and len(rivals) > 1
            for place in rivals:
                if len(place.candidates) > 1 and not (alone and place.claim == best):
                    left, _ = place.candidates.pop(0)
                    moved = True
                    if place.claim >= 3:
                        place.notes.append(f"{left} is taken")
    for rivals in _rivals(places):
        other = f"by {rivals[0].operation.origin}" if len(rivals) > 1 else "by a group of operations"
        report.refuse(
            rivals[-1].operation.origin,
            f"client.{rivals[0].python_name} is taken {other}",
            kind="an operation whose place in the client tree is taken",
            remedy=_REMEDY,
        )
    for place in places:
        if max(map(len, place.name.split("."))) > _LONGEST:
            message = f"{place.name[:40]}... is too long for the name of a file"
            report.refuse(place.operation.origin, message, kind="an operation with a long name", remedy=_REMEDY)
        if place.notes:
            report.note(
                place.operation.origin,
                f"becomes {place.name}: {place.notes[0]}",
                kind="an operation under another name, because its own is taken",
                remedy=_REMEDY,
            )


def _rivals(places: list[_Place]) -> list[list[_Place]]:
    """Return those that have the same name, and each operation that is also a group of operations."""
    named: dict[str, list[_Place]] = defaultdict(list)
    groups: set[str] = set()
    for place in places:
        named[place.python_name].append(place)
        steps = place.python_name.split(".")
        groups |= {".".join(steps[:length]) for length in range(1, len(steps))}
    return [found for name, found in named.items() if len(found) > 1 or name in groups]


def _members(places: list[_Place]) -> set[str]:
    """Return the methods and groups of the client tree, as Python spells them."""
    steps = [place.python_name.split(".") for place in places]
    return {".".join(found[:length]) for found in steps for length in range(1, len(found) + 1)}


def _check_iterators(places: list[_Place], report: Report) -> None:
    """Report iterators whose names are taken."""
    members = _members(places)
    for place in places:
        *above, method = place.python_name.split(".")
        iterator = ".".join([*above, iterator_name(method)])
        if "x-eigenpal-pagination" in place.operation and iterator in members:
            message = f"its iterator collides with {iterator}"
            report.refuse(place.operation.origin, message, kind="an iterator whose name is taken", remedy=_REMEDY)


def _without_rare(path: str, item: Node, report: Report) -> Node:
    rare = [method for method in METHODS if method in item and method not in ("get", "put", "post", "delete", "patch")]
    for method in rare:
        message = f"{method.upper()} {path} is not generated"
        report.note(item.at(method), message, kind="an operation of a method that is not generated")
    return item.without(*rare)
