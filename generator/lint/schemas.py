"""Checks schemas, named and inline ones."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from generator import naming
from generator.document import Node
from generator.lint.keywords import SCHEMA, SCHEMA_OF_KIND, SCHEMA_REFERENCE, SCHEMA_UNION, keyword_problems
from generator.problems import Problem, below, pointer
from generator.spec import (
    SCHEMAS,
    branches_of,
    component_kind,
    component_of,
    component_schemas,
    distinct_kinds,
    kinds_of,
    mapping,
    nodes,
    properties_of,
    property_name,
    resolve,
    sequence,
    without_null,
)

_CONSTANTS: dict[type, str] = {str: "string", bool: "boolean", int: "integer"}
# To the client, all but date-time and binary are ordinary strings or numbers.
_FORMATS = {
    "string": (
        *("binary", "byte", "date", "date-time", "duration", "email", "hostname", "ipv4", "ipv6", "password", "time"),
        *("uri", "uri-reference", "uuid"),
    ),
    "integer": ("int32", "int64"),
    "number": ("double", "float"),
}


def schema_problems(document: Node) -> Iterator[Problem]:
    """Check the named schemas."""
    modules: dict[str, str] = {}
    exported: dict[str, str] = {}
    schemas = mapping(mapping(document, "components"), "schemas")
    for name, schema in schemas.items():
        place = pointer("components", "schemas", name)
        if not naming.COMPONENT_NAME.fullmatch(name):
            yield Problem(place, "a schema name must consist of letters and digits, and begin with a capital letter")
            continue
        if name in naming.RESERVED_CLASSES:
            yield Problem(place, f"{name} is reserved for the generated code; choose another name")
        module = naming.module_name(name)
        other = modules.setdefault(module, name)
        if other != name:
            yield Problem(place, f"collides with {other}: both would be the module {module}")
        yield from check_schema(document, schema, place, named=True)
        if isinstance(schema, dict) and component_kind(document, name) == "union":
            exported[naming.decoder_name(name)] = name
    for module, name in modules.items():
        if module in exported:
            place = pointer("components", "schemas", name)
            yield Problem(place, f"collides with {exported[module]}, whose decoder would also be named {module}")


def check_schema(
    document: Node, schema: Any, place: str, *, named: bool = False, part: bool = False
) -> Iterator[Problem]:
    """Check a schema.

    Args:
        document: The whole spec.
        schema: The value in place of a schema.
        place: Its place.
        named: Whether it is a named schema.
        part: Whether it can be a file, as a part of a multipart body.
    """
    if not isinstance(schema, dict):
        yield Problem(place, "a schema must be an object; true and false are not supported")
        return
    node = cast("Node", schema)
    if "$ref" in node:
        yield from keyword_problems(node, SCHEMA_REFERENCE, place, beside="$ref")
        yield from _reference(document, node, place)
    elif "anyOf" in node or "oneOf" in node:
        yield from keyword_problems(node, SCHEMA_UNION, place, beside="anyOf" if "anyOf" in node else "oneOf")
        yield from _union(document, node, place, named=named)
    else:
        yield from keyword_problems(node, SCHEMA, place)
        yield from _plain(document, node, place, named=named, part=part)


def has_files(document: Node, name: str) -> bool:
    """Return whether a named schema has file properties, so that it can only be a multipart body."""
    node = component_schemas(document).get(name, {})
    properties = nodes({"all": list(mapping(node, "properties").values())}, "all")
    inner = [*properties, *(mapping(schema, "items") for schema in properties), mapping(node, "additionalProperties")]
    return any(schema.get("format") == "binary" for schema in inner)


def _reference(document: Node, node: Node, place: str) -> Iterator[Problem]:
    name = component_of(node["$ref"])
    if str(node["$ref"]) != SCHEMAS + name or name not in component_schemas(document):
        yield Problem(below(place, "$ref"), f"must refer to a schema in {SCHEMAS[:-1]}, not {node['$ref']!r}")
    elif has_files(document, name):
        yield Problem(below(place, "$ref"), f"{name} contains files, so it can only be a multipart/form-data body")


def _plain(document: Node, node: Node, place: str, *, named: bool, part: bool) -> Iterator[Problem]:
    kinds = kinds_of(node)
    for kind in kinds:
        if not isinstance(kind, str) or kind not in SCHEMA_OF_KIND:
            yield Problem(below(place, "type"), f"{kind!r} is not a type")
    if len(kinds) > 1:
        yield Problem(below(place, "type"), "several types are not supported; use anyOf")
    if "type" in node and not kinds:
        yield Problem(below(place, "type"), "null alone is not supported")
    fitting = {key for kind in kinds if isinstance(kind, str) for key in SCHEMA_OF_KIND.get(kind, {})}
    for key in sorted(set(node) - fitting):
        if needed := " or ".join(kind for kind, keywords in SCHEMA_OF_KIND.items() if key in keywords):
            yield Problem(below(place, key), f"{key} needs type: {needed}")
    if "format" in node and not any(node["format"] in _FORMATS.get(str(kind), ()) for kind in kinds):
        yield Problem(below(place, "format"), f"the format {node['format']!r} is not supported")
    if node.get("format") == "binary" and not part:
        yield Problem(below(place, "format"), "a file can only be part of a multipart/form-data body")
    yield from _enum(node, place, named=named)
    yield from _const(node, place)
    yield from _object(document, node, place, named=named)
    if "array" in kinds:
        if "items" not in node:
            yield Problem(place, "an array needs items; {} allows anything")
        else:
            files = part and mapping(node, "items").get("type") != "array"
            yield from check_schema(document, node["items"], below(place, "items"), part=files)


def _enum(node: Node, place: str, *, named: bool) -> Iterator[Problem]:
    if "enum" not in node:
        return
    values = sequence(node, "enum")
    if not values:
        yield Problem(below(place, "enum"), "must list at least one value")
    elif node.get("type") not in ("string", "integer") or any(
        _constant_kind(value) != node["type"] for value in values
    ):
        yield Problem(
            below(place, "enum"),
            "only enums of strings (type: string) or integers (type: integer) are supported; use anyOf to allow null",
        )
    elif len(set(values)) != len(values):
        yield Problem(below(place, "enum"), "contains a value twice")
    if "const" in node:
        yield Problem(below(place, "const"), "const next to enum is not supported")
    if not named:
        yield Problem(below(place, "enum"), "an enum needs a name: move it to #/components/schemas and refer to it")


def _constant_kind(value: object) -> str | None:
    return _CONSTANTS.get(type(value))


def _const(node: Node, place: str) -> Iterator[Problem]:
    if "const" not in node:
        return
    kind = _constant_kind(node["const"])
    if kind is None or kinds_of(node) != [kind]:
        yield Problem(below(place, "const"), "must be a string, boolean or integer that matches the type")


def _object(document: Node, node: Node, place: str, *, named: bool) -> Iterator[Problem]:
    properties = mapping(node, "properties")
    if properties and not named:
        yield Problem(
            below(place, "properties"), "an object needs a name: move it to #/components/schemas and refer to it"
        )
    if properties and node.get("type") != "object":
        yield Problem(below(place, "type"), "an object with properties must be type: object; use anyOf to allow null")
    names: dict[str, str] = {}
    for wire_name, schema in properties.items():
        at = below(place, "properties", wire_name)
        spelled = property_name(wire_name, schema, naming.RESERVED_IN_MODELS)
        if not spelled:
            yield Problem(at, f"{wire_name!r} cannot become a Python name; set one with x-eigenpal-name")
        elif names.setdefault(spelled, wire_name) != wire_name:
            yield Problem(at, naming.collision(names[spelled], spelled))
        yield from check_schema(document, schema, at, part=named)
    seen: list[Any] = []
    for index, name in enumerate(sequence(node, "required")):
        at = below(place, "required", index)
        if name in seen:
            yield Problem(at, f"{name!r} is defined twice")
        elif not isinstance(name, str) or name not in properties:
            yield Problem(at, f"{name!r} is not a property")
        seen.append(name)
    additional = node.get("additionalProperties")
    prefixed = "x-eigenpal-part-prefix" in node
    if prefixed and not (named and isinstance(additional, dict) and cast("Node", additional).get("format") == "binary"):
        yield Problem(
            below(place, "x-eigenpal-part-prefix"), "needs a named schema with additionalProperties of format: binary"
        )
    if isinstance(additional, dict):
        at = below(place, "additionalProperties")
        yield from check_schema(document, additional, at, part=prefixed)
        if properties and additional and not prefixed:
            yield Problem(at, "a schema for additional properties next to properties is not supported; true allows any")


# --- unions -----------------------------------------------------------------------------------------------------------


def _union(document: Node, node: Node, place: str, *, named: bool) -> Iterator[Problem]:
    if "anyOf" in node and "oneOf" in node:
        yield Problem(place, "anyOf together with oneOf is not supported")
        return
    key = "anyOf" if "anyOf" in node else "oneOf"
    branches = branches_of(node)
    plain = without_null(branches)
    if not plain:
        yield Problem(below(place, key), "must be a list of schemas, not of null alone")
        return
    for index, branch in enumerate(branches):
        if branch.get("type") != "null":
            yield from check_schema(document, branch, below(place, key, index))
    if "x-eigenpal-variants" in node:
        if named and len(plain) != len(branches):
            yield Problem(below(place, key), "a named union cannot contain null; allow null where the union is used")
        yield from _variants(document, node, plain, below(place, "x-eigenpal-variants"))
    elif len(plain) > 1 and not distinct_kinds(document, plain, place):
        yield Problem(
            below(place, key),
            "cannot tell the variants apart; add x-eigenpal-variants (see the top of openapi/overlay.yaml)",
        )


def _variants(document: Node, node: Node, branches: list[Node], place: str) -> Iterator[Problem]:
    entries = [
        cast("Node", entry) if isinstance(entry, dict) else {} for entry in sequence(node, "x-eigenpal-variants")
    ]
    expected = [component_of(branch.get("$ref", "")) for branch in branches]
    if "" in expected:
        yield Problem(place, "the variants need names: move them to #/components/schemas and refer to them")
        return
    if sorted(str(entry.get("schema")) for entry in entries) != sorted(expected):
        yield Problem(place, f"must list each variant once: {', '.join(expected)}")
        return
    for index, entry in enumerate(entries):
        at = below(place, index)
        for key in sorted(set(entry) - {"schema", "holds", "equals"}):
            yield Problem(below(at, key), f"{key} is not supported")
        variant, variant_place = resolve(document, {"$ref": SCHEMAS + str(entry["schema"])}, at)
        if "object" not in kinds_of(variant) and not branches_of(variant):
            yield Problem(below(at, "schema"), f"{entry['schema']} is not an object")
        conditional = bool(entry.get("holds") or entry.get("equals"))
        if conditional == (index == len(entries) - 1):
            yield Problem(at, "every variant but the last needs holds or equals; the last is the fallback")
        if not isinstance(entry.get("holds", []), list):
            yield Problem(below(at, "holds"), "must be a list of property names")
        if not isinstance(entry.get("equals", {}), dict):
            yield Problem(below(at, "equals"), "must map property names to text or booleans")
        known = properties_of(document, variant, variant_place)
        for position, key in enumerate(sequence(entry, "holds")):
            if not isinstance(key, str) or key not in known:
                yield Problem(below(at, "holds", position), f"{key!r} is not a property of {entry['schema']}")
        for key, value in mapping(entry, "equals").items():
            if key not in known:
                yield Problem(below(at, "equals", key), f"{key!r} is not a property of {entry['schema']}")
            if not isinstance(value, (str, bool)):
                yield Problem(below(at, "equals", key), "must be text or a boolean")
