"""What schemas are: references, texts beside them, null, and JSON types.

``{$ref: "#/components/schemas/Run", description: "It."}`` has the target ``Run``, the annotation ``description``, and
the kind of what ``Run`` is, ``object``.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from generator.nodes import Node, mapping, nodes

SCHEMAS = "#/components/schemas/"
VARIANTS = "x-eigenpal-variants"
WHEN = "x-eigenpal-when"
"""On a branch of a union of objects, until it has a name: when it applies, as in an entry of ``x-eigenpal-variants``
(``equals`` and ``holds``; neither for the fallback), or the value that the name of its schema ``implies``."""

ANNOTATIONS = frozenset([
    *("title", "description", "default", "example", "examples", "deprecated", "$comment"),
    *("readOnly", "writeOnly", "x-eigenpal-name", "x-eigenpal-strict", WHEN),
])  # fmt: skip
"""What a schema says without restricting its values."""


def schemas_of(document: Node) -> Node:
    """Return the named schemas."""
    return mapping(mapping(document, "components"), "schemas")


def with_schemas(document: Node, schemas: Node) -> Node:
    """Return the document with other named schemas."""
    return document.having(components=mapping(document, "components").having(schemas=schemas))


# --- references -------------------------------------------------------------------------------------------------------


def target(schema: Node) -> str:
    """Return the name of the schema that a reference refers to; empty if it is none."""
    return str(schema.get("$ref", "")).removeprefix(SCHEMAS)


def target_name(document: Node, schema: Node) -> str:
    """Return the name of the schema that a chain of references ends at; empty if it is written out."""
    seen = [""]
    while target(schema) not in seen:
        seen.append(target(schema))
        schema = mapping(schemas_of(document), seen[-1])
    return seen[-1]


def resolved(document: Node, schema: Node) -> Node:
    """Return a schema, or the named one that a chain of references ends at; anything if it does not end."""
    name = target_name(document, schema)
    found = mapping(schemas_of(document), name) if name else schema
    return Node(origin=schema.origin) if "$ref" in found else found


def refer(schema: Node, name: str) -> Node:
    """Return a reference to a named schema instead of a schema, with its annotations."""
    return only_annotations(schema).having(**{"$ref": SCHEMAS + name})


def inner_schemas(schema: Node) -> Iterator[Node]:
    """Yield the schemas directly inside a schema without allOf."""
    yield from mapping(schema, "properties").values()
    yield from (schema[key] for key in ("items", "additionalProperties") if isinstance(schema.get(key), Node))
    yield from nodes(schema, "anyOf")


def referred(schema: Node) -> Iterator[str]:
    """Yield the names of the schemas that a schema without allOf refers to."""
    if name := target(schema):
        yield name
    for inner in inner_schemas(schema):
        yield from referred(inner)


# --- annotations ------------------------------------------------------------------------------------------------------


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


# --- null -------------------------------------------------------------------------------------------------------------


def is_null(schema: Node) -> bool:
    """Return whether a schema allows nothing but null."""
    return schema.get("type") == "null"


def branches_of(schema: Node) -> list[Node]:
    """Return the branches of a union but the one for null; empty if it is none."""
    return [branch for branch in nodes(schema, "anyOf") if not is_null(branch)]


def allows_null(schema: Node) -> bool:
    """Return whether a union has a branch for null."""
    return any(map(is_null, nodes(schema, "anyOf")))


def with_branches(schema: Node, branches: list[Node]) -> Node:
    """Return a union with other branches; the one for null stays."""
    return schema.having(anyOf=[*branches, *filter(is_null, nodes(schema, "anyOf"))])


def allowing_null(schema: Node) -> Node:
    """Return a schema that allows null too; the annotations stand outside."""
    inner = without_annotations(schema)
    union = inner if "anyOf" in inner and set(inner) <= {"anyOf", VARIANTS} else Node({"anyOf": [inner]}, schema.origin)
    return annotated(union.having(anyOf=[*branches_of(union), Node({"type": "null"}, schema.origin)]), schema)


def without_null(schema: Node) -> Node:
    """Return a schema without null, which can be sent in JSON only."""
    branches = branches_of(schema)
    if not branches or not allows_null(schema):
        return schema
    return replacing(schema, branches[0]) if len(branches) == 1 else schema.having(anyOf=branches)


# --- JSON types -------------------------------------------------------------------------------------------------------


def kind_of(document: Node, schema: Node, within: tuple[int, ...] = ()) -> str:
    """Return the JSON type of a schema's values, null aside.

    An integer is a number. A union whose branches differ is ``several``; a schema that allows anything, ``any``.
    """
    schema = resolved(document, schema)
    if branches := nodes(schema, "anyOf"):
        if id(schema) in within:
            return "null"  # A union within itself adds nothing.
        kinds = {kind_of(document, branch, (*within, id(schema))) for branch in branches} - {"null"}
        return kinds.pop() if len(kinds) == 1 else "several" if kinds else "null"
    kind = str(schema.get("type", "any"))
    return "number" if kind == "integer" else kind


def shape_of(document: Node, schema: Node) -> str:
    """Return ``scalar``, ``list``, ``object``, ``union`` (not of scalars alone) or ``any``; null does not count."""
    schema = without_null(resolved(document, schema))
    if branches := nodes(schema, "anyOf"):
        return "scalar" if all(shape_of(document, branch) == "scalar" for branch in branches) else "union"
    return {"array": "list", "object": "object", "None": "any"}.get(str(schema.get("type")), "scalar")


def holds_json(document: Node, schema: Node) -> bool:
    """Return whether a schema describes JSON, rather than a text, bytes or nothing at all."""
    schema = resolved(document, schema)
    kinds: Any = schema.get("type")
    listed = set(cast("list[str]", kinds) if isinstance(kinds, list) else [str(kinds)]) - {"null"}
    return listed != {"string"} and bool({"type", "properties", "items", "anyOf", "oneOf", "allOf"} & set(schema))


def is_binary(schema: Node) -> bool:
    """Return whether a schema is a file."""
    return schema.get("format") == "binary"
