"""Discriminators: which values of a property stand for which branch of a union.

``{oneOf: [Cat, Dog], discriminator: {propertyName: kind, mapping: {c: Cat}}}`` becomes ``{oneOf: [Cat when equals kind
c, Dog when implied kind Dog]}``. A base with a discriminator, of which other schemas are made with allOf, becomes a
union of these. It also tells these apart in other unions.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from generator.lowering.shapes import SCHEMAS, VARIANTS, WHEN, only_annotations, schemas_of, target, with_schemas
from generator.lowering.walk import Spot, rewrite_schemas
from generator.nodes import Node, mapping, nodes
from generator.problems import Report

_UNIONS = ("oneOf", "anyOf")


def mark_branches(document: Node, report: Report) -> Node:
    """Replace discriminators by marks on the branches, which stay with them when unions are merged and renamed."""
    bases = schemas_of(document)
    uses = _uses(document)
    for name in bases:
        if uses[name] > 0:
            document = _with_union(document, name)
    marker = _Marker(schemas_of(document), bases, report)
    return rewrite_schemas(document, lambda schema, _: marker.mark(schema))


def _uses(document: Node) -> Counter[str]:
    """Count how often schemas are referred to, other than as parts of a named schema."""
    uses: Counter[str] = Counter()

    def count(schema: Node, _: Spot) -> Node:
        uses[target(schema)] += 1
        return schema

    rewrite_schemas(document, count)
    for name in schemas_of(document):
        uses.subtract(_parents(schemas_of(document), name))
    return uses


def _parents(schemas: Node, name: str) -> list[str]:
    return [target(part) for part in nodes(mapping(schemas, name), "allOf")]


def _ancestors(schemas: Node, name: str) -> list[str]:
    """Return the schemas of which one is made with allOf, the nearest first."""
    found = [name]
    for ancestor in found:
        found += [parent for parent in dict.fromkeys(_parents(schemas, ancestor)) if parent not in found]
    return found[1:]


def _with_union(document: Node, name: str) -> Node:
    """Make a union of a base with a discriminator; what it was itself is named ``...Base``."""
    schemas = schemas_of(document)
    base = mapping(schemas, name)
    discriminator = mapping(base, "discriminator")
    if "propertyName" not in discriminator or not ("properties" in base or "allOf" in base):
        return document
    children = [other for other in schemas if name in _ancestors(schemas, other)]
    meant = {value: _named(other, schemas) for value, other in mapping(discriminator, "mapping").items()}
    branches = [other for other in dict.fromkeys([*meant.values(), *children]) if other not in (name, "")]
    if not branches or (not children and any(key in base for key in _UNIONS)):
        return document
    own = f"{name}Base"
    while own in schemas:
        own += "Base"
    # A kind that is not known yet has the properties of the base.
    fallback = Node({"$ref": SCHEMAS + own, WHEN: {}}, base.origin)
    references = [Node({"$ref": SCHEMAS + branch}, base.origin) for branch in branches]
    others = Node({value: other for value, other in meant.items() if other != name}, discriminator.at("mapping"))
    union = only_annotations(base).having(
        oneOf=[*references, fallback], discriminator=discriminator.having(mapping=others)
    )
    entries: dict[str, Node] = {}
    for other, schema in schemas.items():
        parts = [
            part.having(**{"$ref": SCHEMAS + own}) if target(part) == name else part for part in nodes(schema, "allOf")
        ]
        entries[other] = schema.having(allOf=parts) if parts else schema
        if other == name:
            entries |= {name: union, own: base.without("discriminator", *_UNIONS)}
    return with_schemas(document, Node(entries, schemas.origin))


def _named(meant: str, schemas: Node) -> str:
    """Return the schema that an entry of a mapping means: a reference, a name, or a file that is named after it."""
    name = meant.removeprefix(SCHEMAS)
    last = name.rsplit("/", 1)[-1].split(".", 1)[0]
    return name if name in schemas else last if last in schemas else ""


class _Marker:
    def __init__(self, schemas: Node, bases: Node, report: Report) -> None:
        self.schemas = schemas
        self.bases = bases
        """The schemas before bases became unions."""
        self.report = report

    def mark(self, schema: Node) -> Node:
        """Replace the discriminator of a union by marks on its branches."""
        if "x-eigenpal-variants" not in schema:
            schema = schema.having(**{key: self._uncovered(nodes(schema, key)) for key in _UNIONS if key in schema})
        discriminator = mapping(schema, "discriminator") or self._of_branches(schema)
        is_own = "discriminator" in schema
        schema = schema.without("discriminator")
        prop = discriminator.get("propertyName")
        if prop is None or VARIANTS in schema:
            return schema
        values: dict[str, list[str]] = {}
        for value, meant in mapping(discriminator, "mapping").items():
            values.setdefault(_named(meant, self.schemas), []).append(value)
        changes = {key: [self._branch(row, prop, values) for row in schema[key]] for key in _UNIONS if key in schema}
        if changes and values and is_own:
            missing = ", ".join(repr(value) for found in values.values() for value in found)
            self.report.note(
                discriminator.at("mapping"),
                f"no branch of the union is meant by {missing}",
                kind="a discriminator's mapping to a schema that is no branch",
                remedy="correct the mapping, or add the branch",
            )
        return schema.having(**changes)

    def _uncovered(self, branches: list[Node]) -> list[Node]:
        """Return the branches without those of other branches, such as what is made of a base beside the base."""
        leaves = {target(branch): set(self._leaves(branch)) for branch in branches}

        def is_covered(name: str) -> bool:
            return any(name in found and other not in leaves[name] for other, found in leaves.items())

        return [branch for branch in branches if not is_covered(target(branch))]

    def _of_branches(self, schema: Node) -> Node:
        """Return the discriminator that the branches of a union inherit; empty if it is not the same."""
        found = [self._inherited(target(branch)) for key in _UNIONS for branch in nodes(schema, key) if target(branch)]
        return found[0] if found and all(other is found[0] for other in found) else Node()

    def _inherited(self, name: str) -> Node:
        found = (mapping(mapping(self.bases, base), "discriminator") for base in _ancestors(self.bases, name))
        return next((discriminator for discriminator in found if "propertyName" in discriminator), Node())

    def _branch(self, branch: Node, prop: str, values: dict[str, list[str]]) -> Node:
        if not target(branch) or WHEN in branch:
            return branch
        meant = [value for name in self._leaves(branch) for value in values.pop(name, [])]
        when: dict[str, Any] = {"equals": {prop: meant}} if meant else {"implied": {prop: target(branch)}}
        return branch.having(**{WHEN: when})

    def _leaves(self, branch: Node, seen: tuple[str, ...] = ()) -> Iterator[str]:
        """Yield the schemas that a branch can be: itself, and those of the union that it is."""
        name = target(branch)
        if name and name not in seen:
            yield name
            for inner in [inner for key in _UNIONS for inner in nodes(mapping(self.schemas, name), key)]:
                yield from self._leaves(inner, (*seen, name))
