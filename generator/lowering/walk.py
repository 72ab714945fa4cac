"""Rebuilds a document with every schema, or every operation, rewritten by a function."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from generator.nodes import Node, mapping, nodes

METHODS = ("get", "put", "post", "delete", "patch", "head", "options", "trace")


@dataclass(frozen=True)
class Spot:
    """Where a schema stands, for passes that name it or treat it by its role."""

    role: str
    """``component``, ``property``, ``items``, ``values`` (of a map), ``branch`` (of a union), ``part`` (of allOf),
    ``parameter``, ``body``, ``answer`` or ``header``."""
    words: tuple[str, ...]
    """The names on the way to it, from which a name can be made: ``("Run", "timing")``."""
    media: str = ""
    """The media type, for a body, an answer, and what is inside them."""

    def inside(self, role: str, *words: str) -> Spot:
        """Return the spot of a schema inside this one."""
        return replace(self, role=role, words=(*self.words, *words))


Rewrite = Callable[[Node, Spot], Node]
"""Takes a schema whose inner schemas are rewritten already."""


def rewrite_schemas(document: Node, rewrite: Rewrite) -> Node:
    """Rewrite every schema of a document, inner ones first."""
    components = mapping(document, "components")
    schemas = mapping(components, "schemas")
    rewritten = Node(
        {name: rewrite_schema(node, Spot("component", (name,)), rewrite) for name, node in schemas.items()},
        schemas.origin,
    )
    parts: dict[str, Any] = {"schemas": rewritten} if schemas else {}
    for kind, part in (("parameters", _parameter), ("requestBodies", _body), ("responses", _answer)):
        named = mapping(components, kind)
        if named:
            entries = {name: part(node, (name,), rewrite) for name, node in named.items()}
            parts[kind] = Node(entries, named.origin)
    if parts:
        document = document.having(components=components.having(**parts))
    return rewrite_operations(
        rewrite_path_items(document, lambda path, item: _shared(path, item, rewrite)),
        lambda operation, path, method: _operation(operation, path, method, rewrite),
    )


def rewrite_schema(schema: Any, spot: Spot, rewrite: Rewrite) -> Any:
    """Rewrite a schema and all inside it, inner ones first."""
    if not isinstance(schema, Node):
        return schema
    changes: dict[str, Any] = {}
    if isinstance(schema.get("properties"), Node):
        entries = mapping(schema, "properties")
        changes["properties"] = Node(
            {name: rewrite_schema(node, spot.inside("property", name), rewrite) for name, node in entries.items()},
            entries.origin,
        )
    if isinstance(schema.get("items"), Node):
        changes["items"] = rewrite_schema(schema["items"], spot.inside("items", "item"), rewrite)
    if isinstance(schema.get("additionalProperties"), Node):
        values = schema["additionalProperties"]
        changes["additionalProperties"] = rewrite_schema(values, spot.inside("values", "value"), rewrite)
    for key, role in (("anyOf", "branch"), ("oneOf", "branch"), ("allOf", "part")):
        if isinstance(schema.get(key), list):
            rows: list[Any] = schema[key]
            numbers = [(f"{role}{index + 1}",) if len(rows) > 1 else () for index in range(len(rows))]
            changes[key] = [
                rewrite_schema(node, spot.inside(role, *words), rewrite)
                for node, words in zip(rows, numbers, strict=True)
            ]
    return rewrite(schema.having(**changes), spot)


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


def _shared(path: str, item: Node, rewrite: Rewrite) -> Node:
    if not isinstance(item.get("parameters"), list):
        return item
    return item.having(parameters=[_parameter(node, (path,), rewrite) for node in nodes(item, "parameters")])


def _operation(operation: Node, path: str, method: str, rewrite: Rewrite) -> Node:
    words = (str(operation.get("operationId") or f"{method} {path}"),)
    changes: dict[str, Any] = {}
    if isinstance(operation.get("parameters"), list):
        changes["parameters"] = [_parameter(node, words, rewrite) for node in nodes(operation, "parameters")]
    if isinstance(operation.get("requestBody"), Node):
        changes["requestBody"] = _body(operation["requestBody"], (*words, "body"), rewrite)
    answers = mapping(operation, "responses")
    if answers:
        entries = {
            status: _answer(node, (*words, "response" if status.startswith("2") else f"response {status}"), rewrite)
            for status, node in answers.items()
        }
        changes["responses"] = Node(entries, answers.origin)
    return operation.having(**changes)


def _parameter(node: Any, words: tuple[str, ...], rewrite: Rewrite) -> Any:
    if not isinstance(node, Node):
        return node
    spot = Spot("parameter", (*words, str(node.get("name", ""))))
    changed = node
    if isinstance(node.get("schema"), Node):
        changed = changed.having(schema=rewrite_schema(node["schema"], spot, rewrite))
    return _content(changed, spot, rewrite)


def _body(node: Any, words: tuple[str, ...], rewrite: Rewrite) -> Any:
    return _content(node, Spot("body", words), rewrite) if isinstance(node, Node) else node


def _answer(node: Any, words: tuple[str, ...], rewrite: Rewrite) -> Any:
    return _content(node, Spot("answer", words), rewrite) if isinstance(node, Node) else node


def _content(node: Node, spot: Spot, rewrite: Rewrite) -> Node:
    content = mapping(node, "content")
    if not content:
        return node
    entries = {
        media: value.having(schema=rewrite_schema(value["schema"], replace(spot, media=media), rewrite))
        if isinstance(value, Node) and isinstance(value.get("schema"), Node)
        else value
        for media, value in content.items()
    }
    return node.having(content=Node(entries, content.origin))
