"""Checks operations: their parts, and whether these fit together."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from generator import naming
from generator.document import Node
from generator.lint.answers import check_answer, check_pages
from generator.lint.bodies import check_body
from generator.lint.keywords import (
    ALSO,
    DESCRIBED_REFERENCE,
    OPERATION,
    REFERENCE,
    keyword_problems,
)
from generator.lint.parameters import check_parameter, check_parameters
from generator.problems import Problem, below, pointer
from generator.spec import (
    JSON_MEDIA,
    Placed,
    body_of,
    is_file,
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

_CHECKS = {"parameters": check_parameter, "requestBodies": check_body, "responses": check_answer}
_BESIDE_REFERENCES = {"parameters": DESCRIBED_REFERENCE, "requestBodies": REFERENCE, "responses": REFERENCE}


def operation_problems(document: Node) -> Iterator[Problem]:
    """Check every operation, and the named parameters, bodies and responses."""
    for kind in _CHECKS:
        for name, node in mapping(mapping(document, "components"), kind).items():
            yield from _check(document, kind, node, pointer("components", kind, name))
    for path in mapping(document, "paths"):
        shared = nodes(mapping(mapping(document, "paths"), path), "parameters")
        for index, parameter in enumerate(shared):
            yield from _check(document, "parameters", parameter, pointer("paths", path, "parameters", index))
    for operation in operations(document):
        yield from _operation(document, operation)


def _check(document: Node, kind: str, node: Any, place: str) -> Iterator[Problem]:
    """Check a parameter, body or response; the target of a ``$ref`` is checked where it is defined."""
    if not isinstance(node, dict):
        yield Problem(place, "must be an object")
    elif "$ref" in node:
        reference = cast("Node", node)
        yield from keyword_problems(reference, _BESIDE_REFERENCES[kind], place, beside="$ref")
        if not str(reference["$ref"]).startswith(f"#/components/{kind}/"):
            yield Problem(below(place, "$ref"), f"must point into #/components/{kind}")
    else:
        yield from _CHECKS[kind](document, cast("Node", node), place)


def _operation(document: Node, found: Placed) -> Iterator[Problem]:
    operation, place = found.node, found.place
    yield from keyword_problems(operation, OPERATION, place)
    for index, parameter in enumerate(nodes(operation, "parameters")):
        yield from _check(document, "parameters", parameter, below(place, "parameters", index))
    yield from check_parameters(document, found)
    if "requestBody" in operation:
        yield from _check(document, "requestBodies", operation["requestBody"], below(place, "requestBody"))
    if not mapping(operation, "responses"):
        yield Problem(below(place, "responses"), "must list at least one response")
    for status, answer in mapping(operation, "responses").items():
        at = below(place, "responses", status)
        if not (status.isascii() and status.isdecimal() and len(status) == 3):
            yield Problem(at, f"{status!r} must be a status code such as 404; list each one separately")
        yield from _check(document, "responses", answer, at)
    yield from _argument_collisions(document, found)
    yield from _also(document, operation, place)
    if "x-eigenpal-pagination" in operation:
        yield from check_pages(document, found, below(place, "x-eigenpal-pagination"))


def _argument_collisions(document: Node, found: Placed) -> Iterator[Problem]:
    """Find the arguments of one method that would have the same name."""
    parameters: dict[str, str] = {}
    seen: set[tuple[str, str]] = set()
    for node, at in parameters_of(document, found.path, found.node, found.place):
        name = parameter_name(node)
        wire = (str(node.get("in")), str(node.get("name")))
        if wire in seen:
            yield Problem(at, f"the {wire[0]} parameter {wire[1]!r} is defined twice in this operation")
        elif name and name in parameters:
            yield Problem(at, naming.collision(parameters[name], name))
        seen.add(wire)
        parameters.setdefault(name, str(node.get("name")))
    if any(is_file(media) for media in _success_media(document, found)):
        for name in ("to", "progress"):
            if name in parameters:
                yield Problem(
                    found.place,
                    f"the parameter {name} collides with an argument of downloads; rename it with x-eigenpal-name",
                )
    body, place = body_of(document, found.node, found.place)
    for media in mapping(body, "content"):
        at = below(place, "content", media, "schema")
        schema, _ = resolve(document, mapping(mapping(mapping(body, "content"), media), "schema"), at)
        properties = mapping(schema, "properties")
        names = dict(parameters)
        own = {"files": "additional parts"} if "x-eigenpal-part-prefix" in schema else {}
        if media == JSON_MEDIA:
            own[whole_body_name(properties)] = "the whole body"
        for name, about in own.items():
            if name in names:
                yield Problem(at, f"the argument {name} for {about} collides with the parameter {names[name]!r}")
            names[name] = about
        for wire_name, schema in properties.items():
            name = property_name(wire_name, schema, naming.RESERVED_IN_PAGES)
            if name and name in names:
                yield Problem(below(at, "properties", wire_name), naming.collision(names[name], name))
            names.setdefault(name, wire_name)


def _success_media(document: Node, found: Placed) -> list[str]:
    return [media for answer, _ in successes(document, found.node, found.place) for media in mapping(answer, "content")]


def _also(document: Node, operation: Node, place: str) -> Iterator[Problem]:
    content = mapping(body_of(document, operation, place)[0], "content")
    for index, entry in enumerate(nodes(operation, "x-eigenpal-also")):
        at = below(place, "x-eigenpal-also", index)
        yield from keyword_problems(entry, ALSO, at)
        if operation.get("x-eigenpal-method") is False:
            yield Problem(at, "cannot be combined with x-eigenpal-method: false")
        if ("media" in entry) == ("fixed" in entry):
            yield Problem(at, "needs either media or fixed")
        if "media" in entry and str(entry["media"]) not in content:
            yield Problem(below(at, "media"), f"the body has no media type {entry['media']!r}")
        if "fixed" in entry:
            schema, _ = resolve(document, mapping(mapping(content, JSON_MEDIA), "schema"), place)
            if next(iter(content), JSON_MEDIA) != JSON_MEDIA or not mapping(entry, "fixed"):
                yield Problem(below(at, "fixed"), "needs a JSON body, and at least one of its properties")
            for name, value in mapping(entry, "fixed").items():
                if name not in mapping(schema, "properties"):
                    yield Problem(below(at, "fixed", name), "is not a property of the body")
                if not isinstance(value, str):
                    yield Problem(below(at, "fixed", name), "must be text")
