"""Resolves references: parameters, bodies and responses are put where they are used, parts of schemas become named."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from typing import Any, cast
from urllib.parse import unquote

from generator.lowering.keyword_lists import UNDERSTOOD, kind_at, objects
from generator.lowering.names import Names
from generator.lowering.walk import METHODS, Spot, rewrite_path_items, rewrite_schemas
from generator.nodes import Node, mapping, nodes, sequence
from generator.problems import Report, pointer

_SCHEMAS = "#/components/schemas/"
_NAMING = ("schemas", "properties", "$defs", "definitions", "paths", "parameters", "requestBodies", "responses")
"""Keywords after which a step of a pointer is a name."""
_WORD = re.compile(r"[A-Za-z0-9]+")
_SUFFIXES = {"parameters": "Parameter", "requestBodies": "Body", "responses": "Response"}
_BUNDLE = (
    "bundle the document into one file first, for instance with `npx @redocly/cli bundle`, "
    "or update the reference to what it means"
)


def references(document: Node, report: Report) -> Node:
    """Resolve all references but those to named schemas, and leave only these and security schemes in components."""
    return _References(document, report).resolved()


class _References:
    def __init__(self, document: Node, report: Report) -> None:
        self._document = document
        self._report = report
        self._schemas = mapping(mapping(document, "components"), "schemas")
        self._names = {schema.origin: name for name, schema in self._schemas.items()}
        """The names of schemas, by their origin."""
        self._free_names = Names(self._schemas)
        self._new: dict[str, Node] = {}
        """Schemas that become named, by name."""

    def resolved(self) -> Node:
        """Return the document without other references than to named schemas."""
        for node, kind in objects(self._document):
            if kind == "schema" and "$ref" in node:
                target = self._follow(node, "schema", silent=True)
                if target is not None and not _is_plain(target):
                    self._name(target)
        self._name_shared()
        document = rewrite_path_items(self._document, self._item)
        components = mapping(document, "components")
        schemes = self._in_place(mapping(components, "securitySchemes"), "{security scheme}")
        kept = {"schemas": Node({**self._schemas, **self._new}, self._schemas.origin), "securitySchemes": schemes}
        components = Node({key: entries for key, entries in kept.items() if entries}, components.origin)
        return rewrite_schemas(document.having(components=components), self._schema)

    # --- what is shared -----------------------------------------------------------------------------------------------

    def _item(self, path: str, item: Node) -> Node:
        if "$ref" in item:
            target = self._follow(item, "path item") or Node(origin=item.origin)
            item = Node({**target, **item.without("$ref")}, target.origin)
        item = self._in_place(item, "path item")
        shared = nodes(item, "parameters")
        operations = {method: _with_parameters(item[method], shared) for method in METHODS if method in item}
        return item.without("parameters").having(**operations)

    def _in_place(self, value: Any, shape: str) -> Any:
        """Put in place of references what they refer to, unless it is a schema; None if there is nothing."""
        if isinstance(value, list):
            rows = [self._in_place(row, shape[1:-1]) for row in cast("list[Any]", value)]
            return [row for row in rows if row is not None]
        if not isinstance(value, Node) or shape in ("any", "schema"):
            return value
        found = self._follow(value, shape) if shape in UNDERSTOOD else value
        if found is None:
            return None
        inner = UNDERSTOOD[shape] if shape in UNDERSTOOD else dict.fromkeys(found, shape[1:-1])
        entries = {key: self._in_place(item, inner[key]) for key, item in found.items()}
        return Node(
            {key: item for key, item in entries.items() if item is not None or found[key] is None}, found.origin
        )

    # --- schemas ------------------------------------------------------------------------------------------------------

    def _schema(self, schema: Node, spot: Spot) -> Node:
        schema = schema.without("$defs", "definitions")
        if "$ref" in schema:
            target = self._follow(schema, "schema", to_a_name=True)
            if target is None or (spot.role == "component" and self._follow(schema, "schema") is None):
                return schema.without("$ref")
            if target.origin in self._names:
                return schema.having(**{"$ref": _SCHEMAS + self._names[target.origin]})
            return Node({**target.without("$defs", "definitions"), **schema.without("$ref")}, target.origin)
        if spot.role == "component" or schema.origin not in self._names:
            return schema
        return Node({"$ref": _SCHEMAS + self._names[schema.origin]}, schema.origin)

    def _name(self, schema: Node) -> None:
        """Give a schema a name, made of where it stands."""
        if schema.origin in self._names:
            return
        steps = _steps(schema.origin.partition("#")[2])
        words = [step for before, step in zip(["", *steps], steps, strict=False) if before in _NAMING]
        if steps[0] == "components" and steps[1] in _SUFFIXES:
            words.append(_SUFFIXES[steps[1]])
        words.append("Item" if steps[-1] == "items" else "Value" if steps[-1] == "additionalProperties" else "")
        words.append(f"Part{int(steps[-1]) + 1}" if steps[-1].isdecimal() else "")
        base = "".join(word[:1].upper() + word[1:] for word in _WORD.findall(" ".join(words))) or "Schema"
        self._names[schema.origin] = name = self._free_names.take(base)
        self._new[name] = schema

    def _name_shared(self) -> None:
        """Name the schemas of shared parameters, bodies and responses, which would otherwise be named at every use."""
        components = mapping(self._document, "components")
        successes: set[str] = set()  # errors have no classes
        for operation in (node for node, kind in objects(self._document) if kind == "operation"):
            for status, response in mapping(operation, "responses").items():
                found = self._follow(response, "response", silent=True)
                if status[:1].lower() in ("2", "d") and found is not None:
                    successes.add(found.origin)
        for kind in _SUFFIXES:
            for node in mapping(components, kind).values():
                if kind != "responses" or node.origin in successes:
                    for holder in (node, *mapping(node, "content").values()):
                        for schema in _unnamed(mapping(holder, "schema")):
                            self._name(schema)

    # --- following ----------------------------------------------------------------------------------------------------

    def _follow(self, node: Node, kind: str, *, to_a_name: bool = False, silent: bool = False) -> Node | None:
        """Return the target of a reference, with what is said beside it; None if there is none.

        Args:
            node: An object, with a ``$ref`` or without.
            kind: Its kind.
            to_a_name: Whether to stop at the first named schema, even if it is a reference itself.
            silent: Whether to report nothing.
        """
        start, seen = node, {""}
        while "$ref" in node:
            reference = str(node["$ref"])
            target = self._target(_steps(reference))
            problem = self._problem(reference, target, kind)
            if not problem and reference in seen:
                problem = (f"{reference} refers to itself", "a reference to itself", "update one of the references")
            if problem or not isinstance(target, Node):
                message, group, remedy = problem or ("", "", "")
                if not silent:
                    self._report.refuse(node.at("$ref"), message, kind=group, remedy=remedy)
                return None
            seen.add(reference)
            node = target
            if to_a_name and node.origin in self._names:
                break
        # What stands beside a reference is about this use.
        beside = {key: value for key, value in start.items() if key == "description" or key.startswith("x-eigenpal-")}
        return node.having(**beside) if kind != "schema" and "$ref" in start else node

    def _problem(self, reference: str, target: Any, kind: str) -> tuple[str, str, str] | None:
        """Return what is wrong with a reference, what it has in common with others, and the remedy."""
        steps = _steps(reference)
        if not reference.startswith("#"):
            return f"{reference!r} is in another file", "a reference to another file", _BUNDLE
        if not steps:
            return f"{reference!r} is no JSON pointer", "a reference to an anchor", "update it to a JSON pointer"
        if target is None:
            beside = self._target(steps[:-1])
            near = difflib.get_close_matches(steps[-1], list(beside) if isinstance(beside, Node) else [], 1)
            hint = f"; did you mean {pointer(*steps[:-1], near[0])}?" if near else ""
            remedy = "update the reference, or add what it refers to"
            return f"{reference} does not exist{hint}", "a reference to nothing", remedy
        if kind_at(steps) != kind:
            return f"{reference} is not a {kind}", "a reference to something else", "update the reference"
        return None

    def _target(self, steps: list[str]) -> Any:
        value: Any = self._document
        for step in steps:
            if isinstance(value, list):
                rows = cast("list[Any]", value)
                value = rows[int(step)] if step.isdecimal() and int(step) < len(rows) else None
            else:
                value = value.get(step) if isinstance(value, Node) else None
        return value


def _with_parameters(operation: Node, shared: list[Node]) -> Node:
    """Return an operation with those parameters of its path that it does not override."""
    own = nodes(operation, "parameters")
    taken = {(node.get("name"), node.get("in")) for node in own}
    parameters = own + [node for node in shared if (node.get("name"), node.get("in")) not in taken]
    return operation.having(parameters=parameters) if parameters else operation


def _steps(reference: str) -> list[str]:
    return [unquote(step).replace("~1", "/").replace("~0", "~") for step in reference.removeprefix("#").split("/")[1:]]


def _is_plain(schema: Node) -> bool:
    """Return whether a schema is a scalar or anything, which needs no name."""
    return not {"properties", "enum", "items", "additionalProperties", "anyOf", "oneOf", "allOf", "$ref"} & set(schema)


def _unnamed(schema: Node) -> Iterator[Node]:
    """Yield the schemas within one that will be classes, and so need a name."""
    branches = [branch for key in ("anyOf", "oneOf") for branch in nodes(schema, key) if branch.get("type") != "null"]
    if not schema or "$ref" in schema or len(sequence(schema, "allOf")) == 1:
        return
    if {"properties", "enum", "allOf"} & set(schema) or len(branches) > 1:
        yield schema
    else:
        for inner in (*branches, mapping(schema, "items"), mapping(schema, "additionalProperties")):
            yield from _unnamed(inner)
