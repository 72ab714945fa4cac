"""A document as other people write them, by hand or with FastAPI, NestJS or springdoc."""

from __future__ import annotations

import copy
from typing import Any

from tests.generator.small_specs import TEXT, make_object, make_parameter, nullable, ref

Node = dict[str, Any]
FILE: Node = {"type": "string", "format": "binary"}
NUMBER: Node = {"type": "integer"}
LIST: Node = {"type": "array", "items": TEXT}


def answer(schema: Node, media: str = "application/json") -> Node:
    return {"description": "", "content": {media: {"schema": schema}}}


def make_foreign_spec() -> Node:
    """Return a fresh copy of the document."""
    return copy.deepcopy(_SPEC)


_ITEM: Node = {
    "parameters": [{"$ref": "#/components/parameters/Trace"}],
    "get": {
        "operationId": "read_item_items__item_id__get",
        "tags": ["items"],
        "parameters": [
            make_parameter("item_id", "path", schema=NUMBER),
            make_parameter("q", schema=nullable(TEXT)),
            make_parameter("item-id", schema=LIST),
            make_parameter("Authorization", "header"),
        ],
        "responses": {
            "200": answer(ref("Item/properties/kind")),
            "422": {"$ref": "#/components/responses/Refused"},
            "default": {"description": "Any error."},
        },
    },
    "head": {"responses": {}},
}
_PETS: Node = {
    "get": {
        "operationId": "PetController_findAll",
        "tags": ["Pet Controller"],
        "responses": {"200": answer({"type": "array", "items": ref("Item")}, "*/*")},
        "callbacks": {"done": {}},
    },
    "post": {
        "requestBody": {"$ref": "#/components/requestBodies/Pet"},
        "responses": {"2xx": {"description": "", "content": {"application/x-ndjson": {}, "text/csv": {}}}},
    },
}
_FILTERED: Node = {
    "get": {
        "operationId": "find_all",
        "tags": ["files"],
        "parameters": [
            make_parameter("filter", style="deepObject", schema=ref("Filter")),
            {"name": "page", "in": "query", "content": {"application/json": {"schema": {"type": "object"}}}},
            {"name": "size<", "in": "query"},
            {"name": "size>", "in": "query"},
            make_parameter("ids", style="pipeDelimited", schema=LIST),
            make_parameter("session", "cookie"),
        ],
        "responses": {"200": {"description": "Bytes or nothing."}},
        "security": [{"key": [], "token": []}, {"key": []}, {}],
    }
}
_UPLOAD: Node = {
    "post": {
        "operationId": "upload",
        "parameters": [make_parameter("file"), make_parameter("body", "cookie")],
        "requestBody": {
            "content": {
                "multipart/form-data": {"schema": ref("Upload"), "encoding": {"meta": {"contentType": "text/plain"}}},
                "application/x-www-form-urlencoded": {"schema": ref("Upload")},
                "application/merge-patch+json": {"schema": ref("Upload")},
                "text/plain": {},
            }
        },
        "responses": {"201": answer(ref("Upload"))},
    }
}
_SPEC: Node = {
    "openapi": "3.1.0",
    "info": {"title": "Foreign", "version": 1.0, "x-logo": {"url": "logo.png"}},
    "servers": [{"url": "/api/{v}", "variables": {"v": {"default": 2}}}, {"url": "https://b.test"}],
    "tags": [{"name": "Pet Controller", "externalDocs": {"url": "https://docs.test"}}],
    "security": [{"token": ["read"]}],
    "paths": {
        "/items/{item_id}": _ITEM,
        "/pets": _PETS,
        "/pets/{id}:cancel": {"post": {"responses": {"default": answer({}, "application/vnd.x+json")}}},
        "/größe/{a}.{b}": {"get": {"parameters": [make_parameter("a", "path")], "responses": {"204": {}}}},
        "/shared": {"$ref": "#/components/pathItems/Shared"},
        "/files": _FILTERED,
        "/upload": _UPLOAD,
    },
    "webhooks": {"done": {}},
    "components": {
        "securitySchemes": {
            "key": {"type": "apiKey", "in": "header", "name": "X-Key"},
            "token": {"type": "oauth2", "flows": {}},
        },
        "pathItems": {"Shared": {"get": {"operationId": "shared.Get", "responses": {"200": answer({})}}}},
        "parameters": {"Trace": make_parameter("X-Trace", "header", schema={"type": "string", "enum": ["on", "off"]})},
        "requestBodies": {
            "Pet": {
                "content": {
                    "application/json; charset=utf-8": {"schema": make_object(name=TEXT)},
                    "application/xml": {"schema": ref("Item")},
                }
            }
        },
        "responses": {"Refused": answer(make_object(detail=TEXT), "application/problem+json")},
        "headers": {"Limit": {"schema": NUMBER}},
        "schemas": {
            "Item": make_object(kind=make_object(name=TEXT, inner=ref("Item/properties/kind"))),
            "Filter": make_object(names=LIST, size=make_object(least=NUMBER)),
            "Upload": {
                **make_object("file", file=FILE, files={"type": "array", "items": FILE}, meta={"type": "object"}),
                "additionalProperties": FILE,
                "x-vendor": 1,
                "optional": True,
            },
        },
    },
}
