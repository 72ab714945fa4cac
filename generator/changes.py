"""Describes what a newer spec changes for users of the client: for pull requests and the changelog."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from generator.document import Node
from generator.spec import mapping, operations, parameters_of

_TEXTS = ("description", "summary", "example", "examples", "title")


def changes(old: Node, new: Node) -> list[str]:
    """Describe the differences between two specs, apart from text and examples."""
    return [*_operation_changes(old, new), *_schema_changes(old, new)]


def _operation_changes(old: Node, new: Node) -> Iterator[str]:
    before, after = _operations(old), _operations(new)
    for name in sorted(set(after) - set(before)):
        yield f"`{name}` is new: {after[name][0]}"
    for name in sorted(set(before) - set(after)):
        yield f"`{name}` was removed"
    for name in sorted(set(before) & set(after)):
        place_before, node_before, parameters_before = before[name]
        place_after, node_after, parameters_after = after[name]
        if place_before != place_after:
            yield f"`{name}` moved from {place_before} to {place_after}"
        for parameter in sorted(set(parameters_after) - set(parameters_before)):
            yield f"`{name}` takes {_optional(parameters_after[parameter])}`{parameter}`"
        for parameter in sorted(set(parameters_before) - set(parameters_after)):
            yield f"`{name}` no longer takes `{parameter}`"
        for parameter in sorted(set(parameters_before) & set(parameters_after)):
            if parameters_before[parameter] != parameters_after[parameter]:
                yield f"`{name}`: the parameter `{parameter}` changed"
        if node_after.get("deprecated") is True and node_before.get("deprecated") is not True:
            yield f"`{name}` is deprecated"
        for part in ("requestBody", "responses"):
            if _without_texts(node_before.get(part)) != _without_texts(node_after.get(part)):
                yield f"`{name}`: the {'body' if part == 'requestBody' else 'responses'} changed"


def _operations(document: Node) -> dict[str, tuple[str, Node, Node]]:
    return {
        str(node.get("operationId")): (
            f"{method.upper()} {path}",
            node,
            {str(found.get("name")): _without_texts(found) for found, _ in parameters_of(document, path, node, place)},
        )
        for path, method, node, place in operations(document)
    }


def _optional(parameter: Any) -> str:
    return "" if cast("Node", parameter).get("required") is True else "an optional "


def _schema_changes(old: Node, new: Node) -> Iterator[str]:
    before = mapping(mapping(old, "components"), "schemas")
    after = mapping(mapping(new, "components"), "schemas")
    for name in sorted(set(after) - set(before)):
        yield f"The schema `{name}` is new"
    for name in sorted(set(before) - set(after)):
        yield f"The schema `{name}` was removed"
    for name in sorted(set(before) & set(after)):
        known = len(list(_inside(name, mapping(before, name), mapping(after, name))))
        yield from _inside(name, mapping(before, name), mapping(after, name))
        if not known and _without_texts(before[name]) != _without_texts(after[name]):
            yield f"The schema `{name}` changed"


def _inside(name: str, before: Node, after: Node) -> Iterator[str]:
    values_before, values_after = cast("list[Any]", before.get("enum", [])), cast("list[Any]", after.get("enum", []))
    for value in values_after:
        if value not in values_before:
            yield f"`{name}` can be {value!r}"
    for value in values_before:
        if value not in values_after:
            yield f"`{name}` can no longer be {value!r}"
    fields_before, fields_after = mapping(before, "properties"), mapping(after, "properties")
    for field in fields_after:
        if field not in fields_before:
            yield f"`{name}` has a new field `{field}`"
    for field in fields_before:
        if field not in fields_after:
            yield f"`{name}` no longer has `{field}`"
        elif _without_texts(fields_before[field]) != _without_texts(fields_after[field]):
            yield f"`{name}`: `{field}` changed"
    for field in sorted(set(before.get("required", [])) ^ set(after.get("required", []))):
        if field in fields_before and field in fields_after:
            state = "always present" if field in after.get("required", []) else "no longer always present"
            yield f"`{name}`: `{field}` is {state}"


def _without_texts(value: Any) -> Any:
    if isinstance(value, dict):
        node = cast("Node", value)
        # A property may be called description, which is then not text.
        return {
            key: {name: _without_texts(inner) for name, inner in cast("Node", item).items()}
            if key == "properties" and isinstance(item, dict)
            else _without_texts(item)
            for key, item in node.items()
            if key == "properties" or key not in _TEXTS
        }
    if isinstance(value, list):
        return [_without_texts(item) for item in cast("list[Any]", value)]
    return value
