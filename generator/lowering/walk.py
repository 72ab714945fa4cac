"""Rebuilds a document with every schema, or every operation, rewritten by a function."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from generator.lowering.media import FORM, MULTIPART, is_json
from generator.nodes import Node, mapping, nodes

METHODS = ("get", "put", "post", "delete", "patch", "head", "options", "trace")


@dataclass(frozen=True)
class Spot:
    """Where a schema stands, for passes that name it or treat it by its role."""

    role: str
    """``component``, ``property``, ``items``, ``values`` (of a map), ``branch`` (of a union), ``part`` (of allOf),
    ``parameter``, ``body``, ``answer`` (a success) or ``error``."""
    words: tuple[str, ...]
    """The names on the way to it, from which a name can be made: ``("Run", "timing")``."""
    media: str = ""
    """The media type, for a body, an answer, and what is inside them."""

    @property
    def is_form(self) -> bool:
        """Whether it is in a form, whose properties are its parts."""
        return self.media in (MULTIPART, FORM)

    @property
    def is_raw(self) -> bool:
        """Whether it describes text or bytes."""
        return bool(self.media) and not is_json(self.media) and not self.is_form

    def inside(self, role: str, *words: str) -> Spot:
        """Return the spot of a schema inside this one."""
        return replace(self, role=role, words=(*self.words, *words))


Rewrite = Callable[[Node, Spot], Node]
"""Takes a schema whose inner schemas are rewritten already."""


def rewrite_schemas(document: Node, rewrite: Rewrite) -> Node:
    """Rewrite every schema of a document, inner ones first."""
    return rewrite_roots(document, lambda schema, spot: rewrite_schema(schema, spot, rewrite))


def rewrite_roots(document: Node, rewrite: Rewrite) -> Node:
    """Rewrite the schemas of a document that are not inside another one."""
    components = mapping(document, "components")
    schemas = mapping(components, "schemas")
    rewritten = Node(
        {name: _root(node, Spot("component", (name,)), rewrite) for name, node in schemas.items()}, schemas.origin
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
    for key, role in (("properties", "property"), ("patternProperties", "values")):
        if isinstance(schema.get(key), Node):
            entries = mapping(schema, key)
            changes[key] = Node(
                {name: rewrite_schema(node, spot.inside(role, name), rewrite) for name, node in entries.items()},
                entries.origin,
            )
    if isinstance(schema.get("items"), Node):
        changes["items"] = rewrite_schema(schema["items"], spot.inside("items", "item"), rewrite)
    if isinstance(schema.get("additionalProperties"), Node):
        values = schema["additionalProperties"]
        changes["additionalProperties"] = rewrite_schema(values, spot.inside("values", "value"), rewrite)
    for key, role in (("anyOf", "branch"), ("oneOf", "branch"), ("allOf", "part"), ("prefixItems", "items")):
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
        successes = [status for status in answers if status.startswith("2")] or ["default"]
        entries = {
            status: _answer(
                node,
                (*words, "response" if status == successes[0] else f"response {status}"),
                rewrite,
                role="answer" if status in successes else "error",
            )
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
        changed = changed.having(schema=rewrite(node["schema"], spot))
    return _content(changed, spot, rewrite)


def _body(node: Any, words: tuple[str, ...], rewrite: Rewrite) -> Any:
    return _content(node, Spot("body", words), rewrite) if isinstance(node, Node) else node


def _answer(node: Any, words: tuple[str, ...], rewrite: Rewrite, role: str = "answer") -> Any:
    return _content(node, Spot(role, words), rewrite) if isinstance(node, Node) else node


def _root(node: Any, spot: Spot, rewrite: Rewrite) -> Any:
    return rewrite(node, spot) if isinstance(node, Node) else node


def _content(node: Node, spot: Spot, rewrite: Rewrite) -> Node:
    content = mapping(node, "content")
    if not content:
        return node
    entries = {
        media: value.having(schema=rewrite(value["schema"], replace(spot, media=media)))
        if isinstance(value, Node) and isinstance(value.get("schema"), Node)
        else value
        for media, value in content.items()
    }
    return node.having(content=Node(entries, content.origin))
