"""Finds out how the objects of a union are told apart."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from generator.lowering.shapes import VARIANTS, WHEN, allowing_null, is_null, kind_of, replacing, resolved
from generator.lowering.walk import rewrite_schemas
from generator.nodes import Node, mapping, nodes, sequence
from generator.problems import Report

_MOST_HELD = 3


def tell_apart(document: Node, report: Report) -> Node:
    """Mark every branch of a union of objects with the conditions under which it applies.

    They are the values of a property that differ in all branches, which a discriminator names or constants and enums
    show; or else required properties that the branches after it do not have. The value of a union that nothing tells
    apart is a mapping.
    """
    telling = _Telling(document)

    def rewrite(schema: Node, _: object) -> Node:
        branches = [branch for branch in nodes(schema, "anyOf") if not is_null(branch)]
        nulls = nodes(schema, "anyOf")[len(branches) :]
        if not branches or VARIANTS in schema:
            return schema
        if len(branches) == 1 or {kind_of(document, branch) for branch in branches} != {"object"}:
            return schema.having(anyOf=[*(branch.without(WHEN) for branch in branches), *nulls])
        if marked := telling.by_value(branches) or telling.by_requirement(branches):
            return schema.having(anyOf=[*marked, *nulls])
        report.note(
            schema.origin,
            "nothing tells the objects of the union apart; the value is a mapping",
            kind="a union of objects that nothing tells apart",
            remedy="say how with x-eigenpal-variants",
        )
        free = replacing(schema, Node({"type": "object"}))
        return allowing_null(free) if nulls else free

    return rewrite_schemas(document, rewrite)


class _Telling:
    def __init__(self, document: Node) -> None:
        self.document = document

    def by_value(self, branches: list[Node]) -> list[Node]:
        """Return the branches, marked with different values of one property; empty if there is none."""
        for name in self._candidates(branches):
            found = [(branch, self._selecting(branch, name)) for branch in branches]
            values = [json.dumps(value) for _, group in found for value in group]
            if len(set(values)) == len(values) and all(group or _is_fallback(branch) for branch, group in found):
                marked = [self._with_value(branch, name, group, branches) for branch, group in found if group]
                return [*marked, *filter(_is_fallback, branches)]
        return []

    def _with_value(self, branch: Node, name: str, values: list[Any], branches: list[Node]) -> Node:
        when: dict[str, Any] = {"equals": {name: values if len(values) > 1 else values[0]}}
        if any(name not in sequence(schema, "required") for schema in self._objects(branch)):
            # Where the property is left out, others may show what the object is; where it is there, only itself.
            holds = self._distinctive(branch, [other for other in branches if other is not branch])
            when |= {"holds": holds, "lacks": [name]} if holds else {}
        return _marked(branch, **when)

    def by_requirement(self, branches: list[Node]) -> list[Node]:
        """Return the branches, ordered and marked with required properties that those after them do not have."""
        marked: list[Node] = []
        left = branches
        while left:
            for branch in left:
                others = [other for other in left if other is not branch]
                # Best a property that no other branch has, so that an unknown object is not taken for the last one.
                all_others = [other for other in branches if other is not branch]
                holds = self._distinctive(branch, all_others) or self._distinctive(branch, others)
                if holds or not others:
                    marked.append(_marked(branch, **({"holds": holds} if holds else {})))
                    left = others
                    break
            else:
                return []
        return marked

    def _distinctive(self, branch: Node, others: list[Node]) -> list[str]:
        """Return required properties that others do not have, some for each object that a branch can be.

        One would do, but an object that lacks it should be recognized all the same.
        """
        known = {name for other in others for name in self._properties(other)}
        objects = [
            [
                name
                for name in mapping(schema, "properties")
                if name in sequence(schema, "required") and name not in known
            ]
            for schema in self._objects(branch)
        ]
        return [*dict.fromkeys(name for names in objects for name in names[:_MOST_HELD])] if all(objects) else []

    def _candidates(self, branches: list[Node]) -> list[str]:
        """Return the properties that may tell the branches apart, the most likely first."""
        named = [name for branch in branches for names in branch.get(WHEN, {}).values() for name in names]
        known = [self._properties(branch) for branch in branches]
        common = [name for name in known[0] if all(name in others for others in known)]
        objects = [schema for branch in branches for schema in self._objects(branch)]
        required = [name for name in common if all(name in sequence(schema, "required") for schema in objects)]
        return [*dict.fromkeys([*named, *required, *common])]

    def _selecting(self, branch: Node, name: str) -> list[Any]:
        """Return the values of a property that select a branch."""
        if _is_fallback(branch):
            return []
        listed = self._values(branch, name)
        mark = branch.get(WHEN, {})
        mapped: list[Any] = mark.get("equals", {}).get(name, [])
        # The keys of a mapping are always text, the values of the property need not be.
        if mapped and not (listed and all(not isinstance(value, str) for value in listed)):
            return mapped
        implied = mark.get("implied", {})
        return listed or ([implied[name]] if name in implied else [])

    def _values(self, branch: Node, name: str) -> list[Any]:
        """Return the values that a property can have; empty if these are not listed."""
        found: list[Any] = []
        for schema in self._objects(branch):
            scalar = resolved(self.document, mapping(mapping(schema, "properties"), name))
            values = [scalar["const"]] if "const" in scalar else sequence(scalar, "enum")
            if not values:
                return []
            found += [value for value in values if value not in found]
        return found

    def _properties(self, branch: Node) -> list[str]:
        return [name for schema in self._objects(branch) for name in mapping(schema, "properties")]

    def _objects(self, branch: Node, within: tuple[int, ...] = ()) -> Iterator[Node]:
        """Yield what a branch can be: itself, or the branches of the union that it is."""
        schema = resolved(self.document, branch)
        if "anyOf" not in schema:
            yield schema
        elif id(schema) not in within:
            for inner in nodes(schema, "anyOf"):
                if not is_null(inner):
                    yield from self._objects(inner, (*within, id(schema)))


def _marked(branch: Node, **when: Any) -> Node:
    return branch.having(**{WHEN: when})


def _is_fallback(branch: Node) -> bool:
    return branch.get(WHEN) == {}
