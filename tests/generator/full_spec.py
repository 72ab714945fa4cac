"""One spec with every construct that the generator supports."""

from __future__ import annotations

import copy
from typing import Any, cast

from tests.generator.small_specs import TEXT, Node, make_object, make_parameter, nullable, ref

# fmt: off
AWKWARD = [
    "type", "id", "class", "from_dict", "to_dict", "get", "items", "list", "dict", "str", "int", "bool",
    "float", "frozenset", "classmethod", "datetime", "decoded", "object", "print", "property", "self", "raw",
    "cls", "keys", "values", "mro", "decodeEither", "models", "runtime", "query", "headers", "request",
    "tuple", "bytes", "builtins", "overload", "attrs", "Any", "Model", "UNSET", "text", "file_parts",
    "text_parts", "api", "base_models", "decoding", "encoding",
]
# fmt: on
"""Names with a meaning in Python or in generated modules."""

WHOLE: Node = {"type": "integer"}
FILE: Node = {"type": "string", "format": "binary"}
BINARY: Node = {"200": {"description": "A file.", "content": {"*/*": {"schema": FILE}}}}
ERRORS: Node = {"400": {"$ref": "#/components/responses/Refused"}}


def make_response(schema: Node) -> Node:
    return {
        "200": {"description": "What was asked for.", "content": {"application/json": {"schema": schema}}},
        **ERRORS,
    }


def make_full_spec() -> Node:
    """Return a fresh copy of the spec."""
    return copy.deepcopy(_SPEC)


_PARAMETERS = [
    make_parameter("search", example="blue", deprecated=True),
    make_parameter("colour", schema=ref("Colour")),
    make_parameter(
        "colours", schema={"type": "array", "items": ref("Colour")}, style="form", explode=False, example=["red"]
    ),
    make_parameter("words", schema={"type": "array", "items": TEXT}, style="form", explode=False),
    make_parameter("limit", schema={"type": "integer", "minimum": 1, "maximum": 100, "default": 20}),
    make_parameter("offset", schema=WHOLE),
    make_parameter("archived", schema={"type": "boolean"}),
    make_parameter("share", schema={"type": "number", "format": "double", "minimum": 0, "maximum": 1.5}),
    make_parameter("level", schema=ref("Level")),
    make_parameter("day", schema={"type": "string", "format": "date"}),
    make_parameter("X-Attempt", "header", schema=WHOLE),
    make_parameter("createdAfter", **{"x-eigenpal-timestamp": True}),
    make_parameter("wait", schema=WHOLE, **{"x-eigenpal-server-wait": True}),
    make_parameter("X-Origin", "header", schema=ref("Colour"), **{"x-eigenpal-name": "origin"}),
    make_parameter("from"),
]
_ALSO: list[Node] = [
    {"operation": "things.upload", "media": "multipart/form-data", "summary": "Upload one", "description": "More."},
    {
        "operation": "things.finish",
        "fixed": {"state": "done"},
        "summary": "Finish one",
        "description": "Then it is done.",
    },
]
_SPEC: Node = {
    "openapi": "3.1.0",
    "info": {"title": "Everything", "version": "1.2.3", "description": "All there is."},
    "servers": [{"url": "https://api.test", "description": "The one."}],
    "security": [{"bearer": []}],
    "tags": [{"name": "things", "description": "Things."}, {"name": "things.parts", "description": "Their parts."}],
    "paths": {
        "/things": {
            "get": {
                "operationId": "things.list",
                "tags": ["things"],
                "summary": "List things",
                "description": "Page by page.\n\n- one\n- two",
                "parameters": _PARAMETERS,
                "responses": make_response(ref("Page")),
                "x-eigenpal-pagination": {
                    "style": "offset",
                    "items": "data",
                    "total": "total",
                    "limit": "limit",
                    "offset": "offset",
                },
            },
            "post": {
                "operationId": "things.create",
                "summary": "Create a thing",
                "requestBody": {
                    "description": "The thing.",
                    "required": True,
                    "content": {
                        "application/json": {"schema": ref("CreateBody")},
                        "multipart/form-data": {
                            "schema": ref("UploadBody"),
                            "encoding": {"settings": {"contentType": "text/plain"}},
                        },
                    },
                },
                "responses": make_response(ref("Either")),
                "x-eigenpal-also": _ALSO,
                "x-eigenpal-starts-run": True,
            },
        },
        "/things/{id}/parts/{path}": {
            "parameters": [{"$ref": "#/components/parameters/Id"}],
            "get": {
                "operationId": "things.parts.download",
                "deprecated": True,
                "summary": "Download a part",
                "parameters": [make_parameter("path", "path", **{"x-eigenpal-slashes": "kept"})],
                "responses": BINARY,
            },
            "delete": {
                "operationId": "things.parts.delete",
                "summary": "Delete a part",
                "parameters": [make_parameter("path", "path")],
                "responses": {"204": {"description": "Gone."}, **ERRORS},
            },
            "put": {
                "operationId": "things.parts.put",
                "summary": "put a part(file) -> Any",
                "parameters": [make_parameter("path", "path")],
                "requestBody": {"$ref": "#/components/requestBodies/Put"},
                "responses": ERRORS,
            },
        },
        "/things/{id}/versions/{number}": {
            "parameters": [{"$ref": "#/components/parameters/Id"}, make_parameter("number", "path", schema=WHOLE)],
            "get": {
                "operationId": "things.export",
                "summary": "Export a version",
                "description": "As a table:\n\n| a | b |\n|---|---|\n\n```sh\ncut -d, -f1\n```",
                "responses": {
                    "200": {"description": "The table.", "content": {"text/csv": {"schema": TEXT}}},
                    "404": {"description": "Not there.", "content": {"text/plain": {"schema": TEXT}}},
                },
            },
            "put": {
                "operationId": "things.attach",
                "summary": "Attach files",
                "requestBody": {"content": {"multipart/form-data": {"schema": ref("AttachBody")}}},
                "responses": {"204": {"description": "Done."}},
            },
        },
        "/things/all": {
            "get": {
                "operationId": "things.parts.listAll",
                "summary": "List all parts",
                "parameters": [make_parameter("after"), make_parameter("offset", schema=WHOLE)],
                "responses": make_response(ref("CursorPage")),
                "x-eigenpal-pagination": {"style": "cursor", "items": "parts", "next": "nextCursor", "cursor": "after"},
            }
        },
        "/awkward": {
            "put": {
                "operationId": "things.awkward",
                "summary": "Awkward names",
                "parameters": [make_parameter(name) for name in AWKWARD],
                "responses": make_response(ref("Awkward")),
            }
        },
        "/ping": {
            "post": {
                "operationId": "ping",
                "summary": "Ping",
                "responses": make_response(
                    {"type": "array", "items": {"type": "object", "additionalProperties": ref("Either")}}
                ),
                "x-eigenpal-idempotent": True,
            },
            "get": {
                "operationId": "list",
                "summary": "List what there is",
                "responses": make_response(ref("Page")),
                "parameters": [make_parameter("limit", schema=WHOLE), make_parameter("offset", schema=WHOLE)],
                "x-eigenpal-pagination": {
                    "style": "offset",
                    "items": "data",
                    "total": "total",
                    "limit": "limit",
                    "offset": "offset",
                },
            },
            "patch": {"operationId": "save", "summary": "Save a file", "responses": BINARY},
            "put": {
                "operationId": "hidden",
                "summary": "Not a method",
                "responses": {
                    "200": {"description": "Text.", "content": {"application/json": {"schema": nullable(TEXT)}}}
                },
                "x-eigenpal-method": False,
            },
        },
    },
    "components": {
        "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer", "description": "The key."}},
        "headers": {"RequestId": {"description": "The id.", "schema": TEXT}},
        "parameters": {"Id": make_parameter("id", "path", example="t1")},
        "requestBodies": {
            "Put": {"required": True, "content": {"multipart/form-data": {"schema": ref("PutBody")}}},
        },
        "responses": {
            "Refused": {
                "description": "Refused.",
                "headers": {"x-request-id": {"$ref": "#/components/headers/RequestId"}},
                "content": {"application/json": {"schema": ref("Problem")}},
            }
        },
        "schemas": {
            "Colour": {"type": "string", "enum": ["red", "green"], "description": "A colour.", "example": "red"},
            "Hue": ref("Colour"),
            "Level": {"type": "integer", "format": "int32", "enum": [1, 2, -3], "description": "A level."},
            "Name": {"type": "string", "maxLength": 40, "description": "A name."},
            "Thing": {
                **make_object(
                    "id",
                    "name",
                    "kind",
                    id=TEXT,
                    name=ref("Name"),
                    kind={"type": "string", "const": "thing"},
                    version={"type": "integer", "const": 1},
                    ready={"type": "boolean", "const": True},
                    colour={**ref("Colour"), "description": "Of this thing."},
                    hue=nullable(ref("Hue")),
                    count={"type": "integer", "minimum": 0},
                    share={"type": "number", "exclusiveMinimum": 0, "multipleOf": 0.5},
                    level=ref("Level"),
                    levels={"type": "array", "items": ref("Level")},
                    uuid={"type": "string", "format": "uuid", "$comment": "Of no meaning."},
                    madeAt={"type": "string", "format": "date-time"},
                    seenAt={"type": ["string", "null"], "format": "date-time"},
                    secret={"type": "string", "format": "password", "deprecated": True},
                    free={"type": "object", "additionalProperties": True},
                    anything={"description": "Anything."},
                    words={"type": "array", "items": TEXT, "minItems": 1, "uniqueItems": True},
                    maybe={"type": "array", "items": {"type": ["string", "null"]}},
                    times={"type": "object", "additionalProperties": {"type": "string", "format": "date-time"}},
                    parts={"type": "object", "additionalProperties": {"type": "array", "items": ref("Part")}},
                    children={"type": "array", "items": ref("Thing")},
                    parent=nullable(ref("Thing")),
                    mixed={"anyOf": [TEXT, WHOLE, {"type": "array", "items": TEXT}, ref("Part"), {"type": "null"}]},
                    either=ref("Either"),
                    inline={
                        "oneOf": [ref("Thing"), ref("Part"), {"type": "null"}],
                        "x-eigenpal-variants": [{"schema": "Thing", "holds": ["kind"]}, {"schema": "Part"}],
                    },
                ),
                "examples": [{"id": "t1", "name": "One", "kind": "thing"}],
            },
            "Part": {
                **make_object("path", path=TEXT, size={"type": ["integer", "null"]}),
                "description": "part of a thing, under a\\b\nor the like",
                "example": {"path": "a"},
            },
            "Either": {
                "anyOf": [ref("Thing"), ref("Part")],
                "description": "A thing or a part.",
                "x-eigenpal-variants": [
                    {"schema": "Thing", "holds": ["kind"], "equals": {"ready": True, "name": "x"}},
                    {"schema": "Part"},
                ],
            },
            "Same": ref("Either"),
            "Page": make_object(
                "data", "total", data={"type": "array", "items": ref("Thing")}, total=WHOLE, limit=WHOLE, offset=WHOLE
            ),
            "CursorPage": make_object(
                "parts", parts={"type": "array", "items": ref("Part")}, nextCursor={"type": ["string", "null"]}
            ),
            "CreateBody": {
                **make_object(
                    "name",
                    "anything",
                    name=TEXT,
                    anything={},
                    state={"type": ["string", "null"]},
                    colour=ref("Colour"),
                    parts={"type": "array", "items": ref("Part")},
                    extra={},
                    settings=ref("Settings"),
                    **{"_internal-name": {**TEXT, "x-eigenpal-name": "internal"}},
                ),
                "additionalProperties": False,
                "examples": [{"name": "One", "anything": {"a": 1}}],
            },
            "Settings": make_object(
                deep={"type": "object", "additionalProperties": {"type": "object"}}, note=nullable(ref("Name"))
            ),
            "UploadBody": {
                **make_object("name", name=TEXT, settings=ref("Settings"), count=WHOLE),
                "additionalProperties": FILE,
                "x-eigenpal-part-prefix": "files.",
            },
            "AttachBody": make_object(
                "files", files={"type": "array", "items": FILE}, more={"type": "array", "items": FILE}, note=TEXT
            ),
            "PutBody": make_object("file", file=FILE, colour=ref("Colour")),
            "Awkward": make_object(*AWKWARD[::2], **dict.fromkeys(AWKWARD, TEXT)),
            "Problem": make_object(message=TEXT),
        },
    },
}


def list_places(value: Any, place: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Return the places of all values in a spec, including containers."""
    found = [place]
    if isinstance(value, dict):
        for key, item in cast("Node", value).items():
            found += list_places(item, (*place, key))
    elif isinstance(value, list):
        for index, item in enumerate(cast("list[Any]", value)):
            found += list_places(item, (*place, index))
    return found
