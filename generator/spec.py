"""Reads the parts of a loaded spec, by their OpenAPI names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple, cast

from generator import naming
from generator.document import Node
from generator.problems import Problem, SpecError, below, pointer

METHODS = ("get", "put", "post", "delete", "patch")
JSON_MEDIA = "application/json"
MULTIPART_MEDIA = "multipart/form-data"
# Every media type but the variants of JSON and event streams.
_FILE_MEDIA = re.compile(r"\*/\*|(application|audio|font|image|text|video)/(?!.*json$|event-stream$)[A-Za-z0-9.+*-]+")
SCHEMAS = "#/components/schemas/"

# Keywords that hold data of the API, in which "$ref" is an ordinary key.
_DATA = ("example", "examples", "default", "const", "enum")
# Keywords that hold objects whose keys are arbitrary names.
_BY_NAME = (
    "schemas",
    "properties",
    "parameters",
    "responses",
    "requestBodies",
    "headers",
    "securitySchemes",
    "paths",
    "content",
    "encoding",
)


class Placed(NamedTuple):
    """An operation and its place in the spec."""

    path: str
    method: str
    node: Node
    place: str


def mapping(node: Node, key: str) -> Node:
    """Return the object under a key; empty if there is none."""
    value = node.get(key)
    return cast("Node", value) if isinstance(value, dict) else {}


def sequence(node: Node, key: str) -> list[Any]:
    """Return the list under a key; empty if there is none."""
    value = node.get(key)
    return cast("list[Any]", value) if isinstance(value, list) else []


def nodes(node: Node, key: str) -> list[Node]:
    """Return the objects in the list under a key."""
    return [cast("Node", entry) for entry in sequence(node, key) if isinstance(entry, dict)]


def component_schemas(document: Node) -> dict[str, Node]:
    """Return the named schemas."""
    found = mapping(mapping(document, "components"), "schemas")
    return {name: cast("Node", schema) for name, schema in found.items() if isinstance(schema, dict)}


def component_of(reference: object) -> str:
    """Return the name of the schema that a ``$ref`` refers to."""
    return str(reference).removeprefix(SCHEMAS)


def resolve(document: Node, node: Node, place: str) -> tuple[Node, str]:
    """Follow a ``$ref`` to the component it refers to; return the node and its place.

    Raises:
        SpecError: The reference is dangling, circular, or outside ``#/components``.
    """
    seen: set[str] = set()
    while "$ref" in node:
        reference = node["$ref"]
        if not isinstance(reference, str) or not reference.startswith("#/components/"):
            raise SpecError([Problem(below(place, "$ref"), f"must point into #/components, not {reference!r}")])
        if reference in seen:
            raise SpecError([Problem(below(place, "$ref"), f"{reference} refers to itself")])
        seen.add(reference)
        target: Any = document
        for step in reference[2:].split("/"):
            name = step.replace("~1", "/").replace("~0", "~")
            target = cast("Node", target).get(name) if isinstance(target, dict) else None
        if not isinstance(target, dict):
            raise SpecError([Problem(below(place, "$ref"), f"{reference} does not exist")])
        node, place = cast("Node", target), reference
    return node, place


def is_data(key: str) -> bool:
    """Return whether a keyword holds data of the API or of an extension, which has no keywords."""
    return key in _DATA or key.startswith("x-")


def is_by_name(key: str) -> bool:
    """Return whether a keyword holds an object whose keys are names."""
    return key in _BY_NAME


def references(value: Any, place: str = "#", *, by_name: bool = False) -> Iterator[tuple[Node, str]]:
    """Yield every object with a ``$ref``, and its place; examples and other data of the API are skipped."""
    if isinstance(value, dict):
        node = cast("Node", value)
        if "$ref" in node and not by_name:
            yield node, place
        for key, item in node.items():
            if by_name or not is_data(key):
                yield from references(item, below(place, key), by_name=not by_name and is_by_name(key))
    elif isinstance(value, list):
        for index, item in enumerate(cast("list[Any]", value)):
            yield from references(item, below(place, index))


def referred(value: Any) -> set[str]:
    """Return the names of the schemas that a part of the spec refers to."""
    return {component_of(node["$ref"]) for node, _ in references(value) if str(node["$ref"]).startswith(SCHEMAS)}


def operations(document: Node) -> Iterator[Placed]:
    """Yield every operation."""
    for path, item in mapping(document, "paths").items():
        if isinstance(item, dict):
            for method in METHODS:
                operation = cast("Node", item).get(method)
                if isinstance(operation, dict):
                    yield Placed(path, method, cast("Node", operation), pointer("paths", path, method))


def parameters_of(document: Node, path: str, operation: Node, place: str) -> list[tuple[Node, str]]:
    """Return the parameters of an operation, including those of its path, with their places."""
    own = [(node, below(place, "parameters", index)) for index, node in enumerate(nodes(operation, "parameters"))]
    shared = pointer("paths", path, "parameters")
    item = mapping(mapping(document, "paths"), path)
    own += [(node, below(shared, index)) for index, node in enumerate(nodes(item, "parameters"))]
    found: list[tuple[Node, str]] = []
    for node, at in own:
        resolved, resolved_at = resolve(document, node, at)
        # A description next to a $ref describes this use of it.
        described = {**resolved, "description": node["description"]} if "description" in node else resolved
        found.append((described, resolved_at))
    return found


def body_of(document: Node, operation: Node, place: str) -> tuple[Node, str]:
    """Return the body of an operation, empty if it has none, and its place."""
    return resolve(document, mapping(operation, "requestBody"), below(place, "requestBody"))


def successes(document: Node, operation: Node, place: str) -> list[tuple[Node, str]]:
    """Return the success responses, and their places."""
    return [
        resolve(document, cast("Node", answer), below(place, "responses", status))
        for status, answer in mapping(operation, "responses").items()
        if status.startswith("2") and isinstance(answer, dict)
    ]


def is_file(media: str) -> bool:
    """Return whether a response of a media type is a file, returned as raw bytes."""
    return _FILE_MEDIA.fullmatch(media) is not None


def kinds_of(schema: Node) -> list[Any]:
    """Return the types that a schema lists, without null."""
    kinds = schema.get("type")
    listed = cast("list[Any]", kinds) if isinstance(kinds, list) else [kinds] if kinds is not None else []
    return [kind for kind in listed if kind != "null"]


def branches_of(schema: Node) -> list[Node]:
    """Return the branches of a union, including those for null."""
    return nodes(schema, "anyOf") or nodes(schema, "oneOf")


def without_null(branches: list[Node]) -> list[Node]:
    """Return the branches that are not for null."""
    return [branch for branch in branches if branch.get("type") != "null"]


def distinct_kinds(document: Node, branches: list[Node], place: str) -> list[str]:
    """Return the JSON type of each branch; empty unless the type of a value tells its branch."""
    kinds: list[str] = []
    for branch in branches:
        kind = resolve(document, branch, place)[0].get("type")
        if not isinstance(kind, str):
            return []
        kinds.append("number" if kind == "integer" else kind)
    return kinds if len(set(kinds)) == len(kinds) else []


def properties_of(document: Node, schema: Node, place: str, within: frozenset[str] = frozenset()) -> Node:
    """Return the properties of an object, or those of all variants of a union."""
    resolved, at = resolve(document, schema, place)
    found = dict(mapping(resolved, "properties"))
    if at not in within:
        for branch in branches_of(resolved):
            found.update(properties_of(document, branch, at, within | {at}))
    return found


def component_kind(document: Node, name: str) -> str:
    """Return what a named schema becomes: a model, an enum, a union, an alias, or no module of its own (``plain``)."""
    node = mapping(mapping(mapping(document, "components"), "schemas"), name)
    if "$ref" in node:
        return "plain" if component_kind(document, component_of(node["$ref"])) == "plain" else "alias"
    if "enum" in node:
        return "enum"
    if branches_of(node):
        return "union" if "x-eigenpal-variants" in node else "plain"
    return "model" if mapping(node, "properties") else "plain"


def whole_body_name(properties: Node) -> str:
    """Return the name of the argument for a whole JSON body."""
    names = [property_name(wire_name, schema, naming.RESERVED_IN_PAGES) for wire_name, schema in properties.items()]
    return "request_body" if "body" in names else "body"


def property_name(wire_name: str, schema: object, reserved: frozenset[str]) -> str:
    """Return the Python name of a property, from x-eigenpal-name if it has one."""
    chosen: Any = cast("Node", schema).get("x-eigenpal-name") if isinstance(schema, dict) else None
    return naming.python_name(wire_name if chosen is None else str(chosen), reserved)


def parameter_name(node: Node) -> str:
    """Return the Python name of a parameter, from x-eigenpal-name if it has one."""
    chosen = node.get("x-eigenpal-name")
    return naming.python_name(str(node.get("name") if chosen is None else chosen), naming.RESERVED_IN_PAGES)
