"""What openapi-python-client's parse does not hold, read from the lowered document; read there nowhere else.

That is: names as on the wire, texts and examples, the order of fields and of enum values, locations and styles of
parameters, media types and statuses, bounds, secrets, variants, security, servers, tags, and our own marks. Types,
required-ness, nullability, branches, parameters, bodies and answers come from the parse.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, cast

from generator import naming
from generator.nodes import Node, mapping, nodes, sequence

METHODS = ("get", "put", "post", "delete", "patch")
JSON = "application/json"
MULTIPART = "multipart/form-data"
URLENCODED = "application/x-www-form-urlencoded"
SCHEMAS = "#/components/schemas/"


def is_json(media: str) -> bool:
    """Return whether a media type is JSON of some flavour."""
    return media == JSON or media.endswith("+json")


@dataclass(frozen=True)
class Variant:
    """A variant of a union of objects, and what tells it from the others."""

    schema: str
    holds: tuple[str, ...]
    """Any of these properties is present,"""
    lacks: tuple[str, ...]
    """and none of these."""
    equals: tuple[tuple[str, tuple[str | bool | int, ...]], ...]
    """Or one of these properties has one of these values."""


class Described:
    """A node with texts and marks."""

    def __init__(self, node: Node) -> None:
        self.node = node

    @property
    def origin(self) -> str:
        """The place it came from."""
        return self.node.origin

    @property
    def summary(self) -> str:
        """Its summary."""
        return str(self.node.get("summary") or "")

    @property
    def description(self) -> str:
        """Its description."""
        return str(self.node.get("description") or "")

    @property
    def deprecated(self) -> bool:
        """Whether it is deprecated."""
        return self.node.get("deprecated") is True

    def mark(self, name: str) -> Any:
        """Return the value of one of our extensions, None if it is not there."""
        return self.node.get(f"x-eigenpal-{name}")

    def marked(self, name: str) -> bool:
        """Return whether one of our extensions is true."""
        return self.mark(name) is True


class Schema(Described):
    """A schema: a named one, a property, or what a parameter, a body or an answer holds."""

    def __init__(self, node: Node, document: Node) -> None:
        super().__init__(node)
        self.document = document

    @cached_property
    def target(self) -> Schema:
        """The schema itself, or the named one that it refers to in the end."""
        found = self
        while found.reference:
            found = Schema(mapping(_components(self.document), found.reference), self.document)
        return found

    @property
    def reference(self) -> str:
        """The name of the schema that it refers to, empty if it is written out."""
        return str(self.node.get("$ref", "")).removeprefix(SCHEMAS)

    @property
    def target_name(self) -> str:
        """The name of the schema that it refers to in the end, empty if it is written out."""
        name = self.reference
        while inner := Schema(mapping(_components(self.document), name), self.document).reference:
            name = inner
        return name

    @property
    def about(self) -> str:
        """Its description, or else that of the schema it refers to."""
        return self.description or self.target.description

    @property
    def is_deprecated(self) -> bool:
        """Whether it is deprecated, or the schema it refers to."""
        return self.deprecated or self.target.deprecated

    @property
    def is_secret(self) -> bool:
        """Whether its value is never shown, because it is a secret, or a list or map of secrets."""
        return any(_is_password(schema) for schema in self._reachable(through_objects=False))

    @property
    def contains_secrets(self) -> bool:
        """Whether a value contains a secret at any depth."""
        return any(_is_password(schema) for schema in self._reachable(through_objects=True))

    def _reachable(self, *, through_objects: bool) -> Iterator[Schema]:
        """Yield the schema, and those of its branches, items and values, and of its properties if so wanted."""
        seen: set[int] = set()
        waiting: list[Schema] = [self]
        while waiting:
            schema = waiting.pop().target
            if id(schema.node) in seen:
                continue
            seen.add(id(schema.node))
            yield schema
            inner = [*schema.branches, *(Schema(node, self.document) for node in _contents(schema.node))]
            is_object = bool(mapping(schema.node, "properties"))
            if through_objects:
                waiting += [*inner, *schema.properties.values()]
            elif not is_object:
                waiting += inner

    @property
    def branches(self) -> list[Schema]:
        """The branches of a union, without null."""
        found = nodes(self.target.node, "anyOf")
        return [Schema(node, self.document) for node in found if node.get("type") != "null"]

    @property
    def bounds(self) -> dict[str, float]:
        """The lowest and highest value that it allows, if it says so."""
        node = self.target.node
        bounds = {bound: node[bound] for bound in ("minimum", "maximum") if bound in node}
        return {bound: int(value) if value == value // 1 else value for bound, value in bounds.items()}  # 1.0 is 1

    @property
    def has_parts(self) -> bool:
        """Whether its value can be a list or an object."""
        return any(branch.target.node.get("type") in ("array", "object") for branch in [self, *self.branches])

    @cached_property
    def properties(self) -> dict[str, Schema]:
        """The properties by wire name, in the order of the document; those of all variants for a union."""
        found = {name: Schema(node, self.document) for name, node in mapping(self.target.node, "properties").items()}
        if self.mark("variants") or self.target.mark("variants"):
            for branch in self.branches:
                found.update(branch.properties)
        return found

    @property
    def first_example(self) -> Node:
        """The first example of an object, empty if there is none."""
        candidates = [*sequence(self.target.node, "examples"), self.target.node.get("example")]
        return candidates[0] if isinstance(candidates[0], Node) else Node()

    @property
    def examples(self) -> list[Any]:
        """Its examples, if it has any."""
        found = [*sequence(self.node, "examples")[:1], self.node.get("example")]
        return [value for value in found if value is not None]

    @property
    def enum_values(self) -> list[str | int]:
        """The values of an enum, in the order of the document."""
        return sequence(self.node, "enum")

    @property
    def variants(self) -> list[Variant]:
        """What tells the branches of a union apart."""
        return [
            Variant(
                str(entry["schema"]),
                tuple(map(str, sequence(entry, "holds"))),
                tuple(map(str, sequence(entry, "lacks"))),
                tuple(
                    (key, tuple(cast("list[Any]", value)) if isinstance(value, list) else (value,))
                    for key, value in mapping(entry, "equals").items()
                ),
            )
            for entry in nodes(self.node, "x-eigenpal-variants")
        ]

    def python_name(self, wire_name: str, reserved: frozenset[str]) -> str:
        """Return its name in Python, as a property or an argument of this wire name."""
        return naming.python_name(str(self.mark("name") or wire_name), reserved)


class Parameter(Described):
    """A parameter of an operation."""

    def __init__(self, node: Node, document: Node, reserved: frozenset[str]) -> None:
        super().__init__(node)
        self.schema = Schema(mapping(node, "schema") or mapping(self._json, "schema"), document)
        self._reserved = reserved

    @property
    def _json(self) -> Node:
        return mapping(mapping(self.node, "content"), JSON)

    @property
    def is_json(self) -> bool:
        """Whether its value is sent as JSON text."""
        return "content" in self.node

    @property
    def wire_name(self) -> str:
        """Its name on the wire."""
        return str(self.node["name"])

    @property
    def location(self) -> str:
        """Where it goes: path, query, header or cookie."""
        return str(self.node["in"])

    @property
    def name(self) -> str:
        """Its name in Python."""
        return naming.python_name(str(self.mark("name") or self.wire_name), self._reserved)

    @property
    def style(self) -> str:
        """How lists and objects are written."""
        return str(self.node.get("style") or ("form" if self.location in ("query", "cookie") else "simple"))

    @property
    def explode(self) -> bool:
        """Whether each value of a list, or each property of an object, is written by itself."""
        return bool(self.node.get("explode", self.style == "form"))

    @property
    def about(self) -> str:
        """Its description, or else that of its schema."""
        return self.description or self.schema.about

    @property
    def examples(self) -> list[Any]:
        """Its examples, or else those of its schema."""
        found = [self.node.get("example")]
        for example in mapping(self.node, "examples").values():
            found.append(example.get("value") if isinstance(example, Node) else None)
        return [*[value for value in found[:2] if value is not None], *self.schema.examples]

    @property
    def is_shown(self) -> bool:
        """Whether the example of a method passes it although it is optional."""
        return "example" in self.node


class Body:
    """One media type of a request body."""

    def __init__(self, media: str, node: Node, description: str, document: Node, reserved: frozenset[str]) -> None:
        self.media = media
        self.reserved = reserved
        """Names that no argument can have."""
        self.node = node
        self.description = description
        self.schema = Schema(mapping(node, "schema"), document)

    @property
    def examples(self) -> list[Any]:
        """Its examples, or else those of its schema."""
        found = [
            example.get("value") for example in mapping(self.node, "examples").values() if isinstance(example, Node)
        ]
        return [value for value in [self.node.get("example"), *found[:1], *self.schema.examples] if value is not None]

    @property
    def first_example(self) -> Node:
        """The first example of its properties, empty if there is none."""
        found = self.examples[:1]
        return found[0] if found and isinstance(found[0], Node) else self.schema.first_example

    @property
    def kind(self) -> str:
        """How it is sent: ``json``, ``multipart``, ``form``, ``text`` or ``binary``."""
        if is_json(self.media):
            return "json"
        kinds = {MULTIPART: "multipart", URLENCODED: "form"}
        return kinds.get(self.media) or ("text" if self.media.startswith("text/") else "binary")

    @property
    def part_prefix(self) -> str | None:
        """What the names of additional parts of a multipart body begin with; None if there are none."""
        prefix = self.schema.target.mark("part-prefix")
        return None if prefix is None else str(prefix)

    @property
    def further_parts(self) -> str:
        """The description of additional parts."""
        return str(mapping(self.schema.target.node, "additionalProperties").get("description") or "")

    def encoding(self, wire_name: str) -> Node:
        """Return how a property of a multipart body or a form is written."""
        return mapping(mapping(self.node, "encoding"), wire_name)


class Answer(Described):
    """A success response."""

    def __init__(self, status: str, node: Node, document: Node) -> None:
        super().__init__(node)
        self.status = status
        self.media, value = next(iter(mapping(node, "content").items()), ("", Node()))
        self.schema = Schema(mapping(value, "schema"), document)

    @property
    def is_json(self) -> bool:
        """Whether it is JSON of some flavour."""
        return is_json(self.media)

    @property
    def is_empty(self) -> bool:
        """Whether there never is a body."""
        return self.status in ("204", "205")


class FurtherMethod(Described):
    """A further method of the client tree for an operation."""

    @property
    def identifier(self) -> str:
        """Its place in the client tree."""
        return str(self.node["operation"])

    @property
    def media(self) -> str:
        """The media type of its body; empty for the first one of the operation."""
        return str(self.node.get("media", ""))

    @property
    def fixed(self) -> Node:
        """The properties of the body that it does not take as arguments, with their values."""
        return mapping(self.node, "fixed")

    @property
    def is_described(self) -> bool:
        """Whether it has texts of its own, and not those of the operation."""
        return bool(self.summary or self.description or self.fixed)


class Operation(Described):
    """An operation."""

    def __init__(self, path: str, method: str, node: Node, document: Node) -> None:
        super().__init__(node)
        self._document = document
        self.path = path
        self.method = method

    @property
    def identifier(self) -> str:
        """Its place in the client tree."""
        return str(self.node["operationId"])

    @cached_property
    def parameters(self) -> list[Parameter]:
        """Its parameters."""
        return [Parameter(node, self._document, self._reserved) for node in nodes(self.node, "parameters")]

    @cached_property
    def bodies(self) -> list[Body]:
        """Its body, once for each media type."""
        body = mapping(self.node, "requestBody")
        about = str(body.get("description") or "")
        content = mapping(body, "content").items()
        return [Body(media, node, about, self._document, self._reserved) for media, node in content]

    @cached_property
    def answers(self) -> list[Answer]:
        """Its success responses."""
        found = mapping(self.node, "responses").items()
        return [Answer(status, node, self._document) for status, node in found if status.startswith("2")]

    @property
    def accepted(self) -> str:
        """The flavour of JSON that it asks for."""
        return next((answer.media for answer in self.answers if answer.is_json), JSON)

    @property
    def _reserved(self) -> frozenset[str]:
        """Names that no argument can have."""
        may_be_file = any(not (answer.is_json if answer.media else answer.is_empty) for answer in self.answers)
        return naming.RESERVED_IN_DOWNLOADS if may_be_file else naming.RESERVED_IN_PAGES

    @property
    def failures(self) -> list[str]:
        """The statuses of its other responses."""
        return sorted(status for status in mapping(self.node, "responses") if status[0] not in ("2", "d"))

    @property
    def has_method(self) -> bool:
        """Whether it has a method in the client tree."""
        return self.mark("method") is not False

    @property
    def is_idempotent(self) -> bool:
        """Whether sending it again has no further effect."""
        return self.method != "post" or self.marked("idempotent")

    @property
    def is_confidential(self) -> bool:
        """Whether what is sent or answered contains secrets."""
        holders: list[Parameter | Body | Answer] = [*self.parameters, *self.bodies, *self.answers]
        return any(holder.schema.contains_secrets for holder in holders)

    @property
    def further_methods(self) -> list[FurtherMethod]:
        """Further methods of the client tree that use it."""
        return [FurtherMethod(entry) for entry in nodes(self.node, "x-eigenpal-also")]

    @property
    def has_required_body(self) -> bool:
        """Whether it always has a body."""
        return mapping(self.node, "requestBody").get("required") is True

    @property
    def pagination(self) -> dict[str, str]:
        """Its pagination, empty if it has none."""
        return dict(mapping(self.node, "x-eigenpal-pagination"))

    @property
    def rows(self) -> str:
        """The property of its response with the rows, empty if the response is not a list of rows."""
        return self.pagination.get("items") or str(self.mark("rows") or "")

    @property
    def credential(self) -> tuple[str, str] | None:
        """How the key is sent, and under which name; None if it is not sent at all."""
        found = self.node.get("security", self._document.get("security"))
        if found is None:
            return ("bearer", "")
        for requirement in cast("list[Node]", found):
            for name in requirement:
                scheme = mapping(mapping(mapping(self._document, "components"), "securitySchemes"), name)
                if scheme.get("type") == "apiKey":
                    return (str(scheme["in"]), str(scheme["name"]))
                return ("basic", "") if str(scheme.get("scheme")).lower() == "basic" else ("bearer", "")
        return None


class Facts:
    """The facts of a document."""

    def __init__(self, document: Node) -> None:
        self.document = document

    @cached_property
    def schemas(self) -> dict[str, Schema]:
        """The named schemas."""
        return {name: Schema(node, self.document) for name, node in _components(self.document).items()}

    @cached_property
    def operations(self) -> list[Operation]:
        """The operations."""
        return [
            Operation(path, method, item[method], self.document)
            for path, item in mapping(self.document, "paths").items()
            for method in METHODS
            if method in item
        ]

    @cached_property
    def kinds(self) -> dict[str, str]:
        """What each named schema becomes.

        A ``model``, an ``enum``, a ``union`` of objects, an ``alias``, a ``recursive`` type, or nothing of its own
        (``plain``): its type is written out where it is used.
        """
        found = {name: _kind(schema.node) for name, schema in self.schemas.items()}
        written_out = {
            name: _references(schema.node) for name, schema in self.schemas.items() if found[name] in ("plain", "alias")
        }
        for name in written_out:
            reached: set[str] = set()
            waiting = [name]
            while waiting:
                inner = written_out.get(waiting.pop(), set()) - reached
                reached |= inner
                waiting += inner
            if name in reached:
                found[name] = "recursive"
        for name, schema in self.schemas.items():
            if found[name] == "alias" and found.get(schema.target_name) == "plain":
                found[name] = "plain"
        return found

    @cached_property
    def pages(self) -> dict[str, str]:
        """The property with the rows for each named schema that is a page."""
        found = ((operation.answers[0].schema, operation.rows) for operation in self.operations if operation.rows)
        return {schema.target_name: rows for schema, rows in found}

    @property
    def tags(self) -> Iterator[tuple[str, Described]]:
        """The tags by name."""
        for tag in nodes(self.document, "tags"):
            yield str(tag.get("name")), Described(tag)

    @property
    def version(self) -> str:
        """The version of the API."""
        return str(mapping(self.document, "info").get("version", ""))

    @property
    def server(self) -> str | None:
        """The URL of the default server."""
        return next((str(server["url"]) for server in nodes(self.document, "servers")), None)

    @cached_property
    def methods(self) -> dict[str, str]:
        """The place of each method in the client tree, by the name that texts call it.

        Without a dot, such a name is ambiguous: a property can have the same one.
        """
        found: list[str] = []
        for operation in self.operations:
            found += [operation.identifier] if operation.has_method else []
            found += [method.identifier for method in operation.further_methods]
        return {name: ".".join(["client", *naming.operation_steps(name)]) for name in found if "." in name}


def _components(document: Node) -> Node:
    return mapping(mapping(document, "components"), "schemas")


def _kind(node: Node) -> str:
    if "$ref" in node:
        return "alias"
    if "enum" in node:
        return "enum"
    if "x-eigenpal-variants" in node:
        return "union"
    return "model" if mapping(node, "properties") else "plain"


def _is_password(schema: Schema) -> bool:
    return schema.node.get("format") == "password"


def _contents(node: Node) -> list[Node]:
    """Return the schemas of the items and values of one."""
    return [inner for name in ("items", "additionalProperties") if (inner := mapping(node, name))]


def _references(node: Node) -> set[str]:
    """Return the names of the schemas that one refers to in its items, values and branches."""
    inner = [*nodes(node, "anyOf"), *_contents(node)]
    own = {str(node["$ref"]).removeprefix(SCHEMAS)} if "$ref" in node else set[str]()
    return own.union(*(_references(part) for part in inner))
