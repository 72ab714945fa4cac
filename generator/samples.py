"""Values for the examples of methods where the document has none: as plain as the schema allows."""

from __future__ import annotations

import math
import re
from typing import Any, cast

from generator.facts import Schema
from generator.nodes import Node, mapping, sequence

TIMESTAMP = "2026-01-31T12:00:00Z"

_FORMATS = {
    "date-time": TIMESTAMP,
    "date": "2026-01-31",
    "time": "12:00:00Z",
    "duration": "P1D",
    "email": "ada@example.com",
    "hostname": "example.com",
    "ipv4": "192.0.2.1",
    "ipv6": "2001:db8::1",
    "uri": "https://example.com",
    "url": "https://example.com",
    "uuid": "3fa85f64-5717-4562-b3fc-2c963f66afa6",
}
_TEXTS = ("a", "A", "1", "a-1", "A-1", "1.0.0", "2026-01-31", "#000000", "+14155550100", "/a", "a.a")
_MATCHED_LENGTH = 12
"""Longer texts are not matched with a pattern, which may take a time that grows exponentially with them."""
_LONGEST = 200
_MOST_ITEMS = 3


def make_sample(schema: Schema, name: str, enclosing: tuple[str, ...] = ()) -> Any:
    """Make up a JSON value for a schema; a nested schema may have an example.

    Args:
        schema: The schema.
        name: What the value is called; text without a format is its own name.
        enclosing: Names of the schemas that it is part of.
    """
    target, own_name = schema.target, schema.target_name
    node = target.node
    known = [*schema.examples, *target.examples, *([node["const"]] if "const" in node else []), *target.enum_values]
    for value in known:
        if value is not None:
            return value
    if own_name in enclosing and own_name:
        return {}
    inside = (*enclosing, own_name)
    if branches := target.branches:
        value = make_sample(branches[0], name, inside)
        if isinstance(value, dict):
            return {**cast("dict[str, Any]", value), **_get_distinction(target, branches[0])}
        return value
    kind = node.get("type")
    if kind == "null" or "anyOf" in node:
        return None
    if kind in ("integer", "number"):
        return _make_number(node, is_whole=kind == "integer")
    if kind == "boolean":
        return True
    if kind == "array":
        rows = Schema(mapping(node, "items"), target.document)
        count = 0 if rows.target_name in inside and rows.target_name else max(1, int(_read_number(node, "minItems", 1)))
        return [make_sample(rows, name, inside)] * min(count, _MOST_ITEMS)
    if kind == "object":
        return _make_object(target, inside)
    return _make_text(node, name)


def _get_distinction(union: Schema, branch: Schema) -> Node:
    """Return the properties by which a branch of a union is known."""
    for variant in union.variants:
        if variant.schema == branch.reference:
            return Node({key: values[0] for key, values in variant.equals})
    return Node()


def _make_object(schema: Schema, enclosing: tuple[str, ...]) -> dict[str, Any]:
    node = schema.node
    required = sequence(node, "required")
    names = [name for name in schema.properties if name in required]
    names += [name for name in schema.properties if name not in required]
    names = names[: max(len([name for name in names if name in required]), int(_read_number(node, "minProperties", 0)))]
    if schema.properties:
        return {name: make_sample(schema.properties[name], name, enclosing) for name in names}
    values = Schema(mapping(node, "additionalProperties"), schema.document)
    return {"key": make_sample(values, "value", enclosing)}


def _read_number(node: Node, key: str, default: float) -> float:
    value = node.get(key)
    if isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value):
        return value
    return default


def _make_number(node: Node, *, is_whole: bool) -> float:
    low, high = _read_number(node, "minimum", -math.inf), _read_number(node, "maximum", math.inf)
    above, below = _read_number(node, "exclusiveMinimum", -math.inf), _read_number(node, "exclusiveMaximum", math.inf)
    step = _read_number(node, "multipleOf", 0)
    ends = [end for end in (low, high, above, below) if math.isfinite(end)]
    candidates = [1, *ends, *(end + 1 for end in ends), *(end - 1 for end in ends), sum(ends) / (len(ends) or 1)]
    if step > 0:
        candidates = [step, *(step * (end // step + more) for end in ends for more in (0, 1))]
    if is_whole:
        candidates = [int(number) for number in candidates]
    fitting = (number for number in candidates if low <= number <= high and above < number < below)
    return next(fitting, candidates[0])


def _make_text(node: Node, name: str) -> str:
    shortest, longest = int(_read_number(node, "minLength", 0)), int(_read_number(node, "maxLength", _LONGEST))
    shortest = min(shortest, _LONGEST)
    text = _FORMATS.get(str(node.get("format"))) or name
    if len(text) < shortest:
        text = (f"{text}-" * shortest)[:shortest]
    text = text[: max(longest, 0)]
    pattern = node.get("pattern")
    if not isinstance(pattern, str):
        return text
    fitting = (one for one in (text, *_TEXTS) if shortest <= len(one) <= longest and _is_match(pattern, one))
    return next(fitting, text)


def _is_match(pattern: str, text: str) -> bool:
    try:
        return len(text) <= _MATCHED_LENGTH and re.search(pattern, text) is not None
    except re.error:  # a pattern of JavaScript that Python cannot read
        return False
