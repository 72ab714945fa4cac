"""Checks everything around operations and schemas: servers, tags, security and paths."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from generator import naming
from generator.document import Node
from generator.lint.keywords import (
    COMPONENTS,
    DOCUMENT,
    INFO,
    PATH,
    SECURITY_SCHEME,
    SERVER,
    TAG,
    keyword_problems,
)
from generator.problems import Problem, below, pointer
from generator.spec import METHODS, mapping, nodes, sequence


def document_problems(document: Node) -> Iterator[Problem]:
    """Check the top level of the spec and of its parts."""
    yield from keyword_problems(document, DOCUMENT, "#")
    yield from keyword_problems(mapping(document, "info"), INFO, "#/info")
    for index, server in enumerate(nodes(document, "servers")):
        yield from keyword_problems(server, SERVER, pointer("servers", index))
    for index, tag in enumerate(nodes(document, "tags")):
        yield from keyword_problems(tag, TAG, pointer("tags", index))
    yield from keyword_problems(mapping(document, "components"), COMPONENTS, "#/components")
    yield from _security(document)
    yield from _paths(document)


def _security(document: Node) -> Iterator[Problem]:
    schemes = mapping(mapping(document, "components"), "securitySchemes")
    for name, scheme in schemes.items():
        place = pointer("components", "securitySchemes", name)
        if not isinstance(scheme, dict):
            yield Problem(place, "must be an object")
            continue
        node = cast("Node", scheme)
        yield from keyword_problems(node, SECURITY_SCHEME, place)
        if (node.get("type"), node.get("scheme")) != ("http", "bearer"):
            yield Problem(place, "only bearer tokens are supported (type: http with scheme: bearer)")
    for index, requirement in enumerate(nodes(document, "security")):
        for name in requirement:
            if name not in schemes:
                yield Problem(pointer("security", index, name), "is not defined in #/components/securitySchemes")


def _paths(document: Node) -> Iterator[Problem]:
    if "paths" not in document:
        yield Problem("#/paths", "is missing")
    shapes: dict[str, str] = {}
    for path, item in mapping(document, "paths").items():
        place = pointer("paths", path)
        if not naming.PATH.fullmatch(path):
            yield Problem(place, "each segment must consist of letters, digits and ._~-, or be a {parameter}")
        other = shapes.setdefault(naming.PATH_PARAMETER.sub("{}", path), path)
        if other != path:
            yield Problem(place, f"is the same path as {other}")
        if not isinstance(item, dict):
            yield Problem(place, "must be an object")
            continue
        yield from keyword_problems(cast("Node", item), PATH, place)
        parameters: list[Any] = sequence(cast("Node", item), "parameters")
        if parameters and not any(method in item for method in METHODS):
            yield Problem(below(place, "parameters"), "no operation of this path uses them")
