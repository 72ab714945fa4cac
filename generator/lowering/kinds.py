"""One form for each schema: a reference, a union, or one JSON type with the keywords that belong to it.

``{type: [string, null], maxLength: 3}`` becomes ``{anyOf: [{type: string, maxLength: 3}, {type: null}]}``, ``{enum: [a,
1]}`` becomes ``{anyOf: [{const: a}, {const: 1}]}``, and ``{$ref: A, required: [b]}`` the parts of an allOf.
"""

from __future__ import annotations

import re
from typing import Any, cast

from generator.lowering.shapes import VARIANTS, is_null, only_annotations, replacing, target
from generator.lowering.walk import rewrite_schemas
from generator.nodes import Node, nodes
from generator.problems import Report

_NUMBERS = ("format", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf")
KEYWORDS: dict[str, tuple[str, ...]] = {
    "object": (
        *("properties", "required", "additionalProperties", "minProperties", "maxProperties"),
        *("patternProperties", "x-eigenpal-part-prefix"),
    ),
    "array": ("items", "minItems", "maxItems", "uniqueItems", "prefixItems"),
    "string": ("format", "minLength", "maxLength", "pattern"),
    "integer": _NUMBERS,
    "number": _NUMBERS,
    "boolean": (),
    "null": (),
}
_TYPED = frozenset(["type", "enum", "const", *(key for keys in KEYWORDS.values() for key in keys)])
_JSON_TYPES: dict[type, str] = {bool: "boolean", int: "integer", str: "string", list: "array", type(None): "null"}


def infer_kinds(document: Node, report: Report) -> Node:
    """Give every schema one form. What restricts a value in several ways becomes the parts of an allOf."""
    return rewrite_schemas(document, lambda schema, spot: _Kinds(report, spot.role == "component").one_form(schema))


def fitting(schema: Node) -> Node:
    """Return a schema without keywords that do not restrict its type."""
    kept = KEYWORDS.get(str(schema.get("type")), ())
    return schema.without(*(_TYPED - {"type", "enum", "const", *kept}))


class _Kinds:
    def __init__(self, report: Report, named: bool) -> None:
        self.report = report
        self.named = named

    def one_form(self, schema: Node) -> Node:
        parts = [Node({"$ref": schema["$ref"]}, schema.origin)] if target(schema) else []
        parts += nodes(schema, "allOf")
        if own := {key: value for key, value in schema.items() if key in _TYPED}:
            parts.append(self._typed(_media_as_format(Node(own, schema.origin), schema)))
        given = {key: value for key, value in schema.items() if key == VARIANTS}
        keys = [key for key in ("anyOf", "oneOf") if schema.get(key)]
        parts += [Node({"anyOf": schema[key], **given}, schema.at(key)) for key in keys]
        if given and not keys:
            self.report.refuse(
                schema.at(VARIANTS),
                "needs a union: anyOf or oneOf",
                kind="x-eigenpal-variants of what is not a union",
                remedy="correct the target of the action that sets it",
            )
        if not parts:
            return only_annotations(schema)
        if len(parts) == 1 and not schema.get("allOf"):
            return replacing(schema, parts[0])
        return only_annotations(schema).having(allOf=parts)

    def _typed(self, own: Node) -> Node:
        listed = own.get("type", [])
        kinds: list[str] = cast("list[str]", listed) if isinstance(listed, list) else [listed]
        if "enum" in own or "const" in own:
            return self._values(own, kinds)
        if not kinds:
            kinds = [kind for kind in ("object", "array") if any(key in own for key in KEYWORDS[kind])][:1]
        typed = [self._of_kind(own.having(type=kind), kind) for kind in dict.fromkeys(kinds)]
        return _any_of(typed, own.origin) if typed else own.without("type")

    def _of_kind(self, schema: Node, kind: str) -> Node:
        schema = fitting(schema)
        return self._object(schema) if kind == "object" else self._array(schema) if kind == "array" else schema

    def _object(self, schema: Node) -> Node:
        if patterns := schema.get("patternProperties"):
            others = schema.get("additionalProperties")
            values = [*patterns.values(), *([others] if isinstance(others, Node) else [])]
            message = "the patterns are not checked; any other property has a type of theirs"
            self.report.note(patterns.origin, message)
            schema = schema.having(additionalProperties=_any_of(values, values[0].origin))
        if "required" in schema:
            schema = schema.having(required=[*dict.fromkeys(schema["required"])])
        empty = [key for key in ("properties", "required") if not schema.get(key)]
        return schema.without("patternProperties", *empty)

    def _array(self, schema: Node) -> Node:
        items = schema.get("items", Node(origin=schema.at("items")))
        if rows := schema.get("prefixItems"):
            message = "a tuple is a list here, whose items have any of the types"
            self.report.note(schema.at("prefixItems"), message)
            items = _any_of([*rows, items] if items else rows, rows[0].origin)
        return schema.having(items=items).without("prefixItems")

    def _values(self, own: Node, kinds: list[str]) -> Node:
        """Return the schema of an enum or a constant: a union if the values have several JSON types."""
        key = "const" if "const" in own else "enum"
        values: list[Any] = [own["const"]] if key == "const" else own["enum"]
        if not values:
            self.report.refuse(own.at("enum"), "lists no values", remedy="remove the enum")
        # null in an enum says that it is allowed, whatever the type says.
        allowed = {*kinds, "null", *(["integer"] if "number" in kinds else [])}
        groups: dict[str, list[Any]] = {}
        for value in values:
            kind = _json_type(value)
            if kinds and kind not in allowed:
                self.report.note(
                    own.at(key),
                    f"{value!r} is not of the type {' or '.join(kinds)}; it is left out",
                    kind="an enum or a constant with values of another type",
                    remedy="correct the values, or the type",
                )
            elif value not in groups.setdefault(kind, []):
                groups[kind].append(int(value) if kind == "integer" else value)
        if "number" in groups:
            groups.pop("integer", None)
        # Only a named enum may have a single value.
        may_be_single = self.named and key == "enum" and len(groups) == 1
        typed = [_of_values(kind, group, own.origin, may_be_single) for kind, group in groups.items()]
        return _any_of(typed, own.origin) if typed else self._typed(own.without("enum", "const"))


def _of_values(kind: str, values: list[Any], origin: str, may_be_single: bool) -> Node:
    schema = Node({"type": kind}, origin)
    if kind == "array":
        return schema.having(items=Node(origin=origin))
    if len(values) == 1 and (kind == "boolean" or (kind in ("string", "integer") and not may_be_single)):
        return schema.having(const=values[0])
    return schema.having(enum=values) if kind in ("string", "integer") else schema


def _media_as_format(own: Node, schema: Node) -> Node:
    """Write 3.1's way to describe a file as 3.0 did."""
    media = str(schema.get("contentMediaType", "text/"))
    is_file = own.get("type") == "string" and "contentEncoding" not in schema and not re.search(r"^text/|json$", media)
    return own.having(**{"format": "binary", **own}) if is_file else own


def _json_type(value: Any) -> str:
    if isinstance(value, float):
        return "integer" if value.is_integer() else "number"
    return next((name for kind, name in _JSON_TYPES.items() if isinstance(value, kind)), "object")


def _any_of(schemas: list[Node], origin: str) -> Node:
    """Return the union of some schemas, null last."""
    return schemas[0] if len(schemas) == 1 else Node({"anyOf": sorted(schemas, key=is_null)}, origin)
