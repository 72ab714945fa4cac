"""Names parameters whose Python names would meet each other's, or those of other arguments of the same method.

Beside ``id`` in the path, ``id`` in the query becomes ``id_query``; ``time<`` and ``time>`` become ``time_lt`` and
``time_gt``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import chain

from generator.lowering.media import is_json
from generator.lowering.shapes import resolved
from generator.lowering.walk import rewrite_operations
from generator.lowering.words import numbered, symbols_as_words, take_name
from generator.naming import RESERVED_IN_DOWNLOADS, RESERVED_IN_PAGES, python_name
from generator.nodes import Node, mapping, nodes
from generator.problems import Report

_LOCATIONS = ("path", "query", "header", "cookie")
_NAME = "x-eigenpal-name"
_REMEDY = "update it with `x-eigenpal-name: a_name`; a parameter is parameters[?@.name=='x'] of its operation"


def arguments(document: Node, report: Report) -> Node:
    """Give a name to every parameter that needs one of its own in Python."""

    def rewrite(operation: Node, _path: str, _method: str) -> Node:
        found = nodes(operation, "parameters")
        if not found:
            return operation
        reserved = RESERVED_IN_DOWNLOADS if _is_download(operation) else RESERVED_IN_PAGES
        taken = _of_body(document, operation, reserved)
        return operation.having(parameters=_named(found, taken, reserved, report))

    return rewrite_operations(document, rewrite)


def _named(parameters: list[Node], taken: set[str], reserved: frozenset[str], report: Report) -> list[Node]:
    """Return parameters whose Python names differ from each other and from those taken.

    A name that was given comes first, then the path before the query, then one that is the same on the wire.
    """

    def own(node: Node) -> str:
        return python_name(node.get(_NAME, node["name"]), reserved)

    def order(index: int) -> tuple[bool, int, bool, int]:
        node = parameters[index]
        return _NAME not in node, _LOCATIONS.index(node["in"]), node["name"] != own(node), index

    alike = Counter((own(node), node["in"]) for node in parameters)
    named = list(parameters)
    for index in sorted(range(len(parameters)), key=order):
        node = parameters[index]
        spelled = symbols_as_words(node["name"])
        wanted: Iterable[str] = []
        if _NAME in node:
            wanted = [node[_NAME]]
        elif spelled:
            plain = [node["name"]] if alike[own(node), node["in"]] == 1 else []
            located = f"{(own(node) or spelled).rstrip('_')}_{node['in']}"
            wanted = chain(plain, [spelled], numbered(located, "_"))
        chosen = take_name(wanted, taken, reserved)
        if not chosen:
            message = f"{node.get(_NAME, node['name'])!r} {'is taken' if own(node) else 'cannot become a Python name'}"
            report.refuse(node.origin, message, kind="a parameter without a name in Python", remedy=_REMEDY)
        elif python_name(chosen, reserved) != own(node):
            message = f"the {node['in']} parameter {node['name']} becomes {chosen}"
            report.note(node.origin, message, kind="a parameter whose name is taken", remedy=_REMEDY)
            named[index] = node.having(**{_NAME: chosen})
    return named


def _of_body(document: Node, operation: Node, reserved: frozenset[str]) -> set[str]:
    """Return the names of the arguments that a body has."""
    found: set[str] = set()
    for media, value in mapping(mapping(operation, "requestBody"), "content").items():
        schema = resolved(document, mapping(value, "schema"))
        properties = mapping(schema, "properties").items()
        names = {python_name(str(node.get(_NAME, wire_name)), reserved) for wire_name, node in properties}
        found |= names
        if is_json(media) or not names:
            found.add("request_body" if "body" in names else "body")
        if "x-eigenpal-part-prefix" in schema:
            found.add("files")
    return found


def _is_download(operation: Node) -> bool:
    """Return whether a success can be a file, so that a method takes where to write it."""
    return any(
        status[0] == "2"
        and status not in ("204", "205")
        and not any(is_json(media) for media in mapping(response, "content"))
        for status, response in mapping(operation, "responses").items()
    )
