"""Names properties that Python cannot name, or would not tell apart: ``a-b`` beside ``a_b`` becomes ``a_dash_b``."""

from __future__ import annotations

from itertools import chain

from generator.lowering.walk import rewrite_schemas
from generator.lowering.words import numbered, symbols_as_words, take_name
from generator.naming import RESERVED_IN_MODELS, python_name
from generator.nodes import Node, mapping
from generator.problems import Report

_NAME = "x-eigenpal-name"


def name_properties(document: Node, report: Report) -> Node:
    """Name properties, and require only those that there are."""

    def rewrite(schema: Node, _: object) -> Node:
        properties = mapping(schema, "properties")
        if undeclared := [name for name in schema.get("required", []) if name not in properties]:
            report.note(
                schema.at("required"),
                f"requires {', '.join(map(repr, undeclared))}, without saying what it is",
                kind="a required property that is not declared",
                remedy="add it to the properties",
            )
            required = [name for name in schema["required"] if name in properties]
            schema = schema.having(required=required) if required else schema.without("required")
        names = _names(properties)
        entries = {name: node.having(**names.get(name, {})) for name, node in properties.items()}
        return schema.having(properties=Node(entries, properties.origin)) if names else schema

    return rewrite_schemas(document, rewrite)


def _names(properties: Node) -> dict[str, dict[str, str]]:
    """Return names for the properties that need one.

    A name that was given comes first, then one that is the same on the wire, then the others in order.
    """
    given = [node[_NAME] for node in properties.values() if _NAME in node]
    taken = {python_name(name, RESERVED_IN_MODELS) for name in given}
    left = [name for name, node in properties.items() if _NAME not in node]
    found: dict[str, dict[str, str]] = {}
    for name in sorted(left, key=lambda name: name != python_name(name)):
        spelled = symbols_as_words(name) or f"field_{name.encode().hex()}"
        chosen = take_name(chain([name], numbered(spelled, "_")), taken, RESERVED_IN_MODELS)
        if chosen != name:
            found[name] = {_NAME: chosen}
    return found
