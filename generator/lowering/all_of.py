"""Merges the parts of allOf."""

from __future__ import annotations

import contextlib
from typing import Any

from generator.lowering.kinds import KEYWORDS
from generator.lowering.shapes import (
    WHEN,
    Shapes,
    annotated,
    is_null,
    is_same,
    only_annotations,
    refer,
    replacing,
    target,
    without_annotations,
)
from generator.lowering.walk import Spot, rewrite_roots
from generator.nodes import Node, mapping, nodes, sequence
from generator.problems import Report

_MOST_BRANCHES = 32
_OBJECT_CHECKS = frozenset(["type", "required", "minProperties", "maxProperties", "additionalProperties"])
_OVERLAY = "remove one of the parts, for instance allOf[?@.type=='integer'], or what it says about this"


def merge_parts(document: Node, report: Report) -> Node:
    """Replace every allOf by one schema: a reference if the other parts add nothing, else what all parts say."""
    merger = _Merger(Shapes(document), report)
    return rewrite_roots(document, merger.root)


class _ContradictionError(Exception):
    """Nothing fits all parts."""


class _Merger:
    def __init__(self, shapes: Shapes, report: Report) -> None:
        self.shapes = shapes
        self.report = report
        self.open: list[str] = []
        """The places of what is being merged, with what is inside it."""
        self.named: dict[str, Node] = {}
        """What names stand for by themselves."""

    def root(self, schema: Node, spot: Spot) -> Node:
        """Merge a schema and all inside it."""
        return self._whole(schema, spot.words[:1] if spot.role == "component" else ())

    def _whole(self, schema: Node, chain: tuple[str, ...] = ()) -> Node:
        if "allOf" not in schema:
            return self._with_inner(schema)
        if schema.origin in self.open:
            self.report.note(
                schema.origin,
                "contains itself, so that what is beside the reference is left out",
                kind="an allOf within itself",
            )
            return annotated(next((part for part in nodes(schema, "allOf") if "$ref" in part), Node()), schema)
        self.open.append(schema.origin)
        try:
            return self._with_inner(self._merged(schema, chain))
        finally:
            self.open.pop()

    def _merged(self, schema: Node, chain: tuple[str, ...]) -> Node:
        try:
            return self._flat(schema, chain)
        except _ContradictionError as error:
            self.report.refuse(
                schema.origin,
                f"the parts of allOf contradict each other: {error}",
                kind="contradicting parts of an allOf",
                remedy=_OVERLAY,
            )
            return only_annotations(schema)

    def _with_inner(self, schema: Node) -> Node:
        changes: dict[str, Any] = {}
        if properties := mapping(schema, "properties"):
            entries = {name: self._whole(node) for name, node in properties.items() if isinstance(node, Node)}
            changes["properties"] = Node(entries, properties.origin)
        for key in ("items", "additionalProperties"):
            if isinstance(schema.get(key), Node):
                changes[key] = self._whole(schema[key])
        if "anyOf" in schema:
            changes["anyOf"] = [self._whole(branch) for branch in nodes(schema, "anyOf")]
        return schema.having(**changes) if changes else schema

    # --- one level ----------------------------------------------------------------------------------------------------

    def _flat(self, schema: Node, chain: tuple[str, ...]) -> Node:
        """Merge the parts of a schema, but not what is inside its properties, items and branches.

        The chain are the names whose parts these are. One that is a part of itself adds nothing to itself.
        """
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
            schema = self._flat(mapping(self.shapes.schemas, name), chain)
        return schema

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
        full = [without_annotations(self._full(schema, chain)) for schema in (one, other)]
        found = self._both(full[0], full[1], (*chain, target(one), target(other)))
        for schema in (one, other):
            # Its name stays where the other one adds nothing.
            if target(schema) not in (*chain, "") and is_same(found, self._alone(target(schema))):
                return annotated(refer(schema, target(schema)), one, other)
        return annotated(found, one, other)

    def _alone(self, name: str) -> Node | None:
        if name not in self.named:
            self.named[name] = Node()
            with contextlib.suppress(_ContradictionError):
                self.named[name] = self._full(refer(Node(), name), ())
        return self.named[name] or None

    def _spread(self, union: Node, rest: Node, chain: tuple[str, ...]) -> Node:
        """Merge a schema with each branch of a union."""
        branches = nodes(union, "anyOf")
        if any(target(branch) in chain for branch in branches if "$ref" in branch):
            return annotated(rest, union, rest)
        if rest.get("type") == "object" and all(self._is_check(branch, chain) for branch in branches):
            self.report.note(
                union.origin,
                "alternatives that only require properties are not checked",
                kind="a union that only checks an object",
            )
            return annotated(rest, union, rest)
        found: list[Node] = []
        reason = "no branch of the union fits the rest"
        for branch in branches:
            try:
                merged = self._both(rest, branch, chain)
            except _ContradictionError as error:
                reason = str(error)
                continue
            # The name of a schema that was merged is the best one for a part of the name.
            named = {"title": target(branch)} if "$ref" in branch and "$ref" not in merged else {}
            found.append(merged.having(**named))
        if not found:
            raise _ContradictionError(reason)
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
        return (
            set(flat) <= _OBJECT_CHECKS and not is_null(flat) and not isinstance(flat.get("additionalProperties"), Node)
        )


def _both_typed(one: Node, other: Node) -> Node:
    """Merge two schemas of one JSON type."""
    kinds = [str(schema["type"]) for schema in (one, other) if "type" in schema]
    if set(kinds) == {"integer", "number"}:
        kinds = ["integer"]
    if len(set(kinds)) > 1:
        raise _ContradictionError(f"{kinds[0]} and {kinds[1]}")
    found = Node({**one, **other}, one.origin).having(**({"type": kinds[0]} if kinds else {}))
    found = _with_values(found, one, other)
    if "properties" in one or "properties" in other:
        found = found.having(properties=_properties(one, other))
    if "required" in one or "required" in other:
        found = found.having(required=[*dict.fromkeys([*sequence(one, "required"), *sequence(other, "required")])])
    if "additionalProperties" in one or "additionalProperties" in other:
        others = _additional(one, other)
        found = found.without("additionalProperties").having(
            **({} if others is None else {"additionalProperties": others})
        )
    if isinstance(one.get("items"), Node) and isinstance(other.get("items"), Node):
        found = found.having(items=_parts(one["items"], other["items"]))
    return found


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


def _properties(one: Node, other: Node) -> Node:
    found, more = mapping(one, "properties"), mapping(other, "properties")
    both = {name: _parts(found[name], more[name]) for name in found if name in more}
    return Node({**found, **more, **both}, found.origin)


def _additional(one: Node, other: Node) -> Any:
    """Return what both say about other properties; a part that allows none does not know those of the other part."""
    values = [schema.get("additionalProperties") for schema in (one, other)]
    if all(isinstance(value, Node) for value in values):
        return _parts(*values)
    for value in values:
        if isinstance(value, Node) and value:
            return value
    if False in values:
        closed, rest = (one, other) if values[0] is False else (other, one)
        closes = values[0] is values[1] or set(mapping(rest, "properties")) <= set(mapping(closed, "properties"))
        return False if closes else None
    return True if True in values or any(isinstance(value, Node) for value in values) else None


def _parts(one: Any, other: Any) -> Any:
    """Return the schema of a value that is described in two parts; it is merged later, so that it has its own place."""
    found = _obvious(one, other)
    return found if found is not None else Node({"allOf": [one, other]}, other.origin)


def _obvious(one: Node, other: Node) -> Node | None:
    """Return the schema of what fits two schemas, if these are the same or one of them allows anything."""
    if not without_annotations(one) or is_same(one, other):
        return annotated(other, one, other)
    return annotated(one, other) if not without_annotations(other) else None
