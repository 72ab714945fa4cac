"""What the passes of schemas read and write: references, texts, null, and what JSON type a schema has."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from generator.nodes import Node, mapping, nodes

SCHEMAS = "#/components/schemas/"
VARIANTS = "x-eigenpal-variants"
WHEN = "x-eigenpal-when"
"""On a branch of a union of objects, until it has a name: when it applies, as in an entry of ``x-eigenpal-variants``
(``equals`` and ``holds``; neither for the fallback), or the value that the name of its schema ``implies``."""

TEXTS = ("title", "description", "default", "example", "examples", "deprecated", "$comment")
# Of the place where a schema is used, not of its values.
_OF_PLACES = ("readOnly", "writeOnly", "x-eigenpal-name", WHEN)
ANNOTATIONS = frozenset([*TEXTS, *_OF_PLACES])


def schemas_of(document: Node) -> Node:
    """Return the named schemas."""
    return mapping(mapping(document, "components"), "schemas")


def with_schemas(document: Node, schemas: Node) -> Node:
    """Return the document with other named schemas."""
    return document.having(components=mapping(document, "components").having(schemas=schemas))


def target(schema: Node) -> str:
    """Return the name of the schema that a reference refers to; empty if it is none."""
    reference = schema.get("$ref")
    return reference.removeprefix(SCHEMAS) if isinstance(reference, str) else ""


def refer(schema: Node, name: str) -> Node:
    """Return a reference to a named schema instead of a schema, with its annotations."""
    return only_annotations(schema).having(**{"$ref": SCHEMAS + name})


def only_annotations(schema: Node) -> Node:
    """Return what a schema says without restricting a value."""
    return Node({key: value for key, value in schema.items() if key in ANNOTATIONS}, schema.origin)


def without_annotations(schema: Node) -> Node:
    """Return a schema without its annotations."""
    return schema.without(*ANNOTATIONS)


def annotated(schema: Node, *outer: Node) -> Node:
    """Return a schema with the annotations of others around it, the last of which counts most."""
    return schema.having(**{key: item for node in outer for key, item in only_annotations(node).items()})


def replacing(schema: Node, found: Node) -> Node:
    """Return what was found in the place of a schema, with its annotations."""
    return Node(annotated(found, schema), schema.origin)


def is_same(one: Any, other: Any) -> bool:
    """Return whether two schemas allow the same, as far as it is easy to tell."""
    return bool(_bare(one) == _bare(other))


def _bare(value: Any, *, by_name: bool = False) -> Any:
    if isinstance(value, Node):
        return {
            key: _bare(item, by_name=not by_name and key == "properties")
            for key, item in value.items()
            if by_name or key not in ANNOTATIONS
        }
    return [_bare(item) for item in value] if isinstance(value, list) else value  # pyright: ignore[reportUnknownVariableType]


def is_null(schema: Node) -> bool:
    """Return whether a schema allows nothing but null."""
    return schema.get("type") == "null"


def null(origin: str) -> Node:
    """Return the branch of a union that allows null."""
    return Node({"type": "null"}, origin)


def allowing_null(schema: Node) -> Node:
    """Return a schema that allows null too; the annotations stand outside."""
    inner = without_annotations(schema)
    union = inner if "anyOf" in inner and set(inner) <= {"anyOf", VARIANTS} else Node({"anyOf": [inner]}, schema.origin)
    branches = [branch for branch in nodes(union, "anyOf") if not is_null(branch)]
    return annotated(union.having(anyOf=[*branches, null(schema.origin)]), schema)


def inner_schemas(schema: Node) -> Iterator[Node]:
    """Yield the schemas directly inside a schema without allOf."""
    yield from nodes({"all": [*mapping(schema, "properties").values()]}, "all")
    yield from nodes({"all": [schema.get("items"), schema.get("additionalProperties")]}, "all")
    yield from nodes(schema, "anyOf")


def referred(schema: Node) -> Iterator[str]:
    """Yield the names of the schemas that a schema without allOf refers to."""
    if name := target(schema):
        yield name
    for inner in inner_schemas(schema):
        yield from referred(inner)


class Shapes:
    """Looks through references to named schemas."""

    def __init__(self, document: Node) -> None:
        self.schemas = schemas_of(document)

    def resolve(self, schema: Node) -> Node:
        """Return what a chain of references ends at; anything if that does not exist."""
        seen: set[str] = set()
        while "$ref" in schema:
            name = target(schema)
            found = self.schemas.get(name)
            if name in seen or not isinstance(found, Node):
                return Node(origin=schema.origin)
            seen.add(name)
            schema = found
        return schema

    def kind(self, schema: Node, within: tuple[int, ...] = ()) -> str:
        """Return the JSON type of a schema's values, null aside.

        An integer is a number. A union whose branches differ is ``several``; a schema that allows anything, ``any``.
        """
        resolved = self.resolve(schema)
        if branches := nodes(resolved, "anyOf"):
            if id(resolved) in within:
                return "null"  # A union within itself adds nothing.
            kinds = {self.kind(branch, (*within, id(resolved))) for branch in branches} - {"null"}
            return kinds.pop() if len(kinds) == 1 else "several" if kinds else "null"
        kind = str(resolved.get("type", "any"))
        return "number" if kind == "integer" else kind

    def is_model(self, schema: Node) -> bool:
        """Return whether a schema is an object that declares properties."""
        return bool(mapping(self.resolve(schema), "properties"))
