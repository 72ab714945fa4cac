"""Discriminators: which values of a property stand for which branch of a union.

A base with a discriminator, of which other schemas are made with allOf, becomes a union of these. It also tells these
apart in other unions.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from generator.lowering.shapes import SCHEMAS, WHEN, only_annotations, schemas_of, target, with_schemas
from generator.lowering.walk import Spot, rewrite_schemas
from generator.nodes import Node, mapping, nodes
from generator.problems import Report

_UNIONS = ("oneOf", "anyOf")


def mark_branches(document: Node, report: Report) -> Node:
    """Replace discriminators by marks on the branches, which stay with them when unions are merged and renamed."""
    inherited = _inherited(schemas_of(document))
    document = _with_unions(document)
    marker = _Marker(schemas_of(document), inherited, report)
    return rewrite_schemas(document, lambda schema, _: marker.mark(schema))


def _inherited(schemas: Node) -> dict[str, Node]:
    """Return the discriminators of bases, by the names of the schemas that have them."""
    found: dict[str, Node] = {}
    bases = [name for name in schemas if "propertyName" in mapping(mapping(schemas, name), "discriminator")]
    # That of the nearest base counts.
    for base in sorted(bases, key=lambda name: len(_ancestors(schemas, name))):
        children = [name for name in schemas if base in _ancestors(schemas, name)]
        found |= dict.fromkeys(children, mapping(mapping(schemas, base), "discriminator"))
    return found


def _with_unions(document: Node) -> Node:
    """Make a union of each base with a discriminator; what it was itself is named ``...Base``."""
    uses = _uses(document)
    for name in [*schemas_of(document)]:
        schemas = schemas_of(document)
        base = mapping(schemas, name)
        discriminator = mapping(base, "discriminator")
        if "propertyName" in discriminator and ("properties" in base or "allOf" in base) and uses[name] > 0:
            children = [other for other in schemas if name in _ancestors(schemas, other)]
            mapped = [_named(meant, schemas) for meant in mapping(discriminator, "mapping").values()]
            branches = [other for other in dict.fromkeys([*mapped, *children]) if other not in (name, "")]
            if branches and (children or not any(key in base for key in _UNIONS)):
                document = _with_union(document, name, children, branches)
    return document


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


def _ancestors(schemas: Node, name: str) -> set[str]:
    found: set[str] = set()
    waiting = _parents(schemas, name)
    while waiting:
        parent = waiting.pop()
        if parent not in found:
            found.add(parent)
            waiting += _parents(schemas, parent)
    return found - {name}


def _with_union(document: Node, name: str, children: list[str], branches: list[str]) -> Node:
    schemas = schemas_of(document)
    base = mapping(schemas, name)
    own = f"{name}Base"
    while own in schemas:
        own += "Base"
    # A kind that is not known yet has the properties of the base.
    fallback = Node({"$ref": SCHEMAS + own, WHEN: {}}, base.origin)
    references = [Node({"$ref": SCHEMAS + branch}, base.origin) for branch in branches]
    mapped = mapping(mapping(base, "discriminator"), "mapping")
    meant = Node({value: other for value, other in mapped.items() if _named(other, schemas) != name}, mapped.origin)
    discriminator = mapping(base, "discriminator").having(mapping=meant)
    union = only_annotations(base).having(oneOf=[*references, fallback], discriminator=discriminator)
    entries: dict[str, Any] = {}
    for other, schema in schemas.items():
        if other == name:
            entries[name], entries[own] = union, base.without("discriminator", *_UNIONS)
        else:
            parts = [_retargeted(part, name, own) for part in nodes(schema, "allOf")]
            entries[other] = schema.having(allOf=parts) if other in children else schema
    return with_schemas(document, Node(entries, schemas.origin))


def _retargeted(part: Node, name: str, own: str) -> Node:
    return part.having(**{"$ref": SCHEMAS + own}) if target(part) == name else part


def _named(value: Any, schemas: Node) -> str:
    """Return the schema that an entry of a mapping means: a reference, a name, or a file that is named after it."""
    name = str(value).removeprefix(SCHEMAS)
    last = name.rsplit("/", 1)[-1].split(".", 1)[0]
    return name if name in schemas else last if last in schemas else ""


class _Marker:
    def __init__(self, schemas: Node, inherited: dict[str, Node], report: Report) -> None:
        self.schemas = schemas
        self.inherited = inherited
        self.report = report

    def mark(self, schema: Node) -> Node:
        """Replace the discriminator of a union by marks on its branches."""
        if "x-eigenpal-variants" not in schema:
            schema = schema.having(**{key: self._uncovered(nodes(schema, key)) for key in _UNIONS if key in schema})
        discriminator = mapping(schema, "discriminator") or self._of_branches(schema)
        is_own = "discriminator" in schema
        schema = schema.without("discriminator")
        prop = discriminator.get("propertyName")
        if not isinstance(prop, str) or "x-eigenpal-variants" in schema:
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
        found = [
            self.inherited.get(target(branch)) for key in _UNIONS for branch in nodes(schema, key) if "$ref" in branch
        ]
        first = found[0] if found else None
        return first if first and all(other is first for other in found) else Node()

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
