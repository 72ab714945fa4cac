"""Rebuilds a document with every schema, or every operation, rewritten by a function.

The keywords of the document have been checked (keywords.py): what should be an object is one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from generator.lowering.media import FORM, MULTIPART, is_json
from generator.lowering.shapes import schemas_of, with_schemas
from generator.nodes import Node, mapping, nodes

METHODS = ("get", "put", "post", "delete", "patch", "head", "options", "trace")


@dataclass(frozen=True)
class Spot:
    """Where a schema stands."""

    role: str
    """``component``, ``parameter``, ``body``, ``answer`` (a success), ``error``, or ``inner``: inside another one."""
    words: tuple[str, ...] = ()
    """The names on the way to it, from which a name can be made: ``("runs.get", "response")``."""
    media: str = ""
    """The media type of a body or an answer."""

    @property
    def is_form(self) -> bool:
        """Whether it is in a form, whose properties are its parts."""
        return self.media in (MULTIPART, FORM)

    @property
    def is_raw(self) -> bool:
        """Whether it describes text or bytes."""
        return bool(self.media) and not is_json(self.media) and not self.is_form


INNER = Spot("inner")
Rewrite = Callable[[Node, Spot], Node]


def rewrite_schemas(document: Node, rewrite: Rewrite) -> Node:
    """Rewrite every schema of a document, inner ones first."""
    return rewrite_roots(document, lambda schema, spot: rewrite_schema(schema, spot, rewrite))


def rewrite_schema(schema: Node, spot: Spot, rewrite: Rewrite) -> Node:
    """Rewrite a schema and all inside it, inner ones first."""
    return rewrite(rewrite_inside(schema, lambda inner: rewrite_schema(inner, INNER, rewrite)), spot)


def rewrite_inside(schema: Node, rewrite: Callable[[Node], Node]) -> Node:
    """Rewrite the schemas directly inside a schema."""
    changes: dict[str, Any] = {}
    for key, value in schema.items():
        if key in ("properties", "patternProperties"):
            changes[key] = Node({name: rewrite(inner) for name, inner in value.items()}, value.origin)
        elif key in ("anyOf", "oneOf", "allOf", "prefixItems"):
            changes[key] = [rewrite(inner) for inner in value]
        elif key in ("items", "additionalProperties") and isinstance(value, Node):
            changes[key] = rewrite(value)
    return schema.having(**changes)


def rewrite_roots(document: Node, rewrite: Rewrite) -> Node:
    """Rewrite the schemas of a document that are not inside another one."""
    if schemas := schemas_of(document):
        entries = {name: rewrite(schema, Spot("component", (name,))) for name, schema in schemas.items()}
        document = with_schemas(document, Node(entries, schemas.origin))
    return rewrite_operations(
        document, lambda operation, path, method: _rewrite_operation(operation, path, method, rewrite)
    )


def rewrite_path_items(document: Node, rewrite: Callable[[str, Node], Node]) -> Node:
    """Rewrite every path item."""
    paths = mapping(document, "paths")
    items = {path: rewrite(path, item) if isinstance(item, Node) else item for path, item in paths.items()}
    return document.having(paths=Node(items, paths.origin)) if paths else document


def rewrite_operations(document: Node, rewrite: Callable[[Node, str, str], Node]) -> Node:
    """Rewrite every operation; the function takes the operation, its path and its method."""

    def in_item(path: str, item: Node) -> Node:
        return item.having(
            **{method: rewrite(item[method], path, method) for method in METHODS if isinstance(item.get(method), Node)}
        )

    return rewrite_path_items(document, in_item)


def _rewrite_operation(operation: Node, path: str, method: str, rewrite: Rewrite) -> Node:
    words = (str(operation.get("operationId") or f"{method} {path}"),)
    changes: dict[str, Any] = {}
    if "parameters" in operation:
        changes["parameters"] = [
            _rewrite_holder(node, Spot("parameter", (*words, str(node.get("name", "")))), rewrite)
            for node in nodes(operation, "parameters")
        ]
    if "requestBody" in operation:
        changes["requestBody"] = _rewrite_holder(operation["requestBody"], Spot("body", (*words, "body")), rewrite)
    if responses := mapping(operation, "responses"):
        successes = [status for status in responses if status.startswith("2")] or ["default"]
        entries: dict[str, Node] = {}
        for status, response in responses.items():
            last = "response" if status == successes[0] else f"response {status}"
            spot = Spot("answer" if status in successes else "error", (*words, last))
            entries[status] = _rewrite_holder(response, spot, rewrite)
        changes["responses"] = Node(entries, responses.origin)
    return operation.having(**changes)


def _rewrite_holder(node: Node, spot: Spot, rewrite: Rewrite) -> Node:
    """Rewrite the schemas of a parameter, a body, an answer, or one of its media types."""
    if "schema" in node:
        node = node.having(schema=rewrite(node["schema"], spot))
    if content := mapping(node, "content"):
        entries = {
            media: _rewrite_holder(value, replace(spot, media=media), rewrite) for media, value in content.items()
        }
        node = node.having(content=Node(entries, content.origin))
    return node
