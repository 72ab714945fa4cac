"""Finds out how the objects of a union are told apart.

``{anyOf: [Cat, Dog]}`` becomes ``{anyOf: [Cat when equals kind c, Dog when equals kind d]}`` if these are constants,
``{anyOf: [Cat when holds lives, Dog when holds bark]}`` if only cats must have lives and only dogs a bark, and else
``{type: object}``.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from generator.lowering.shapes import (
    VARIANTS,
    WHEN,
    allowing_null,
    allows_null,
    branches_of,
    kind_of,
    replacing,
    resolved,
    with_branches,
)
from generator.lowering.walk import rewrite_schemas
from generator.nodes import Node, mapping, sequence
from generator.problems import Report

_MOST_HELD = 3


def tell_apart(document: Node, report: Report) -> Node:
    """Mark every branch of a union of objects with the conditions under which it applies.

    They are the values of a property that differ in all branches, which a discriminator names or constants and enums
    show; or else required properties that the branches after it do not have. The value of a union that nothing tells
    apart is a mapping.
    """

    def rewrite(schema: Node, _: object) -> Node:
        found = branches_of(schema)
        if not found or VARIANTS in schema:
            return schema
        if len(found) == 1 or any(kind_of(document, branch) != "object" for branch in found):
            return with_branches(schema, [branch.without(WHEN) for branch in found])
        branches = [_Branch(document, branch) for branch in found]
        if marked := _by_value(branches) or _by_requirement(branches):
            return with_branches(schema, marked)
        report.note(
            schema.origin,
            "nothing tells the objects of the union apart; the value is a mapping",
            kind="a union of objects that nothing tells apart",
            remedy="say how with x-eigenpal-variants",
        )
        free = replacing(schema, Node({"type": "object"}))
        return allowing_null(free) if allows_null(schema) else free

    return rewrite_schemas(document, rewrite)


class _Branch:
    def __init__(self, document: Node, node: Node) -> None:
        self.document = document
        self.node = node
        self.mark: Node = node.get(WHEN, Node())
        self.is_fallback = node.get(WHEN) == {}
        self.objects = [_answered(document, schema) for schema in _objects(document, node)]
        """What it can be: itself, or the branches of the union that it is."""
        self.properties = [name for schema in self.objects for name in mapping(schema, "properties")]

    def marked(self, **when: Any) -> Node:
        return self.node.having(**{WHEN: {key: value for key, value in when.items() if value}})

    def requires(self, name: str) -> bool:
        return all(name in sequence(schema, "required") for schema in self.objects)

    def selecting(self, name: str) -> list[Any]:
        """Return the values of a property that select this branch."""
        if self.is_fallback:
            return []
        listed = self._values(name)
        mapped = sequence(mapping(self.mark, "equals"), name)
        # The keys of a mapping are always text, the values of the property need not be.
        if mapped and (not listed or any(isinstance(value, str) for value in listed)):
            return mapped
        implied = mapping(self.mark, "implied")
        return listed or ([implied[name]] if name in implied else [])

    def _values(self, name: str) -> list[Any]:
        """Return the values that a property can have; empty if these are not listed."""
        found: list[Any] = []
        for schema in self.objects:
            scalar = resolved(self.document, mapping(mapping(schema, "properties"), name))
            values = [scalar["const"]] if "const" in scalar else sequence(scalar, "enum")
            if not values:
                return []
            found += [value for value in values if value not in found]
        return found

    def distinctive(self, branches: list[_Branch]) -> list[str]:
        """Return required properties that other branches do not have, some for each object that this one can be.

        One would do, but an object that lacks it should be recognized all the same.
        """
        known = {name for other in branches if other is not self for name in other.properties}
        found: list[str] = []
        for schema in self.objects:
            required = sequence(schema, "required")
            own = [name for name in mapping(schema, "properties") if name in required and name not in known]
            if not own:
                return []
            found += own[:_MOST_HELD]
        return [*dict.fromkeys(found)]


def _answered(document: Node, schema: Node) -> Node:
    """Return an object as it is in an answer, where it must be told apart: without what is only sent."""
    properties = mapping(schema, "properties")
    sent = [
        name for name, node in properties.items() if node.get("writeOnly") or resolved(document, node).get("writeOnly")
    ]
    return schema.having(properties=properties.without(*sent)) if sent else schema


def _objects(document: Node, branch: Node, within: tuple[int, ...] = ()) -> Iterator[Node]:
    schema = resolved(document, branch)
    if "anyOf" not in schema:
        yield schema
    elif id(schema) not in within:
        for inner in branches_of(schema):
            yield from _objects(document, inner, (*within, id(schema)))


def _by_value(branches: list[_Branch]) -> list[Node]:
    """Return the branches, marked with different values of one property; empty if there is none."""
    for name in _candidates(branches):
        found = [(branch, branch.selecting(name)) for branch in branches]
        values = [json.dumps(value) for _, selecting in found for value in selecting]
        if len(set(values)) == len(values) and all(selecting or branch.is_fallback for branch, selecting in found):
            marked = [_with_values(branch, name, selecting, branches) for branch, selecting in found if selecting]
            return [*marked, *(branch.node for branch in branches if branch.is_fallback)]
    return []


def _with_values(branch: _Branch, name: str, values: list[Any], branches: list[_Branch]) -> Node:
    # Where the property is left out, others may show what the object is; where it is there, only itself.
    holds = [] if branch.requires(name) else branch.distinctive(branches)
    equals = {name: values if len(values) > 1 else values[0]}
    return branch.marked(equals=equals, holds=holds, lacks=[name] if holds else [])


def _candidates(branches: list[_Branch]) -> list[str]:
    """Return the properties that may tell the branches apart, the most likely first."""
    named = [name for branch in branches for names in branch.mark.values() for name in names]
    common = [name for name in branches[0].properties if all(name in branch.properties for branch in branches)]
    required = [name for name in common if all(branch.requires(name) for branch in branches)]
    return [*dict.fromkeys([*named, *required, *common])]


def _by_requirement(branches: list[_Branch]) -> list[Node]:
    """Return the branches, ordered and marked with required properties that those after them do not have."""
    marked: list[Node] = []
    left = branches
    while left:
        for branch in left:
            # Best a property that no other branch has, so that an unknown object is not taken for the last one.
            holds = branch.distinctive(branches) or branch.distinctive(left)
            if holds or len(left) == 1:
                marked.append(branch.marked(holds=holds))
                left = [other for other in left if other is not branch]
                break
        else:
            return []
    return marked
