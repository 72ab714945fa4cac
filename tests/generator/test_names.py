"""An API may call its resources, operations, arguments, fields and schemas whatever it likes."""

from __future__ import annotations

import builtins
import json
import keyword
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from generator.naming import RESERVED_IN_MODELS
from tests.generator.small_specs import (
    PACKAGE,
    Node,
    Recorder,
    build,
    make_json_body,
    make_object,
    make_parameter,
    make_response,
    nullable,
    ref,
    write_files,
)

# What generated modules import or use, and their arguments and variables.
NAMES = [
    *("api", "attrs", "bool", "builtins", "bytes", "classmethod", "cls", "cookies", "datetime", "decoded", "dict"),
    *("file_parts", "float", "form", "frozenset", "headers", "int", "isinstance", "list", "make_list", "models"),
    *("object", "overload", "parse", "print", "property", "query", "raw", "request", "resource_api", "response"),
    *("runtime", "str", "text_parts", "transport", "tree", "tuple", "type", "typing", "value", "async_list"),
]
CLASSES = [
    *("AsyncIterator", "AsyncTransport", "AttributeError", "ClassVar", "Datetime", "DecodeError", "DecodeList"),
    *("DownloadTarget", "Iterator", "List", "Model", "Models", "Progress", "Request", "Response", "Runtime", "Str"),
    *("Transport", "Tree", "TypeError", "Unset", "Object", "BaseException"),
]
# Kinds of schemas whose modules use these names.
OTHERS: dict[str, Node] = {
    "Any": {"type": "array", "items": {"anyOf": [{"type": "string"}, ref("Any")]}},
    "Callable": {"anyOf": [ref("List"), ref("Models")], "x-eigenpal-variants": [
        {"schema": "List", "equals": {"list": "a"}}, {"schema": "Models", "equals": {"list": "b"}}]},
    "Literal": {"type": "string", "enum": ["Literal", "TypeAlias"]},
    "Mapping": {"type": "object", "additionalProperties": {"type": "array", "items": ref("Mapping")}},
    "Sequence": {"anyOf": [{"type": "string", "const": 'a "Sequence"'}, {"type": "array", "items": ref("Any")}]},
    "TypeAlias": {"type": "string", "enum": ["TypeAlias"]},
}
KINDS: list[Node] = [
    {"type": "string"}, {"type": "integer"}, {"type": "boolean"}, {"type": "string", "format": "date-time"},
    {"type": "array", "items": {"type": "number"}}, {"type": "object", "additionalProperties": {"type": "integer"}},
    {"type": "object"}, {},
]


def make_document() -> Node:
    kinds = {name: KINDS[index % len(KINDS)] for index, name in enumerate(NAMES)}
    schemas: Node = {name: make_object("list", **kinds) for name in CLASSES}
    schemas["Everything"] = make_object(**{name.lower(): nullable(ref(name)) for name in [*CLASSES, *OTHERS]})
    schemas["Body"] = make_object("list", "str", **kinds)
    schemas["Form"] = make_object("list", **kinds)
    schemas["Page"] = make_object("items", items={"type": "array", "items": ref("Models")}, total={"type": "integer"})
    schemas |= OTHERS
    scalars = {name: kind for name, kind in kinds.items() if kind and kind.get("type") != "object"}
    query = [make_parameter(name, schema=schema, required=name == "str") for name, schema in scalars.items()]
    where = [make_parameter(name, "path") for name in NAMES]
    page = {"style": "offset", "items": "items", "total": "total", "offset": "offset"}
    operations: list[tuple[str, str, Node]] = [
        ("get", "/query", {"operationId": "things.list", "parameters": query, "responses": make_response(ref("Everything"))}),
        ("get", "".join(f"/{{{name}}}" for name in NAMES), {"operationId": "things.path", "parameters": where}),
        ("get", "/cookies", {"operationId": "things.cookies",
            "parameters": [make_parameter(name, place) for name, place in zip(NAMES, ["cookie", "header"] * 99)]}),
        ("get", "/file", {"operationId": "things.file", "parameters": query,
            "responses": {"200": {"description": "A file.", "content": {"application/pdf": {}}}}}),
        ("get", "/pages", {"operationId": "things.pages", "x-eigenpal-pagination": page, "responses": make_response(ref("Page")),
            "parameters": [make_parameter("offset", schema={"type": "integer"}), make_parameter("request")]}),
        ("post", "/json", {"operationId": "things.json", "requestBody": make_json_body("Body")}),
        ("post", "/mixed", {"operationId": "things.mixed", "requestBody": {"required": True, "content": {
            media: {"schema": ref("Form")} for media in ("multipart/form-data", "application/x-www-form-urlencoded")}}}),
    ]
    for index, name in enumerate(NAMES):
        other = NAMES[index - 1]
        answer = make_response({"type": "array", "items": ref(CLASSES[index % len(CLASSES)])})
        for place in (f"{name}.{other}", f"{name}.{name}s.{name}", f"members.{name}", f"inner.{name}.get"):
            operations.append(("get", f"/{place}", {"operationId": place, "responses": answer, "parameters": [
                make_parameter(other), make_parameter("when", schema=KINDS[3])]}))
    operations.append(("get", "/root", {"operationId": "root"}))
    paths: Node = {}
    for method, path, operation in operations:
        paths[path] = {method: {"summary": "Do it", "responses": make_response({}), **operation}}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Names", "version": "1"},
        "servers": [{"url": "https://api.test"}],
        "paths": paths,
        "components": {"schemas": schemas},
    }
