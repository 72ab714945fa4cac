"""Checks the language that documents are lowered into, all but its schemas."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from generator.lowering.keyword_lists import UNDERSTOOD, objects
from generator.lowering.media import FORM, MULTIPART, is_json
from generator.naming import HEADER_NAME, OPERATION_ID, PATH_PARAMETER, RESERVED_IN_PAGES, operation_steps, python_name
from generator.nodes import Node, mapping, nodes

_METHODS = ("get", "put", "post", "delete", "patch")
_MEDIA = re.compile(r"[a-z0-9!#$&^_.+*-]+/[a-z0-9!#$&^_.+*-]+")
_STATUS = re.compile(r"[1-5]([0-9]{2}|XX)|default")
_SCHEMAS = "#/components/schemas/"
_OF_QUERIES = ("form", "spaceDelimited", "pipeDelimited", "deepObject")


def breaches(document: Node) -> list[str]:
    """Return what is not in the language."""
    return [*_document(document), *_objects(document), *_operations(document)]


def _document(document: Node) -> Iterator[str]:
    if extra := set(document) - {"openapi", "info", "servers", "security", "tags", "paths", "components"}:
        yield f"the document has {extra}"
    if extra := set(mapping(document, "components")) - {"schemas", "securitySchemes"}:
        yield f"components has {extra}"
    servers = nodes(document, "servers")
    if len(servers) > 1 or any(not re.fullmatch(r"https?://[^{}?#]*[^/{}?#]", server["url"]) for server in servers):
        yield f"servers are {servers}"
    for name, scheme in mapping(mapping(document, "components"), "securitySchemes").items():
        kind = (scheme.get("type"), scheme.get("scheme"), scheme.get("in"))
        if kind not in {("http", "bearer", None), ("http", "basic", None)} and kind[0] != "apiKey":
            yield f"the security scheme {name} is {kind}"
    yield from _security(document, document)


def _security(document: Node, holder: Node) -> Iterator[str]:
    schemes = mapping(mapping(document, "components"), "securitySchemes")
    required = nodes(holder, "security")
    if len(required) > 1 or any(len(one) != 1 or not set(one) <= set(schemes) for one in required):
        yield f"security of {holder.origin} is {required}"


def _objects(document: Node) -> Iterator[str]:
    named = mapping(mapping(document, "components"), "schemas")
    for node, kind in objects(document):
        for key in node:
            if key.startswith("x-") and key not in UNDERSTOOD[kind]:
                yield f"{node.origin} has {key}"
        if "$ref" in node and (kind != "schema" or node["$ref"].removeprefix(_SCHEMAS) not in named):
            yield f"{node.origin} refers to {node['$ref']}"


def _operations(document: Node) -> Iterator[str]:
    places: dict[str, str] = {}
    for path, item in mapping(document, "paths").items():
        if extra := set(item) - {"summary", "description", *_METHODS}:
            yield f"{path} has {extra}"
        if not re.fullmatch(r"/([A-Za-z0-9%:@!$&'()*+,;=~._/-]|\{[^{}]+\})*", path):
            yield f"{path} is no path"
        for method in _METHODS:
            if method not in item:
                continue
            operation: Node = item[method]
            identifier = operation["operationId"]
            place = ".".join(operation_steps(identifier))
            if not OPERATION_ID.fullmatch(identifier) or places.setdefault(place, path + method) != path + method:
                yield f"{path} {method}: its operationId is {identifier}"
            problems = [
                *_parameters(operation, path),
                *_body(document, operation),
                *_responses(operation),
                *_security(document, operation),
            ]
            yield from (f"{path} {method}: {problem}" for problem in problems)
    for place in places:
        if any(other.startswith(place + ".") for other in places):
            yield f"{place} is an operation and a group"


def _parameters(operation: Node, path: str) -> Iterator[str]:
    found = nodes(operation, "parameters")
    names = [python_name(node.get("x-eigenpal-name", node["name"]), RESERVED_IN_PAGES) for node in found]
    if len(set(names)) != len(names) or "" in names:
        yield f"parameters are called {names}"
    if {node["name"] for node in found if node["in"] == "path"} != set(PATH_PARAMETER.findall(path)):
        yield "other path parameters than its path"
    for node in found:
        name = node["name"]
        if node["in"] in ("header", "cookie") and not HEADER_NAME.fullmatch(name):
            yield f"{name} is no name of a header"
        if not isinstance(node.get("required"), bool) or (node["in"] == "path" and not node["required"]):
            yield f"{name} is required: {node.get('required')}"
        if ("schema" in node) == ("content" in node) or list(mapping(node, "content")) not in (
            [],
            ["application/json"],
        ):
            yield f"{name} needs a schema or JSON content"
        style = (node.get("style"), node.get("explode"))
        default = ("form", True) if node["in"] in ("query", "cookie") else ("simple", False)
        allowed = _OF_QUERIES if node["in"] == "query" else (default[0],)
        if style != (None, None) and (style == default or style[0] not in allowed or style[1] is None):
            yield f"{name} has the style {style}"


def _body(document: Node, operation: Node) -> Iterator[str]:
    if "requestBody" not in operation:
        return
    body = mapping(operation, "requestBody")
    if not isinstance(body.get("required"), bool) or not mapping(body, "content"):
        yield f"the body is {body}"
    named = mapping(mapping(document, "components"), "schemas")
    for media, value in mapping(body, "content").items():
        schema: dict[str, Any] = value["schema"]
        if not _MEDIA.fullmatch(media):
            yield f"a body of type {media}"
        elif media in (MULTIPART, FORM):
            if "properties" not in mapping(named, str(schema.get("$ref")).removeprefix(_SCHEMAS)):
                yield f"the form {schema} is no model"
        elif not is_json(media) and schema.get("format") != (None if media.startswith("text/") else "binary"):
            yield f"a body of type {media} is {schema}"


def _responses(operation: Node) -> Iterator[str]:
    statuses = list(mapping(operation, "responses"))
    if not all(_STATUS.fullmatch(status) for status in statuses):
        yield f"responses are {statuses}"
    if "default" in statuses and not any(status[0] == "2" for status in statuses):
        yield "default is the only success"
    for status, response in mapping(operation, "responses").items():
        content = mapping(response, "content")
        if status[0] == "2" and (len(content) > 1 or not all(map(_MEDIA.fullmatch, content))):
            yield f"{status} has {list(content)}"
        if status in ("204", "205") and content:
            yield f"{status} has content"
        for media, value in content.items() if status[0] == "2" else ():
            if "schema" not in value if is_json(media) else value.get("schema", {"type": "string"})["type"] != "string":
                yield f"{status} {media} has the schema {value.get('schema')}"
