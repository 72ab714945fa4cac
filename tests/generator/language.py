"""Checks that a lowered document keeps to the language of ``generator.lowering``, as far as schemas are concerned."""

from __future__ import annotations

import keyword
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

from generator.naming import RESERVED_IN_MODELS, module_name, python_name

Node = dict[str, Any]

SCHEMAS = "#/components/schemas/"
_TEXTS = {
    *("title", "description", "default", "example", "examples", "deprecated", "$comment"),
    *("x-eigenpal-name", "x-eigenpal-strict"),
}
_NUMBERS = {"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "format"}
_KEYWORDS: dict[str, set[str]] = {
    "string": {"enum", "const", "format", "minLength", "maxLength", "pattern"},
    "integer": {*_NUMBERS, "enum", "const"},
    "number": _NUMBERS,
    "boolean": {"const"},
    "object": {
        *("properties", "required", "additionalProperties", "minProperties", "maxProperties"),
        "x-eigenpal-part-prefix",
    },
    "array": {"items", "minItems", "maxItems", "uniqueItems"},
}
_PYTHON = {"string": str, "integer": int, "boolean": bool}


def breaches(document: Node) -> list[str]:
    """Return where schemas of a lowered document do not keep to the language, and how."""
    return list(_Checker(document).check())


@dataclass(frozen=True)
class _Role:
    """What a schema may be in its place."""

    named: bool = False
    is_property: bool = False
    part: bool = False
    """Whether it may be a file."""


class _Checker:
    def __init__(self, document: Node) -> None:
        self.document = document
        self.schemas: dict[str, Node] = document.get("components", {}).get("schemas", {})
        self.forms = {
            str(media["schema"].get("$ref")).removeprefix(SCHEMAS)
            for operation in self._operations()
            for name, media in operation.get("requestBody", {}).get("content", {}).items()
            if name.startswith("multipart/") and "schema" in media
        }

    def check(self) -> Iterator[str]:
        modules: dict[str, str] = {}
        for name, schema in self.schemas.items():
            place = f"#/{name}"
            if not re.fullmatch(r"[A-Z][A-Za-z0-9]*", name) or keyword.iskeyword(name):
                yield f"{place}: not a class name"
            if modules.setdefault(module_name(name), name) != name:
                yield f"{place}: the same module as {modules[module_name(name)]}"
            yield from self._schema(schema, place, _Role(named=True, part=name in self.forms))
        for place, schema in self._roots():
            yield from self._schema(schema, place, _Role())

    def _operations(self) -> Iterator[Node]:
        for item in self.document["paths"].values():
            yield from (operation for operation in item.values() if isinstance(operation, dict))

    def _roots(self) -> Iterator[tuple[str, Node]]:
        for operation in self._operations():
            name = str(operation.get("operationId"))
            holders: list[tuple[str, Node]] = [
                (str(node.get("name")), node) for node in operation.get("parameters", [])
            ]
            holders.append(("body", operation.get("requestBody", {})))
            holders += operation.get("responses", {}).items()
            for place, holder in holders:
                if "schema" in holder:
                    yield f"{name} {place}", holder["schema"]
                for media, value in holder.get("content", {}).items():
                    if "schema" in value and ("json" in media or "form" in media):
                        yield f"{name} {place} {media}", value["schema"]

    def _schema(self, value: Any, place: str, role: _Role) -> Iterator[str]:
        schema = cast("Node", value)
        if not isinstance(value, dict):
            yield f"{place}: not an object"
        elif "$ref" in schema:
            yield from self._only(schema, {"$ref"}, place)
            if str(schema["$ref"]).removeprefix(SCHEMAS) not in self.schemas:
                yield f"{place}: {schema['$ref']} does not exist"
            elif not self._resolve(schema) and role.named and self._is_cycle(schema):
                yield f"{place}: refers only to itself"
        elif "anyOf" in schema:
            yield from self._union(schema, place, role)
        elif "type" not in schema:
            yield from self._only(schema, set(), place)
        elif schema["type"] not in _KEYWORDS:
            yield f"{place}: type is {schema['type']!r}"
        else:
            yield from self._only(schema, {"type", *_KEYWORDS[schema["type"]]}, place)
            yield from self._typed(schema, place, role)

    def _typed(self, schema: Node, place: str, role: _Role) -> Iterator[str]:
        kind = schema["type"]
        if "enum" in schema:
            values: list[Any] = schema["enum"]
            if not role.named:
                yield f"{place}: an enum without a name"
            if (
                len(set(values)) != len(values)
                or not values
                or any(type(value) is not _PYTHON[kind] for value in values)
            ):
                yield f"{place}: values {values}"
        if "const" in schema and type(schema["const"]) is not _PYTHON.get(kind):
            yield f"{place}: const {schema['const']!r}"
        if schema.get("format") == "binary" and not (role.part and not role.named):
            yield f"{place}: a file"
        if kind == "array":
            yield from self._schema(schema.get("items"), f"{place}/items", _Role(part=role.part and role.is_property))
        if "properties" in schema:
            yield from self._model(schema, place, role)
        elif "required" in schema:
            yield f"{place}: required without properties"
        if isinstance(others := schema.get("additionalProperties"), dict):
            yield from self._schema(others, f"{place}/additionalProperties", _Role(part=role.part))

    def _model(self, schema: Node, place: str, role: _Role) -> Iterator[str]:
        properties: dict[str, Node] = schema["properties"]
        if not properties or not role.named:
            yield f"{place}: properties without a name"
        if not set(schema.get("required", [])) <= set(properties):
            yield f"{place}: requires what it does not have"
        names = [
            python_name(node.get("x-eigenpal-name", name), RESERVED_IN_MODELS) for name, node in properties.items()
        ]
        if "" in names or len(set(names)) < len(names):
            yield f"{place}: names {names}"
        for name, node in properties.items():
            yield from self._schema(node, f"{place}/{name}", _Role(is_property=True, part=role.part))

    def _union(self, schema: Node, place: str, role: _Role) -> Iterator[str]:
        yield from self._only(schema, {"anyOf", "x-eigenpal-variants"}, place)
        branches: list[Node] = schema["anyOf"]
        plain = [branch for branch in branches if branch != {"type": "null"}]
        if len(branches) < 2 or len(branches) - len(plain) > 1 or {"type": "null"} in branches[:-1]:
            yield f"{place}: branches {branches}"
        for index, branch in enumerate(plain):
            if "anyOf" in branch or (len(plain) > 1 and self._kind(branch) in ("several", "any")):
                yield f"{place}/{index}: a union, or anything, within a union"
            yield from self._schema(branch, f"{place}/{index}", _Role())
        kinds = [self._kind(branch) for branch in plain]
        if "x-eigenpal-variants" in schema:
            entries: list[Node] = schema["x-eigenpal-variants"]
            if sorted(SCHEMAS + entry["schema"] for entry in entries) != sorted(
                str(branch.get("$ref")) for branch in plain
            ):
                yield f"{place}: variants {entries}"
            if any("equals" not in entry and "holds" not in entry for entry in entries[:-1]):
                yield f"{place}: a fallback that is not the last"
            if not (role.named or role.is_property) or (role.named and len(plain) < len(branches)):
                yield f"{place}: a union of objects here"
            if set(kinds) != {"object"} or len(plain) < 2:
                yield f"{place}: variants of {kinds}"
        else:
            distinct = [kind for kind in kinds if kind not in ("string", "number")]
            if len(set(distinct)) < len(distinct):
                yield f"{place}: several of one type: {kinds}"

    def _only(self, schema: Node, known: set[str], place: str) -> Iterator[str]:
        if unknown := sorted(set(schema) - known - _TEXTS):
            yield f"{place}: {', '.join(unknown)} here"

    def _is_cycle(self, schema: Node) -> bool:
        seen: set[str] = set()
        while (name := str(schema.get("$ref", "")).removeprefix(SCHEMAS)) in self.schemas and name not in seen:
            seen.add(name)
            schema = self.schemas[name]
        return "$ref" in schema

    def _resolve(self, schema: Node) -> Node:
        seen: set[str] = set()
        while "$ref" in schema:
            name = str(schema["$ref"]).removeprefix(SCHEMAS)
            if name in seen:
                return {}
            seen.add(name)
            schema = self.schemas.get(name, {})
        return schema

    def _kind(self, schema: Node) -> str:
        resolved = self._resolve(schema)
        if "x-eigenpal-variants" in resolved:
            return "object"
        if "anyOf" in resolved:
            return "several"
        return {"integer": "number"}.get(kind := str(resolved.get("type", "any")), kind)
