"""Names parameters whose Python names would meet each other's, or those of other arguments of the same method."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import chain, count

from generator.lowering.media import is_json, resolved
from generator.lowering.walk import rewrite_operations
from generator.lowering.words import camel_case
from generator.naming import RESERVED_IN_PAGES, python_name, snake_case
from generator.nodes import Node, mapping, nodes
from generator.problems import Report

_LOCATIONS = ("path", "query", "header", "cookie")
_NAME = "x-eigenpal-name"
_OF_DOWNLOADS = ("to", "progress")
_SYMBOLS = {
    **{"<": "lt", ">": "gt", "=": "eq", "!": "not", "-": "dash", ".": "dot", "$": "dollar", "@": "at", "+": "plus"},
    **{"*": "star", "/": "slash", ":": "colon", "~": "tilde", "#": "hash", "%": "percent", "&": "and", " ": "space"},
}
_REMEDY = "update it with `x-eigenpal-name: a_name`; a parameter is parameters[?@.name=='x'] of its operation"


def arguments(document: Node, report: Report) -> Node:
    """Give a name to every parameter that needs one of its own in Python."""

    def rewrite(operation: Node, _path: str, _method: str) -> Node:
        body = list(_of_body(document, operation))
        taken = {name for name, _ in body}
        if _is_download(operation):
            taken.update(_OF_DOWNLOADS)
            for name, place in body:
                if name in _OF_DOWNLOADS:
                    message = f"the argument {name} is also one of downloads"
                    report.refuse(place, message, kind="a property that is an argument of downloads", remedy=_REMEDY)
        found = nodes(operation, "parameters")
        return operation.having(parameters=_named(found, taken, report)) if found else operation

    return rewrite_operations(document, rewrite)


def _named(parameters: list[Node], taken: set[str], report: Report) -> list[Node]:
    """Return parameters whose Python names differ from each other and from those taken."""

    def order(index: int) -> tuple[bool, int, bool, int]:
        node = parameters[index]
        return _NAME not in node, _LOCATIONS.index(node["in"]), node["name"] != _own_name(node), index

    named = list(parameters)
    alike = Counter((_own_name(node), node["in"]) for node in parameters)
    for index in sorted(range(len(parameters)), key=order):
        node = parameters[index]
        own, spelled = _own_name(node), _spelled(node["name"])
        is_alike = alike[own, node["in"]] > 1 and spelled != own and _NAME not in node
        if not own or own in taken or is_alike:
            if _NAME in node or not spelled:
                message = f"{node.get(_NAME, node['name'])!r} {'is taken' if own else 'cannot become a Python name'}"
                report.refuse(node.origin, message, kind="a parameter without a name in Python", remedy=_REMEDY)
                continue
            located = f"{own or spelled}_{node['in']}"
            candidates = chain([spelled, located], (f"{located}_{number}" for number in count(2)))
            name = next(name for name in candidates if python_name(name, RESERVED_IN_PAGES) not in taken)
            message = f"the {node['in']} parameter {node['name']} becomes {name}"
            report.note(node.origin, message, kind="a parameter whose name is taken", remedy=_REMEDY)
            named[index] = node.having(**{_NAME: name})
        taken.add(_own_name(named[index]))
    return named


def _own_name(node: Node) -> str:
    return python_name(str(node.get(_NAME, node["name"])), RESERVED_IN_PAGES)


def _spelled(wire_name: str) -> str:
    """Spell a name with words for its symbols and leading digits; empty if nothing is left."""
    words = "".join(f" {_SYMBOLS[letter]} " if letter in _SYMBOLS else letter for letter in wire_name)
    return snake_case(camel_case(words))


def _of_body(document: Node, operation: Node) -> Iterator[tuple[str, str]]:
    """Yield the names of the arguments that a body has, and what each is made of."""
    for media, value in mapping(mapping(operation, "requestBody"), "content").items():
        schema = resolved(document, mapping(value, "schema"))
        names: list[str] = []
        for wire_name, node in mapping(schema, "properties").items():
            names.append(python_name(str(node.get(_NAME, wire_name)), RESERVED_IN_PAGES))
            yield names[-1], mapping(schema, "properties").at(wire_name)
        if is_json(media) or not names:
            yield "request_body" if "body" in names else "body", schema.origin
        if "x-eigenpal-part-prefix" in schema:
            yield "files", schema.origin


def _is_download(operation: Node) -> bool:
    """Return whether a success can be a file, so that a method takes where to write it."""
    return any(
        status[0] == "2"
        and status not in ("204", "205")
        and not any(is_json(media) for media in mapping(response, "content"))
        for status, response in mapping(operation, "responses").items()
    )
