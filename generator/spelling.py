"""Texts of the spec as a caller reads them: names in Python's spelling, and the values that a thing can have."""

from __future__ import annotations

import re
from collections.abc import Mapping

from generator import naming
from generator.document import Node
from generator.spec import branches_of, kinds_of, mapping, nodes, operations, resolve, sequence, without_null

_CODE = re.compile(r"`([^`\n]+)`")
# An attribute of a model is None where the wire has null or nothing.
_NULL = re.compile(r"\b(?:[Nn]ull or absent|Absent or null|[Nn]ull|Absent)\b")


def spelled(about: str, names: Mapping[str, str]) -> str:
    """Write a text in the words of Python: None for null, and for the names in ``names``, as code, what they hold."""
    parts = _CODE.split(about)
    return "".join(
        f"`{names.get(part, part)}`" if index % 2 else _NULL.sub("None", part) for index, part in enumerate(parts)
    )


def method_names(document: Node) -> dict[str, str]:
    """Return the way to each method of the tree, by the name that the spec has for it."""
    identifiers: list[str] = []
    for found in operations(document):
        if found.node.get("x-eigenpal-method") is not False:
            identifiers.append(str(found.node["operationId"]))
        identifiers += [str(entry["operation"]) for entry in nodes(found.node, "x-eigenpal-also")]
    # One without a dot reads like any other word: a property may have the same name.
    return {
        identifier: ".".join(["client", *naming.operation_steps(identifier)])
        for identifier in identifiers
        if "." in identifier
    }


def description_of(document: Node, node: Node) -> str:
    """Return what a schema, a property or a parameter says of itself, else what it refers to says.

    The values of an enum are added where the text does not name them.
    """
    resolved, _ = resolve(document, node, "")
    about = str(node.get("description") or resolved.get("description") or "")
    values, several = _values(document, mapping(resolved, "schema") or resolved)
    if any(f"`{value}`" not in about for value in values):
        listed = ", ".join(f"`{value}`" for value in values)
        # Behind the first sentence, which says what has these values.
        first, stop, rest = about.partition(". ")
        about = f"{first}{stop.strip()} {'Any' if several else 'One'} of {listed}. {rest}".strip()
    deprecated = True in (node.get("deprecated"), resolved.get("deprecated"))
    return f"Deprecated. {about}".strip() if deprecated and not about.startswith("Deprecated") else about


def _values(document: Node, schema: Node) -> tuple[list[str], bool]:
    """Return the values that a schema lists, and whether several of them can be given."""
    resolved, _ = resolve(document, schema, "")
    branches = without_null(branches_of(resolved))
    if len(branches) == 1:
        resolved, _ = resolve(document, branches[0], "")
    several = kinds_of(resolved) == ["array"]
    if several:
        resolved, _ = resolve(document, mapping(resolved, "items"), "")
    return [str(value) for value in sequence(resolved, "enum")], several
