"""Rewrites what OpenAPI 3.0 says in another way than 3.1.

``{type: string, nullable: true}`` becomes ``{anyOf: [{type: string}, {type: null}]}``.
"""

from __future__ import annotations

from generator.lowering.shapes import ANNOTATIONS, allowing_null
from generator.lowering.walk import rewrite_schemas
from generator.nodes import Node, nodes
from generator.problems import Report

_BOUNDS = (("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum"))


def modernize(document: Node, report: Report) -> Node:
    """Write schemas as OpenAPI 3.1 does: null as a type, exclusive bounds as numbers, a list of examples.

    ``nullable`` and boolean bounds also occur in documents that call themselves 3.1, and mean the same there.
    """
    del report
    old = str(document.get("openapi")).startswith("3.0")
    document = rewrite_schemas(document, lambda schema, _: _modernized(schema, old=old))
    return document.having(openapi="3.1.0")


def _modernized(schema: Node, *, old: bool) -> Node:
    if old and "$ref" in schema:
        # In 3.0 keywords beside $ref mean nothing; but whoever writes a text or nullable there means it.
        known = (*ANNOTATIONS, "$ref", "nullable")
        schema = Node({key: value for key, value in schema.items() if key in known}, schema.origin)
    if old and "example" in schema:
        schema = schema.having(**{"examples": [schema["example"]], **schema}).without("example")
    for exclusive, bound in _BOUNDS:
        if isinstance(schema.get(exclusive), bool):
            changes = {exclusive: schema[bound]} if schema[exclusive] and bound in schema else {}
            schema = schema.without(exclusive, *([bound] if changes else [])).having(**changes)
    if nulls := [part for part in nodes(schema, "allOf") if _is_nullable_alone(part)]:
        # Strictly, a part that allows null does not make the whole do so; but nobody means anything else by it.
        return allowing_null(schema.having(allOf=[part for part in schema["allOf"] if part not in nulls]))
    if "nullable" in schema:
        allows = schema["nullable"] is True
        schema = schema.without("nullable")
        return allowing_null(schema) if allows else schema
    return schema


def _is_nullable_alone(part: Node) -> bool:
    return part == {"anyOf": [{}, {"type": "null"}]}
