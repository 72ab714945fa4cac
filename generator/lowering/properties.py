"""Names of properties: what cannot be the name of an attribute, or would be that of another, gets another name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain, count

from generator.lowering.names import ascii_letters
from generator.lowering.walk import rewrite_schemas
from generator.naming import RESERVED_IN_MODELS, python_name
from generator.nodes import Node, mapping, sequence
from generator.problems import Report

_NAME = "x-eigenpal-name"
_WORDS = "plus dash star slash dot colon dollar at hash percent and equals less greater not space question tilde or"
_SYMBOLS = dict(zip("+-*/.:$@#%&=<>! ?~|", _WORDS.split(), strict=True))


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
    """Return other names for a property: letters without accents, then symbols as words, then numbers."""
    plain = ascii_letters(name)
    parts: list[str] = re.findall(r"[A-Za-z0-9]+|[^A-Za-z0-9]", plain)
    words = [_SYMBOLS.get(part, part) for part in parts]
    if plain.startswith("-"):
        words[0] = "minus"
    found = [spelled for spelled in (python_name(plain), python_name("_".join(words))) if spelled]
    if not found:
        rest: list[str] = re.findall("[a-z0-9]+", plain.lower()) or [name.encode().hex()]
        found = ["_".join(["field", *rest]).strip("_")]
    return chain(found, (f"{found[0].rstrip('_')}_{number}" for number in count(2)))
