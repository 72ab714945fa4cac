"""Describes what a newer document changes for users of the client: for pull requests and the changelog."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, cast

from generator.facts import Facts, Operation
from generator.lowering import lower
from generator.nodes import Node, with_origins
from generator.problems import Report

_TEXTS = ("description", "summary", "example", "examples", "title")


def changes(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
    """Describe the differences between two documents, apart from text and examples.

    Both are lowered first, so that two spellings of the same schema are no difference.
    """
    before, after = (Facts(lower(with_origins(dict(document)), Report())) for document in (old, new))
    return [*_operation_changes(before, after), *_schema_changes(before, after)]


def _operation_changes(old: Facts, new: Facts) -> Iterator[str]:
    before = {found.identifier: found for found in old.operations}
    after = {found.identifier: found for found in new.operations}
    for name in sorted(set(after) - set(before)):
        yield f"`{name}` is new: {_place(after[name])}"
    for name in sorted(set(before) - set(after)):
        yield f"`{name}` was removed"
    for name in sorted(set(before) & set(after)):
        if _place(before[name]) != _place(after[name]):
            yield f"`{name}` moved from {_place(before[name])} to {_place(after[name])}"
        yield from _parameter_changes(name, before[name], after[name])
        if after[name].deprecated and not before[name].deprecated:
            yield f"`{name}` is deprecated"
        for part in ("requestBody", "responses"):
            if _without_texts(before[name].node.get(part)) != _without_texts(after[name].node.get(part)):
                yield f"`{name}`: the {'body' if part == 'requestBody' else 'responses'} changed"


def _place(found: Operation) -> str:
    return f"{found.method.upper()} {found.path}"


def _parameter_changes(name: str, old: Operation, new: Operation) -> Iterator[str]:
    before = {found.wire_name: _without_texts(found.node) for found in old.parameters}
    after = {found.wire_name: _without_texts(found.node) for found in new.parameters}
    for parameter in sorted(set(after) - set(before)):
        yield f"`{name}` takes {'' if after[parameter]['required'] else 'an optional '}`{parameter}`"
    for parameter in sorted(set(before) - set(after)):
        yield f"`{name}` no longer takes `{parameter}`"
    for parameter in sorted(set(before) & set(after)):
        if before[parameter] != after[parameter]:
            yield f"`{name}`: the parameter `{parameter}` changed"


def _schema_changes(old: Facts, new: Facts) -> Iterator[str]:
    before, after = old.schemas, new.schemas
    for name in sorted(set(after) - set(before)):
        yield f"The schema `{name}` is new"
    for name in sorted(set(before) - set(after)):
        yield f"The schema `{name}` was removed"
    for name in sorted(set(before) & set(after)):
        inside = list(_inside(name, before[name].node, after[name].node))
        yield from inside
        if not inside and _without_texts(before[name].node) != _without_texts(after[name].node):
            yield f"The schema `{name}` changed"


def _inside(name: str, before: Node, after: Node) -> Iterator[str]:
    values_before, values_after = cast("list[Any]", before.get("enum", [])), cast("list[Any]", after.get("enum", []))
    for value in values_after:
        if value not in values_before:
            yield f"`{name}` can be {value!r}"
    for value in values_before:
        if value not in values_after:
            yield f"`{name}` can no longer be {value!r}"
    fields_before: Node = before.get("properties", Node())
    fields_after: Node = after.get("properties", Node())
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
        node = cast("dict[str, Any]", value)
        # A property may be called description, which is then not text.
        return {
            key: {name: _without_texts(inner) for name, inner in cast("dict[str, Any]", item).items()}
            if key == "properties" and isinstance(item, dict)
            else _without_texts(item)
            for key, item in node.items()
            if key == "properties" or key not in _TEXTS
        }
    if isinstance(value, list):
        return [_without_texts(item) for item in cast("list[Any]", value)]
    return value
