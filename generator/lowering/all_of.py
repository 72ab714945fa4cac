"""Merges the parts of allOf: ``{allOf: [Base, {properties: {size: ...}}]}`` has the properties of Base and the size.

``{allOf: [Base], description: ...}`` is a reference to Base, as the other parts add nothing.
"""

from __future__ import annotations

from typing import Any

from generator.lowering.kinds import KEYWORDS
from generator.lowering.shapes import (
    WHEN,
    annotated,
    is_null,
    is_same,
    only_annotations,
    refer,
    replacing,
    schemas_of,
    target,
    without_annotations,
)
from generator.lowering.walk import Spot, rewrite_inside, rewrite_roots
from generator.nodes import Node, mapping, nodes, sequence
from generator.problems import Report

_MOST_BRANCHES = 32
_OBJECT_CHECKS = frozenset(["type", "required", "minProperties", "maxProperties", "additionalProperties"])


def merge_parts(document: Node, report: Report) -> Node:
    """Replace every allOf by one schema: a reference if the other parts add nothing, else what all parts say."""
    return rewrite_roots(document, _Merger(schemas_of(document), report).root)


class _ContradictionError(Exception):
    """Nothing fits all parts."""


class _Merger:
    """Merges schemas; the ``chain`` are the names whose parts these are, which as parts add nothing to themselves."""

    def __init__(self, schemas: Node, report: Report) -> None:
        self.schemas = schemas
        self.report = report
        self.open: list[str] = []
        """The places of what is being merged, with what is inside it."""
        self.named: dict[str, Node] = {}

    def root(self, schema: Node, spot: Spot) -> Node:
        """Merge a schema and all inside it."""
        return self._whole(schema, spot.words[:1] if spot.role == "component" else ())

    def _whole(self, schema: Node, chain: tuple[str, ...] = ()) -> Node:
        if "allOf" not in schema:
            return rewrite_inside(schema, self._whole)
        if schema.origin in self.open:
            self.report.note(schema.origin, "contains itself, so that what is beside the reference is left out")
            return annotated(next((part for part in nodes(schema, "allOf") if "$ref" in part), Node()), schema)
        self.open.append(schema.origin)
        try:
            return rewrite_inside(self._flat(schema, chain), self._whole)
        except _ContradictionError as error:
            self.report.refuse(
                schema.origin,
                f"the parts of allOf contradict each other: {error}",
                kind="contradicting parts of an allOf",
                remedy="remove one of the parts, such as allOf[?@.type=='integer'], or what it says about this",
            )
            return only_annotations(schema)
        finally:
            self.open.pop()

    def _flat(self, schema: Node, chain: tuple[str, ...]) -> Node:
        """Merge the parts of a schema, but not what is inside its properties, items and branches."""
        if "allOf" not in schema:
            return schema
        found = Node(origin=schema.origin)
        for part in nodes(schema, "allOf"):
            found = self._both(found, part, chain)
        return replacing(schema, found)

    def _full(self, schema: Node, chain: tuple[str, ...]) -> Node:
        """Return what a reference refers to, merged."""
        while name := target(schema):
            if name in chain:
                return Node(origin=schema.origin)
            chain = (*chain, name)
            schema = self._flat(mapping(self.schemas, name), chain)
        return without_annotations(schema)

    def _both(self, one: Node, other: Node, chain: tuple[str, ...]) -> Node:
        """Return the schema of what fits two schemas."""
        one, other = self._flat(one, chain), self._flat(other, chain)
        if (found := _obvious(one, other)) is not None:
            return found
        if "$ref" in one or "$ref" in other:
            return self._with_reference(one, other, chain)
        if "anyOf" in one or "anyOf" in other:
            union, rest = (one, other) if "anyOf" in one else (other, one)
            return self._spread(union, rest, chain)
        return annotated(_both_typed(one, other), one, other)

    def _with_reference(self, one: Node, other: Node, chain: tuple[str, ...]) -> Node:
        found = self._both(self._full(one, chain), self._full(other, chain), (*chain, target(one), target(other)))
        for schema in (one, other):
            # Its name stays where the other one adds nothing.
            name = target(schema)
            if name not in (*chain, "") and found and is_same(found, self._alone(name)):
                return annotated(refer(schema, name), one, other)
        return annotated(found, one, other)

    def _alone(self, name: str) -> Node:
        """Return what a name stands for by itself; empty while that is being merged."""
        if name not in self.named:
            self.named[name] = Node()
            self.named[name] = self._full(refer(Node(), name), ())
        return self.named[name]

    def _spread(self, union: Node, rest: Node, chain: tuple[str, ...]) -> Node:
        """Merge a schema with each branch of a union."""
        branches = nodes(union, "anyOf")
        if any(target(branch) in chain for branch in branches if "$ref" in branch):
            return annotated(rest, union, rest)
        if rest.get("type") == "object" and all(self._is_check(branch, chain) for branch in branches):
            self.report.note(union.origin, "alternatives that only require properties are not checked")
            return annotated(rest, union, rest)
        found: list[Node] = []
        reason: _ContradictionError | None = None
        for branch in branches:
            try:
                merged = self._both(rest, branch, chain)
            except _ContradictionError as error:
                reason = error
                continue
            # The name of a schema that was merged is the best one for a part of the name.
            named = {"title": target(branch)} if "$ref" in branch and "$ref" not in merged else {}
            found.append(merged.having(**named))
        if reason and not found:
            raise reason
        if is_same(found, branches):
            return annotated(union, rest, union)
        count = sum(len(nodes(branch, "anyOf")) or 1 for branch in found)
        if count > _MOST_BRANCHES:
            self.report.note(
                union.origin,
                f"has {count} branches when merged with the other parts; its values are not typed",
                kind="an allOf of large unions",
                remedy="remove its allOf, and update it with a schema that says the same in another way",
            )
            return only_annotations(union)
        if len(found) == 1:
            return annotated(found[0].without(WHEN), union)
        return annotated(Node({"anyOf": found}, union.origin), union)

    def _is_check(self, branch: Node, chain: tuple[str, ...]) -> bool:
        flat = without_annotations(self._flat(branch, chain))
        is_map = isinstance(flat.get("additionalProperties"), Node)
        return set(flat) <= _OBJECT_CHECKS and not is_null(flat) and not is_map


def _both_typed(one: Node, other: Node) -> Node:
    """Merge two schemas of one JSON type."""
    kinds = [schema["type"] for schema in (one, other) if "type" in schema]
    if set(kinds) == {"integer", "number"}:
        kinds = ["integer"]
    if len(set(kinds)) > 1:
        raise _ContradictionError(f"{kinds[0]} and {kinds[1]}")
    found = Node({**one, **other}, one.origin)
    changes: dict[str, Any] = {"type": kinds[0]} if kinds else {}
    if "properties" in found:
        first, second = mapping(one, "properties"), mapping(other, "properties")
        both = {name: _parts(first[name], second[name]) for name in first if name in second}
        changes["properties"] = Node({**first, **second, **both}, first.origin)
    if "required" in found:
        changes["required"] = [*dict.fromkeys([*sequence(one, "required"), *sequence(other, "required")])]
    if "items" in one and "items" in other:
        changes["items"] = _parts(one["items"], other["items"])
    if (others := _additional(one, other)) is not None:
        changes["additionalProperties"] = others
    return _with_values(found.without("additionalProperties"), one, other).having(**changes)


def _with_values(found: Node, one: Node, other: Node) -> Node:
    """Return a schema with the values that both allow; what else restricts these says nothing new."""
    if "enum" in found or "const" in found:
        found = found.without(*KEYWORDS.get(str(found.get("type")), ()))
    lists = [[schema["const"]] if "const" in schema else sequence(schema, "enum") for schema in (one, other)]
    if not all(lists):
        return found
    common = [value for value in lists[0] if value in lists[1]]
    if not common:
        raise _ContradictionError("they have no value in common")
    plain = found.without("enum", "const")
    return plain.having(const=common[0]) if len(common) == 1 else plain.having(enum=common)


def _additional(one: Node, other: Node) -> Any:
    """Return what both say about other properties; a part that allows none does not know those of the other part."""
    values: list[Any] = [schema.get("additionalProperties") for schema in (one, other)]
    if all(isinstance(value, Node) for value in values):
        return _parts(values[0], values[1])
    for value in values:
        if isinstance(value, Node) and value:
            return value
    if False in values:
        closed, rest = (one, other) if values[0] is False else (other, one)
        closes = values[0] is values[1] or set(mapping(rest, "properties")) <= set(mapping(closed, "properties"))
        return False if closes else None
    return True if True in values or any(isinstance(value, Node) for value in values) else None


def _parts(one: Node, other: Node) -> Node:
    """Return the schema of a value that is described in two parts; it is merged later, so that it has its own place."""
    found = _obvious(one, other)
    return found if found is not None else Node({"allOf": [one, other]}, other.origin)


def _obvious(one: Node, other: Node) -> Node | None:
    """Return the schema of what fits two schemas, if these are the same or one of them allows anything."""
    if not without_annotations(one) or is_same(one, other):
        return annotated(other, one, other)
    return annotated(one, other) if not without_annotations(other) else None
