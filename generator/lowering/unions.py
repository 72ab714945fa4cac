"""Simplifies unions: one branch for each JSON type where that is possible, null last, and no union within a union.

``{anyOf: [null, {anyOf: [A, B]}, [string], [integer], text, date]}`` becomes ``{anyOf: [{anyOf: [A, B]}, [string or
integer], text, null]}``.
"""

from __future__ import annotations

from typing import Any

from generator.lowering.kinds import fitting
from generator.lowering.shapes import (
    VARIANTS,
    WHEN,
    allowing_null,
    allows_null,
    branches_of,
    is_binary,
    is_null,
    is_same,
    kind_of,
    only_annotations,
    replacing,
    resolved,
    schemas_of,
    target,
    with_branches,
    with_schemas,
    without_annotations,
    without_null,
)
from generator.lowering.walk import Spot, rewrite_inside, rewrite_roots, rewrite_schemas
from generator.nodes import Node, mapping, nodes
from generator.problems import Report


def simplify_unions(document: Node, report: Report) -> Node:
    """Simplify every union.

    Objects stay a union of their own, which another pass tells apart. Lists become one list of a union. A named object
    or enum that allows null allows it where it is used.
    """
    unions = _Unions(document, report)
    return _null_where_used(rewrite_roots(document, lambda schema, _: unions.simple(schema)))


class _Unions:
    """Simplifies schemas; ``within`` are the named unions, lists and maps whose insides stand in the unions around."""

    def __init__(self, document: Node, report: Report) -> None:
        self.document = document
        self.report = report

    def simple(self, schema: Node, within: tuple[int, ...] = ()) -> Node:
        if "anyOf" in schema:
            return self._union(schema, within)
        if self._is_only_itself(schema):
            self.report.refuse(schema.origin, "refers only to itself", remedy="say what it is, or remove it")
            return only_annotations(schema)
        if "$ref" in schema:
            return schema
        if schema.get("type") in (None, "null"):
            return only_annotations(schema)
        return fitting(rewrite_inside(schema, lambda inner: self.simple(inner, within)))

    def _is_only_itself(self, schema: Node) -> bool:
        seen = [""]
        while target(schema) not in seen:
            seen.append(target(schema))
            schema = mapping(schemas_of(self.document), seen[-1])
            branches = branches_of(schema)
            schema = branches[0] if len(branches) == 1 else schema
        return "$ref" in schema

    def _union(self, schema: Node, within: tuple[int, ...]) -> Node:
        branches = branches_of(schema)
        if VARIANTS in schema:
            return with_branches(schema, [self.simple(branch, within) for branch in branches])
        nullable = allows_null(schema)
        if len(branches) == 1 and "anyOf" not in branches[0]:
            found = [self.simple(branches[0], within)]
        else:
            opened: list[int] = []
            flat = self._flat(branches, within, opened)
            nullable |= any(map(is_null, flat))
            found = self._by_type([branch for branch in flat if not is_null(branch)], (*within, *opened))
        if not found:
            return only_annotations(schema)
        simple = replacing(schema, found[0].without(WHEN)) if len(found) == 1 else schema.having(anyOf=found)
        return allowing_null(simple) if nullable and without_annotations(simple) else simple

    def _flat(self, branches: list[Node], within: tuple[int, ...], opened: list[int]) -> list[Node]:
        """Replace unions among the branches by their branches, each named one only once."""
        found: list[Node] = []
        for branch in branches:
            kind, inner = kind_of(self.document, branch), resolved(self.document, branch)
            if kind == "null":
                found.append(Node({"type": "null"}, branch.origin))
            elif "anyOf" not in inner or VARIANTS in inner or ("$ref" in branch and kind == "object"):
                found.append(self.simple(branch, (*within, *opened)))
            elif id(inner) in within:
                found.append(self._endless(branch))
            elif id(inner) not in opened:
                opened.append(id(inner))
                found += self._flat(nodes(inner, "anyOf"), within, opened)
        return found

    def _by_type(self, branches: list[Node], within: tuple[int, ...]) -> list[Node]:
        groups: dict[str, list[Node]] = {}
        for branch in branches:
            group = groups.setdefault(kind_of(self.document, branch), [])
            if not any(is_same(branch, other) for other in group):
                group.append(branch)
        if "any" in groups:
            return [Node(origin=groups["any"][0].origin)]
        found: list[Node] = []
        for kind, group in groups.items():
            if len(group) == 1:
                found += group
            elif kind == "object":
                found.append(self._objects(group, within))
            elif kind == "array":
                found.append(Node({"type": "array", "items": self._inner(group, "items", within)}, group[0].origin))
            else:
                found += self._scalars(group)
        # A union of objects is a branch of its own only beside other types.
        only = len(found) == 1 and VARIANTS not in found[0]
        return nodes(found[0], "anyOf") or found if only else found

    def _objects(self, branches: list[Node], within: tuple[int, ...]) -> Node:
        origin = branches[0].origin
        full = [resolved(self.document, branch) for branch in branches]
        maps = [schema for schema in full if not {"properties", "anyOf"} & set(schema)]
        if not maps:
            return Node({"anyOf": branches}, origin)
        if len(maps) < len(full):
            self.report.note(
                origin,
                "objects that declare their properties are not told apart from free ones; the value is a mapping",
                kind="a union of free and other objects",
                remedy="remove the branch that does not matter",
            )
        elif all(isinstance(schema.get("additionalProperties"), Node) for schema in maps):
            values = self._inner(branches, "additionalProperties", within)
            return Node({"type": "object", "additionalProperties": values}, origin)
        return Node({"type": "object"}, origin)

    def _inner(self, branches: list[Node], key: str, within: tuple[int, ...]) -> Node:
        """Return the union of what several lists or maps hold."""
        full = [resolved(self.document, branch) for branch in branches]
        if any(id(schema) in within for schema in full):
            return self._endless(branches[0])
        union = Node({"anyOf": [mapping(schema, key) for schema in full]}, branches[0].origin)
        return self._union(union, (*within, *map(id, full)))

    def _endless(self, schema: Node) -> Node:
        message = "a union that contains itself in this way is not typed here: any value is accepted"
        self.report.note(schema.origin, message)
        return Node(origin=schema.origin)

    def _scalars(self, branches: list[Node]) -> list[Node]:
        """Merge scalars of one JSON type: constants and enums in place to one enum, and all others to one."""
        values: list[Any] = []
        plain: list[Node] = []
        found: list[Node] = []
        for branch in branches:
            scalar = resolved(self.document, branch)
            if "const" in scalar:
                values.append(scalar["const"])
            elif "enum" not in scalar:
                plain.append(branch)
            elif "$ref" in branch:
                found.append(branch)
            else:
                values += scalar["enum"]
        values = [value for index, value in enumerate(values) if value not in values[:index]]
        kind, origin = str(resolved(self.document, branches[0])["type"]), branches[0].origin
        if kind == "boolean" and (plain or len(values) > 1):
            return [Node({"type": "boolean"}, origin)]
        if values:
            given = {"const": values[0]} if len(values) == 1 else {"enum": values}
            found.append(Node({"type": "integer" if kind == "number" else kind, **given}, origin))
        return found + (plain if len(plain) < 2 else [self._common(plain)])

    def _common(self, branches: list[Node]) -> Node:
        scalars = [without_annotations(resolved(self.document, branch)) for branch in branches]
        files = [scalar for scalar in scalars if is_binary(scalar)]
        if files:
            message = "a file or text: only a file can be sent"
            self.report.note(branches[0].origin, message, remedy="remove the file, to send text")
            return files[0]
        common = {
            key: value for key, value in scalars[0].items() if all(scalar.get(key) == value for scalar in scalars)
        }
        return Node({"type": "number", **common}, branches[0].origin)


def _null_where_used(document: Node) -> Node:
    """Move null from named objects and enums to where these are used."""
    schemas = schemas_of(document)
    bare = {name: without_null(schema) for name, schema in schemas.items() if allows_null(schema)}
    moved = {name: schema for name, schema in bare.items() if _is_class(document, schema)}

    def rewrite(schema: Node, spot: Spot) -> Node:
        if target(schema) in moved:
            return schema if spot.role == "body" else allowing_null(schema)
        branches = [without_null(branch) for branch in nodes(schema, "anyOf")]
        # What a branch of a union allows, the union does.
        return allowing_null(schema.having(anyOf=branches)) if branches != nodes(schema, "anyOf") else schema

    if not moved:
        return document
    return rewrite_schemas(with_schemas(document, Node({**schemas, **moved}, schemas.origin)), rewrite)


def _is_class(document: Node, schema: Node) -> bool:
    is_union_of_objects = "anyOf" in schema and kind_of(document, schema) == "object"
    return "properties" in schema or "enum" in schema or is_union_of_objects
