"""Checks our own extensions, whose keys begin with x-eigenpal-, in a lowered document."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from generator.lowering.keyword_lists import objects
from generator.lowering.media import JSON, is_json
from generator.lowering.shapes import SCHEMAS, resolved, target_name, without_null
from generator.naming import OPERATION_ID, PAGE_SIZE, RESERVED_IN_MODELS, python_name
from generator.nodes import Node, mapping, nodes, sequence
from generator.problems import Report, below

_PAGES = {
    "offset": {"items": "array", "total": "integer", "limit": "", "offset": ""},
    "cursor": {"items": "array", "next": "string", "limit": "", "cursor": ""},
}
_Found = Iterator[tuple[str, str]]


def marks(document: Node, report: Report) -> Node:
    """Check every mark; the document stays as it is."""
    checks = _Marks(document)
    for node, kind in objects(document):
        found = checks.of_operation(node) if kind == "operation" else checks.of_schema(node) if kind == "schema" else ()
        for place, message in found:
            remedy = "correct the action of the overlay that sets it"
            report.refuse(place, message, kind="a mark of ours that does not fit", remedy=remedy)
    return document


class _Marks:
    def __init__(self, document: Node) -> None:
        self._document = document
        self._rows: dict[str, str] = {}
        """The property with the rows of each schema that is a page, as far as it was seen."""

    # --- operations ---------------------------------------------------------------------------------------------------

    def of_operation(self, operation: Node) -> _Found:
        """Find marks of an operation and its parameters that do not fit."""
        yield from self._also(operation)
        if "x-eigenpal-pagination" in operation:
            yield from self._pagination(operation)
        if "x-eigenpal-rows" in operation:
            yield from self._list(operation)
        waits = 0
        for parameter in nodes(operation, "parameters"):
            kind = without_null(resolved(self._document, mapping(parameter, "schema"))).get("type")
            slashes = (parameter.get("x-eigenpal-slashes"), parameter["in"], kind)
            if "x-eigenpal-slashes" in parameter and slashes != ("kept", "path", "string"):
                yield parameter.at("x-eigenpal-slashes"), "must be 'kept', on a string parameter in the path"
            if parameter.get("x-eigenpal-timestamp") is True and (kind != "string" or parameter["in"] == "path"):
                yield parameter.at("x-eigenpal-timestamp"), "needs a string parameter outside the path"
            if parameter.get("x-eigenpal-server-wait") is True:
                waits += 1
                if kind != "integer" or waits > 1:
                    message = "needs an integer parameter, and only one of an operation can have it"
                    yield parameter.at("x-eigenpal-server-wait"), message

    def _also(self, operation: Node) -> _Found:
        content = mapping(mapping(operation, "requestBody"), "content")
        properties = self._properties(mapping(mapping(content, JSON), "schema"))
        for entry in nodes(operation, "x-eigenpal-also"):
            place = entry.origin
            if operation.get("x-eigenpal-method") is False:
                yield place, "cannot be combined with x-eigenpal-method: false"
            if not OPERATION_ID.fullmatch(str(entry.get("operation", ""))):
                yield entry.at("operation"), "must be camelCase words joined by dots, as in runs.expected.rename"
            if ("media" in entry) == ("fixed" in entry):
                yield place, "needs either media or fixed"
            if "media" in entry and entry["media"] not in content:
                yield entry.at("media"), f"the body has no media type {entry['media']!r}"
            if "fixed" in entry and (next(iter(content), "") != JSON or not entry["fixed"]):
                yield entry.at("fixed"), "needs a JSON body, and at least one of its properties"
            for name in mapping(entry, "fixed"):
                if name not in properties:
                    yield below(entry.at("fixed"), name), "is not a property of the body"

    def _pagination(self, operation: Node) -> _Found:
        pages = mapping(operation, "x-eigenpal-pagination")
        keys = _PAGES.get(str(pages.get("style")))
        if keys is None:
            yield pages.origin, "needs style: offset or cursor"
            return
        for key in sorted({"style", *keys} ^ set(pages)):
            if key not in keys:
                yield pages.at(key), f"has no meaning with style: {pages['style']}"
            elif key != "limit":  # an API can choose the size of its pages by itself
                yield pages.at(key), "is missing"
        schema = self._first_response(operation)
        properties = self._properties(schema)
        yield from self._same_rows(schema, pages.at("items"), str(pages.get("items")))
        queries = {
            str(node.get("name")): without_null(resolved(self._document, mapping(node, "schema"))).get("type")
            for node in nodes(operation, "parameters")
            if node.get("in") == "query"
        }
        for key, kind in keys.items():
            found = without_null(resolved(self._document, mapping(properties, str(pages.get(key)))))
            if key in pages and kind and found.get("type") != kind:
                yield pages.at(key), f"{pages[key]!r} is not a property of the response with type: {kind}"
            elif key in pages and not kind and pages[key] not in queries:
                yield pages.at(key), f"{pages[key]!r} is not a query parameter"
            elif key in ("limit", "offset") and key in pages and queries[pages[key]] != "integer":
                yield pages.at(key), f"{pages[key]!r} is not a parameter with type: integer"
        if "limit" in pages and self._takes_page_size(operation, str(pages["limit"])):
            message = f"its iterator calls this {PAGE_SIZE}, which is taken; rename the other with x-eigenpal-name"
            yield pages.at("limit"), message

    def _list(self, operation: Node) -> _Found:
        place, rows = operation.at("x-eigenpal-rows"), str(operation["x-eigenpal-rows"])
        schema = self._first_response(operation)
        if "x-eigenpal-pagination" in operation:
            yield place, "cannot be combined with x-eigenpal-pagination, which says it with items"
        elif without_null(resolved(self._document, mapping(self._properties(schema), rows))).get("type") != "array":
            yield place, f"{rows!r} is not a property of the response with type: array"
        else:
            yield from self._same_rows(schema, place, rows)

    def _first_response(self, operation: Node) -> Node:
        """Return the schema of the first JSON response of success."""
        responses = [node for status, node in mapping(operation, "responses").items() if status[0] == "2"]
        content = mapping(responses[0], "content") if responses else Node()
        return next((mapping(value, "schema") for media, value in content.items() if is_json(media)), Node())

    def _same_rows(self, schema: Node, place: str, rows: str) -> _Found:
        """Find a schema whose rows differ between the operations that respond with it."""
        name = target_name(self._document, schema)
        if name and self._rows.setdefault(name, rows) != rows:
            yield place, f"{name} has the rows {self._rows[name]!r} in another operation"

    def _takes_page_size(self, operation: Node, limit: str) -> bool:
        """Return whether another argument than the limit has the name of the page size in iterators."""
        parameters = nodes(operation, "parameters")
        taken = [(node["name"], node) for node in parameters if (node["in"], node["name"]) != ("query", limit)]
        for value in mapping(mapping(operation, "requestBody"), "content").values():
            taken += self._properties(mapping(value, "schema")).items()
        return any(python_name(str(node.get("x-eigenpal-name", name))) == PAGE_SIZE for name, node in taken)

    # --- schemas ------------------------------------------------------------------------------------------------------

    def of_schema(self, schema: Node) -> _Found:
        """Find marks of a schema and its properties that do not fit."""
        names: dict[str, str] = {}
        for wire_name, inner in mapping(schema, "properties").items():
            if inner.get("x-eigenpal-strict") is True and wire_name not in sequence(schema, "required"):
                yield inner.at("x-eigenpal-strict"), "needs a required property"
            name = python_name(str(inner.get("x-eigenpal-name", wire_name)), RESERVED_IN_MODELS)
            if not name:
                yield inner.origin, f"{wire_name!r} cannot become a Python name; set one with x-eigenpal-name"
            elif names.setdefault(name, wire_name) != wire_name:
                message = f"collides with {names[name]!r}: both would be {name}; set another with x-eigenpal-name"
                yield inner.origin, message
        if "x-eigenpal-part-prefix" in schema:
            further = schema.get("additionalProperties", False)
            is_file = further is True or (isinstance(further, Node) and further.get("format", "binary") == "binary")
            if not self._is_named(schema) or not is_file or "files" in names:
                message = "needs a named schema with additionalProperties of format: binary, and no property `files`"
                yield schema.at("x-eigenpal-part-prefix"), message
        if "x-eigenpal-variants" in schema:
            yield from self._variants(schema)

    def _variants(self, schema: Node) -> _Found:
        entries = nodes(schema, "x-eigenpal-variants")
        branches = [branch for branch in nodes(schema, "anyOf") if branch.get("type") != "null"]
        expected = [str(branch.get("$ref", "")).removeprefix(SCHEMAS) for branch in branches]
        if sorted(str(entry.get("schema")) for entry in entries) != sorted(expected):
            yield schema.at("x-eigenpal-variants"), f"must list each variant once: {', '.join(expected)}"
            return
        for index, entry in enumerate(entries):
            known = self._all_properties(str(entry["schema"]), frozenset())
            if known is None:
                yield entry.at("schema"), f"{entry['schema']} is not an object"
                continue
            if index < len(entries) - 1 and not (entry.get("holds") or entry.get("equals")):
                yield entry.origin, "every variant but the last needs holds or equals"
            if "x-eigenpal-variants" not in entry.origin:
                continue  # What lowering found out may be about a property that the schema leaves out.
            for name in sequence(entry, "holds"):
                if name not in known:
                    yield entry.at("holds"), f"{name!r} is not a property of {entry['schema']}"
            for name, value in mapping(entry, "equals").items():
                at = below(entry.at("equals"), name)
                values: list[Any] = cast("list[Any]", value) if isinstance(value, list) else [value]
                if name not in known:
                    yield at, f"{name!r} is not a property of {entry['schema']}"
                if not values or not all(isinstance(one, (str, bool, int)) for one in values):
                    yield at, "must be text, a boolean or an integer, or a list of these"

    def _all_properties(self, name: str, within: frozenset[str]) -> set[str] | None:
        """Return the properties of an object, or of all branches of a union of objects; None if it is neither."""
        name = target_name(self._document, Node({"$ref": SCHEMAS + name}))
        schema = resolved(self._document, Node({"$ref": SCHEMAS + name}))
        if "anyOf" not in schema:
            return set(mapping(schema, "properties")) if schema.get("type") == "object" else None
        found: set[str] = set()
        for branch in nodes(schema, "anyOf"):
            inner = str(branch.get("$ref", "")).removeprefix(SCHEMAS)
            if inner not in within:
                found |= self._all_properties(inner, within | {name}) or set()
        return found

    def _is_named(self, schema: Node) -> bool:
        return any(schema is named for named in mapping(mapping(self._document, "components"), "schemas").values())

    def _properties(self, schema: Node) -> Node:
        return mapping(resolved(self._document, schema), "properties")
