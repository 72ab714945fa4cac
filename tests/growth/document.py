"""Our document, doubled: every operation a second time, elsewhere in the tree, and with nothing that helps readers."""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping
from typing import Any, cast

Node = dict[str, Any]

METHODS = ("get", "put", "post", "patch", "delete")
TEXTS = ("summary", "description", "title", "tags", "example", "examples")
NAMED = ("properties", "schemas", "parameters", "responses", "headers")
PLACES = ("copies", "deep.er.still", "second")


def double(document: Mapping[str, Any]) -> Node:
    """Return a document with a copy of every operation and component, and with operations of every kind."""
    doubled = copy.deepcopy(dict(document))
    copies: Node = {}
    operations = [
        (path, method, item[method]) for path, item in document["paths"].items() for method in METHODS if method in item
    ]
    for number, (path, method, operation) in enumerate(operations):
        place = PLACES[number % len(PLACES)]
        copied = {**_copy(operation), "operationId": f"{place}.{operation['operationId']}"}
        copies.setdefault(path.replace("/api/v1/", "/api/v1/copies/"), {})[method] = copied
    for kind in ("parameters", "schemas", "responses", "headers"):
        entries = document["components"].get(kind, {}).items()
        doubled["components"].setdefault(kind, {}).update(
            {f"{name}Copy": _copy(entry, kind.removesuffix("s")) for name, entry in entries}
        )
    doubled["components"]["schemas"].update(copy.deepcopy(SCHEMAS))
    doubled["components"]["securitySchemes"]["odd"] = {"type": "http", "scheme": "bearer"}
    doubled["paths"].update({**copies, **copy.deepcopy(PATHS)})
    return doubled


def _copy(node: Any, place: str = "") -> Any:
    """Return a copy without texts and examples, whose references lead to copies.

    Args:
        node: What is copied.
        place: The keyword that it stands under, or `response` for one that needs a description.
    """
    if isinstance(node, list):
        return [_copy(row) for row in cast("list[Any]", node)]
    if not isinstance(node, dict):
        return node
    entries = cast("Node", node)
    if "$ref" in entries and place not in NAMED:
        return {"$ref": re.sub(r"(#/components/\w+/\w+)", r"\1Copy", entries["$ref"])}
    if place in NAMED:
        return {name: _copy(value, "response" if place == "responses" else "") for name, value in entries.items()}
    kept = {key: _copy(value, key) for key, value in entries.items() if key not in TEXTS}
    return {"description": "", **kept} if place == "response" else kept


# --- operations of every kind -----------------------------------------------------------------------------------------

TEXT: Node = {"type": "string"}
FILE: Node = {"type": "string", "format": "binary"}
NUMBER: Node = {"type": "integer"}
KIND: Node = {"$ref": "#/components/schemas/OddKind"}
ITEM: Node = {"$ref": "#/components/schemas/OddItem"}


def _list_of(rows: Node, **more: Any) -> Node:
    return {"type": "array", "items": rows, **more}


def _object(*required: str, **properties: Node) -> Node:
    return {"type": "object", "required": list(required), "properties": properties}


def _query(name: str, schema: Node, **more: Any) -> Node:
    return {"name": name, "in": "query", "required": True, "schema": schema, **more}


def _body(media: str, schema: Node) -> Node:
    return {"required": True, "content": {media: {"schema": schema}}}


def _response(schema: Node) -> Node:
    return {"200": {"description": "", "content": {"application/json": {"schema": schema}}}}


SCHEMAS: Node = {
    "OddKind": {"type": "string", "enum": ["small", "large"]},
    "OddItem": _object(
        *("kind", "count", "when", "day", "id", "on", "list", "inner", "price"),
        kind=KIND,
        count={"type": "integer", "minimum": 10, "maximum": 20},
        when={"type": "string", "format": "date-time"},
        day={"type": "string", "format": "date"},
        id={"type": "string", "format": "uuid"},
        on={"type": "boolean"},
        list=_list_of(KIND, minItems=2),
        inner=_object("mail", mail={"type": "string", "format": "email"}, deep=ITEM),
        price={"type": "number", "exclusiveMinimum": 0},
        maybe={"type": ["string", "null"], "enum": ["a", None]},
        step={"type": "integer", "multipleOf": 5},
        short={"type": "string", "maxLength": 3},
        code={"type": "string", "pattern": "^[a-z]+-[0-9]+$"},
        more={"type": "object", "additionalProperties": NUMBER},
        either={"oneOf": [NUMBER, TEXT]},
        only={"const": "only"},
        password=TEXT,
    ),
}
ODD = "/api/v1/odds/{kind}"
PATHS: Node = {
    ODD: {
        "parameters": [{"name": "kind", "in": "path", "required": True, "schema": KIND}],
        "get": {
            "operationId": "odds.get",
            "parameters": [
                _query("size", {"type": "string", "enum": ["s", "m"]}),
                _query("count", {"type": "integer", "minimum": 5}),
                _query("on", {"type": "boolean"}),
                _query("days", _list_of({"type": "string", "format": "date"})),
                _query("kinds", _list_of(KIND), explode=False),
                _query("level", {"type": "integer", "enum": [3, 5]}),
                {"name": "X-Mode", "in": "header", "required": True, "schema": {"type": "string", "enum": ["fast"]}},
            ],
            "responses": _response(ITEM),
        },
        "post": {
            "operationId": "odds.create",
            "requestBody": _body("application/json", ITEM),
            "responses": {**_response(ITEM), "204": {"description": ""}},
        },
        "put": {
            "operationId": "odds.import.class.replace",
            "requestBody": _body("application/octet-stream", FILE),
            "responses": {"204": {"description": ""}},
        },
        "patch": {
            "operationId": "odds.fill",
            "security": [{"odd": []}],
            "requestBody": _body(
                "application/x-www-form-urlencoded", _object("kind", "tags", kind=KIND, tags=_list_of(TEXT), n=NUMBER)
            ),
            "responses": _response(_list_of(ITEM)),
        },
        "delete": {
            "operationId": "odds.delete",
            "responses": {"200": {"description": "", "content": {"application/pdf": {"schema": FILE}}}},
        },
    },
    "/api/v1/odds": {
        "post": {
            "operationId": "odds.createMany",
            "requestBody": _body("application/json", _list_of(ITEM)),
            "responses": _response({"oneOf": [ITEM, _list_of(NUMBER), TEXT]}),
        },
        "put": {
            "operationId": "odds.upload",
            "requestBody": _body(
                "multipart/form-data",
                _object(
                    *("scan", "kind", "pages", "meta"),
                    scan=FILE,
                    kind=KIND,
                    pages=_list_of(FILE),
                    meta=_object("n", n=NUMBER),
                ),
            ),
            "responses": _response({"type": "object", "additionalProperties": True}),
        },
    },
}
