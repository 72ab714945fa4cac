"""Compares what openapi-python-client parsed with an independent reading of the lowered document."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from openapi_python_client.parser.properties.const import ConstProperty
from openapi_python_client.parser.properties.list_property import ListProperty
from openapi_python_client.parser.properties.literal_enum_property import LiteralEnumProperty
from openapi_python_client.parser.properties.model_property import ModelProperty
from openapi_python_client.parser.properties.none import NoneProperty
from openapi_python_client.parser.properties.union import UnionProperty

from generator.facts import SCHEMAS, Facts
from generator.parsing import Parsed

CLASSES = {
    "AnyProperty": "anything",
    "BooleanProperty": "boolean",
    "DateProperty": "string",
    "DateTimeProperty": "date-time",
    "FileProperty": "binary",
    "FloatProperty": "number",
    "IntProperty": "integer",
    "StringProperty": "string",
    "UuidProperty": "string",
}


def list_disagreements(parsed: Parsed, facts: Facts) -> Iterator[str]:
    """Yield every place where the parse says something else than the document."""
    components: dict[str, Any] = facts.document.get("components", {}).get("schemas", {})
    for name, kind in facts.kinds.items():
        node = components[name]
        if kind == "model":
            fields = {wire: (read_property(parsed, found), found.required) for wire, found in parsed.fields(name)}
            properties: dict[str, Any] = node["properties"]
            yield from _compare(
                name, fields, {k: (read(v), k in node.get("required", [])) for k, v in properties.items()}
            )
        elif kind == "enum":
            found = parsed.schemas[parsed.key(name)]
            values = found.values if isinstance(found, LiteralEnumProperty) else None
            yield from _compare(name, values, set(node["enum"]))
        else:
            branches = [read_property(parsed, found) for found in parsed.branches(parsed.key(name))]
            plain = [branch for branch in node.get("anyOf", []) if branch.get("type") != "null"]
            yield from _compare(name, branches, list(map(read, plain)) if kind == "union" else [read(node)])
    for index, operation in enumerate(facts.operations):
        where = operation.identifier
        parameters = [(position, read_property(parsed, p), p.required) for position, p in parsed.parameters(index)]
        expected = [(p.schema.node, p.node["required"]) for p in operation.parameters]
        yield from _compare(where, parameters, [(n, read(s), required) for n, (s, required) in enumerate(expected)])
        body = operation.node.get("requestBody", {})
        bodies = [(position, read_property(parsed, found), found.required) for position, found in parsed.bodies(index)]
        content = [value["schema"] for value in body.get("content", {}).values()]
        wanted = [(position, read(schema), body.get("required") is True) for position, schema in enumerate(content)]
        yield from _compare(where, bodies, wanted)
        answers = [(position, read_property(parsed, found)) for position, found in parsed.answers(index)]
        yield from _compare(where, answers, [(n, read(a.schema.node)) for n, a in enumerate(operation.answers)])


def _compare(where: str, found: object, expected: object) -> Iterator[str]:
    if found != expected:
        yield f"{where}: parsed {found}, in the document {expected}"


def read(node: Any) -> Any:
    """Read a schema of the lowered document."""
    if "$ref" in node:
        return "to", node["$ref"].removeprefix(SCHEMAS)
    if "anyOf" in node:
        branches = [read(branch) for branch in node["anyOf"] if branch.get("type") != "null"]
        inner = ("variants", branches) if "x-eigenpal-variants" in node else _either(branches)
        return ("or null", inner) if len(branches) < len(node["anyOf"]) else inner
    if "const" in node:
        return "const", node["const"]
    if node.get("type") == "array":
        return "list", read(node["items"])
    if node.get("type") == "object":
        values = node.get("additionalProperties")
        return "object", read(values) if isinstance(values, dict) and values else "anything"
    kind = node.get("type", "anything")
    return node["format"] if kind == "string" and node.get("format") in ("date-time", "binary") else kind


def read_property(parsed: Parsed, found: Any) -> Any:
    """Read a property of the parse."""
    if isinstance(found, UnionProperty):
        branches = [read_property(parsed, p) for p in found.inner_properties if not isinstance(p, NoneProperty)]
        inner = _either(branches)
        return ("or null", inner) if len(branches) < len(found.inner_properties) else inner
    if isinstance(found, ConstProperty):
        return "const", found.value.raw_value
    if isinstance(found, ListProperty):
        return "list", read_property(parsed, found.inner_property)
    if isinstance(found, (LiteralEnumProperty, ModelProperty)):
        key = str(found.class_info.name)
        if key in parsed.names:
            return "to", parsed.names[key]
        if key.startswith("Union"):
            return "variants", [read_property(parsed, inner) for inner in parsed.branches(key)]
        values = getattr(parsed.schemas[key], "additional_properties", None)
        return "object", read_property(parsed, values) if values else "anything"
    return CLASSES[type(found).__name__]


def _either(branches: list[Any]) -> Any:
    """Return a union as it reads once equal branches are joined."""
    distinct = [branch for index, branch in enumerate(branches) if branch not in branches[:index]]
    return distinct[0] if len(distinct) == 1 else ("either", distinct)
