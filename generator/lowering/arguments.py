"""Names parameters whose Python names would meet each other's, or those of other arguments of the same method."""

from __future__ import annotations

from collections import Counter
from itertools import chain, count

from generator.lowering.media import is_json
from generator.lowering.shapes import resolved
from generator.lowering.walk import rewrite_operations
from generator.lowering.words import camel_case
from generator.naming import RESERVED_IN_DOWNLOADS, RESERVED_IN_PAGES, python_name, snake_case
from generator.nodes import Node, mapping, nodes
from generator.problems import Report

_LOCATIONS = ("path", "query", "header", "cookie")
_NAME = "x-eigenpal-name"
_SYMBOLS = {
    **{"<": "lt", ">": "gt", "=": "eq", "!": "not", "-": "dash", ".": "dot", "$": "dollar", "@": "at", "+": "plus"},
    **{"*": "star", "/": "slash", ":": "colon", "~": "tilde", "#": "hash", "%": "percent", "&": "and", " ": "space"},
}
_REMEDY = "update it with `x-eigenpal-name: a_name`; a parameter is parameters[?@.name=='x'] of its operation"


def arguments(document: Node, report: Report) -> Node:
    """Give a name to every parameter that needs one of its own in Python."""

    def rewrite(operation: Node, _path: str, _method: str) -> Node:
        found = nodes(operation, "parameters")
        if not found:
            return operation
        reserved = RESERVED_IN_DOWNLOADS if _is_download(operation) else RESERVED_IN_PAGES
        return operation.having(parameters=_Names(_of_body(document, operation, reserved), reserved, report).of(found))

    return rewrite_operations(document, rewrite)


class _Names:
    def __init__(self, taken: set[str], reserved: frozenset[str], report: Report) -> None:
        self._taken = taken
        self._reserved = reserved
        self._report = report

    def of(self, parameters: list[Node]) -> list[Node]:
        """Return parameters whose Python names differ from each other and from those taken."""

        def order(index: int) -> tuple[bool, int, bool, int]:
            node = parameters[index]
            return _NAME not in node, _LOCATIONS.index(node["in"]), node["name"] != self._own(node), index

        alike = Counter((self._own(node), node["in"]) for node in parameters)
        named = list(parameters)
        for index in sorted(range(len(parameters)), key=order):
            node = parameters[index]
            own, spelled = self._own(node), _spelled(node["name"])
            is_alike = alike[own, node["in"]] > 1 and python_name(spelled, self._reserved) != own
            if not own or own in self._taken or (is_alike and _NAME not in node):
                if _NAME in node or not spelled:
                    reason = "is taken" if own else "cannot become a Python name"
                    message = f"{node.get(_NAME, node['name'])!r} {reason}"
                    kind = "a parameter without a name in Python"
                    self._report.refuse(node.origin, message, kind=kind, remedy=_REMEDY)
                    continue
                named[index] = self._with_another(node, own, spelled)
            self._taken.add(self._own(named[index]))
        return named

    def _own(self, node: Node) -> str:
        return python_name(str(node.get(_NAME, node["name"])), self._reserved)

    def _with_another(self, node: Node, own: str, spelled: str) -> Node:
        located = f"{(own or spelled).rstrip('_')}_{node['in']}"
        candidates = chain([spelled, located], (f"{located}_{number}" for number in count(2)))
        name = next(name for name in candidates if python_name(name, self._reserved) not in self._taken)
        message = f"the {node['in']} parameter {node['name']} becomes {name}"
        self._report.note(node.origin, message, kind="a parameter whose name is taken", remedy=_REMEDY)
        return node.having(**{_NAME: name})


def _spelled(wire_name: str) -> str:
    """Spell a name with words for its symbols and leading digits; empty if nothing is left."""
    words = "".join(f" {_SYMBOLS[letter]} " if letter in _SYMBOLS else letter for letter in wire_name)
    return snake_case(camel_case(words))


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
