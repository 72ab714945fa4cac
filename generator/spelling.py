"""Descriptions of the spec as docstrings show them: with Python names and the values of enums."""

from __future__ import annotations

import re
from collections.abc import Mapping

from generator import naming
from generator.document import Node
from generator.spec import branches_of, kinds_of, mapping, nodes, operations, resolve, sequence, without_null

_CODE = re.compile(r"`([^`\n]+)`")
# An attribute of a model is None where the JSON has null or no key.
_NULL = re.compile(r"\b(?:[Nn]ull or absent|Absent or null|[Nn]ull|Absent)\b")


def spelled(about: str, names: Mapping[str, str]) -> str:
    """Translate a description to Python: null becomes None, and names in backticks become their entry in ``names``."""
    parts = _CODE.split(about)
    return "".join(
        f"`{names.get(part, part)}`" if index % 2 else _NULL.sub("None", part) for index, part in enumerate(parts)
    )


def method_names(document: Node) -> dict[str, str]:
    """Return the place of each method in the client tree, by its operationId."""
    identifiers: list[str] = []
    for found in operations(document):
        if found.node.get("x-eigenpal-method") is not False:
            identifiers.append(str(found.node["operationId"]))
        identifiers += [str(entry["operation"]) for entry in nodes(found.node, "x-eigenpal-also")]
    # Without a dot, an operationId is ambiguous: a property can have the same name.
    return {
        identifier: ".".join(["client", *naming.operation_steps(identifier)])
        for identifier in identifiers
        if "." in identifier
    }


def description_of(document: Node, node: Node) -> str:
    """Return the description of a schema, a property or a parameter, or else of its ``$ref`` target.

    The values of an enum are added if the description does not list them.
    """
    resolved, _ = resolve(document, node, "")
    about = str(node.get("description") or resolved.get("description") or "")
    values, several = _values(document, mapping(resolved, "schema") or resolved)
    if any(f"`{value}`" not in about for value in values):
        listed = ", ".join(f"`{value}`" for value in values)
        about = after_first_sentence(about, f"{'Any' if several else 'One'} of {listed}.")
    deprecated = True in (node.get("deprecated"), resolved.get("deprecated"))
    return f"Deprecated. {about}".strip() if deprecated and not about.startswith("Deprecated") else about


def after_first_sentence(about: str, sentence: str) -> str:
    """Insert a sentence after the first sentence of a description."""
    first, stop, rest = about.partition(". ")
    return f"{first}{stop.strip()} {sentence} {rest}".strip()


def _values(document: Node, schema: Node) -> tuple[list[str], bool]:
    """Return the values of an enum or of an array of enums, and whether it is an array."""
    resolved, _ = resolve(document, schema, "")
    branches = without_null(branches_of(resolved))
    if len(branches) == 1:
        resolved, _ = resolve(document, branches[0], "")
    several = kinds_of(resolved) == ["array"]
    if several:
        resolved, _ = resolve(document, mapping(resolved, "items"), "")
    return [str(value) for value in sequence(resolved, "enum")], several
