"""Names of properties: what cannot be the name of an attribute, or would be that of another, gets another name."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, count

from generator.lowering.walk import rewrite_schemas
from generator.lowering.words import camel_case
from generator.naming import RESERVED_IN_MODELS, python_name, snake_case
from generator.nodes import Node, mapping, sequence
from generator.problems import Report

_NAME = "x-eigenpal-name"
_WORDS = "lt gt eq not dash dot dollar at plus star slash colon tilde hash percent and space"
_SYMBOLS = dict(zip("<>=!-.$@+*/:~#%& ", _WORDS.split(), strict=True))


def name_properties(document: Node, report: Report) -> Node:
    """Name properties, and require only those that there are."""

    def rewrite(schema: Node, _: object) -> Node:
        properties = mapping(schema, "properties")
        if "required" in schema:
            undeclared = [name for name in sequence(schema, "required") if name not in properties]
            if undeclared:
                report.note(
                    schema.at("required"),
                    f"requires {', '.join(map(repr, undeclared))}, without saying what it is",
                    kind="a required property that is not declared",
                    remedy="add it to the properties",
                )
            required = [name for name in sequence(schema, "required") if name in properties]
            schema = schema.having(required=required) if required else schema.without("required")
        names = _names(properties)
        if not names:
            return schema
        entries = {
            name: node.having(**{_NAME: names[name]}) if name in names else node for name, node in properties.items()
        }
        return schema.having(properties=Node(entries, properties.origin))

    return rewrite_schemas(document, rewrite)


def _names(properties: Node) -> dict[str, str]:
    """Return names for the properties that need one.

    A name that was given comes first, then one that is the same on the wire, then the others in order.
    """
    given = {name: str(node[_NAME]) for name, node in properties.items() if isinstance(node, Node) and _NAME in node}
    taken = {_attribute(name) for name in given.values()}
    found: dict[str, str] = {}
    for name in sorted((name for name in properties if name not in given), key=lambda name: name != python_name(name)):
        plain = _attribute(name)
        if not plain or plain in taken:
            found[name] = next(other for other in _others(name) if _attribute(other) not in (*taken, ""))
        taken.add(_attribute(found.get(name, name)))
    return found


def _attribute(name: str) -> str:
    return python_name(name, RESERVED_IN_MODELS)


def _others(name: str) -> Iterator[str]:
    """Return other names for a property: without accents and with words for symbols and digits, then with a number."""
    words = "".join(f" {_SYMBOLS[letter]} " if letter in _SYMBOLS else letter for letter in name)
    spelled = snake_case(camel_case(words)) or f"field_{name.encode().hex()}"
    return chain([spelled], (f"{spelled}_{number}" for number in count(2)))
