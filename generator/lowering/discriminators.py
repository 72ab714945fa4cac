"""Discriminators: which values of a property stand for which branch of a union.

A base with a discriminator, of which other schemas are made with allOf, becomes a union of these.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from generator.lowering.shapes import SCHEMAS, WHEN, only_annotations, schemas_of, target, with_schemas
from generator.lowering.walk import Spot, rewrite_schemas
from generator.nodes import Node, mapping, nodes
from generator.problems import Report

_UNIONS = ("oneOf", "anyOf")


def mark_branches(document: Node, report: Report) -> Node:
    """Replace discriminators by marks on the branches, which stay with them when unions are merged and renamed."""
    document = _inherited(document)
    marker = _Marker(schemas_of(document), report)
    return rewrite_schemas(document, lambda schema, _: marker.mark(schema))


def _inherited(document: Node) -> Node:
    """Make a union of each base with a discriminator; what it was itself is named ``...Base``."""
    for name in [*schemas_of(document)]:
        schemas = schemas_of(document)
        base = mapping(schemas, name)
        is_object = "properties" in base or "allOf" in base
        if not is_object or "propertyName" not in mapping(base, "discriminator"):
            continue
        children = [other for other in schemas if name in _ancestors(schemas, other)]
        mapped = [_named(meant, schemas) for meant in mapping(mapping(base, "discriminator"), "mapping").values()]
        branches = [other for other in dict.fromkeys([*mapped, *children]) if other not in (name, "")]
        is_base = bool(children) or not any(key in base for key in _UNIONS)
        if branches and is_base and _is_used(document, name, children):
            document = _with_union(document, name, children, branches)
    return document


def _parents(schemas: Node, name: str) -> list[str]:
    return [target(part) for part in nodes(mapping(schemas, name), "allOf")]


def _ancestors(schemas: Node, name: str) -> set[str]:
    found: set[str] = set()
    waiting = _parents(schemas, name)
    while waiting:
        parent = waiting.pop()
        if parent not in found:
            found.add(parent)
            waiting += _parents(schemas, parent)
    return found - {name}


def _is_used(document: Node, name: str, children: list[str]) -> bool:
    """Return whether a schema is referred to other than as a part of its children."""
    uses = 0

    def count(schema: Node, spot: Spot) -> Node:
        nonlocal uses
        uses += target(schema) == name
        return schema

    rewrite_schemas(document, count)
    return uses > sum(_parents(schemas_of(document), child).count(name) for child in children)


def _with_union(document: Node, name: str, children: list[str], branches: list[str]) -> Node:
    schemas = schemas_of(document)
    base = mapping(schemas, name)
    own = f"{name}Base"
    while own in schemas:
        own += "Base"
    # A kind that is not known yet has the properties of the base.
    fallback = Node({"$ref": SCHEMAS + own, WHEN: {}}, base.origin)
    references = [Node({"$ref": SCHEMAS + branch}, base.origin) for branch in branches]
    discriminator = mapping(base, "discriminator")
    meant = {
        value: other for value, other in mapping(discriminator, "mapping").items() if _named(other, schemas) != name
    }
    discriminator = discriminator.having(mapping=Node(meant, discriminator.at("mapping")))
    union = only_annotations(base).having(oneOf=[*references, fallback], discriminator=discriminator)
    entries: dict[str, Any] = {}
    for other, schema in schemas.items():
        if other == name:
            entries[name], entries[own] = union, base.without("discriminator", *_UNIONS)
        elif other in children:
            parts = [_retargeted(part, name, own) for part in schema["allOf"]]
            entries[other] = schema.having(allOf=parts)
        else:
            entries[other] = schema
    return with_schemas(document, Node(entries, schemas.origin))


def _retargeted(part: Any, name: str, own: str) -> Any:
    return part.having(**{"$ref": SCHEMAS + own}) if isinstance(part, Node) and target(part) == name else part


def _named(value: Any, schemas: Node) -> str:
    """Return the schema that an entry of a mapping means: a reference, a name, or a file that is named after it."""
    name = str(value).removeprefix(SCHEMAS)
    last = name.rsplit("/", 1)[-1].split(".", 1)[0]
    return name if name in schemas else last if last in schemas else ""


class _Marker:
    def __init__(self, schemas: Node, report: Report) -> None:
        self.schemas = schemas
        self.report = report

    def mark(self, schema: Node) -> Node:
        """Replace the discriminator of a union by marks on its branches."""
        if "discriminator" not in schema:
            return schema
        discriminator = mapping(schema, "discriminator")
        schema = schema.without("discriminator")
        prop = discriminator.get("propertyName")
        if not isinstance(prop, str) or "x-eigenpal-variants" in schema:
            return schema
        values: dict[str, list[str]] = {}
        for value, meant in mapping(discriminator, "mapping").items():
            values.setdefault(_named(meant, self.schemas), []).append(value)
        changes = {key: [self._branch(row, prop, values) for row in schema[key]] for key in _UNIONS if key in schema}
        if changes and values:
            missing = ", ".join(repr(value) for found in values.values() for value in found)
            self.report.note(
                discriminator.at("mapping"),
                f"no branch of the union is meant by {missing}",
                kind="a discriminator's mapping to a schema that is no branch",
                remedy="correct the mapping, or add the branch",
            )
        return schema.having(**changes)

    def _branch(self, branch: Any, prop: str, values: dict[str, list[str]]) -> Any:
        if not isinstance(branch, Node) or not target(branch) or WHEN in branch:
            return branch
        meant = [value for name in self._leaves(branch) for value in values.pop(name, [])]
        when = {"equals": {prop: meant}} if meant else {"implied": {prop: target(branch)}}
        return branch.having(**{WHEN: when})

    def _leaves(self, branch: Node, seen: tuple[str, ...] = ()) -> Iterator[str]:
        """Yield the schemas that a branch can be: itself, and those of the union that it is."""
        name = target(branch)
        if name and name not in seen:
            yield name
            schema = mapping(self.schemas, name)
            for inner in [inner for key in _UNIONS for inner in nodes(schema, key)]:
                yield from self._leaves(inner, (*seen, name))
