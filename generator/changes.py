"""Describes what a newer document changes for users of the client: for pull requests and the changelog."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, cast

from generator.facts import Facts, Operation
from generator.lowering import lower
from generator.nodes import Node, mapping, sequence, with_origins
from generator.problems import Report

_TEXTS = ("description", "summary", "example", "examples", "title")


def changes(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
    """Describe the differences between two documents, apart from text and examples.

    Both are lowered first, so that two spellings of the same schema are no difference.
    """
    before, after = (Facts(lower(with_origins(dict(document)), Report())) for document in (old, new))
    return [*_operation_changes(before, after), *_schema_changes(before, after)]


def _compare(old: Mapping[str, Any], new: Mapping[str, Any]) -> tuple[list[str], list[str], list[str]]:
    """Return the names that are new, those that are gone, and those that stay."""
    return sorted(set(new) - set(old)), sorted(set(old) - set(new)), sorted(set(old) & set(new))


def _operation_changes(old: Facts, new: Facts) -> Iterator[str]:
    before = {found.identifier: found for found in old.operations}
    after = {found.identifier: found for found in new.operations}
    added, removed, kept = _compare(before, after)
    yield from (f"`{name}` is new: {_place(after[name])}" for name in added)
    yield from (f"`{name}` was removed" for name in removed)
    for name in kept:
        if _place(before[name]) != _place(after[name]):
            yield f"`{name}` moved from {_place(before[name])} to {_place(after[name])}"
        yield from _parameter_changes(name, before[name], after[name])
        if after[name].deprecated and not before[name].deprecated:
            yield f"`{name}` is deprecated"
        for part, about in (("requestBody", "body"), ("responses", "responses")):
            if _without_texts(before[name].node.get(part)) != _without_texts(after[name].node.get(part)):
                yield f"`{name}`: the {about} changed"


def _place(found: Operation) -> str:
    return f"{found.method.upper()} {found.path}"


def _parameter_changes(name: str, old: Operation, new: Operation) -> Iterator[str]:
    before = {found.wire_name: _without_texts(found.node) for found in old.parameters}
    after = {found.wire_name: _without_texts(found.node) for found in new.parameters}
    added, removed, kept = _compare(before, after)
    yield from (f"`{name}` takes {'' if after[one]['required'] else 'an optional '}`{one}`" for one in added)
    yield from (f"`{name}` no longer takes `{one}`" for one in removed)
    yield from (f"`{name}`: the parameter `{one}` changed" for one in kept if before[one] != after[one])


def _schema_changes(old: Facts, new: Facts) -> Iterator[str]:
    added, removed, kept = _compare(old.schemas, new.schemas)
    yield from (f"The schema `{name}` is new" for name in added)
    yield from (f"The schema `{name}` was removed" for name in removed)
    for name in kept:
        before, after = old.schemas[name].node, new.schemas[name].node
        inside = list(_inside(name, before, after))
        yield from inside
        if not inside and _without_texts(before) != _without_texts(after):
            yield f"The schema `{name}` changed"


def _inside(name: str, before: Node, after: Node) -> Iterator[str]:
    values_before, values_after = sequence(before, "enum"), sequence(after, "enum")
    yield from (f"`{name}` can be {value!r}" for value in values_after if value not in values_before)
    yield from (f"`{name}` can no longer be {value!r}" for value in values_before if value not in values_after)
    fields_before, fields_after = mapping(before, "properties"), mapping(after, "properties")
    added, removed, kept = _compare(fields_before, fields_after)
    yield from (f"`{name}` has a new field `{field}`" for field in added)
    yield from (f"`{name}` no longer has `{field}`" for field in removed)
    for field in kept:
        if _without_texts(fields_before[field]) != _without_texts(fields_after[field]):
            yield f"`{name}`: `{field}` changed"
        is_required = field in sequence(after, "required")
        if is_required != (field in sequence(before, "required")):
            yield f"`{name}`: `{field}` is {'always present' if is_required else 'no longer always present'}"


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
