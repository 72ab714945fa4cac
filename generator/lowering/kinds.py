"""One form for each schema: a reference, a union, or one JSON type with the keywords that belong to it."""

from __future__ import annotations

import re
from typing import Any, cast

from generator.lowering.shapes import VARIANTS, null, only_annotations, replacing, target
from generator.lowering.walk import rewrite_schemas
from generator.nodes import Node, mapping, nodes, sequence
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
        for key in ("anyOf", "oneOf"):
            if branches := nodes(schema, key):
                given = {VARIANTS: schema[VARIANTS]} if VARIANTS in schema else {}
                parts.append(Node({"anyOf": branches, **given}, schema.at(key)))
        if VARIANTS in schema and not any("anyOf" in part for part in parts):
            self.report.refuse(
                schema.at(VARIANTS),
                "needs a union: anyOf or oneOf",
                kind="x-eigenpal-variants of what is not a union",
                remedy="correct the target of the action that sets it",
            )
        if not parts:
            return only_annotations(schema)
        if len(parts) == 1 and not nodes(schema, "allOf"):
            return replacing(schema, parts[0])
        return only_annotations(schema).having(allOf=parts)

    def _typed(self, own: Node) -> Node:
        kinds = self._listed(own)
        if "enum" in own or "const" in own:
            return self._values(own, kinds)
        if not kinds:
            kinds = [kind for kind in ("object", "array") if any(key in own for key in KEYWORDS[kind])][:1]
        typed = [self._of_kind(own, kind) for kind in kinds]
        return _either(typed, own) if typed else own.without("type")

    def _listed(self, own: Node) -> list[str]:
        """Return the types that a schema lists, null last."""
        listed = own.get("type")
        kinds: list[Any] = cast("list[Any]", listed) if isinstance(listed, list) else [] if listed is None else [listed]
        return sorted(dict.fromkeys(kinds), key=lambda kind: kind == "null")

    def _of_kind(self, own: Node, kind: str) -> Node:
        schema = fitting(own.having(type=kind))
        return self._object(schema) if kind == "object" else self._array(schema) if kind == "array" else schema

    def _object(self, schema: Node) -> Node:
        if patterns := nodes({"all": [*mapping(schema, "patternProperties").values()]}, "all"):
            others = schema.get("additionalProperties")
            schema = schema.having(
                additionalProperties=_any_of([*patterns, *([others] if isinstance(others, Node) else [])])
            )
            self.report.note(
                schema.at("patternProperties"),
                "the patterns are not checked; any other property has a type of theirs",
                kind="patternProperties, which are typed as additionalProperties",
            )
        schema = schema.without("patternProperties")
        if "required" in schema:
            schema = schema.having(required=[*dict.fromkeys(schema["required"])])
        return schema.without(*(key for key in ("properties", "required") if not schema.get(key, True)))

    def _array(self, schema: Node) -> Node:
        items = schema.get("items")
        items = items if isinstance(items, Node) else Node(origin=schema.at("items"))
        if rows := nodes(schema, "prefixItems"):
            items = _any_of([*rows, items] if items else rows)
            self.report.note(
                schema.at("prefixItems"),
                "a tuple is a list here, whose items have any of the types",
                kind="a tuple, which is typed as a list",
            )
        return schema.having(items=items).without("prefixItems")

    def _values(self, own: Node, kinds: list[str]) -> Node:
        """Return the schema of an enum or a constant: a union if the values have several JSON types."""
        key = "const" if "const" in own else "enum"
        values: list[Any] = [own["const"]] if key == "const" else sequence(own, "enum")
        if not values:
            self.report.refuse(own.at("enum"), "lists no values", kind="an empty enum", remedy="remove the enum")
        groups: dict[str, list[Any]] = {}
        for value in values:
            kind = _json_type(value)
            # null in an enum says that it is allowed, whatever the type says.
            if kinds and kind not in (*kinds, "null") and (kind, "number" in kinds) != ("integer", True):
                self.report.note(
                    own.at(key),
                    f"{value!r} is not of the type {' or '.join(kinds)}; it is left out",
                    kind="an enum or a constant with values of another type",
                    remedy="correct the values, or the type",
                )
                continue
            group = groups.setdefault(kind, [])
            value = int(value) if kind == "integer" else value
            if value not in group:
                group.append(value)
        if "number" in groups:
            groups["number"] += groups.pop("integer", [])
        if not groups:
            return self._typed(own.without("enum", "const"))
        ordered = sorted(groups, key=lambda kind: kind == "null")
        # Only a named enum may have a single value.
        is_named = self.named and key == "enum" and len(groups) == 1
        return _either([self._group(own, kind, groups[kind], named=is_named) for kind in ordered], own)

    def _group(self, own: Node, kind: str, values: list[Any], *, named: bool) -> Node:
        schema = Node({"type": kind}, own.origin)
        if kind == "array":
            return schema.having(items=Node(origin=own.origin))
        single = len(values) == 1 and (kind == "boolean" or not named)
        if kind in ("string", "integer") or (kind == "boolean" and single):
            return schema.having(const=values[0]) if single else schema.having(enum=values)
        return schema


def _media_as_format(own: Node, schema: Node) -> Node:
    """Write 3.1's way to describe a file as 3.0 did."""
    media = str(schema.get("contentMediaType", "text/"))
    is_file = own.get("type") == "string" and "contentEncoding" not in schema and not re.search(r"^text/|json$", media)
    return own.having(**{"format": "binary", **own}) if is_file else own


def _json_type(value: Any) -> str:
    if isinstance(value, float):
        return "integer" if value.is_integer() else "number"
    return next((name for kind, name in _JSON_TYPES.items() if isinstance(value, kind)), "object")


def _either(typed: list[Node], own: Node) -> Node:
    if len(typed) == 1:
        return typed[0]
    branches = [null(own.origin) if schema["type"] == "null" else schema for schema in typed]
    return Node({"anyOf": branches}, own.origin)


def _any_of(schemas: list[Node]) -> Node:
    return schemas[0] if len(schemas) == 1 else Node({"anyOf": schemas}, schemas[0].origin)
