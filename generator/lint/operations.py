"""The operations: parameters, bodies, answers, and the extensions that add to them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, cast

from generator import naming
from generator.document import Node
from generator.lint.keywords import (
    ALSO,
    ANSWER,
    BODY,
    DESCRIBED_REFERENCE,
    MEDIA,
    MULTIPART,
    OPERATION,
    PARAMETER,
    REFERENCE,
    keyword_problems,
)
from generator.lint.schemas import check_schema, has_files
from generator.problems import Problem, below, pointer
from generator.spec import (
    BINARY_MEDIA,
    JSON_MEDIA,
    MULTIPART_MEDIA,
    SCHEMAS,
    Placed,
    body_of,
    component_kind,
    component_of,
    kinds_of,
    mapping,
    nodes,
    operations,
    parameter_name,
    parameters_of,
    property_name,
    resolve,
    successes,
    whole_body_name,
)

# Of every request, and so of the transport.
_HEADERS_OF_THE_TRANSPORT = frozenset(["accept", "authorization", "content-length", "content-type", "host"])
_Check = Callable[[Node, Node, str], Iterator[Problem]]
_STYLES = {"path": "simple", "query": "form", "header": "simple"}


def operation_problems(document: Node) -> Iterator[Problem]:
    """Check every operation, and the named parameters, bodies and answers."""
    components = mapping(document, "components")
    for name, parameter in mapping(components, "parameters").items():
        yield from _named(document, parameter, pointer("components", "parameters", name), _parameter)
    for name, body in mapping(components, "requestBodies").items():
        yield from _named(document, body, pointer("components", "requestBodies", name), _body)
    for name, answer in mapping(components, "responses").items():
        yield from _named(document, answer, pointer("components", "responses", name), _answer)
    for path in mapping(document, "paths"):
        item = mapping(mapping(document, "paths"), path)
        for index, parameter in enumerate(nodes(item, "parameters")):
            yield from _used(document, parameter, pointer("paths", path, "parameters", index), _parameter)
    for operation in operations(document):
        yield from _operation(document, operation)


def _named(document: Node, node: Any, place: str, check: _Check) -> Iterator[Problem]:
    if not isinstance(node, dict):
        yield Problem(place, "must be an object")
    elif "$ref" in node:
        yield from keyword_problems(cast("Node", node), REFERENCE, place, beside="$ref")
    else:
        yield from check(document, cast("Node", node), place)


def _used(document: Node, node: Any, place: str, check: _Check) -> Iterator[Problem]:
    """Check what stands in place; what a ``$ref`` leads to is checked where it stands."""
    if isinstance(node, dict) and "$ref" in node:
        understood = DESCRIBED_REFERENCE if check is _parameter else REFERENCE
        yield from keyword_problems(cast("Node", node), understood, place, beside="$ref")
        kind = "parameters" if check is _parameter else "requestBodies" if check is _body else "responses"
        if not str(cast("Node", node)["$ref"]).startswith(f"#/components/{kind}/"):
            yield Problem(below(place, "$ref"), f"must point into #/components/{kind}")
    else:
        yield from _named(document, node, place, check)


def _operation(document: Node, found: Placed) -> Iterator[Problem]:
    operation, place = found.node, found.place
    yield from keyword_problems(operation, OPERATION, place)
    for index, parameter in enumerate(nodes(operation, "parameters")):
        yield from _used(document, parameter, below(place, "parameters", index), _parameter)
    yield from _parameters_of_path(document, found)
    if "requestBody" in operation:
        yield from _used(document, operation["requestBody"], below(place, "requestBody"), _body)
    if not mapping(operation, "responses"):
        yield Problem(below(place, "responses"), "must name at least one answer")
    for status, answer in mapping(operation, "responses").items():
        at = below(place, "responses", status)
        if not (status.isascii() and status.isdecimal() and len(status) == 3):
            yield Problem(at, f"{status!r} must be a status such as 200")
        yield from _used(document, answer, at, _answer)
    yield from _argument_collisions(document, found)
    yield from _also(document, operation, place)
    if "x-eigenpal-pages" in operation:
        yield from _pages(document, found, below(place, "x-eigenpal-pages"))


# --- parameters -------------------------------------------------------------------------------------------------------


def _parameters_of_path(document: Node, found: Placed) -> Iterator[Problem]:
    in_path = naming.PATH_PARAMETER.findall(found.path)
    parameters = parameters_of(document, found.path, found.node, found.place)
    declared = [node.get("name") for node, _ in parameters if node.get("in") == "path"]
    for name in sorted(set(in_path)):
        if name not in declared:
            yield Problem(found.place, f"the path names {{{name}}}, which no parameter declares")
        if in_path.count(name) > 1:
            yield Problem(found.place, f"the path names {{{name}}} twice")
    for node, at in parameters:
        if node.get("in") == "path" and node.get("name") not in in_path:
            yield Problem(at, f"the path {found.path} does not name {{{node.get('name')}}}")
    waiting = [at for node, at in parameters if node.get("x-eigenpal-server-wait") is True]
    for at in waiting[1:]:
        yield Problem(at, "only one parameter of an operation can have x-eigenpal-server-wait")


def _parameter(document: Node, node: Node, place: str) -> Iterator[Problem]:
    yield from keyword_problems(node, PARAMETER, place)
    location = node.get("in")
    if location not in _STYLES:
        yield Problem(below(place, "in"), f"parameters in {location!r} are not supported")
        return
    if not isinstance(node.get("name"), str) or not parameter_name(node):
        yield Problem(
            below(place, "name"),
            f"{node.get('name')!r} cannot be spelled as a Python name; x-eigenpal-name can give it one",
        )
    elif location == "header":
        name = str(node["name"])
        if not naming.HEADER_NAME.fullmatch(name) or name.lower() in _HEADERS_OF_THE_TRANSPORT:
            yield Problem(below(place, "name"), f"{name!r} cannot be a header of one operation")
    if location == "path" and node.get("required") is not True:
        yield Problem(place, "a path parameter must be required: true")
    if node.get("style", _STYLES[str(location)]) != _STYLES[str(location)]:
        yield Problem(below(place, "style"), f"only the style {_STYLES[str(location)]} is supported in the {location}")
    if "schema" not in node:
        yield Problem(place, "needs a schema")
        return
    at = below(place, "schema")
    yield from check_schema(document, node["schema"], at)
    schema, _ = resolve(document, mapping(node, "schema"), at)
    kinds = kinds_of(schema)
    kind = kinds[0] if kinds else None
    if kind == "array":
        items, _ = resolve(document, mapping(schema, "items"), below(at, "items"))
        if location != "query" or node.get("explode") is not False:
            yield Problem(place, "a list must be in the query with style: form and explode: false, that is with commas")
        if kinds_of(items) != ["string"] or items.get("format") is not None:
            yield Problem(below(at, "items"), "a list in the query must hold strings")
    elif kind not in ("string", "integer", "boolean"):
        yield Problem(at, "a parameter must be a string, an integer, a boolean or a list of strings")
    elif location != "query" and kind != "string":
        yield Problem(at, f"a parameter in the {location} must be a string")
    elif location == "path" and schema.get("format") == "date-time":
        yield Problem(at, "a timestamp in the path is not supported")
    for bound in ("minimum", "maximum"):
        if kind == "integer" and not isinstance(schema.get(bound, 0), int):
            yield Problem(below(at, bound), "the bound of an integer must be one")
    yield from _parameter_extensions(node, kind, place)


def _parameter_extensions(node: Node, kind: Any, place: str) -> Iterator[Problem]:
    if "x-eigenpal-slashes" in node and (node["x-eigenpal-slashes"] != "kept" or node.get("in") != "path"):
        yield Problem(below(place, "x-eigenpal-slashes"), "must be kept, on a parameter in the path")
    if node.get("x-eigenpal-moment") is True and (kind != "string" or node.get("in") == "path"):
        yield Problem(below(place, "x-eigenpal-moment"), "needs a string in the query or in a header")
    if node.get("x-eigenpal-server-wait") is True and kind != "integer":
        yield Problem(below(place, "x-eigenpal-server-wait"), "needs an integer")


# --- bodies -----------------------------------------------------------------------------------------------------------


def _body(document: Node, node: Node, place: str) -> Iterator[Problem]:
    yield from keyword_problems(node, BODY, place)
    content = mapping(node, "content")
    if not content:
        yield Problem(below(place, "content"), "must name at least one media type")
    for media, value in content.items():
        at = below(place, "content", media)
        if media not in (JSON_MEDIA, MULTIPART_MEDIA):
            yield Problem(at, f"a body of {media} is not supported")
        elif not isinstance(value, dict) or "schema" not in value:
            yield Problem(at, "needs a schema")
        else:
            understood = MULTIPART if media == MULTIPART_MEDIA else MEDIA
            yield from keyword_problems(cast("Node", value), understood, at)
            yield from _body_schema(document, cast("Node", value), media, at)


def _body_schema(document: Node, content: Node, media: str, place: str) -> Iterator[Problem]:
    schema = mapping(content, "schema")
    at = below(place, "schema")
    if not str(schema.get("$ref")).startswith(SCHEMAS):
        yield Problem(at, "a body needs a name: put it under #/components/schemas and refer to it")
        return
    yield from keyword_problems(schema, DESCRIBED_REFERENCE, at, beside="$ref")
    resolved, resolved_at = resolve(document, schema, at)
    if resolved.get("type") != "object":
        yield Problem(at, "a body must be an object")
    name = component_of(schema["$ref"])
    if component_kind(document, name) == "alias":
        yield Problem(at, f"{name} is another name for a schema; refer to that schema itself")
    if media == JSON_MEDIA:
        if has_files(document, name):
            yield Problem(at, "a file can only be a part of a body of multipart/form-data")
        return
    for wire_name, encoding in mapping(content, "encoding").items():
        if wire_name not in mapping(resolved, "properties"):
            yield Problem(below(place, "encoding", wire_name), "is not a property of the body")
        if encoding != {"contentType": "text/plain"}:
            yield Problem(below(place, "encoding", wire_name), "only contentType: text/plain is supported")
    if not isinstance(resolved.get("additionalProperties", False), bool) and ("x-eigenpal-part-prefix" not in resolved):
        at = below(resolved_at, "additionalProperties")
        yield Problem(at, "needs x-eigenpal-part-prefix to say how further parts are named")


def _argument_collisions(document: Node, found: Placed) -> Iterator[Problem]:
    """Find the arguments of one method that would have the same name."""
    parameters: dict[str, str] = {}
    for node, at in parameters_of(document, found.path, found.node, found.place):
        name = parameter_name(node)
        if name and name in parameters:
            yield Problem(at, f"collides with {parameters[name]!r}: both would be {name} in Python")
        parameters.setdefault(name, str(node.get("name")))
    if any(media in BINARY_MEDIA for media in _success_media(document, found)):
        for name in ("to", "progress"):
            if name in parameters:
                yield Problem(found.place, f"collides with the argument {name} that every download has")
    body, place = body_of(document, found.node, found.place)
    for media in mapping(body, "content"):
        at = below(place, "content", media, "schema")
        schema, _ = resolve(document, mapping(mapping(mapping(body, "content"), media), "schema"), at)
        properties = mapping(schema, "properties")
        names = dict(parameters)
        own = {"files": "further parts"} if "x-eigenpal-part-prefix" in schema else {}
        if media == JSON_MEDIA:
            own[whole_body_name(properties)] = "the whole body"
        for name, about in own.items():
            if name in names:
                yield Problem(at, f"the argument {name} for {about} collides with the parameter {names[name]!r}")
            names[name] = about
        for wire_name, schema in properties.items():
            name = property_name(wire_name, schema, naming.RESERVED_IN_PAGES)
            if name and name in names:
                yield Problem(
                    below(at, "properties", wire_name), f"collides with {names[name]!r}: both would be {name} in Python"
                )
            names.setdefault(name, wire_name)


def _also(document: Node, operation: Node, place: str) -> Iterator[Problem]:
    content = mapping(body_of(document, operation, place)[0], "content")
    for index, entry in enumerate(nodes(operation, "x-eigenpal-also")):
        at = below(place, "x-eigenpal-also", index)
        yield from keyword_problems(entry, ALSO, at)
        if operation.get("x-eigenpal-method") is False:
            yield Problem(at, "needs an operation that is a method itself")
        if ("media" in entry) == ("fixed" in entry):
            yield Problem(at, "needs either media or fixed")
        if "media" in entry and entry["media"] not in content:
            yield Problem(below(at, "media"), f"the body has no media type {entry['media']!r}")
        if "fixed" in entry:
            schema, _ = resolve(document, mapping(mapping(content, JSON_MEDIA), "schema"), place)
            if next(iter(content), JSON_MEDIA) != JSON_MEDIA or not mapping(entry, "fixed"):
                yield Problem(below(at, "fixed"), "needs a body of JSON, and at least one of its properties")
            for name, value in mapping(entry, "fixed").items():
                if name not in mapping(schema, "properties"):
                    yield Problem(below(at, "fixed", name), "is not a property of the body")
                if not isinstance(value, str):
                    yield Problem(below(at, "fixed", name), "must be text")


# --- answers ----------------------------------------------------------------------------------------------------------


def _answer(document: Node, node: Node, place: str) -> Iterator[Problem]:
    yield from keyword_problems(node, ANSWER, place)
    content = mapping(node, "content")
    if len(content) > 1:
        yield Problem(below(place, "content"), "an answer of several media types is not supported")
    for media, value in content.items():
        at = below(place, "content", media)
        if media not in (JSON_MEDIA, *BINARY_MEDIA):
            yield Problem(at, f"an answer of {media} is not supported")
        elif not isinstance(value, dict):
            yield Problem(at, "must be an object")
        else:
            yield from keyword_problems(cast("Node", value), MEDIA, at)
            if media == JSON_MEDIA and "schema" not in value:
                yield Problem(at, "needs a schema; {} allows anything")
            elif media == JSON_MEDIA:
                yield from check_schema(document, cast("Node", value)["schema"], below(at, "schema"))


def _success_media(document: Node, found: Placed) -> list[str]:
    return [media for answer, _ in successes(document, found.node, found.place) for media in mapping(answer, "content")]


_PAGES = {
    "offset": {"items": "array", "total": "integer", "limit": "", "offset": ""},
    "cursor": {"items": "array", "next": "string", "cursor": ""},
}


def _pages(document: Node, found: Placed, place: str) -> Iterator[Problem]:
    pages = mapping(found.node, "x-eigenpal-pages")
    style = pages.get("style")
    if style not in ("offset", "cursor"):
        yield Problem(place, "needs style: offset or cursor")
        return
    keys = _PAGES[str(style)]
    for key in sorted({"style", *keys} ^ set(pages)):
        yield Problem(below(place, key), "is missing" if key in keys else f"{key} is not supported")
    answers = successes(document, found.node, found.place)
    schema = mapping(mapping(mapping(answers[0][0], "content"), JSON_MEDIA), "schema") if answers else {}
    page, _ = resolve(document, schema, place)
    properties = mapping(page, "properties")
    parameters = {
        node.get("name")
        for node, _ in parameters_of(document, found.path, found.node, found.place)
        if node.get("in") == "query"
    }
    for key, kind in keys.items():
        if key in pages and kind:
            described, _ = resolve(document, mapping(properties, str(pages[key])), place)
            if kinds_of(described) != [kind]:
                yield Problem(below(place, key), f"{pages[key]!r} is no property of the answer of type: {kind}")
        elif key in pages and pages[key] not in parameters:
            yield Problem(below(place, key), f"{pages[key]!r} is not a parameter in the query")
