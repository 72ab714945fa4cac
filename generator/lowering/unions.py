"""Simplifies unions: one branch for each JSON type where that is possible, null last, and no union within a union."""

from __future__ import annotations

from typing import Any

from generator.lowering.kinds import fitting
from generator.lowering.shapes import (
    VARIANTS,
    WHEN,
    allowing_null,
    annotated,
    is_null,
    is_same,
    kind_of,
    null,
    only_annotations,
    replacing,
    resolved,
    schemas_of,
    target,
    with_schemas,
    without_annotations,
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
    def __init__(self, document: Node, report: Report) -> None:
        self.document = document
        self.report = report
        self.spread: list[int] = []
        """The named unions, lists and maps whose insides stand in the unions that are being simplified."""

    def simple(self, schema: Node) -> Node:
        if "anyOf" in schema:
            return self._union(schema)
        if "$ref" in schema:
            return schema if self._leads_somewhere(schema) else self._refuse_cycle(schema)
        if schema.get("type") in (None, "null"):
            return only_annotations(schema)
        return fitting(rewrite_inside(schema, self.simple))

    def _leads_somewhere(self, schema: Node) -> bool:
        seen: set[str] = set()
        while name := target(schema):
            if name in seen:
                return False
            seen.add(name)
            schema = mapping(schemas_of(self.document), name)
            others = [branch for branch in nodes(schema, "anyOf") if not is_null(branch)]
            schema = others[0] if len(others) == 1 else schema
        return True

    def _refuse_cycle(self, schema: Node) -> Node:
        self.report.refuse(
            schema.origin,
            "refers only to itself",
            kind="a schema that is only itself",
            remedy="say what it is, or remove it",
        )
        return only_annotations(schema)

    def _union(self, schema: Node) -> Node:
        branches = nodes(schema, "anyOf")
        allows_null = any(is_null(branch) for branch in branches)
        found = [branch for branch in branches if not is_null(branch)]
        if VARIANTS in schema or (len(found) == 1 and "anyOf" not in found[0]):
            found = [self.simple(branch) for branch in found]
        else:
            opened = len(self.spread)
            found, null_inside = self._spread(found, opened)
            allows_null |= null_inside
            found = self._by_type(found)
            del self.spread[opened:]
            if not found and not allows_null:
                return self._refuse_cycle(schema)
        if len(found) == 1 and VARIANTS not in schema:
            schema = replacing(schema, found[0].without(WHEN))
            return allowing_null(schema) if allows_null and without_annotations(schema) else schema
        if not found:
            return only_annotations(schema)
        return schema.having(anyOf=[*found, *([null(schema.origin)] if allows_null else [])])

    def _spread(self, branches: list[Node], opened: int) -> tuple[list[Node], bool]:
        """Replace unions among the branches by their branches; return these, and whether null is among them."""
        found: list[Node] = []
        allows_null = False
        for branch in branches:
            kind, inner = kind_of(self.document, branch), resolved(self.document, branch)
            if kind == "null":
                allows_null = True
            elif "anyOf" not in inner or VARIANTS in inner or ("$ref" in branch and kind == "object"):
                found.append(self.simple(branch))
            elif id(inner) in self.spread[:opened]:
                found.append(self._endless(branch))
            elif id(inner) not in self.spread[opened:]:
                self.spread.append(id(inner))
                more, null_inside = self._spread(nodes(inner, "anyOf"), opened)
                found += more
                allows_null |= null_inside
        return found, allows_null

    def _by_type(self, branches: list[Node]) -> list[Node]:
        groups: dict[str, list[Node]] = {}
        for branch in branches:
            group = groups.setdefault(kind_of(self.document, branch), [])
            if not any(is_same(branch, other) for other in group):
                group.append(branch)
        if "any" in groups:
            return [Node(origin=groups["any"][0].origin)]
        found: list[Node] = []
        for kind, group in groups.items():
            merge = {"object": self._objects, "array": self._lists}.get(kind, self._scalars)
            found += group if len(group) == 1 else merge(group)
        # A union of objects is a branch of its own only beside other types.
        only = len(found) == 1 and VARIANTS not in found[0]
        return nodes(found[0], "anyOf") or found if only else found

    def _objects(self, branches: list[Node]) -> list[Node]:
        maps = [
            branch
            for branch in branches
            if "properties" not in resolved(self.document, branch) and "anyOf" not in resolved(self.document, branch)
        ]
        if not maps:
            return [Node({"anyOf": branches}, branches[0].origin)]
        if len(maps) < len(branches):
            self.report.note(
                branches[0].origin,
                "objects that declare their properties are not told apart from free ones; the value is a mapping",
                kind="a union of free and other objects",
                remedy="remove the branch that does not matter",
            )
            return [Node({"type": "object"}, branches[0].origin)]
        free = Node({"type": "object"}, branches[0].origin)
        if all(isinstance(resolved(self.document, branch).get("additionalProperties"), Node) for branch in maps):
            return [free.having(additionalProperties=self._inner(maps, "additionalProperties"))]
        return [free]

    def _lists(self, branches: list[Node]) -> list[Node]:
        return [Node({"type": "array", "items": self._inner(branches, "items")}, branches[0].origin)]

    def _inner(self, branches: list[Node], key: str) -> Node:
        """Return the union of what several lists or maps hold."""
        opened = [resolved(self.document, branch) for branch in branches]
        if any(id(schema) in self.spread for schema in opened):
            return self._endless(branches[0])
        self.spread += map(id, opened)
        union = self._union(Node({"anyOf": [mapping(schema, key) for schema in opened]}, branches[0].origin))
        del self.spread[-len(opened) :]
        return union

    def _endless(self, schema: Node) -> Node:
        self.report.note(
            schema.origin,
            "a union that contains itself in this way is not typed here: any value is accepted",
            kind="a union that contains itself in a union",
        )
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
        files = [scalar for scalar in scalars if scalar.get("format") == "binary"]
        if files:
            self.report.note(
                branches[0].origin,
                "a file or text: only a file can be sent",
                kind="a file or text",
                remedy="remove the file, to send text",
            )
            return files[0]
        common = {
            key: value for key, value in scalars[0].items() if all(scalar.get(key) == value for scalar in scalars)
        }
        return Node({"type": "number", **common}, branches[0].origin)


def _null_where_used(document: Node) -> Node:
    """Move null from named objects and enums to where these are used."""
    schemas = schemas_of(document)
    moved = {name: found for name, schema in schemas.items() if (found := _without_null(schema, document))}
    if not moved:
        return document

    def rewrite(schema: Node, spot: Spot) -> Node:
        if target(schema) in moved:
            return schema if spot.role == "body" else allowing_null(schema)
        return _with_null_last(schema)

    return rewrite_schemas(with_schemas(document, Node({**schemas, **moved}, schemas.origin)), rewrite)


def _without_null(schema: Node, document: Node) -> Node | None:
    """Return what is left of a named object or enum without null; nothing if it is neither, or does not allow null."""
    branches = nodes(schema, "anyOf")
    found = [branch for branch in branches if not is_null(branch)]
    if len(found) == len(branches):
        return None
    if len(found) == 1 and VARIANTS not in schema:
        has_name = "properties" in found[0] or "enum" in found[0]
        return replacing(schema, found[0]) if has_name else None
    return schema.having(anyOf=found) if {kind_of(document, branch) for branch in found} == {"object"} else None


def _with_null_last(schema: Node) -> Node:
    """Move null out of the branches of a union."""
    found: list[Node] = []
    for branch in nodes(schema, "anyOf"):
        inner = nodes(branch, "anyOf")
        if inner and is_null(inner[-1]):
            rest = inner[:-1]
            branch = annotated(rest[0], branch) if len(rest) == 1 else branch.having(anyOf=rest)
        found.append(branch)
    return allowing_null(schema.having(anyOf=found)) if found != nodes(schema, "anyOf") else schema
