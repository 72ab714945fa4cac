"""Checks path, query and header parameters."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from generator import naming
from generator.document import Node
from generator.lint.keywords import PARAMETER, keyword_problems
from generator.lint.schemas import check_schema
from generator.problems import Problem, below
from generator.spec import Placed, kinds_of, mapping, parameter_name, parameters_of, resolve

# Headers that the transport sets on every request.
_HEADERS_OF_THE_TRANSPORT = frozenset(["accept", "authorization", "content-length", "content-type", "host"])
_STYLES = {"path": "simple", "query": "form", "header": "simple"}


def check_parameter(document: Node, node: Node, place: str) -> Iterator[Problem]:
    """Check a parameter by itself."""
    yield from keyword_problems(node, PARAMETER, place)
    location = node.get("in")
    if not isinstance(location, str) or location not in _STYLES:
        yield Problem(below(place, "in"), f"parameters in {location!r} are not supported; use path, query or header")
        return
    if not isinstance(node.get("name"), str) or not parameter_name(node):
        yield Problem(
            below(place, "name"),
            f"{node.get('name')!r} cannot become a Python name; set one with x-eigenpal-name",
        )
    elif location == "header":
        name = str(node["name"])
        if not naming.HEADER_NAME.fullmatch(name) or name.lower() in _HEADERS_OF_THE_TRANSPORT:
            yield Problem(
                below(place, "name"),
                f"{name!r} cannot be a header parameter: it is not a valid name, or the transport sets it",
            )
    if location == "path" and node.get("required") is not True:
        yield Problem(place, "a path parameter must be required: true")
    if node.get("style", _STYLES[location]) != _STYLES[location]:
        yield Problem(below(place, "style"), f"only the style {_STYLES[location]} is supported in the {location}")
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
            yield Problem(
                place, "a list must be a query parameter with style: form and explode: false (comma-separated)"
            )
        if kinds_of(items) != ["string"] or items.get("format") == "date-time":
            yield Problem(below(at, "items"), "a list parameter must hold strings")
    elif kind not in ("string", "integer", "number", "boolean"):
        yield Problem(at, "a parameter must be a string, a number, a boolean or a list of strings")
    elif location == "path" and kind not in ("string", "integer"):
        yield Problem(at, "a path parameter must be a string or an integer")
    elif location == "path" and schema.get("format") == "date-time":
        yield Problem(at, "a path parameter cannot be a timestamp")
    for key in ("exclusiveMinimum", "exclusiveMaximum"):
        if key in schema:
            yield Problem(below(at, key), f"{key} of a parameter is not supported; use minimum or maximum")
    for bound in ("minimum", "maximum"):
        if kind == "integer" and not isinstance(schema.get(bound, 0), int):
            yield Problem(below(at, bound), "the bound of an integer must be an integer")
    yield from _parameter_extensions(node, kind, place)


def _parameter_extensions(node: Node, kind: Any, place: str) -> Iterator[Problem]:
    kept = (node.get("x-eigenpal-slashes"), node.get("in"), kind)
    if "x-eigenpal-slashes" in node and kept != ("kept", "path", "string"):
        yield Problem(below(place, "x-eigenpal-slashes"), "must be 'kept', on a string parameter in the path")
    if node.get("x-eigenpal-timestamp") is True and (kind != "string" or node.get("in") == "path"):
        yield Problem(below(place, "x-eigenpal-timestamp"), "needs a string parameter in the query or a header")
    if node.get("x-eigenpal-server-wait") is True and kind != "integer":
        yield Problem(below(place, "x-eigenpal-server-wait"), "needs an integer parameter")


def check_parameters(document: Node, found: Placed) -> Iterator[Problem]:
    """Check the parameters of an operation against each other and against its path."""
    in_path = naming.PATH_PARAMETER.findall(found.path)
    parameters = parameters_of(document, found.path, found.node, found.place)
    declared = [node.get("name") for node, _ in parameters if node.get("in") == "path"]
    for name in sorted(set(in_path)):
        if name not in declared:
            yield Problem(found.place, f"the path parameter {{{name}}} is not declared")
        if in_path.count(name) > 1:
            yield Problem(found.place, f"the path contains {{{name}}} twice")
    for node, at in parameters:
        if node.get("in") == "path" and node.get("name") not in in_path:
            yield Problem(at, f"the path {found.path} does not contain {{{node.get('name')}}}")
    waiting = [at for node, at in parameters if node.get("x-eigenpal-server-wait") is True]
    for at in waiting[1:]:
        yield Problem(at, "only one parameter of an operation can have x-eigenpal-server-wait")
